"""Fuzzing of whole cases, steered by which lines of melian each mutated text reaches.

Run as a program: `python -m tests.fuzz.fuzz_case SECONDS`. It starts from the gallery and every example of a
diagnostic, mutates them by bytes and by pieces of the language, and ends with an error at the first text that raises,
takes more than `MOST_SECONDS`, or more than `MOST_MEGABYTES` of memory; that text is left in the folder in which it was
run, to be kept in `found/` once it is mended.
"""

import random
import re
import sys
import tempfile
from pathlib import Path

import atheris

MOST_SECONDS = 10
MOST_MEGABYTES = 500
LONGEST = 60_000
FOUND = Path(__file__).parent / "found"
PIECE = re.compile(r"[\w.]+|\s+|[^\w\s]")

with atheris.instrument_imports(include=["melian.source", "melian.case", "melian.model", "melian.plan", "melian.api"]):
    import melian.api  # noqa: F401 -- loaded here so that every line of it is seen

from melian.case.codes import ALL_CODES  # noqa: E402
from melian.catalog import case_names, case_path  # noqa: E402
from tests.case.test_mutations import ODD, SMALL  # noqa: E402
from tests.fuzz.target import look_over  # noqa: E402


def seeds() -> list[str]:
    """Texts to start from."""
    gallery = [path.read_text("utf-8") for name in case_names() if (path := case_path(name)) is not None]
    examples = [text for code in ALL_CODES.values() for text in (code.bad, code.good) if text]
    return [SMALL, *gallery, *examples, *(path.read_text("utf-8") for path in sorted(FOUND.glob("*.yaml")))]


TEXTS = seeds()
PIECES = [*ODD, *sorted({piece for text in TEXTS for piece in PIECE.findall(text)})]


def mutated(data: bytes, longest: int, seed: int) -> bytes:
    """Some bytes changed, or some pieces of the text replaced by pieces of cases."""
    draw = random.Random(seed)
    if draw.random() < 0.3:
        return bytes(atheris.Mutate(data, longest))
    pieces = PIECE.findall(data.decode("utf-8", "replace"))
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(pieces) + 1)
        until = min(len(pieces), at + draw.choice((0, 1, 1, 1, 2, 8, 40)))
        pieces[at:until] = (
            draw.choices(PIECES, k=draw.choice((0, 1, 1, 2))) if draw.random() < 0.7 else pieces[until : until + 9]
        )
    return "".join(pieces).encode("utf-8", "replace")[:longest]


def main(seconds: int) -> None:
    """Fuzz for so many seconds."""
    with tempfile.TemporaryDirectory() as corpus:
        for number, text in enumerate(TEXTS):
            Path(corpus, f"{number:04}.yaml").write_text(text, "utf-8")
        bounds = [f"-timeout={MOST_SECONDS}", f"-rss_limit_mb={MOST_MEGABYTES}", f"-max_len={LONGEST}"]
        atheris.Setup(
            [sys.argv[0], f"-max_total_time={seconds}", "-verbosity=0", "-print_final_stats=1", *bounds, corpus],
            look_over,
            custom_mutator=mutated,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]))
