"""The law that steps are proposed from: what evidence has moved is taken from the worlds, all else stays as it was."""

import numpy as np
import pytest

from melian.solve.posterior.reference import fit


def test_where_evidence_says_nothing_nothing_is_learned_from_noise() -> None:
    for seed in range(20):
        reference = fit(np.random.default_rng(seed).standard_normal((200, 4096)), 4096)
        assert np.abs(reference.mean).max() == 0
        assert reference.scale.size == 0


def test_copies_of_worlds_do_not_pass_for_signal() -> None:
    rng = np.random.default_rng(6)
    chosen = np.sort(rng.integers(0, 1000, 4096))
    effective = 4096**2 / np.square(np.bincount(chosen)).sum()
    scores = rng.standard_normal((100, 1000))[:, chosen]
    assert fit(scores, effective).scale.size == 0
    assert fit(scores, 4096).scale.size > 20


def test_a_direction_that_evidence_moved_and_narrowed_is_found() -> None:
    rng = np.random.default_rng(1)
    scores = rng.standard_normal((50, 4096))
    along = np.zeros(50)
    along[[3, 7]] = 0.6, 0.8  # a direction across two judgements
    scores += np.outer(along, 1.5 + (0.2 - 1) * (along @ scores))
    reference = fit(scores, scores.shape[1])
    assert reference.scale == pytest.approx([0.2], rel=0.1)
    assert abs(reference.vectors[:, 0] @ along) == pytest.approx(1, abs=0.01)
    assert reference.mean == pytest.approx(1.5 * along, abs=0.1)


def test_whitening_can_be_undone() -> None:
    rng = np.random.default_rng(2)
    scores = rng.standard_normal((6, 6)) @ rng.standard_normal((6, 3000)) + rng.standard_normal((6, 1))
    reference = fit(scores, scores.shape[1])
    assert reference.whitened(scores).std(axis=1) == pytest.approx(1, abs=0.05)
    assert reference.coloured(reference.whitened(scores)) == pytest.approx(scores, abs=1e-9)
