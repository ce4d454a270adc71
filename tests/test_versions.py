"""The oldest versions that are taken, and the commands that are tried with them."""

import pytest

from melian.cli.app import GROUPS
from scripts.smoke import LINES
from scripts.versions import PYPROJECT, floors


def test_every_dependency_states_the_oldest_version_that_works():
    assert "numpy==2.0" in floors(PYPROJECT.read_text(encoding="utf-8"))


def test_a_dependency_without_an_oldest_version_is_refused():
    text = '[project]\ndependencies = ["numpy>=2", "scipy"]\n[project.optional-dependencies]\n'
    with pytest.raises(ValueError, match="scipy"):
        floors(text)


def test_no_command_is_left_out_where_versions_are_tried():
    assert {command.__name__ for group in GROUPS.values() for command in group} == set(LINES)
