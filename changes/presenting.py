"""Sets a comparison out for a page: rows of changed passages with their coordinates, and the clauses they touch.

What changed is told by changes.text.rows alone; here each row gets its paragraph number, its place and its word.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from changes.models import ClauseChange
from changes.text.hunks import Comparison
from changes.text.rows import Row, Run, rows
from clauses.models import Standing
from clauses.text.blocks import blocks
from clauses.text.plain import plain

WORDS_LIMIT = 1200
"""Characters of a clause's words that are set beside each other; the rest is linked in its place."""
PAIRS_LIMIT = 3
"""Passages of one clause that are set beside each other."""
FEW = 3
"""Up to so many changed passages are set as large as a quotation."""
LARGE_LIMIT = 1500
"""Characters of changed passages that are set as large as a quotation."""

_LABELS = {
    "added": "Added",
    "removed": "Removed",
    "reworded": "Reworded",
    "moved_from": "Moved away from here",
    "moved_to": "Moved to here",
}
_STANDINGS = {
    "added": Standing.VERBATIM,
    "removed": Standing.GONE,
    "reworded": Standing.ALTERED,
    "moved_from": Standing.MOVED,
    "moved_to": Standing.MOVED,
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row as a page shows it. Offsets are code points; they and the paragraph are of the side that has the words."""

    row: Row
    label: str
    standing: str
    start: int
    end: int
    old_paragraph: int
    new_paragraph: int
    head: str = ""

    @property
    def is_of_old(self) -> bool:
        """Tell whether its words stand in the text before alone."""
        return self.row.new_start is None

    @property
    def paragraph(self) -> int:
        """Return the number of its paragraph, 0 for a heading."""
        return self.old_paragraph if self.is_of_old else self.new_paragraph


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines that are shown, how many changed passages there are in all, and how many of them are not shown."""

    comparison: Comparison
    before: Paragraphs
    since: Paragraphs
    lines: list[Line]
    total: int
    left_out: int
    is_small: bool

    @property
    def has_words(self) -> bool:
        """Tell whether there is anything to see: white space alone is left out."""
        return any(line.label for line in self.lines)


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of a clause on one side; `left_out` is how many words are not shown."""

    words: str
    paragraph: int
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class TouchShown:
    """A clause that a change touched, with the passages touched on both sides, as far as they are shown.

    The clause may have other passages, which did not change: a side without any is not one without the clause.
    """

    change: ClauseChange
    old: list[Wording]
    new: list[Wording]
    left_out: int

    @property
    def paragraph(self) -> int:
        """Return the paragraph by which it is found: the first since, or before where there is none."""
        return next((wording.paragraph for wording in [*self.new, *self.old]), 0)


class Paragraphs:
    """The numbered paragraphs of a text, to be asked which one a place is in."""

    def __init__(self, text: str) -> None:
        found = [(block.start, block.end, block.number) for block in blocks(text)]
        self._starts = [start for start, _, _ in found]
        self._blocks = found

    def at(self, place: int | None) -> int:
        """Return the number of the paragraph at a place, in code points; 0 where it is in none."""
        n = bisect_right(self._starts, place) - 1 if place is not None else -1
        return self._blocks[n][2] if n >= 0 and place is not None and place < self._blocks[n][1] else 0


def sheet(comparison: Comparison, *, context: int | None = 1, most: int | None = None) -> Sheet:
    """Return a comparison as a page shows it, with `context` unchanged passages around each change, None for all.

    `most` is how many changed passages are spelled out.
    """
    every = rows(comparison, context=context)
    shown, left_out = bounded(every, most=most)
    changed = [row for row in every if _is_change(row)]
    before, since = Paragraphs(comparison.old), Paragraphs(comparison.new)
    lines = list(_headed([_line(row, before, since) for row in shown if not _is_blank(row)]))
    length = sum(map(_length, changed))
    return Sheet(comparison, before, since, lines, len(changed), left_out, len(changed) > FEW or length > LARGE_LIMIT)


def bounded(every: Sequence[Row], *, most: int | None, characters: int | None = None) -> tuple[Sequence[Row], int]:
    """Return the rows up to the last that is spelled out, and how many changed passages come after it.

    `most` is how many changed passages are spelled out, `characters` how many of their characters; the first always is.
    """
    changed = [n for n, row in enumerate(every) if _is_change(row)]
    fit = len(changed) if most is None else min(most, len(changed))
    if characters is not None:
        room = list(accumulate(_length(every[n]) for n in changed[:fit]))
        fit = min(fit, max(1, bisect_right(room, characters)))
    if fit >= len(changed):
        return every, 0
    return every[: changed[fit - 1] + 1], len(changed) - fit


def touches_shown(changes: Iterable[ClauseChange], of: Sheet) -> list[TouchShown]:
    """Return the clauses that a change touched with their words, cut from the texts of a sheet by the stored ranges."""
    old, new = of.comparison.old, of.comparison.new
    return [
        TouchShown(
            change,
            [_wording(old, one["old"], of.before) for one in change.passages[:PAIRS_LIMIT] if one["old"]],
            [_wording(new, one["new"], of.since) for one in change.passages[:PAIRS_LIMIT] if one["new"]],
            max(0, len(change.passages) - PAIRS_LIMIT),
        )
        for change in changes
    ]


def _is_change(row: Row) -> bool:
    return row.kind not in ("same", "fold")


def _is_blank(row: Row) -> bool:
    return _is_change(row) and not any(run.words.strip() for run in row.runs if run.kind != "same")


def _length(row: Row) -> int:
    return sum(len(run.words) for run in row.runs)


def _line(row: Row, before: Paragraphs, since: Paragraphs) -> Line:
    side = row.old if row.new_start is None else row.new
    start = (row.old_start if row.new_start is None else row.new_start) or 0
    return Line(
        row,
        _LABELS.get(row.kind, ""),
        _STANDINGS.get(row.kind, ""),
        start,
        start + sum(len(run.words) for run in side),
        before.at(row.old_start),
        since.at(row.new_start),
    )


def _headed(lines: Sequence[Line]) -> Iterable[Line]:
    """Put the heading over the first line that stands under it, unless the heading is itself among the lines."""
    last = ""
    for group in _groups(lines):
        said = {_words(line.row.runs) for line in group}
        first = next((n for n, line in enumerate(group) if line.label), 0)
        for n, line in enumerate(group):
            heading = group[first].row.heading if n == 0 else line.row.heading if n > first else ""
            head = heading if heading and heading != last and heading not in said else ""
            last = heading or last
            yield replace(line, head=head)


def _groups(lines: Sequence[Line]) -> Iterable[list[Line]]:
    """Part the lines at the folds; a fold is a group of its own."""
    group: list[Line] = []
    for line in lines:
        if line.row.kind == "fold":
            if group:
                yield group
            yield [line]
            group = []
        else:
            group.append(line)
    if group:
        yield group


def _words(runs: Sequence[Run]) -> str:
    return " ".join("".join(run.shown for run in runs).split())


def _wording(text: str, span: Sequence[int], paragraphs: Paragraphs) -> Wording:
    words = plain(text[span[0] : span[1]])
    if len(words) <= WORDS_LIMIT:
        return Wording(words, paragraphs.at(span[0]))
    kept = words[:WORDS_LIMIT].rsplit(" ", 1)[0]
    return Wording(kept, paragraphs.at(span[0]), len(words[len(kept) :].split()))
