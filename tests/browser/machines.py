"""Machines with few fonts: DejaVu alone, Liberation alone, or none of the two but one without a single letter."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from scripts.browser import font
from tests.browsers import without

# By the name of a machine, what tells its font from others; a browser shows no page at all where there is no font.
MACHINES: Final = {"DejaVu": "DejaVuSans.ttf", "Liberation": "LiberationSans-Regular.ttf", "none": ""}
EM: Final = 1000


@contextmanager
def machine_with(name: str, folder: Path) -> Iterator[None]:
    """Let browsers that are started meanwhile find no fonts but those of a machine.

    Parameters
    ----------
    folder : where what they read may be written.
    """
    fonts = folder / "fonts"
    fonts.mkdir()
    if MACHINES[name]:
        for path in _family(MACHINES[name]):
            shutil.copy(path, fonts)
    else:
        _without_letters(fonts / "boxes.ttf")
    rules = folder / "fonts.conf"
    rules.write_text(
        f"<fontconfig><dir>{fonts}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>", encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "FONTCONFIG_FILE", str(rules))
        yield


def _family(name: str) -> list[Path]:
    """Every font that lies beside one."""
    found = font(name)
    return sorted(found.parent.glob("*.ttf")) if found else without(f"the font {name} is not there")


def _without_letters(path: Path) -> None:
    """Write a font that has nothing but a box, as wide as a letter of Chinese, for what it has not."""
    pen = TTGlyphPen(None)
    corners = [(100, 0), (100, 700), (900, 700), (900, 0)]
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder([".notdef"])
    font.setupCharacterMap({})
    font.setupGlyf({".notdef": pen.glyph()})
    font.setupHorizontalMetrics({".notdef": (EM, 100)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(path)
