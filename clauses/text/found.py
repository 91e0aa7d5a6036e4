"""What a reader finds in a text: paragraphs that belong to types, with where they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from clauses.text.apart import left_alone
from clauses.text.blocks import Block, blocks
from clauses.text.classify import Finding, findings_of
from clauses.text.pieces import SUREST, WHOLE_SHARE, Cut, cut, governed, runs
from clauses.text.stance import THRESHOLD, Stance, stance

HEADING_LIMIT = 500
LONGEST_JUDGED = 600
"""A paragraph of more words in which no piece says anything by itself is not judged whole."""
_HEADING_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Found:
    """Words found to belong to one type: a paragraph, or what of a long list or table says it."""

    finding: Finding
    number: int
    start: int
    end: int
    heading: str
    words: str
    sha256: bytes

    @property
    def type(self) -> str:
        """Return the slug of the type."""
        return self.finding.type


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text as read: how many numbered paragraphs it has, where they are, and what was found in them."""

    paragraphs: tuple[tuple[int, int, int, str], ...]
    found: tuple[Found, ...]

    def paragraph_at(self, offset: int) -> tuple[int, str]:
        """Return the number and the heading path of the paragraph that holds an offset, 0 and none outside all."""
        for number, start, end, heading in self.paragraphs:
            if start <= offset < end:
                return number, heading
        return 0, ""


Said = tuple[Finding, int, int]
"""A finding, with start and end of the words within those of the paragraph."""


class TextReader:
    """Reads texts that share most of their paragraphs, judging each distinct paragraph once."""

    def __init__(self, types: Container[str]) -> None:
        self._types = types
        self._judged: dict[tuple[str, tuple[str, ...], str], tuple[Said, ...]] = {}

    def read(self, text: str) -> Sheet:
        """Segment a text and judge each numbered paragraph; findings of other types are left out."""
        found: list[Found] = []
        numbered: list[Block] = []
        lead: list[Found] = []
        segmented = list(blocks(text))
        self._judge_at_once([(b, text[b.start : b.end], _lead(b, text)) for b in segmented if b.number])
        for block in segmented:
            if not block.number:
                lead = []
                continue
            numbered.append(block)
            words = text[block.start : block.end]
            here = self._found(block, words, _lead(block, text))
            found = _led(found, lead, here, text)
            lead = here if is_lead_in(words) else []
        return Sheet(tuple((b.number, b.start, b.end, heading_path(b.path)) for b in numbered), tuple(found))

    def _judge_at_once(self, paragraphs: Sequence[tuple[Block, str, str]]) -> None:
        """Judge together what is new and is judged whole: many at once cost half of one at a time."""
        new: dict[tuple[str, tuple[str, ...], str], tuple[str, tuple[str, ...]]] = {}
        for block, words, lead in paragraphs:
            key = words, block.heading, lead
            if key not in self._judged and key not in new and _is_whole(block, words, lead):
                new[key] = governed(block, words, lead), block.heading
        for key, findings in zip(new, findings_of(list(new.values())), strict=True):
            self._judged[key] = tuple((one, 0, len(key[0])) for one in findings if one.type in self._types)

    def _found(self, block: Block, words: str, lead: str) -> list[Found]:
        key = words, block.heading, lead
        if key not in self._judged:
            self._judged[key] = tuple(said for said in _judged(block, words, lead) if said[0].type in self._types)
        path = heading_path(block.path)
        return [
            _make(finding, block.number, block.start + start, path, words[start:end])
            for finding, start, end in self._judged[key]
        ]


def _lead(block: Block, text: str) -> str:
    return text[slice(*block.lead)] if block.lead else ""


def _is_whole(block: Block, words: str, lead: str) -> bool:
    """Tell a paragraph that is judged whole from the start: `_judged` would ask nothing else of it."""
    return not left_alone(block.kind, words) and not cut(block, words, lead) and words.count(" ") <= LONGEST_JUDGED


def is_lead_in(words: str) -> bool:
    """Tell words that only announce what follows them."""
    return words.rstrip("*_ \n\xa0")[-1:] == ":"


def _make(finding: Finding, number: int, start: int, path: str, words: str) -> Found:
    return Found(finding, number, start, start + len(words), path, words, hashlib.sha256(words.encode()).digest())


def _led(found: list[Found], lead: Sequence[Found], here: Sequence[Found], text: str) -> list[Found]:
    """Add what was found in a paragraph, joined with the lead-in before it where both are of one type."""
    announced = {one.type: one for one in lead}
    joined = []
    for one in here:
        before = announced.pop(one.type, None)
        if before is None:
            joined.append(one)
            continue
        found = [other for other in found if other is not before]
        words = text[before.start : one.end]
        finding = _with_stance(max(one.finding, before.finding, key=lambda f: f.score), words)
        joined.append(_make(finding, before.number, before.start, before.heading, words))
    return [*found, *joined]


def _judged(block: Block, words: str, lead: str) -> list[Said]:
    """Judge a paragraph whole, or by its pieces where it is a long list or table; `lead` governs it from before."""
    if left_alone(block.kind, words):
        return []
    parts = cut(block, words, lead)
    said = _in_pieces(parts, words, block.heading) if parts else []
    if said or words.count(" ") > LONGEST_JUDGED:
        return said
    (whole,) = findings_of([(governed(block, words, lead), block.heading)])
    return [(finding, 0, len(words)) for finding in whole]


def _in_pieces(parts: Cut, words: str, heading: tuple[str, ...]) -> list[Said]:
    """Judge each piece with what governs it; what most of them say, or their lead-in does, the whole says."""
    lead = words[: parts.pieces[0][0]]
    asked = [(parts.read(place, words), heading) for place in range(len(parts.pieces))]
    if parts.is_list and lead:
        asked.append((lead, heading))
    answers = findings_of(asked)
    saying: dict[str, dict[int, Finding]] = {}
    for place, findings in enumerate(answers):
        for finding in findings:
            saying.setdefault(finding.type, {})[place] = finding
    count = len(parts.pieces)
    said: list[Said] = []
    for by_place in saying.values():
        if len(by_place) < WHOLE_SHARE * count and max(map(_score, by_place.values())) < SUREST:
            continue
        ranges = [(0, count - 1)] if count in by_place else runs([place in by_place for place in range(count)])
        for first, last in (part for whole in ranges for part in parts.divided(*whole, words)):
            here = [by_place[place] for place in by_place if first <= place <= last or place == count]
            if here:
                said.append(_quoted(max(here, key=_score), parts, first, last, words))
    return _disjoint(said)


def _quoted(best: Finding, parts: Cut, first: int, last: int, words: str) -> Said:
    """Return what pieces say with where they stand; its stance is of them all."""
    start, end = parts.span(first, last, words)
    if (start, end) != parts.pieces[first]:
        best = _with_stance(best, f"{'' if start == 0 else parts.context}{words[start:end]}")
    return best, start, end


def _score(finding: Finding) -> float:
    return finding.score


def _with_stance(finding: Finding, words: str) -> Finding:
    """Return a finding with the stance of other words than it was made from."""
    taken, sure = stance(words, finding.type)
    return replace(finding, stance=taken if sure >= THRESHOLD else Stance.UNSTATED, stance_score=round(sure, 3))


def _disjoint(said: list[Said]) -> list[Said]:
    """Leave out what lies within other words of the same type."""
    kept: list[Said] = []
    for one in sorted(said, key=lambda s: s[1] - s[2]):
        if not any(one[0].type == other[0].type and one[1] < other[2] and other[1] < one[2] for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda s: (s[1], -s[0].score, s[0].type))


def heading_path(heading: tuple[str, ...]) -> str:
    """Return a heading path as one line, outermost first, cut to what the database keeps."""
    path = _HEADING_SEPARATOR.join(heading)
    return path if len(path) <= HEADING_LIMIT else path[: HEADING_LIMIT - 1] + "…"
