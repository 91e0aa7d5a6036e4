"""What changed between two wordings, in whole words."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.distance import Indel

KEPT_BETWEEN = 2
"""Fewer unchanged words than this between two changes are struck and written again, so that phrases stay whole."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words that is the same in both, only in the old, or only in the new."""

    kind: str  # same, gone, new
    words: str


def changed(old: str, new: str) -> list[Part]:
    """Return the parts of a comparison in reading order.

    The same and the new parts joined by blanks are the new words; the same and the gone parts are the old.
    """
    before, after = old.split(), new.split()
    runs: list[tuple[str, list[str], list[str]]] = []
    for op in Indel.opcodes(before, after):
        gone, added = before[op.src_start : op.src_end], after[op.dest_start : op.dest_end]
        if op.tag == "equal":
            runs.append(("same", gone, added))
        elif runs and runs[-1][0] == "change":
            runs[-1] = ("change", runs[-1][1] + gone, runs[-1][2] + added)
        else:
            runs.append(("change", gone, added))
    return [part for run in _joined(runs) for part in _parts(*run)]


def _joined(runs: list[tuple[str, list[str], list[str]]]) -> list[tuple[str, list[str], list[str]]]:
    """Take a single unchanged word between two changes into them."""
    joined: list[tuple[str, list[str], list[str]]] = []
    for place, run in enumerate(runs):
        between = 0 < place < len(runs) - 1 and run[0] == "same" and len(run[1]) < KEPT_BETWEEN
        if joined and joined[-1][0] == "change" and (run[0] == "change" or between):
            joined[-1] = ("change", joined[-1][1] + run[1], joined[-1][2] + run[2])
        else:
            joined.append(run)
    return joined


def _parts(kind: str, gone: list[str], added: list[str]) -> list[Part]:
    if kind == "same":
        return [Part("same", " ".join(added))]
    parts = [Part("gone", " ".join(gone))] if gone else []
    return parts + ([Part("new", " ".join(added))] if added else [])
