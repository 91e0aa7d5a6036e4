"""Lays a comparison out in rows, one a passage: pages, feeds, mail, PDF and JSON show these and no others."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from changes.text.compare import COMPARISON_RELEASE
from changes.text.hunks import Comparison, Hunk, Part, Step, steps
from clauses.text.blocks import BlockKind, blocks, heading_words

_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\s*\)")
_MARKUP = re.compile(r"\*\*|__|^\s{0,3}#{1,6}\s+|\\(?=[^\w\s])|(?<!\w)\[|`+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that are the same on both sides, gone, or new: exactly as they stand, markup included."""

    kind: str  # same, gone, new
    words: str

    @property
    def shown(self) -> str:
        """Return the words without their markup; as they stand where the markup is what changed."""
        plain = _MARKUP.sub("", _TARGET.sub("", self.words))
        return plain if plain.strip() or not self.words.strip() else self.words

    @property
    def framed(self) -> tuple[str, str, str]:
        """Return the shown words with the white space before and after them apart, which nobody sees marked."""
        words = self.shown.strip()
        before, _, after = self.shown.partition(words) if words else (self.shown, "", "")
        return before, words, after


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of a comparison.

    `runs` are in reading order: the same and the new ones joined are the new words, the same and the gone ones the old.
    `old` and `new` are the two sides. Starts are code points. A fold stands for `folded` unchanged passages.
    """

    kind: str  # same, added, removed, reworded, moved_from, moved_to, fold
    runs: tuple[Run, ...] = ()
    old_start: int | None = None
    new_start: int | None = None
    heading: str = ""
    folded: int = 0
    has_words: bool = True

    @property
    def old(self) -> tuple[Run, ...]:
        """Return the old side."""
        return tuple(run for run in self.runs if run.kind != "new")

    @property
    def new(self) -> tuple[Run, ...]:
        """Return the new side."""
        return tuple(run for run in self.runs if run.kind != "gone")


def rows(comparison: Comparison, *, context: int | None = 1) -> list[Row]:
    """Return the rows of a comparison, with so many unchanged passages kept around each change, None for all."""
    headings = Headings(comparison.old), Headings(comparison.new)
    every = [row for step in steps(comparison) for row in _rows(comparison, step, headings)]
    return every if context is None else list(_folded(every, context))


def _rows(comparison: Comparison, step: Step, headings: tuple[Headings, Headings]) -> Iterator[Row]:
    old, new = comparison.old, comparison.new
    if step.kind == "same":
        at_old, at_new = step.old_start, step.new_start
        for line in new[step.new_start : step.new_end].split("\n"):
            if line.strip():
                yield Row("same", (Run("same", line.strip()),), at_old, at_new)
            at_old, at_new = at_old + len(line) + 1, at_new + len(line) + 1
        return
    hunk = step.hunk
    assert hunk is not None  # only what is the same has none
    if step.kind == "reworded":
        runs = tuple(_run(part, old, new) for part in hunk.parts)
        yield Row("reworded", runs, step.old_start, step.new_start, headings[1].over(step.new_start), 0, hunk.has_words)
        return
    gone = step.kind in ("removed", "moved_from")
    text, at, kind = (old, step.old_start, "gone") if gone else (new, step.new_start, "new")
    end = step.old_end if gone else step.new_end
    over = headings[0 if gone else 1]
    for line in text[at:end].split("\n"):
        if line.strip():
            old_start, new_start = (at, None) if gone else (None, at)
            yield Row(
                step.kind, (Run(kind, line.strip()),), old_start, new_start, over.over(at), has_words=hunk.has_words
            )
        at += len(line) + 1


def _run(part: Part, old: str, new: str) -> Run:
    if part.kind == "gone":
        return Run("gone", old[part.old_start : part.old_end])
    return Run(part.kind, new[part.new_start : part.new_end])


def _folded(every: Sequence[Row], context: int) -> Iterator[Row]:
    """Keep so many unchanged rows beside each change; the others are folded, a single one is not worth it."""
    changed = [n for n, row in enumerate(every) if row.kind != "same"]
    kept = {n for at in changed for n in range(at - context, at + context + 1)}
    hidden = 0
    for n, row in enumerate(every):
        if n in kept:
            if hidden:
                yield Row("fold", folded=hidden)
            hidden = 0
            yield row
        else:
            hidden += 1
    if hidden:
        yield Row("fold", folded=hidden)


class Headings:
    """The headings of a text, to be asked which one a place stands under."""

    def __init__(self, text: str) -> None:
        found = [block for block in blocks(text) if block.kind == BlockKind.HEADING]
        self._starts = [block.start for block in found]
        self._words = [heading_words(text[block.start : block.end]) for block in found]

    def over(self, place: int) -> str:
        """Return the words of the nearest heading above a place, in code points; nothing where there is none."""
        found = bisect_right(self._starts, place)
        return self._words[found - 1] if found else ""


def as_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON values: its release and its hunks with offsets in code points and both words."""
    return {"release": COMPARISON_RELEASE, "hunks": [_hunk(hunk, comparison) for hunk in comparison.hunks]}


def _hunk(hunk: Hunk, comparison: Comparison) -> dict[str, Any]:
    return {
        "kind": hunk.kind,
        "old": {"start": hunk.old_start, "end": hunk.old_end, "words": comparison.old[hunk.old_start : hunk.old_end]},
        "new": {"start": hunk.new_start, "end": hunk.new_end, "words": comparison.new[hunk.new_start : hunk.new_end]},
        "changes_words": hunk.has_words,
    }


_LABELS = {
    "added": "Added",
    "removed": "Removed",
    "reworded": "Reworded",
    "moved_from": "Moved from here",
    "moved_to": "Moved to here",
}


def as_html(shown: Iterable[Row]) -> str:
    """Return rows as HTML that needs no style: paragraphs with ins and del. For feeds and mail."""
    parts = []
    for row in shown:
        if row.kind == "fold":
            parts.append(f"<p><i>{_passages(row.folded)} unchanged</i></p>")
            continue
        label = f"<b>{html.escape(_label(row))}:</b> " if row.kind != "same" else ""
        words = "".join(_TAGGED[run.kind].format(html.escape(_CONTROL.sub("", run.shown))) for run in row.runs)
        parts.append(f"<p>{label}{words}</p>")
    return "\n".join(parts)


_TAGGED = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}


def as_text(shown: Iterable[Row]) -> str:
    """Return rows as plain text: [-gone-] {+new+}. For mail."""
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    parts = []
    for row in shown:
        if row.kind == "fold":
            parts.append(f"({_passages(row.folded)} unchanged)")
            continue
        label = f"{_label(row)}: " if row.kind != "same" else ""
        parts.append(label + "".join(marks[run.kind].format(run.shown) for run in row.runs))
    return "\n\n".join(parts)


def _label(row: Row) -> str:
    return _LABELS[row.kind] + (f" under {row.heading}" if row.heading else "")


def _passages(number: int) -> str:
    return f"{number} passage{'' if number == 1 else 's'}"
