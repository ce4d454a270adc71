"""The gallery: worked cases as data, found by name."""

from pathlib import Path

FOLDER = Path(__file__).parent
ENDING = ".yaml"


def case_names() -> tuple[str, ...]:
    """Names of the gallery's cases, sorted."""
    return tuple(sorted(path.name.removesuffix(ENDING) for path in FOLDER.glob(f"*{ENDING}")))


def case_path(name: str) -> Path | None:
    """Path of a gallery case; None where the gallery has none of that name."""
    return FOLDER / f"{name}{ENDING}" if name in case_names() else None
