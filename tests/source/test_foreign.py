"""A file that is no case is named for what it is."""

from pathlib import Path

import pytest

from melian.errors import CaseError
from melian.source.text import read_source


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF"),
        (b"PK\x03\x04\x14\x00", "Word, Excel"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b'EFG 2 R "x" { "a" "b" }', ".efg"),
        (b'NFG 1 R "x" { "a" "b" }', ".nfg"),
        (b"network asia {\n}\n", "BIF"),
        (b'<?xml version="1.0"?>\n<smile version="1.0" id="x">', "XDSL"),
        (b"net\n{\n}\n", "Hugin"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "a web page"),
    ],
)
def test_it_is_named_with_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    with pytest.raises(CaseError) as caught:
        read_source(path)
    (found,) = caught.value.diagnostics
    assert found.code == "foreign-file"
    assert said in found.headline + found.notes[0].text


@pytest.mark.parametrize("content", [b"network: {a: 1}\n", b"# network x {\n", b"melian: 1\n", b"{melian: 1}", b""])
def test_what_may_be_a_case_is_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "case.yaml").write_bytes(content)
    assert read_source(tmp_path / "case.yaml").text == content.decode()
