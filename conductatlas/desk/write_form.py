"""The form on which an analysis is written: what its fields are, and the content that was posted by it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from clauses.acts.save_draft import longest
from clauses.drafted import CHOICES, FINDINGS, PARTS, POINTS, WORDS, Content
from clauses.models import Action, Analysis
from clauses.rubric import FACTORS, HIGH_FROM, MEDIUM_FROM, MOST, severity_of

MOST_ROWS = 100
LISTS = ("rests_on", "where")
"""Fields of a row that take several values, one input each."""

HELP = {
    "title": "What the clause does, in one line, as its page is headed.",
    "summary": "What these words say, in two or three sentences that stand alone.",
    "why": "What it changes for people, and what it leaves them.",
    "note": "How the words were read where they can be read in more than one way.",
    "impact": "What it means for the one who reads this: begin with what happens to them.",
    "landscape": "The laws that bear on it, each by the name it has in the list below.",
    "exposure_text": "Why it may cost the operator as much as that; severity is what it does to people.",
    "jurisdictions": "Where it is read differently, or does not hold.",
    "contracts": "What it means for businesses that use the service or are its vendors.",
    "compliance": "What somebody who must comply would look at.",
    "confidence_reason": "In one sentence.",
    "interests": "What ties you to the platform or a rival. Readers see it; leave it empty if nothing does.",
}
LABELS = {
    "title": "Title",
    "summary": "What it is",
    "why": "Why it matters",
    "note": "Interpretive note",
    "impact": "For you: consumer impact",
    "landscape": "Regulatory landscape",
    "exposure_text": "Why this exposure",
    "jurisdictions": "Jurisdiction flags",
    "contracts": "Contract and vendor implications",
    "compliance": "Compliance considerations",
    "confidence_reason": "Why this confidence",
    "interests": "Conflict of interest",
    "stance": "Stance",
    "ground": "Basis",
    "confidence": "Confidence",
    "refusal": "Way to refuse",
    "anonymised": "Made anonymous",
    "exposure": "Governance exposure",
    "actions": "What you can do",
    "laws": "Regulations",
    "agencies": "Agencies",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of words. `name` is its id, too, so that a fault can be linked to its place."""

    name: str
    label: str
    value: str
    help: str = ""
    fault: str = ""
    most: int | None = None
    lines: int = 0
    suggestions: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field with one answer of a few."""

    name: str
    label: str
    value: object
    options: list[tuple[object, str]]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A factor of the rubric: its points, and what was found."""

    question: str
    points: Choice
    finding: Field


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a part; `fields` by the names of PARTS, those that take several values as a list of fields."""

    number: int
    part: str
    fields: dict[str, Any]
    is_new: bool


@dataclass(frozen=True, slots=True)
class Form:
    """All fields of a draft with their values and faults."""

    content: Content
    faults: Mapping[str, str]

    def words(self) -> dict[str, Field]:
        """Return the fields of words that stand alone."""
        named = {name: self._field(name, self.content[name], LABELS.get(name, "")) for name in WORDS}
        return {name: field for name, field in named.items() if name not in FINDINGS.values()}

    def choices(self) -> dict[str, Choice]:
        """Return the fields with one answer of a few."""
        return {
            name: Choice(name, LABELS[name], self.content[name], list(answers.choices), self.faults.get(name, ""))
            for name, answers in CHOICES.items()
        }

    def factors(self) -> list[Judged]:
        """Return the factors with what the rubric says of each number of points."""
        return [
            Judged(
                factor.question,
                Choice(
                    POINTS[factor.key],
                    factor.name,
                    self.content[POINTS[factor.key]],
                    list(enumerate(factor.levels)),
                    self.faults.get(POINTS[factor.key], ""),
                ),
                self._field(FINDINGS[factor.key], self.content[FINDINGS[factor.key]], "Finding"),
            )
            for factor in FACTORS
        ]

    def severity(self) -> dict[str, object]:
        """Return the severity of the points that are given so far, and by which limits it is computed."""
        points = {key: self.content[column] for key, column in POINTS.items()}
        given = {key: value if value in (0, 1, 2) else 0 for key, value in points.items()}
        return {
            "level": severity_of(given),
            "points": sum(given.values()),
            "of": MOST,
            "open": sum(value is None for value in points.values()),
            "medium_from": MEDIUM_FROM,
            "high_from": HIGH_FROM,
        }

    def rows(self, part: str) -> list[Row]:
        """Return the rows of a part, and an empty one to go on with."""
        given = [*self.content[part], empty_row(part)]
        return [self._row(part, number, row, number == len(given) - 1) for number, row in enumerate(given)]

    def _row(self, part: str, number: int, row: Mapping[str, Any], is_new: bool) -> Row:
        fields: dict[str, Any] = {}
        for name in PARTS[part]:
            place = f"{part}-{number}-{name}"
            if name in LISTS:
                suggestions = "articles" if name == "rests_on" else "places"
                label = "Article it rests on" if name == "rests_on" else "Where"
                fields[name] = [
                    Field(
                        place if n == 0 else f"{place}-{n}",
                        label,
                        value,
                        fault=self.faults.get(place, "") if n == 0 else "",
                        suggestions=suggestions,
                    )
                    for n, value in enumerate([*row[name], ""])
                ]
            else:
                suggestions = {"article": "articles", "agency": "agencies-known"}.get(name, "")
                fields[name] = self._field(place, row[name], name.capitalize(), suggestions, part)
        return Row(number, part, fields, is_new)

    def _field(self, name: str, value: str, label: str, suggestions: str = "", part: str = "") -> Field:
        column = name.rpartition("-")[2]
        most = _longest(column, part)
        lines = 0 if most is not None or suggestions else 3 if column in ("reason", "steps") else 5
        return Field(name, label, value, HELP.get(name, ""), self.faults.get(name, ""), most, lines, suggestions)


def _longest(column: str, part: str) -> int | None:
    if not part:
        return longest(Analysis, column)
    return longest(Action, column) if part == "actions" else None


def empty_row(part: str) -> dict[str, Any]:
    """Return a row in which nothing is written."""
    return {name: [] if name in LISTS else "" for name in PARTS[part]}


def content_from(post: QueryDict) -> Content:
    """Return the content that a form holds, rows in which nothing is written left out."""
    content: Content = {name: _words(post.get(name, "")) for name in (*WORDS, *CHOICES)}
    for column in POINTS.values():
        typed = post.get(column, "")
        content[column] = int(typed) if typed in ("0", "1", "2") else typed or None
    return content | {part: _rows(post, part) for part in PARTS}


def _rows(post: QueryDict, part: str) -> list[dict[str, Any]]:
    found = {int(match[1]) for key in post if (match := re.fullmatch(rf"{part}-([0-9]{{1,3}})-[a-z_]+", key))}
    rows = []
    for number in sorted(found)[:MOST_ROWS]:
        row: dict[str, Any] = {}
        for name in PARTS[part]:
            typed = [_words(value) for value in post.getlist(f"{part}-{number}-{name}")]
            row[name] = [value for value in typed if value] if name in LISTS else (typed or [""])[0]
        if any(row.values()):
            rows.append(row)
    return rows


def _words(typed: str) -> str:
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def arranged(content: Content, do: str, target: str) -> Content:
    """Return a content with the row that a button names ("laws-1") taken out, or moved up."""
    part, _, number = target.partition("-")
    if do not in ("remove", "up") or part not in PARTS or not number.isdecimal() or len(number) > 3:
        return content
    rows, at = list(content[part]), int(number)
    if at >= len(rows):
        return content
    row = rows.pop(at)
    if do == "up":
        rows.insert(max(0, at - 1), row)
    return content | {part: rows}
