"""How sheets look on terminals of all kinds."""

import io
import re
from functools import cache

import pytest
from rich.cells import cell_len
from rich.console import Console

from melian.answer.solution import Solution
from melian.answer.supposed import Supposed
from melian.view.sheet import (
    Bar,
    BarGroups,
    Bars,
    Bits,
    Entries,
    Entry,
    Heading,
    Paragraph,
    Share,
    Sheet,
    Spread,
    Table,
    Verbatim,
    Words,
)
from melian.view.sheets.behaviour import behaviour_sheet
from melian.view.sheets.drivers import drivers_sheet
from melian.view.sheets.evidence import evidence_sheet
from melian.view.sheets.incentives import incentives_sheet
from melian.view.sheets.indicators import indicators_sheet
from melian.view.sheets.levers import levers_sheet
from melian.view.sheets.run import run_sheet
from melian.view.sheets.storylines import storylines_sheet
from melian.view.sheets.timeline import timeline_sheet
from melian.view.sheets.whatif import whatif_sheet
from melian.view.sheets.why import why_sheet
from melian.view.terminal import console_for, show
from tests.view.conftest import solved

SCREEN = 45  # lines of a terminal that people read on, at 100 columns


def shown(sheet: Sheet, width: int = 100, encoding: str = "utf-8", **options: bool) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace")
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False, **options)  # type: ignore[arg-type]
    show(sheet, console)
    stream.seek(0)
    return stream.read()


@cache
def sheets() -> dict[str, Sheet]:
    """What every command that answers shows of the flagship case."""
    solution = solved("belarus-2022", 2_048)
    return {
        "run": run_sheet(solution),
        "behaviour": behaviour_sheet(solution),
        "evidence": evidence_sheet(solution),
        "timeline": timeline_sheet(solution, solution.timeline()),
        "drivers": drivers_sheet(solution, solution.drivers()),
        "indicators": indicators_sheet(solution, solution.indicators()),
        "incentives": incentives_sheet(solution, solution.incentives()),
        "storylines": storylines_sheet(solution, solution.storylines()),
        "levers": levers_sheet(solution, solution.levers("west")),
        "whatif": whatif_sheet(solution, Supposed(do={"demand": "insist"}), solution.whatif({"demand": "insist"})),
        "why": why_sheet(solution, solution.why()),
    }


@pytest.mark.parametrize("width", [60, 100, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for name, sheet in sheets().items():
        assert [line for line in shown(sheet, width).splitlines() if cell_len(line) > width] == [], name


@pytest.mark.parametrize("width", [60, 100, 200])
def test_no_word_is_lost_at_any_width(width: int) -> None:
    """Lines break elsewhere, and cells that do not fit beside each other go below each other: that is all."""
    for name, sheet in sheets().items():
        words = set(re.findall(r"\w+", shown(sheet, width)))
        # The name of a first column heads nothing where each row stands by itself.
        heads = {word for block in sheet.blocks if isinstance(block, Table) for word in block.columns[0].split()}
        assert set(re.findall(r"\w+", shown(sheet, 100))) - heads <= words, name


def test_the_flagship_fits_one_screen(belarus: Solution) -> None:
    assert len(shown(run_sheet(belarus)).splitlines()) <= SCREEN


def test_a_pipe_gets_no_escapes_and_no_blanks_at_line_ends(belarus: Solution) -> None:
    stream = io.StringIO()
    show(run_sheet(belarus), console_for(stream))
    assert "\x1b" not in stream.getvalue()
    assert [line for line in stream.getvalue().splitlines() if line != line.rstrip()] == []


def test_no_colour_means_no_colour(belarus: Solution) -> None:
    coloured = shown(run_sheet(belarus), force_terminal=True)
    plain = shown(run_sheet(belarus), force_terminal=True, no_color=True)
    assert "\x1b[36m" in coloured
    assert "\x1b[36m" not in plain


def test_without_block_characters_bars_are_drawn_in_ascii() -> None:
    sheet = Sheet("t", (BarGroups((Bars("g", (Bar("a", Share(0.5)),)),)),))
    assert "########" in shown(sheet, encoding="ascii")
    assert "████████" in shown(sheet)


def test_a_number_is_never_parted_from_its_per_cent_sign() -> None:
    for width in range(20, 60):
        lines = shown(Sheet("t", (Paragraph("word " * 7 + "then 27 % of it and 5-51 % of that"),)), width).splitlines()
        assert not [line for line in lines if line.startswith("%")]


def test_texts_of_a_case_cannot_steer_the_terminal() -> None:
    evil = "a\x1b[2Jb\x9b31mc\u202ed\r\ne"
    blocks = (
        Heading(evil),
        Paragraph(evil),
        BarGroups((Bars(evil, (Bar(evil, Share(0.5), evil),), evil),)),
        Entries((Entry(Words(evil), evil, evil),)),
        Table((evil, evil), ((Words(evil), Words(evil)),)),
        Verbatim(evil),
    )
    for width in (40, 100):
        text = shown(Sheet(evil, blocks), width)
        assert not set("\x1b\x9b\u202e\r") & set(text)


def test_markup_of_rich_is_text_like_any_other() -> None:
    assert "[bold]x[/bold] :smile:" in shown(Sheet("[bold]x[/bold] :smile:", ()))


def test_a_table_too_wide_for_its_terminal_is_stacked() -> None:
    row = (Words("demand: insist"), Spread(0.44, 0.001, 0.99), Spread(0.56, 0.01, 0.999))
    sheet = Sheet("t", (Table(("when", "stays_out", "joins"), (row,)),))
    assert "demand: insist  44 %" in shown(sheet, 60)
    stacked = shown(sheet, 34).splitlines()
    assert stacked[1:] == ["demand: insist", "  stays_out  44 %  <1 to 99 %", "  joins      56 %  1 to >99 %"]


def test_an_empty_table_is_no_trouble() -> None:
    assert "when" in shown(Sheet("t", (Table(("when", "a"), ()),)))


def test_wide_characters_keep_columns_in_line() -> None:
    bars = Bars("封鎖", (Bar("開放される", Share(0.62)), Bar("é", Share(0.38))))
    lines = shown(Sheet("t", (BarGroups((bars,)),))).splitlines()[1:]
    places = [cell_len(line[: line.index("%")]) for line in lines]
    assert len(set(places)) == 1


def test_bits_name_their_side_and_do_not_rely_on_colour() -> None:
    sheet = Sheet("t", (Entries((Entry(Bits(0.4), "x"), Entry(Bits(-0.4), "y"))),))
    assert "0.40 for      x" in shown(sheet)
    assert "0.40 against  y" in shown(sheet)
