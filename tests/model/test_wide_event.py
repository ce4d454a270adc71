"""Events over more nodes than a table can hold, against closed forms and recursions along the chain."""

import pytest

import melian

N_STEPS = 60
STAY, RISE, FIRST = 0.9, 0.05, 0.1
EXACT = 1e-12


def chain(kind: str) -> str:
    """Chain of steps, each `up` with a chance that hangs on the step before; asked is any or all of them."""
    tests = ", ".join(f"{{s{n}: up}}" for n in range(N_STEPS))
    text = f"melian: 1\ncase: chain\nquestion: {{event: {{{kind}: [{tests}]}}}}\nfactors:\n"
    text += f"  s0: {{states: [down, up], chances: {{up: {FIRST}, down: {1 - FIRST}}}}}\n"
    for n in range(1, N_STEPS):
        rules = (
            f"{{when: {{s{n - 1}: up}}, up: {STAY}, down: {1 - STAY}}}, {{else: true, up: {RISE}, down: {1 - RISE}}}"
        )
        text += f"  s{n}: {{states: [down, up], chances: [{rules}]}}\n"
    return text


@pytest.mark.parametrize(
    ("kind", "chance"),
    [("any", 1 - (1 - FIRST) * (1 - RISE) ** (N_STEPS - 1)), ("all", FIRST * STAY ** (N_STEPS - 1))],
)
def test_at_any_and_at_all_of_sixty_steps(kind: str, chance: float) -> None:
    solution = melian.read_text(chain(kind)).solve(worlds=256, threads=1)
    assert solution.likelihood().mean == pytest.approx(chance, rel=EXACT)
    assert solution.nodes()["event"]["yes"] == pytest.approx(chance, rel=EXACT)


def test_what_was_seen_on_the_way_counts() -> None:
    """Nothing at the last step: what is left is a chain that has to have ended `down` from `down` all along."""
    solution = melian.read_text(chain("any")).solve(observe={f"s{N_STEPS - 1}": "down"}, worlds=256, threads=1)
    never, off, on = 1 - FIRST, 1 - FIRST, FIRST
    for _ in range(1, N_STEPS):
        never *= 1 - RISE
        off, on = off * (1 - RISE) + on * (1 - STAY), off * RISE + on * STAY
    assert solution.likelihood().mean == pytest.approx(1 - never / off, rel=EXACT)
