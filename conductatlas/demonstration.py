"""Reads the demonstration corpus: data files that tell the history of invented documents. Knows no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from platforms.data_files import read_yaml

FOLDER = Path(__file__).resolve().parent / "data" / "demonstration"
EXTRACTOR = "demo 1.0"


class DemonstrationError(Exception):
    """A data file does not say what it should; the message names the file and the event."""


@dataclass(frozen=True, slots=True)
class VersionEvent:
    """A text that was captured; `expect` is the class that a test requires of it."""

    at: datetime
    text: str
    claims: str
    extractor: str
    expect: str


@dataclass(frozen=True, slots=True)
class CheckEvent:
    """A visit that brought no new version."""

    at: datetime
    outcome: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class RevisionText:
    """A revision of an analysis as its file has it; `clause` is the slug of its clause."""

    clause: str
    title: str
    values: dict[str, Any]

    @property
    def published_at(self) -> datetime:
        """Return when it was published."""
        return time_of(self.values["published"])


def platforms() -> list[dict[str, Any]]:
    """Return operator, platform and documents of each folder, by the platform's slug."""
    return [read_yaml(path) for path in sorted(FOLDER.glob("*/platform.yaml"))]


def documents() -> list[dict[str, Any]]:
    """Return each document, with the slug of its platform."""
    return [{"platform": row["platform"]["slug"], **document} for row in platforms() for document in row["documents"]]


def people() -> list[dict[str, str]]:
    """Return the invented curators."""
    rows: list[dict[str, str]] = read_yaml(FOLDER / "people.yaml")
    return rows


def revisions(platform: str, document: str) -> list[RevisionText]:
    """Return the revisions of all analyses of one document, in the order in which they were published."""
    found = []
    for path in sorted((FOLDER / platform / document / "analyses").glob("*.yaml")):
        data = read_yaml(path)
        found += [RevisionText(path.stem, data["title"], values) for values in data["revisions"]]
    return sorted(found, key=lambda revision: (revision.published_at, revision.clause))


def history(platform: str, document: str) -> Iterator[VersionEvent | CheckEvent]:
    """Yield the events of one document in order. Raises DemonstrationError where they do not fit each other."""
    folder = FOLDER / platform / document
    file = folder / "history.yaml"
    texts: dict[int, str] = {}
    text, extractor = "", EXTRACTOR
    for number, event in enumerate(read_yaml(file), start=1):
        at = time_of(event["at"])
        if "check" in event:
            yield CheckEvent(at, event["check"], event.get("reason", ""), event.get("note", ""))
            continue
        try:
            text = _text(event, texts.get(event.get("of", 0), text), texts, folder)
        except (DemonstrationError, KeyError, OSError) as error:
            raise DemonstrationError(f"{file.relative_to(FOLDER)}, event {number}: {error}") from error
        texts[number] = text
        extractor = event.get("extractor", extractor)
        yield VersionEvent(at, text, event["claims"], extractor, event.get("expect", ""))


def _text(event: dict[str, Any], previous: str, texts: dict[int, str], folder: Path) -> str:
    if "file" in event:
        return (folder / str(event["file"])).read_text(encoding="utf-8")
    if "same_as" in event:
        return str(texts[event["same_as"]])
    for edit in event["edits"]:
        occurrences = previous.count(edit["from"])
        if occurrences != 1:
            raise DemonstrationError(f"“{edit['from'][:60]}” occurs {occurrences} times, not once")
        previous = previous.replace(edit["from"], edit["to"])
    return previous


def time_of(at: datetime | str) -> datetime:
    """Return a time of a data file, in UTC where it names no zone."""
    when = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)
