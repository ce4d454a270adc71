"""A card in somebody else's page changes nothing there, and can be read in light and in dark."""

import re

from melian.view.figures.drawing import Drawing
from melian.view.page.fragment import DARK, card_style, fragment
from melian.view.sheet import Paragraph, Picture
from tests.view.pages import Page


def selectors() -> list[str]:
    """What stands before each outermost block of the style."""
    found, depth, said = [], 0, ""
    for character in re.sub(r"/\*.*?\*/", "", card_style(), flags=re.DOTALL):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            said = "" if character == "}" else said + character
        elif depth == 1 and character == "{":
            found.append(" ".join(said.split()))
    assert depth == 0
    return found


def test_styles_reach_no_further_than_the_card() -> None:
    assert all(re.search(r"\.melian(\.melian)?$", said) or said.startswith("@media") for said in selectors())
    (preferred,) = re.findall(r"@media \(prefers-color-scheme: dark\) \{(.*?)\{", card_style())
    assert preferred.strip() == '[data-theme="auto"] .melian'
    assert ":root" not in card_style()
    assert "url(" not in card_style()
    assert "@import" not in card_style()


def test_a_card_is_dark_only_where_its_page_is() -> None:
    light, dark, auto, _ = selectors()
    assert light == ".melian"
    assert all(said in dark for said in DARK)
    assert auto.startswith("@media")
    assert card_style().count("color-scheme: dark;") == 2


def test_every_colour_has_a_light_and_a_dark_value() -> None:
    blocks = re.findall(r"scheme: (?:light|dark); (.*?)\}", card_style(), flags=re.DOTALL)
    light, dark, preferred = (set(re.findall(r"(--[\w-]+):", block)) for block in blocks)
    assert light == dark == preferred
    assert set(re.findall(r"var\((--[\w-]+)\)", card_style())) <= light


def test_a_tall_figure_stays_in_one_piece() -> None:
    drawing = Drawing(100.0, 900.0, "<g></g>", "Tall", "A tall figure.", (300.0, 600.0))
    assert fragment((Picture(drawing),)).count("<svg") == 1


def test_a_card_may_have_no_title() -> None:
    page = Page(fragment((Paragraph("Said."),)))
    assert page.headings() == []
    assert page.words == "Said."
