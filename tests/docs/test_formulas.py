"""That every formula of the pages can be set by what builds them."""

import re

import pytest
from docutils.utils.math.latex2mathml import tex2mathml

from scripts import pages

FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$`])\$([^$\n`]+)\$", re.DOTALL)
FORMULAS = {
    f"{page.name}-{number}": (match[1] or match[2]).strip()
    for page in pages.pages()
    for number, match in enumerate(FORMULA.finditer(re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)))
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_a_formula_can_be_set(formula: str) -> None:
    assert tex2mathml(formula)
