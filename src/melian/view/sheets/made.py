"""How an answer was computed: enough for somebody else to compute it again, and to find fault with it."""

import hashlib
import os
import shlex
from collections.abc import Iterable, Iterator

from melian import __version__
from melian.answer.solution import Solution
from melian.case.case import Case
from melian.catalog import case_path
from melian.view import wording
from melian.view.sheet import Block, Fold, Heading, Listing, Paragraph, Table, Words


def making_blocks(solution: Solution, notes: Iterable[str] = ()) -> Iterator[Block]:
    """Diagnostics of the run, the texts that it was made from, and the scale of words."""
    yield Table(("of the run", "value"), tuple((Words(what), Words(value)) for what, value in _run(solution)))
    for note in notes:
        yield Paragraph(note, "warn")
    yield Heading(f"The words, on the {solution.case.scale.title} scale")
    rows = tuple((Words(band.word), Words(_edges(band.low, band.high))) for band in solution.case.scale.bands)
    yield Table(("word", "stands for"), rows)
    yield Heading("Texts that it was made from")
    yield Table(("file", "SHA-256"), tuple((Words(name), Words(code)) for name, code in _texts(solution.case)))


def text_blocks(case: Case) -> Iterator[Block]:
    """Texts of the case as they were written, with the numbers of their lines."""
    for source in (case.source, *case.parts):
        yield Fold(_file(source.path), (Listing(tuple(source.text.splitlines())),))


def _run(solution: Solution) -> Iterator[tuple[str, str]]:
    sampling, answer = solution.sampling, solution.likelihood()
    yield "melian", __version__
    yield "worlds drawn", f"{sampling.drawn:,}"
    yield "of them, worth after the evidence", f"{sampling.effective_drawn:,.0f}"
    if sampling.is_adapted:
        yield (
            "drawn anew to fit the evidence",
            f"{sampling.anew:,}, in {wording.counted(len(sampling.stages), 'stage')}",
        )
    yield "effective worlds of the answer", f"{solution.effective_worlds:,.0f}"
    yield "Monte Carlo error of the answer", _error(answer.error)
    yield "worlds whose choices could not be settled", f"{solution.unconverged_worlds:,}"
    yield "worlds with a situation that cannot come about", f"{solution.worlds.unreached:,}"
    yield "seed", str(solution.seed)
    yield "time", wording.seconds(solution.seconds)
    yield "again", _command(solution)


def _error(error: float) -> str:
    return f"{100 * error:.1f} points" if error >= 0.0005 else "less than 0.1 points"


def _command(solution: Solution) -> str:
    supposed = solution.supposed
    place = solution.case.source.path
    name = solution.case.name if os.path.realpath(place) == _gallery(solution.case.name) else _file(place)
    said = [f"melian run {shlex.quote(name)} --worlds {solution.n_worlds} --seed {solution.seed}"]
    said += [f"--as-of {solution.case.as_of}"] if solution.case.as_of else []
    said += [f"--set {node}={state}" for node, state in supposed.do.items()]
    said += [f"--observe {shlex.quote(f'{node}={state}')}" for node, state in supposed.observe.items()]
    said += ["--unannounced"] if supposed.do and not supposed.announced else []
    return " ".join(said)


def _edges(low: float, high: float) -> str:
    return f"{round(100 * low)} to {round(100 * high)} in 100"


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    """Each file of the case by its own name, with the hash of its text as it is in UTF-8."""
    for source in (case.source, *case.parts):
        yield _file(source.path), hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()


def _file(path: str) -> str:
    """Name of a file without its folders, which are nobody else's business."""
    return path.replace("\\", "/").rpartition("/")[2]


def _gallery(name: str) -> str | None:
    """Where the gallery has a case of that name."""
    found = case_path(name)
    return os.path.realpath(found) if found else None
