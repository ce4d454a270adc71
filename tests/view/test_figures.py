"""Figures: well-formed SVG in which no text overlaps another or leaves the picture, with the numbers of the answer."""

import re
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import melian
from melian.answer import rounding
from melian.answer.solution import Solution
from melian.errors import AskError
from melian.source.cells import safe
from melian.view import wording
from melian.view.figures.bands import chances_scale
from melian.view.figures.drawing import Drawing
from melian.view.figures.evidence import SLIGHT
from melian.view.figures.svg import ELLIPSIS, SIZE, broken, inline, measured, shortened, standalone
from melian.view.kinds import KINDS, Kind
from melian.view.sheets.pictures import diff_picture, picture_of, whatif_picture
from tests.view.test_report import reported
from tests.view.test_sheets import CERTAIN, STRAIT, WORD

SVG = "{http://www.w3.org/2000/svg}"
SMALL = 11.0
Box = tuple[str, float, float, float, float]
CASES = ["flagship", "strait", "supposed", "few worlds", "no evidence", "hostile"]
# What has nothing to show in a case, which is said instead.
NOTHING = {
    ("supposed", "indicators"),
    ("supposed", "levers"),
    ("few worlds", "indicators"),
    *(("no evidence", kind) for kind in ("choices", "weights", "incentives", "evidence", "indicators", "levers")),
    ("hostile", "weights"),
    ("hostile", "indicators"),
}
DRAWN = [(name, kind) for name in CASES for kind in KINDS if (name, kind) not in NOTHING]


@cache
def drawn(name: str, kind: Kind) -> tuple[Solution, Drawing]:
    solution = reported(name)[0]
    choices = solution.case.choices
    return solution, picture_of(solution, kind, actor=choices[-1].actor.text if choices else "nobody")


@cache
def compared(name: str) -> tuple[Solution, Drawing]:
    """Figures of two answers beside each other."""
    if name == "whatif":
        solution = reported("flagship")[0]
        return solution, whatif_picture(solution, solution.whatif({"demand": "insist"}))
    before = melian.read(STRAIT)
    text = STRAIT.read_text("utf-8")
    after = melian.read_text(text.replace("fierce: 0.25", "fierce: 0.5").replace("0.7..0.9", "0.3..0.5"))
    found = melian.diff(before, after, worlds=512)
    return before.solve(worlds=512), diff_picture(before.judged, after.judged, found)


@pytest.fixture(params=[*DRAWN, "whatif", "diff"], ids=str)
def figure(request: pytest.FixtureRequest) -> tuple[Solution, Drawing]:
    return compared(request.param) if isinstance(request.param, str) else drawn(*request.param)


@pytest.mark.parametrize(("name", "kind"), sorted(NOTHING))
def test_where_there_is_nothing_to_draw_that_is_said(name: str, kind: Kind) -> None:
    with pytest.raises(AskError):
        drawn(name, kind)


def boxes(drawing: Drawing) -> list[Box]:
    """Each text with the box that it takes in a wide font."""
    root = ET.fromstring(standalone(drawing))
    shift = root.find(f"{SVG}g[@transform]")
    moved = set() if shift is None else set(shift.iter())
    dx, dy = (0.0, 0.0)
    if shift is not None:
        dx, dy = (float(each) for each in re.findall(r"[\d.]+", shift.attrib["transform"]))
    found = []
    for text in root.iter(f"{SVG}text"):
        kinds = text.attrib.get("class", "").split()
        size = SMALL if "small" in kinds else SIZE
        wide = measured(text.text or "", size, is_bold="strong" in kinds)
        x, y = float(text.attrib["x"]), float(text.attrib["y"])
        x -= {"start": 0.0, "middle": 0.5, "end": 1.0}[text.attrib.get("text-anchor", "start")] * wide
        x, y = (x + dx, y + dy) if text in moved else (x, y)
        if "rotate(-90" in text.attrib.get("transform", ""):  # read from below
            found.append((text.text or "", x - 0.8 * size, y - wide, x + 0.2 * size, y))
            continue
        found.append((text.text or "", x, y - 0.8 * size, x + wide, y + 0.2 * size))
    return found


def covered(drawing: Drawing) -> list[tuple[Box, Box]]:
    """Pairs of texts that lie over each other."""
    return [
        (one, other)
        for one, other in combinations(boxes(drawing), 2)
        if not (one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2])
    ]


def outside(drawing: Drawing) -> list[Box]:
    """Texts that leave the picture."""
    return [
        box
        for box in boxes(drawing)
        if min(box[1], box[2]) < -0.5 or box[3] > drawing.width + 0.5 or box[4] > drawing.height + 0.5
    ]


def test_no_text_overlaps_another(figure: tuple[Solution, Drawing]) -> None:
    assert covered(figure[1]) == []


def test_no_text_leaves_the_picture(figure: tuple[Solution, Drawing]) -> None:
    assert outside(figure[1]) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["flagship", "strait"])
def test_labels_of_a_usual_length_are_shown_whole(name: str, kind: Kind) -> None:
    assert [said for said, *_ in boxes(drawn(name, kind)[1]) if ELLIPSIS in said] == []


def test_a_figure_says_in_words_what_it_shows(figure: tuple[Solution, Drawing]) -> None:
    root = ET.fromstring(standalone(figure[1]))
    assert root.findtext(f"{SVG}title") == figure[1].title
    assert len(root.findtext(f"{SVG}desc") or "") > 80


def test_a_figure_never_says_that_anything_is_certain_nor_a_bare_word(figure: tuple[Solution, Drawing]) -> None:
    """Beside the words that the case itself uses."""
    solution, drawing = figure
    case = solution.case
    own = " ".join([state.label for node in case.nodes.values() for state in node.states]).split()
    own += " ".join(report.claim for report in case.evidence).split()
    for said in (drawing.title, drawing.description, *(text for text, *_ in boxes(drawing))):
        assert not CERTAIN.search(said), said
        said = said.replace("how likely", "X")  # noqa: PLW2901 -- a question, which has no number yet
        bare = [match for match in WORD.finditer(said) if match.group() not in own]
        assert all(re.search(r"\d+ % \[[^\]]+ %\], $", said[: match.start()]) for match in bare), said


def test_the_tornado_has_the_numbers_of_its_answer() -> None:
    solution, drawing = drawn("flagship", "drivers")
    words = [text for text, *_ in boxes(drawing)]
    first = solution.drivers().drivers[0]
    assert words.count(wording.percent(first.total.value)) >= 1
    for end in (first.tenths.low, first.tenths.high):
        assert wording.percent(end) in words or wording.percent(end, rounding.COARSE) in words


def test_the_matrix_has_a_cell_for_every_outcome_and_report() -> None:
    solution, drawing = drawn("flagship", "evidence")
    matrix = solution.matrix()
    marks = [text for text, *_ in boxes(drawing) if text in {"++", "+", "·", "−", "−−"}]
    n_key = 5
    assert len(marks) == n_key + len(matrix.origins) * len(matrix.hypotheses)
    signs = sum(weight.given_rest > SLIGHT for row in matrix.weights for weight in row)
    assert sum(mark.startswith("+") for mark in marks) == 2 + signs


def test_the_stairs_of_a_difference_lead_from_one_answer_to_the_other() -> None:
    _, drawing = compared("diff")
    words = [text for text, *_ in boxes(drawing)]
    ends = [words[words.index(f"the {which} version") + 1] for which in ("earlier", "later")]
    assert words[-1].endswith(f"{ends[0]} before, now {ends[1]}.")  # what the figure says at its foot
    assert {"the earlier version", "the later version"} <= set(words)


def test_a_figure_asks_nothing_of_anybody(figure: tuple[Solution, Drawing]) -> None:
    text = standalone(figure[1])
    tags = {element.tag.removeprefix(SVG) for element in ET.fromstring(text).iter()}
    assert tags <= {"svg", "title", "desc", "style", "g", "rect", "line", "circle", "path", "text"}
    assert all(place.startswith('"data:font/woff2;base64,') for place in re.findall(r"url\(([^)]*)", text))
    assert "@import" not in text


def test_the_picture_of_the_case_has_every_node_with_its_chances() -> None:
    solution, drawing = drawn("flagship", "case")
    words = [text for text, *_ in boxes(drawing)]
    for name, chances in solution.nodes().items():
        label = solution.case.nodes[name].label
        assert label.split()[0] in " ".join(words)
        for chance in chances.values():
            assert wording.percent(chance, 1) in words or wording.percent(chance, 5) in words
    assert drawing.marks.count("asked") == 1


def test_a_tall_figure_is_cut_where_nothing_is_hurt_and_nothing_is_lost() -> None:
    _, drawing = drawn("flagship", "case")
    views = [tuple(map(float, view.split())) for view in re.findall(r'viewBox="([^"]+)"', inline(drawing, "it"))]
    assert len(views) > 1
    assert '<g class="fig" id="it-marks">' in inline(drawing, "it")  # styles do not reach into a slice from outside
    assert views[0][1] == 0
    for (_, top, _, tall), (_, following, _, _) in pairwise(views):
        assert top + tall == pytest.approx(following, abs=0.11)
        assert any(abs(following - cut) < 0.06 for cut in drawing.cuts)
    assert sum(tall for *_, tall in views) == pytest.approx(drawing.height, abs=0.2)


@given(st.text(max_size=60), st.floats(20, 300), st.integers(1, 4))
def test_broken_text_fits_in_lines_and_room(said: str, room: float, lines: int) -> None:
    found = broken(said, room, lines)
    assert len(found) <= lines
    assert all(measured(line) <= room for line in found)


@given(st.text(max_size=60), st.floats(20, 300))
def test_broken_text_is_whole_where_lines_do_not_run_out(said: str, room: float) -> None:
    found = broken(said, room, 1000)
    assert "".join("".join(found).split()) == "".join(safe(said).split())


def test_words_without_blanks_are_broken_too() -> None:
    assert len(broken("封鎖される可能性は高いと考えられる" * 2, 120, 9)) > 3
    assert broken("Donaudampfschifffahrtsgesellschaft", 100, 9)[0] != "Donaudampfschifffahrtsgesellschaft"


@given(st.text(max_size=60), st.floats(20, 300))
def test_shortened_text_fits(said: str, room: float) -> None:
    found = shortened(said, room)
    assert measured(found) <= room
    assert found == safe(said) or found.endswith("…")


@given(st.lists(st.floats(0, 1), min_size=1, max_size=9))
@example([1.0])
@example([0.0])
def test_a_scale_of_chances_holds_them_all_also_what_is_certain(chances: list[float]) -> None:
    scale = chances_scale(10.0, 90.0, chances)
    assert 0.0 <= scale.low < scale.high <= 1.0
    assert scale.low <= min(chances) + 1e-6
    assert max(chances) <= scale.high + 1e-6
    assert all(10.0 <= scale.at(chance) <= 100.0 for chance in chances)


def test_what_is_certain_before_and_after_is_drawn_too() -> None:
    """With nothing else that moves: the scale has one value only."""
    solution = melian.read(STRAIT).solve(worlds=256, do={"convoy": "waits"}, observe={"strait": "blockade"})
    found = solution.whatif(observe={"storm": "mild"})
    drawing = whatif_picture(solution, replace(found, nodes=()))
    (numbers,) = [said for said, *_ in boxes(drawing) if "→" in said]
    assert numbers in {">99 % → >99 %", ">95 % → >95 %"}
