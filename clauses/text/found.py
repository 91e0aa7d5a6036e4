"""What a reader finds in a text: paragraphs that belong to types, with where they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import islice

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


Key = tuple[str, tuple[str, ...], str]
"""Words, the heading above them and the lead-in before them: what a paragraph is judged by."""


class TextReader:
    """Reads texts that share most of their paragraphs, judging each distinct paragraph once."""

    def __init__(self, types: Container[str]) -> None:
        self._types = types
        self._judged: dict[Key, tuple[Said, ...]] = {}

    def read(self, text: str) -> Sheet:
        """Segment a text and judge each numbered paragraph; findings of other types are left out."""
        found: list[Found] = []
        numbered: list[Block] = []
        lead: list[Found] = []
        segmented = blocks(text)
        self._judge({_key(block, text): block for block in segmented if block.number})
        for block in segmented:
            if not block.number:
                lead = []
                continue
            numbered.append(block)
            here = self._found(block, text)
            found = _led(found, lead, here, text)
            lead = here if is_lead_in(text[block.start : block.end]) else []
        return Sheet(tuple((b.number, b.start, b.end, heading_path(b.path)) for b in numbered), tuple(found))

    def _judge(self, paragraphs: dict[Key, Block]) -> None:
        """Judge what is new, all at once, since one at a time costs several times as much.

        A long list or table is judged by its pieces, and whole where none of them says anything.
        """
        new = {key: block for key, block in paragraphs.items() if key not in self._judged}
        judged = {key: block for key, block in new.items() if not left_alone(block.kind, key[0])}
        self._judged |= dict.fromkeys(new, ())
        cuts = {key: parts for key, block in judged.items() if (parts := cut(block, key[0], key[2])) is not None}
        asked = {key: _asked(parts, key) for key, parts in cuts.items()}
        answers = iter(findings_of([one for some in asked.values() for one in some]))
        for key, parts in cuts.items():
            said = _in_pieces(parts, key[0], list(islice(answers, len(asked[key]))))
            self._keep(key, said)
            if said:
                del judged[key]
        whole = {key: block for key, block in judged.items() if key[0].count(" ") <= LONGEST_JUDGED}
        answered = findings_of([(governed(block, key[0], key[2]), key[1]) for key, block in whole.items()])
        for key, findings in zip(whole, answered, strict=True):
            self._keep(key, [(one, 0, len(key[0])) for one in findings])

    def _keep(self, key: Key, said: Sequence[Said]) -> None:
        self._judged[key] = tuple(one for one in said if one[0].type in self._types)

    def _found(self, block: Block, text: str) -> list[Found]:
        key = _key(block, text)
        path = heading_path(block.path)
        return [
            _make(finding, block.number, block.start + start, path, key[0][start:end])
            for finding, start, end in self._judged[key]
        ]


def _key(block: Block, text: str) -> Key:
    return text[block.start : block.end], block.heading, text[slice(*block.lead)] if block.lead else ""


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


def _asked(parts: Cut, key: Key) -> list[tuple[str, tuple[str, ...]]]:
    """Return what is judged of a paragraph in pieces: each with what governs it, and the lead-in of a list."""
    words, heading, _ = key
    asked = [(parts.read(place, words), heading) for place in range(len(parts.pieces))]
    lead = words[: parts.pieces[0][0]]
    return [*asked, (lead, heading)] if parts.is_list and lead else asked


def _in_pieces(parts: Cut, words: str, answers: Sequence[tuple[Finding, ...]]) -> list[Said]:
    """Tell from the findings in its pieces what a paragraph says: what most of them or their lead-in say, all of it."""
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
