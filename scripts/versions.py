"""Constraints that hold each dependency at the oldest version in pyproject.toml: `python -m scripts.versions`."""

import sys
import tomllib
from pathlib import Path
from typing import Final

PYPROJECT: Final = Path(__file__).parents[1] / "pyproject.toml"


def floors(text: str) -> list[str]:
    """Each dependency of a project, extras too, at its oldest version.

    Raises
    ------
    ValueError
        If a dependency states none: then nobody knows what works.
    """
    project = tomllib.loads(text)["project"]
    stated = project["dependencies"] + [one for extra in project["optional-dependencies"].values() for one in extra]
    loose = [one for one in stated if one.count(">=") != 1]
    if loose:
        raise ValueError(f"no oldest version is stated: {', '.join(loose)}")
    return [one.replace(">=", "==") for one in stated]


if __name__ == "__main__":
    sys.stdout.write("\n".join(floors(PYPROJECT.read_text(encoding="utf-8"))) + "\n")
