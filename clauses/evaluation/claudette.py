"""Measures the reader on CLAUDETTE: every sentence of 30 terms of service, marked by subject.

Each sentence is read alone and without a heading, since the set has neither paragraphs nor headings; with its
neighbours around it recall rises by three hundredths at most, and precision falls by more. Three units are counted,
for the set marks the sentence that does a thing, where our types also hold what belongs to it (the rules and fees of
an arbitration): sentences; clauses, which are sentences of a type with at most GAP - 1 others between them, as the
site makes one clause of them; and documents.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from clauses.evaluation.figures import rates
from clauses.evaluation.mappings import Mapping as Meaning
from clauses.evaluation.mappings import claudette_codes, mapped_types
from clauses.evaluation.rows import WrongRow, identity, others, read_lines, words_of
from clauses.text.classify import findings_of

GAP = 3
"""Sentences so far apart, or nearer, are of one clause."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what its marks mean."""

    line: int
    id: str
    document: tuple[str, str]
    place: int
    text: str
    marks: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True)
class _Event:
    """A sentence that is marked as of a type, or found to be."""

    sentence: Sentence
    marked: bool
    found: bool


def read_claudette(path: Path, *, without: Collection[str] = ()) -> list[Sentence]:
    """Read rows with id, platform, document, line, text, family and labels ({code}).

    Leaves out families of companies. Raises BadLabels for a faulty row, and when nothing is left.
    """
    codes = claudette_codes()

    def sentence(line: int, row: dict[str, Any]) -> Sentence:
        marks = []
        for label in _labels(row):
            code = str(label.get("code", "")).rstrip("0123456789")
            if code not in codes:
                raise WrongRow(f"labels: there is no code {label.get('code')}")
            if (meaning := codes[code]) is not None:
                marks.append(meaning)
        if not isinstance(row.get("line"), int):
            raise WrongRow("line is missing")
        document = words_of(row, "platform"), words_of(row, "document")
        return Sentence(line, identity(row), document, row["line"], words_of(row, "text"), tuple(marks))

    sentences = others(path, read_lines(path, lambda line, row: (row.get("family"), sentence(line, row))), without)
    return sorted(sentences, key=lambda one: (one.document, one.place))


def claudette_figures(sentences: Sequence[Sentence], progress: Callable[[int], None]) -> dict[str, Any]:
    """Read each sentence alone and return rates per type, by sentence, clause and document."""
    found: list[frozenset[str]] = []
    for start in range(0, len(sentences), BATCH):
        batch = findings_of([(one.text, ()) for one in sentences[start : start + BATCH]])
        found.extend(frozenset(finding.type for finding in one) for one in batch)
        progress(len(found))
    types = mapped_types(claudette_codes().values())
    return {
        "rows": len(sentences),
        "gap": GAP,
        "types": {slug: rates_by_unit(sentences, found, slug) for slug in types},
    }


def claudette_errors(sentences: Sequence[Sentence], limit: int) -> dict[str, list[dict[str, Any]]]:
    """Return the surest findings of a clause that nobody marked, and marked sentences without a finding."""
    false, missed = [], []
    scored = [{one.type: one.score for one in found} for found in findings_of([(one.text, ()) for one in sentences])]
    for slug in mapped_types(claudette_codes().values()):
        events = _events(sentences, [frozenset(one) for one in scored], slug)
        scores = {one.id: found.get(slug, 0.0) for one, found in zip(sentences, scored, strict=True)}
        for clause in _clauses(events):
            if not any(event.marked for event in clause):
                false += [_error(event.sentence, slug, scores[event.sentence.id]) for event in clause]
            elif not any(event.found for event in clause):
                missed += [_error(event.sentence, slug, None) for event in clause]
    false.sort(key=lambda error: (-error["score"], error["line"], error["type"]))
    return {"false": false[:limit], "missed": missed[:limit]}


def _labels(row: dict[str, Any]) -> list[dict[str, Any]]:
    labels = row.get("labels")
    if not isinstance(labels, list) or not all(isinstance(label, dict) for label in labels):
        raise WrongRow("labels is missing or no list of marks")
    return labels


def rates_by_unit(sentences: Sequence[Sentence], found: Sequence[frozenset[str]], slug: str) -> dict[str, Any]:
    """Return the rates of one type by sentence, clause and document, given what was found in each sentence."""
    events = _events(sentences, found, slug)
    documents = [list(group) for _, group in groupby(events, key=lambda event: event.sentence.document)]
    return {
        "sentence": _rates([[event] for event in events]),
        "clause": _rates(_clauses(events)),
        "document": _rates(documents),
    }


def _events(sentences: Sequence[Sentence], found: Sequence[frozenset[str]], slug: str) -> list[_Event]:
    """Return the sentences that count for a type: a mark is met by any type it accepts, and excuses those."""
    events = []
    for sentence, types in zip(sentences, found, strict=True):
        marks = [mark for mark in sentence.marks if mark.type == slug]
        excused = any(slug in mark.accepted for mark in sentence.marks)
        met = any(types & mark.accepted for mark in marks)
        if marks or (slug in types and not excused):
            events.append(_Event(sentence, bool(marks), met if marks else True))
    return events


def _clauses(events: Sequence[_Event]) -> list[list[_Event]]:
    clauses: list[list[_Event]] = []
    for event in events:
        last = clauses[-1][-1].sentence if clauses else None
        near = last is not None and last.document == event.sentence.document
        if last is not None and near and event.sentence.place - last.place <= GAP:
            clauses[-1].append(event)
        else:
            clauses.append([event])
    return clauses


def _rates(units: Sequence[Sequence[_Event]]) -> dict[str, Any]:
    kinds = [(any(event.marked for event in unit), any(event.found for event in unit)) for unit in units]
    return rates(kinds.count((True, True)), kinds.count((False, True)), kinds.count((True, False)))


def _error(sentence: Sentence, slug: str, score: float | None) -> dict[str, Any]:
    labels = sorted({mark.type for mark in sentence.marks})
    return {
        "line": sentence.line,
        "id": sentence.id,
        "type": slug,
        "score": score,
        "labels": labels,
        "text": sentence.text,
    }
