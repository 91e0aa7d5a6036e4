"""The fonts that records are printed in, all of this directory and none of the system's, and what they can show.

Newsreader, Archivo and JetBrains Mono are those of static/fonts at one weight each; DejaVu Sans has what they lack of
Greek, Cyrillic, Hebrew, Arabic and many signs.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

import typst

FOLDER = Path(__file__).parent / "fonts"


@cache
def fonts() -> typst.Fonts:
    """Return the fonts, read once a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


@cache
def covered() -> frozenset[int]:
    """Return the code points that at least one of the fonts has a glyph for."""
    return frozenset().union(*(_code_points(path.read_bytes()) for path in sorted(FOLDER.glob("*.ttf"))))


def _code_points(font: bytes) -> set[int]:
    """Return what a font maps to a glyph, from the tables of formats 4 and 12 of its cmap (OpenType, cmap)."""
    found: set[int] = set()
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (subtables,) = struct.unpack_from(">H", font, start + 2)
    for n in range(subtables):
        (offset,) = struct.unpack_from(">L", font, start + 4 + 8 * n + 4)
        at = start + offset
        (kind,) = struct.unpack_from(">H", font, at)
        found |= _segments(font, at) if kind == 4 else _groups(font, at) if kind == 12 else set()
    return found


def _segments(font: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    count, found = twice // 2, set()
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * twice)
    ranges_at = at + 16 + 3 * twice
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    for n, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for point in range(first, last + 1):
            glyph = point + delta
            if offset:
                (glyph,) = struct.unpack_from(">H", font, ranges_at + 2 * n + offset + 2 * (point - first))
            if glyph % 0x10000 and point != 0xFFFF:
                found.add(point)
    return found


def _groups(font: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">L", font, at + 12)
    groups = (struct.unpack_from(">LLL", font, at + 16 + 12 * n) for n in range(count))
    return {point for first, last, glyph in groups for point in range(first, last + 1) if glyph or point > first}
