"""Random options of which some are open only in some situations, as texts in the case language."""

from collections.abc import Callable, Mapping, Sequence

from hypothesis import strategies as st


@st.composite
def option_texts(
    draw: st.DrawFn, options: Sequence[str], seen: Mapping[str, Sequence[str]], when: Callable[[], str]
) -> list[str]:
    """Options, most of them open only in some situations; in each of these one is: always the same, or one of two.

    Parameters
    ----------
    seen : states of each node that the choice sees, at least one.
    when : draws a condition on these that does not contradict itself.
    """
    if draw(st.integers(0, 3)) == 0:
        return list(options)
    first, second, *rest = draw(st.permutations(list(options)))
    conditions = {option: _condition(draw, when) for option in [second, *rest] if draw(st.integers(0, 3)) > 0}
    if draw(st.booleans()):
        node = draw(st.sampled_from(list(seen)))
        states = draw(st.permutations(list(seen[node])))
        n_first = draw(st.integers(1, len(states) - 1))
        conditions[first] = f"{{{node}: [{', '.join(states[:n_first])}]}}"
        conditions[second] = f"{{{node}: [{', '.join(states[n_first:])}]}}"
    return [f"{{{o}: {{available: {{when: {conditions[o]}}}}}}}" if o in conditions else o for o in options]


def _condition(draw: st.DrawFn, when: Callable[[], str]) -> str:
    return when() if draw(st.integers(0, 3)) > 0 else f"{{any: [{when()}, {when()}]}}"
