"""Cases split over files: put together as if they were one, every place in its own file, nothing read from outside."""

import os
import stat
from pathlib import Path

import pytest

import melian
from melian.api import examine, examine_source
from melian.case.read_parts import MAX_PARTS, MAX_STEPS
from melian.source.diagnostic import Diagnostic
from melian.source.folder import MAX_ENTRIES, folder_of
from melian.source.render import as_json, concise, full
from melian.source.text import MAX_BYTES, Source
from tests.case.test_mutations import SMALL
from tests.reading import notes, read, who

HEAD = "melian: 1\ncase: strait\nquestion: {event: {strait: closed}}\n"
STRAIT = "factors:\n  strait: {states: [open, closed], chances: {closed: unlikely}}\n"
STORM = "factors:\n  storm: {states: [none, strong], chances: {strong: unlikely}}\n"
DEPENDS = (
    "factors:\n  strait:\n    states: [open, closed]\n    chances:\n"
    "      - {when: {storm: strong}, closed: likely}\n      - {else: true, closed: unlikely}\n"
)


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write files, and return the path of the case among them."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder / "case.yaml"


def found_in(folder: Path, files: dict[str, str]) -> list[Diagnostic]:
    """Everything there is to say about a case of some files."""
    return examine(written(folder, files))[1]


def codes_in(folder: Path, files: dict[str, str]) -> list[str]:
    return [one.code for one in found_in(folder, files)]


def including(*paths: str) -> str:
    return HEAD + "include:\n" + "".join(f"  - '{path}'\n" for path in paths)


def sections(text: str) -> dict[str, str]:
    """Top-level blocks of a text, by their first key."""
    blocks: dict[str, str] = {}
    key = ""
    for line in text.splitlines(keepends=True):
        key = line.split(":")[0] if not line.startswith(" ") else key
        blocks[key] = blocks.get(key, "") + line
    return blocks


def test_a_case_in_parts_means_what_it_means_in_one_file(tmp_path: Path) -> None:
    apart = ("actors", "sources", "grades", "factors", "choices", "stakes", "beliefs", "evidence")
    blocks = sections(SMALL)
    assert set(apart) <= set(blocks)
    files = {f"parts/{name}.yaml": blocks[name] for name in apart}
    files["case.yaml"] = "".join(text for name, text in blocks.items() if name not in apart) + "include: parts/*.yaml\n"
    case = melian.read(written(tmp_path, files)).judged
    assert case == read(SMALL)
    assert [os.path.relpath(part.path, tmp_path) for part in case.parts] == [
        f"parts/{name}.yaml" for name in sorted(apart)
    ]


def test_one_section_can_stand_in_several_files(tmp_path: Path) -> None:
    files = {"case.yaml": including("storm.yaml") + DEPENDS, "storm.yaml": STORM}
    case = melian.read(written(tmp_path, files)).judged
    assert [factor.name for factor in case.factors] == ["strait", "storm"]


def test_reports_of_several_files_are_all_counted(tmp_path: Path) -> None:
    report = (
        "  - {id: NAME, date: 2022-01-01, claim: c, bears_on: strait, likelihood: {closed: likely, open: unlikely}}\n"
    )
    files = {name: "evidence:\n" + report.replace("NAME", name[:-5]) for name in ("b.yaml", "a.yaml")}
    files["case.yaml"] = including("?.yaml") + STRAIT + "evidence:\n" + report.replace("NAME", "own")
    case = melian.read(written(tmp_path, files)).judged
    assert [one.name for one in case.evidence] == ["own", "a", "b"]


def test_a_mistake_in_a_part_is_shown_in_that_part(tmp_path: Path) -> None:
    files = {
        "case.yaml": including("more/storm.yaml") + DEPENDS,
        "more/storm.yaml": STORM.replace("unlikely", "unlikly"),
    }
    path = written(tmp_path, files)
    (one,) = examine(path)[1]
    place = f"{path.parent / 'more' / 'storm.yaml'}:2:53"
    assert one.primary.span.text == "unlikly"
    assert concise([one]).startswith(f"{place}: error[bad-judgement]: ")
    assert f"--> {place}\n" in full([one])
    assert as_json([one])[0]["path"] == str(path.parent / "more" / "storm.yaml")


def test_a_name_of_two_files_is_labelled_in_both(tmp_path: Path) -> None:
    (one,) = found_in(tmp_path, {"case.yaml": including("again.yaml") + STRAIT, "again.yaml": STRAIT})
    assert one.code == "duplicate-key"
    places = [(label.span.source.path, label.span.text) for label in (one.primary, *one.secondary)]
    assert places == [(str(tmp_path / "again.yaml"), "strait"), (str(tmp_path / "case.yaml"), "strait")]
    shown = full([one])
    assert "again.yaml:2:3" in shown
    assert "::: " in shown


def test_reports_of_one_name_in_two_files_are_told(tmp_path: Path) -> None:
    report = "evidence: [{id: a, date: 2022-01-01, claim: c, bears_on: strait, shows: closed}]\n"
    codes = codes_in(tmp_path, {"case.yaml": including("again.yaml") + STRAIT + report, "again.yaml": report})
    assert "name-taken" in codes


def test_who_judged_is_said_for_each_file(tmp_path: Path) -> None:
    files = {
        "case.yaml": including("storm.yaml") + "by: Ada\nbasis: judgement\n" + DEPENDS,
        "storm.yaml": "by: Ben\n" + STORM,
    }
    case = melian.read(written(tmp_path, files)).judged
    assert [who(factor.provenance)[:3] for factor in case.factors] == [
        ("Ada", None, "judgement"),
        ("Ben", None, "judgement"),
    ]


def test_parts_may_include_parts_from_where_they_stand(tmp_path: Path) -> None:
    files = {
        "case.yaml": including("a/one.yaml") + DEPENDS,
        "a/one.yaml": "include: b/two.yaml\n",
        "a/b/two.yaml": STORM,
    }
    assert codes_in(tmp_path, files) == []


def test_parts_that_include_each_other_are_told_once(tmp_path: Path) -> None:
    files = {"case.yaml": including("a.yaml") + STRAIT, "a.yaml": "include: b.yaml\n", "b.yaml": "include: a.yaml\n"}
    (one,) = found_in(tmp_path, files)
    assert one.code == "included-twice"
    assert one.primary.span.source.path == str(tmp_path / "b.yaml")
    assert [label.span.source.path for label in one.secondary] == [str(tmp_path / "case.yaml")]


@pytest.mark.parametrize("path", ["case.yaml", "./case.yaml", "*.yaml"])
def test_a_case_cannot_include_itself(tmp_path: Path, path: str) -> None:
    (one,) = found_in(tmp_path, {"case.yaml": including(path) + STRAIT})
    assert one.code == "included-twice"


OUTSIDE = [
    "/etc/passwd",
    "/etc/x.yaml",
    "~/x.yaml",
    "C:/x.yaml",
    "c:x.yaml",
    "../x.yaml",
    "a/../../x.yaml",
    "a/../b.yaml",
]
BAD = [
    "", ".", "./", "a\\b.yaml", "\\\\host\\share\\a.yaml", "aa:b.yaml", "aux.yaml", "CON.yaml",
    "a/nul/b.yaml", "com1.yaml",
    "a./b.yaml", "a /b.yaml", "*/a.yaml", "**/a.yaml", "a", "a.txt", "notes", "a" * 600 + ".yaml",
]  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_out_of_the_folder_is_refused_before_anything_is_read(tmp_path: Path, path: str) -> None:
    (one,) = found_in(tmp_path, {"case.yaml": including(path) + STRAIT})
    assert one.code == "outside-folder"
    assert one.primary.span.text == f"'{path}'"


@pytest.mark.parametrize("path", BAD)
def test_a_path_that_does_not_work_everywhere_is_refused(tmp_path: Path, path: str) -> None:
    (one,) = found_in(tmp_path, {"case.yaml": including(path) + STRAIT})
    assert one.code == "bad-path"


@pytest.mark.parametrize("escape", ["\\0", "\\n", "\\x1b", "\\ud800", "\\x9b"])
def test_a_path_with_control_characters_is_refused(tmp_path: Path, escape: str) -> None:
    (one,) = found_in(tmp_path, {"case.yaml": HEAD + f'include: "a{escape}.yaml"\n' + STRAIT})
    assert one.code in ("bad-path", "yaml-syntax")


@pytest.mark.parametrize("path", ["none.yaml", "none/a.yaml", "*.yml", "none/*.yaml", "Case.yml"])
def test_a_file_that_is_not_there_is_told(tmp_path: Path, path: str) -> None:
    (one,) = found_in(tmp_path, {"case.yaml": including(path) + STRAIT})
    assert one.code == "include-missing"


def test_links_out_of_the_folder_are_refused_and_links_within_are_not(tmp_path: Path) -> None:
    inside = tmp_path / "case"
    written(tmp_path, {"secret.yaml": STORM, "case/storm.yaml": STORM, "apart/storm.yaml": STORM})
    (inside / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (inside / "folder").symlink_to(tmp_path / "apart")
    (inside / "chain.yaml").symlink_to(inside / "out.yaml")
    (inside / "in.yaml").symlink_to("storm.yaml")
    (inside / "self.yaml").symlink_to("self.yaml")
    for path in ("out.yaml", "folder/storm.yaml", "folder/*.yaml", "chain.yaml", "o*.yaml"):
        (one,) = found_in(inside, {"case.yaml": including(path) + DEPENDS})
        assert one.code == "outside-folder", path
    assert codes_in(inside, {"case.yaml": including("in.yaml") + DEPENDS}) == []
    assert codes_in(inside, {"case.yaml": including("in.yaml", "storm.yaml") + DEPENDS}) == ["included-twice"]
    assert codes_in(inside, {"case.yaml": including("self.yaml") + DEPENDS}) == ["file-unreadable"]


def test_a_link_in_a_circle_costs_that_link_and_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    found = found_in(tmp_path, {"case.yaml": including("*.yaml"), "storm.yaml": STORM})
    assert {"file-unreadable"} < {one.code for one in found}
    found = found_in(tmp_path, {"case.yaml": including("[ab]*.yaml", "s*.yaml") + DEPENDS, "storm.yaml": STORM})
    assert [one.code for one in found] == ["include-missing"]


@pytest.mark.parametrize("swapped", ["inner/storm.yaml", "inner"])
def test_what_was_checked_is_what_is_read_even_if_a_link_is_put_there_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swapped: str
) -> None:
    written(tmp_path, {"apart/storm.yaml": STORM, "case/inner/storm.yaml": STORM})
    place, apart = tmp_path / "case" / swapped, tmp_path / "apart" / ("storm.yaml" if "/" in swapped else "")
    folder = folder_of(tmp_path / "case" / "case.yaml")
    followed = os.path.realpath

    def swapping(path: str) -> str:
        found = followed(path)
        place.rename(tmp_path / "moved")
        place.symlink_to(apart)
        return found

    os.close(folder.open("inner/storm.yaml", os.O_RDONLY))
    monkeypatch.setattr(os.path, "realpath", swapping)
    with pytest.raises(OSError, match=r"symbolic links|Not a directory"):
        folder.open("inner/storm.yaml", os.O_RDONLY)


def test_a_case_reached_by_a_link_includes_from_the_links_folder(tmp_path: Path) -> None:
    written(tmp_path, {"real/case.yaml": including("storm.yaml") + DEPENDS, "real/storm.yaml": STORM})
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real" / "case.yaml")
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    assert [one.code for one in examine(tmp_path / "link.yaml")[1]] == ["include-missing"]
    assert examine(tmp_path / "folder" / "case.yaml")[1] == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX")
def test_pipes_and_folders_are_no_parts(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    for path in ("pipe.yaml", "folder.yaml"):
        (one,) = found_in(tmp_path, {"case.yaml": including(path) + STRAIT})
        assert one.code == "file-unreadable"
        assert one.primary.span.text == f"'{path}'"
    assert stat.S_ISFIFO((tmp_path / "pipe.yaml").stat().st_mode)


def test_a_part_that_is_not_utf8_is_shown_with_where_it_is_included(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("# café\n".encode("latin-1"))
    (one,) = found_in(tmp_path, {"case.yaml": including("latin.yaml") + STRAIT})
    assert one.code == "not-utf8"
    assert [label.span.text for label in one.secondary] == ["'latin.yaml'"]


def test_one_mistake_in_a_part_raises_no_follow_ups(tmp_path: Path) -> None:
    for broken in ("factors: [\n", "- storm\n", "", "factors: {storm: *a}\n"):
        codes = codes_in(tmp_path, {"case.yaml": including("storm.yaml") + DEPENDS, "storm.yaml": broken})
        assert len(codes) == 1, codes
    (one,) = found_in(tmp_path, {"case.yaml": including("storm.yaml") + DEPENDS, "storm.yaml": "factors: none\n"})
    assert one.code == "wrong-shape"
    (one,) = found_in(tmp_path, {"case.yaml": including("storm.yaml") + DEPENDS, "storm.yaml": "factos:\n" + STORM[9:]})
    assert (one.code, notes(one)) == ("unknown-key", ["did you mean `factors`?"])


def test_the_question_belongs_to_the_case_alone(tmp_path: Path) -> None:
    codes = codes_in(tmp_path, {"case.yaml": including("all.yaml"), "all.yaml": HEAD + STRAIT})
    assert codes == ["not-in-a-part", "not-in-a-part"]


def test_keys_of_ones_own_and_the_version_are_welcome_in_a_part(tmp_path: Path) -> None:
    part = "melian: 1\nx-note: mine\nwhy: told apart\n" + STORM + "  x-map: [1]\n"
    assert codes_in(tmp_path, {"case.yaml": including("a.yaml") + DEPENDS + "  x-map: 2\n", "a.yaml": part}) == []
    assert codes_in(tmp_path, {"case.yaml": including("a.yaml") + DEPENDS, "a.yaml": "melian: 2\n" + STORM}) == [
        "unknown-word"
    ]


def test_the_number_of_files_is_bounded(tmp_path: Path) -> None:
    files = {f"p{number:03}.yaml": "x-n: 1\n" for number in range(MAX_PARTS)}
    assert codes_in(tmp_path, {"case.yaml": including("p*.yaml") + STRAIT, **files}) == []
    (one,) = found_in(tmp_path, {"p-one-more.yaml": "x-n: 1\n"} | {"case.yaml": including("p*.yaml") + STRAIT})
    assert one.code == "too-many-parts"


def test_the_steps_are_bounded(tmp_path: Path) -> None:
    files = {f"{step}.yaml": f"include: {step + 1}.yaml\n" for step in range(1, MAX_STEPS)} | {
        f"{MAX_STEPS}.yaml": STORM
    }
    assert codes_in(tmp_path, {"case.yaml": including("1.yaml") + DEPENDS, **files}) == []
    deeper = {"case.yaml": including("0.yaml") + DEPENDS, "0.yaml": "include: 1.yaml\n", **files}
    assert codes_in(tmp_path, deeper) == ["too-many-parts"]


def test_the_size_is_bounded_over_all_files(tmp_path: Path) -> None:
    comment = "# " + "é" * (MAX_BYTES // 4) + "\n"  # two bytes each
    files = {"case.yaml": including("a.yaml") + STRAIT + comment, "a.yaml": "x-n: 1\n" + comment[: MAX_BYTES // 5]}
    assert codes_in(tmp_path, files) == []
    assert codes_in(tmp_path, files | {"a.yaml": "x-n: 1\n" + comment}) == ["too-large"]


def test_a_huge_folder_is_not_listed_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_ENTRIES > MAX_PARTS
    monkeypatch.setattr("melian.source.folder.MAX_ENTRIES", 3)
    files = {f"p{number}.yaml": "x-n: 1\n" for number in range(9)}
    case, _ = examine(written(tmp_path, {"case.yaml": including("p?.yaml") + STRAIT, **files}))
    assert case is not None
    assert len(case.parts) <= 3


def test_a_text_has_no_folder_to_include_from() -> None:
    _, found = examine_source(Source("case.yaml", including("storm.yaml") + DEPENDS))
    assert [one.code for one in found] == ["no-folder"]


def test_a_pattern_of_many_stars_does_not_hang(tmp_path: Path) -> None:
    name = "a" * 200 + ".yaml"
    path = written(tmp_path, {"case.yaml": including("*a" * 60 + "b*.yaml") + STRAIT, name: STORM})
    assert [one.code for one in examine(path)[1]] == ["include-missing"]


def test_a_relative_path_is_followed_from_where_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, {"case.yaml": including("storm.yaml") + DEPENDS, "storm.yaml": STORM})
    monkeypatch.chdir(tmp_path)
    case, found = examine("case.yaml")
    assert found == []
    assert case is not None
    assert [part.path for part in case.parts] == ["storm.yaml"]


def test_a_part_alone_is_called_one(tmp_path: Path) -> None:
    (one,) = found_in(tmp_path, {"case.yaml": "by: Ben\n" + STORM})
    assert one.code == "part-alone"
    assert "missing-key" in codes_in(tmp_path, {"case.yaml": "melian: 1\n" + STORM})
