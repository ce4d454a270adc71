"""Cuts the face that figures and pages are set in to what they need, with its widths: `python -m scripts.typeface`.

The face is Inter, by The Inter Project Authors (SIL Open Font License 1.1), taken from the package of npm named below.
What comes out lies in `src/melian/view/lettering/static`: the font in pieces of some scripts each, of which a page
carries only those that it has letters of; the licence; and `widths.json`, by which texts are measured. It is named
Melian, as it is not all of Inter.

How wide other scripts are depends on the fonts of a machine. For each row of sixteen characters `widths.json` has the
widest that was found in many fonts: `python -m scripts.typeface FOLDER` looks at those in a folder, and keeps what is
there otherwise. No character counts for less than the box that stands for one that no font has. Those looked at are in
the Debian packages fonts-noto-core, -noto-ui-core, -noto-extra, -noto-cjk and -noto-color-emoji, fonts-dejavu-core,
-liberation, -croscore, -freefont-ttf, -open-sans, -droid-fallback, -hosny-amiri, -ipafont-gothic, -lohit-deva, -nanum,
-sil-padauk, -sil-scheherazade, -smc-manjari, -symbola, -thai-tlwg, -unifont and -wqy-zenhei.
"""

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any, Final

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

PACKAGE: Final = "inter-ui@4.1.1"
HASH: Final = "e392e4d71f18a7c1f23dfecd833d68fa05eeab41862686584e80fd2b5d87e9c0"
LICENCE: Final = "package/LICENSE.txt"
FACES: Final = {"regular": "package/web/Inter-Regular.woff2", "bold": "package/web/Inter-SemiBold.woff2"}
OUT: Final = Path(__file__).parents[1] / "src" / "melian" / "view" / "lettering" / "static"

MARKS: Final = range(0x300, 0x370)
SIGNS: Final = "‹›⁄€№™−←↑→↓↔≈≠≤≥∞■□●○◆◇▲▼✓✗"
PIECES: Final[dict[str, Sequence[int]]] = {
    # Marks that are no part of a letter's own code come with the letters that they may stand on.
    "marks": [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0x391, 0x3CA), *range(0x410, 0x450), *MARKS],
    "signs": [*range(0x2B0, 0x300), *range(0x2000, 0x2E00)],
    "cyrillic": range(0x400, 0x530),
    "greek": [*range(0x370, 0x400), *range(0x1F00, 0x2000)],
    "latin-more": [*range(0x180, 0x218), *range(0x21C, 0x2B0), *range(0x1E00, 0x1F00)],
    "european": [*range(0x100, 0x180), *range(0x218, 0x21C)],
    "latin": [*range(0x20, 0x100), *range(0x2002, 0x200B), *range(0x2010, 0x2034), *map(ord, SIGNS)],
}
# Accents are placed and digits of one width offered; nothing else, so that a text is as wide as its letters. Only in
# headings, which are bold and large, is it worth its bytes to set some pairs closer.
FEATURES: Final = ("mark", "mkmk", "ccmp", "locl", "tnum")
CLOSER: Final[dict[str, tuple[str, ...]]] = {"bold": ("kern",)}

ROW: Final = 16  # characters
JOINED: Final = range(0x590, 0x700)  # letters that differ so much that each counts by itself
HEADROOM, STEP = 1.05, 0.1  # of the widest that was found
BOX: Final = 1.0  # the widest box that stands for a character that no font has, in parts of the size
UNSEEN: Final = ("Cc", "Cn", "Co", "Cs", "Me", "Mn")
# Cuts that nobody sets a page in, hands that only a page in their own language gets, one width for all, and samples.
LEFT_OUT: Final = (
    *("black", "extra", "light", "thin", "medium", "condensed", "serif", "italic", "oblique", "slanted"),
    *("nastaliq", "mono", "sample", "padmaa", "math"),
)


def main() -> None:
    """Write the pieces, the licence and the widths."""
    OUT.mkdir(exist_ok=True)
    kept = OUT / "widths.json"
    others = _others(Path(sys.argv[1])) if len(sys.argv) > 1 else json.loads(kept.read_text("utf-8"))["others"]
    with _package() as package:
        (OUT / "OFL.txt").write_bytes(_member(package, LICENCE))
        fonts = {face: _member(package, name) for face, name in FACES.items()}
    coded = _coded(fonts["regular"])
    found = {
        piece: [code for code in wanted if code in coded and _is_in(piece, code)] for piece, wanted in PIECES.items()
    }
    for face, data in fonts.items():
        for piece, codes in found.items():
            (OUT / f"{face}-{piece}.woff2").write_bytes(_cut(data, codes, face))
    lines = [_line(name, value) for name, value in _widths(fonts, found, others).items()]
    kept.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _is_in(piece: str, code: int) -> bool:
    """Whether a piece is to have a character: marks stand with letters, and joiners nowhere."""
    if unicodedata.category(chr(code)) in ("Cf", "Me", "Mn"):
        return piece == "marks" and code in MARKS
    return piece != "signs" or code not in PIECES["latin"]


def _line(name: str, value: object) -> str:
    return f'"{name}": {json.dumps(value, ensure_ascii=True, separators=(",", ":"))}'


# The face


def _package() -> tarfile.TarFile:
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", PACKAGE]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - both are named above
        (path,) = Path(folder).iterdir()
        data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != HASH:
        raise SystemExit(f"{PACKAGE} is not what it was")
    return tarfile.open(fileobj=io.BytesIO(data))


def _member(package: tarfile.TarFile, name: str) -> bytes:
    member = package.extractfile(name)
    assert member is not None
    return member.read()


def _font(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data), recalcTimestamp=False)


def _coded(data: bytes) -> Mapping[int, str]:
    coded: dict[int, str] = _font(data).getBestCmap()
    return coded


def _cut(data: bytes, codes: Sequence[int], face: str) -> bytes:
    """What a face has for some characters, as WOFF2."""
    features = [*FEATURES, *CLOSER.get(face, ())]
    options = subset.Options(layout_features=features, flavor="woff2", hinting=False, name_IDs=[0, 13, 14])
    options.notdef_outline = True
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    font = _font(data)
    cutter.subset(font)
    for number, name in ((1, "Melian"), (2, face.title()), (4, f"Melian {face}"), (6, f"Melian-{face.title()}")):
        font["name"].setName(name, number, 3, 1, 0x409)
    out = io.BytesIO()
    font.flavor = "woff2"
    font.save(out, reorderTables=False)
    return out.getvalue()


# Widths


def _widths(fonts: Mapping[str, bytes], found: Mapping[str, Sequence[int]], others: object) -> dict[str, Any]:
    """What `widths.json` holds; the digits are those of one width."""
    regular = _font(fonts["regular"])
    metrics = regular["hhea"]
    return {
        "source": PACKAGE,
        "em": regular["head"].unitsPerEm,
        "ascent": metrics.ascent,
        "descent": -metrics.descent,
        "pieces": {piece: _ranges(codes) for piece, codes in found.items()},
        **{face: {piece: _advances(data, codes) for piece, codes in found.items()} for face, data in fonts.items()},
        "others": others,
    }


def _ranges(codes: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for code in sorted(set(codes)):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return runs


def _advances(data: bytes, codes: Sequence[int]) -> list[int]:
    """Width of each character in the font's own units."""
    font = _font(data)
    coded, metrics, tabular = font.getBestCmap(), font["hmtx"], _tabular(font)
    names = {code: tabular.get(coded[code], coded[code]) for code in sorted(set(codes))}
    return [0 if unicodedata.combining(chr(code)) else metrics[name][0] for code, name in names.items()]


def _tabular(font: TTFont) -> Mapping[str, str]:
    table = font["GSUB"].table
    record = next(one for one in table.FeatureList.FeatureRecord if one.FeatureTag == "tnum")
    (lookup,) = record.Feature.LookupListIndex
    return dict(chain.from_iterable(_single(part) for part in table.LookupList.Lookup[lookup].SubTable))


# Other scripts


def _others(folder: Path) -> list[list[float]]:
    """First character of each run of characters that count as equally wide, and how wide that is."""
    widest: dict[int, float] = {}
    for font in _fonts(folder):
        for code, wide in _forms(font):
            place = code if code in JOINED else code // ROW * ROW
            widest[place] = max(widest.get(place, 0.0), wide)
    found: list[list[float]] = []
    for first in chain(range(0, JOINED.start, ROW), JOINED, range(JOINED.stop, sys.maxunicode + 1, ROW)):
        if first in widest or not found:  # what no font has is like what stands before it
            wide = max(BOX, round(ceil(widest.get(first, 0.0) * HEADROOM / STEP) * STEP, 1))
            if not found or found[-1][1] != wide:
                found.append([first, wide])
    return found


def _fonts(folder: Path) -> Iterator[TTFont]:
    for path in sorted(folder.rglob("*.[ot]t[fc]")):
        if any(part in path.name.casefold() for part in LEFT_OUT):
            continue
        yield TTCollection(path, lazy=True).fonts[0] if path.suffix == ".ttc" else TTFont(path, lazy=True)


def _forms(font: TTFont) -> Iterator[tuple[int, float]]:
    """Each character that takes room, and how wide it is in parts of the size, in whatever form it is joined."""
    metrics, whole, forms = font["hmtx"].metrics, font["head"].unitsPerEm, _joined(font)
    for code, name in (font.getBestCmap() or {}).items():
        if unicodedata.category(chr(code)) not in UNSEEN:
            yield code, max(metrics[form][0] for form in (name, *forms.get(name, ()))) / whole


def _joined(font: TTFont) -> Mapping[str, Sequence[str]]:
    """Forms that a glyph takes beside others."""
    if "GSUB" not in font or not font["GSUB"].table.LookupList:
        return {}
    found: dict[str, list[str]] = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for part in lookup.SubTable:
            for name, form in _single(part):
                found.setdefault(name, []).append(form)
    return found


def _single(part: Any) -> Sequence[tuple[str, str]]:
    part = getattr(part, "ExtSubTable", part)
    return list(part.mapping.items()) if part.LookupType == 1 else []


if __name__ == "__main__":
    main()
