"""Reads the demonstration corpus: data files that tell the history of invented documents. Knows no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

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


def platforms() -> dict[str, Any]:
    """Return operators, sectors, platforms and documents as the data file has them."""
    data: dict[str, Any] = yaml.safe_load((FOLDER / "platforms.yaml").read_text(encoding="utf-8"))
    return data


def history(platform: str, document: str) -> Iterator[VersionEvent | CheckEvent]:
    """Yield the events of one document in order. Raises DemonstrationError where they do not fit each other."""
    folder = FOLDER / platform / document
    file = folder / "history.yaml"
    texts: dict[int, str] = {}
    text, extractor = "", EXTRACTOR
    for number, event in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")), start=1):
        at = _time(event["at"])
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


def _time(at: Any) -> datetime:
    when = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return when if when.tzinfo is not None else when.replace(tzinfo=UTC)
