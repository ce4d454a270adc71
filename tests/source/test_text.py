"""Reading files and finding places in them."""

import os
import socket
import sys
from pathlib import Path

import pytest

from melian.errors import CaseError
from melian.source.render import full
from melian.source.text import MAX_BYTES, Source, Span, read_source

needs_posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices are files only on POSIX systems")


def refusal(path: str | Path) -> tuple[str, str]:
    with pytest.raises(CaseError) as caught:
        read_source(path)
    (diagnostic,) = caught.value.diagnostics
    return diagnostic.code, full([diagnostic], summary=False)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", [""], id="empty"),
        pytest.param("a", ["a"], id="no line end"),
        pytest.param("a\nb\n", ["a", "b", ""], id="LF"),
        pytest.param("a\r\nb\r\n", ["a", "b", ""], id="CRLF"),
        pytest.param("a\rb\r", ["a", "b", ""], id="CR"),
        pytest.param("a\n\rb", ["a", "", "b"], id="LF CR is two"),
        pytest.param("a\x85b\u2028c\u2029d", ["a\x85b\u2028c\u2029d"], id="NEL, LS and PS end no line"),
    ],
)
def test_lines_are_those_of_an_editor(text: str, lines: list[str]) -> None:
    source = Source("case.yaml", text)
    assert [source.line(number) for number in range(1, source.n_lines + 1)] == lines


def test_every_offset_has_a_place_in_its_line() -> None:
    text = "a: é\r\n😀: 漢\rx\n\ny"
    source = Source("case.yaml", text)
    for offset, character in enumerate(text):
        line, column = source.position(offset)
        if character not in "\r\n":
            assert source.line(line)[column - 1] == character
    assert source.position(len(text)) == (5, 2)
    assert source.position(10_000) == (5, 2)


def test_a_line_that_is_not_there_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="number must be 1 to 1, got 2"):
        Source("case.yaml", "a").line(2)


def test_a_span_quotes_the_text() -> None:
    source = Source("case.yaml", "a: 1\nb: stays_out\n")
    span = Span(source, 8, 17)
    assert (span.line, span.column, span.text) == (2, 4, "stays_out")
    assert repr(source) == "Source(path='case.yaml')"


def test_the_byte_order_mark_is_dropped_and_line_ends_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: \xc3\xa9\r\n")
    source = read_source(path)
    assert source.text == "a: 1\r\nb: é\r\n"
    assert source.path == str(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "none.yaml"
    assert refusal(path) == ("file-missing", f"error[file-missing]: there is no file `{path}`\n--> {path}\n")
    assert refusal(tmp_path / "none" / "case.yaml")[0] == "file-missing"


def test_a_path_through_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text("melian: 1\n")
    assert refusal(tmp_path / "case.yaml" / "case.yaml")[0] == "file-missing"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    code, text = refusal(tmp_path)
    assert code == "file-unreadable"
    assert "it is a folder" in text


@pytest.mark.parametrize("path", ["a\0b", "\ud800", "x" * 5000], ids=["NUL", "surrogate", "too long"])
def test_an_impossible_path_is_refused(path: str) -> None:
    assert refusal(path)[0] in ("file-unreadable", "file-missing")


@needs_posix
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    code, text = refusal(tmp_path / "pipe")
    assert code == "file-unreadable"
    assert "a pipe or a device" in text


@needs_posix
def test_devices_and_sockets_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal("/dev/zero")[0] == "file-unreadable"
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        assert refusal("s")[0] == "file-unreadable"


@needs_posix
@pytest.mark.skipif(sys.platform != "win32" and os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("melian: 1\n")
    path.chmod(0)
    code, text = refusal(path)
    assert code == "file-unreadable"
    assert "permission denied" in text


def test_size_is_bounded_before_decoding(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"#" * MAX_BYTES)
    assert len(read_source(path).text) == MAX_BYTES
    path.write_bytes(b"\xff" * (MAX_BYTES + 1))
    code, text = refusal(path)
    assert code == "too-large"
    assert "1,000,000 bytes" in text


def test_the_first_byte_that_is_not_utf8_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("case.yaml").write_bytes("case: x\ntitle: É caf".encode() + b"\xe9 noir\n")
    assert refusal("case.yaml")[1] == (
        "error[not-utf8]: the file is not in UTF-8\n"
        " --> case.yaml:2:13\n"
        "  |\n"
        "2 | title: É caf\ufffd noir\n"
        "  |             ^ the byte 0xE9 is no UTF-8 character\n"
        "  |\n"
        "  = help: save the file again as UTF-8\n"
        "  = info: in Windows-1252 this byte is `é`\n"
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param("\ufeffcase: x\n".encode("utf-16-le"), "looks like UTF-16", id="UTF-16 LE"),
        pytest.param("\ufeffcase: x\n".encode("utf-16-be"), "looks like UTF-16", id="UTF-16 BE"),
        pytest.param(b"\xef\xbb\xbfcase: \x81", "the byte 0x81", id="BOM, and a byte that Windows-1252 lacks"),
        pytest.param(b"case: \xc3", "the byte 0xC3", id="cut short"),
        pytest.param(b"case: \xed\xa0\x80", "the byte 0xED", id="surrogate"),
        pytest.param(b"case: \xc0\x80", "the byte 0xC0", id="overlong"),
    ],
)
def test_other_encodings_are_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(data)
    code, text = refusal(path)
    assert code == "not-utf8"
    assert said in text


def test_a_place_after_a_byte_order_mark_counts_as_an_editor_counts(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfab\xff")
    assert ":1:3\n" in refusal(path)[1]
