"""The gallery: worked cases as data, found by name; and templates, cases of a pattern to write one's own from."""

from pathlib import Path

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"
ENDING = ".yaml"


def case_names() -> tuple[str, ...]:
    """Names of the gallery's cases, sorted."""
    return tuple(sorted(path.name.removesuffix(ENDING) for path in FOLDER.glob(f"*{ENDING}")))


def case_path(name: str) -> Path | None:
    """Path of a gallery case; None where the gallery has none of that name."""
    return FOLDER / f"{name}{ENDING}" if name in case_names() else None


def template_names() -> tuple[str, ...]:
    """Names of the templates, sorted."""
    return tuple(sorted(path.name.removesuffix(ENDING) for path in TEMPLATES.glob(f"*{ENDING}")))


def template_text(name: str) -> str:
    """Text of a template."""
    return (TEMPLATES / f"{name}{ENDING}").read_text("utf-8")
