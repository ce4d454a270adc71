"""The law that steps are proposed from: what evidence has moved is taken from the worlds, all else stays as it was."""

import numpy as np
import pytest

from melian.solve.posterior.reference import fit


def test_where_evidence_says_nothing_nothing_is_learned_from_noise() -> None:
    for seed in range(20):
        reference = fit(np.random.default_rng(seed).standard_normal((200, 4096)))
        assert reference.informed == 0
        assert np.abs(reference.mean).max() == 0
        assert reference.scale.tolist() == [1.0] * 200


def test_a_direction_that_evidence_moved_and_narrowed_is_found() -> None:
    rng = np.random.default_rng(1)
    scores = rng.standard_normal((50, 4096))
    along = np.zeros(50)
    along[[3, 7]] = 0.6, 0.8  # a direction across two judgements
    scores += np.outer(along, 1.5 + (0.2 - 1) * (along @ scores))
    reference = fit(scores)
    assert reference.informed == 1
    narrow = int(np.argmin(reference.scale))
    assert reference.scale[narrow] == pytest.approx(0.2, rel=0.1)
    assert abs(reference.vectors[:, narrow] @ along) == pytest.approx(1, abs=0.01)
    assert reference.mean == pytest.approx(1.5 * along, abs=0.1)


def test_whitening_can_be_undone() -> None:
    rng = np.random.default_rng(2)
    scores = rng.standard_normal((6, 6)) @ rng.standard_normal((6, 3000)) + rng.standard_normal((6, 1))
    reference = fit(scores)
    assert reference.coloured(reference.whitened(scores)) == pytest.approx(scores, abs=1e-9)
