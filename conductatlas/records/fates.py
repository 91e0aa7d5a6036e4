"""What has become of a revision since it was stored: what followed it, and what the latest says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from changes.models import ChangeRevision, Direction, Nature, Touch
from changes.text.one_passage import changed
from changes.text.rows import Run
from clauses.models import Analysis, Severity, Stance
from conductatlas.pages.analysis import fields_of
from conductatlas.records.frozen import Fate, Frozen, find_frozen
from platforms.find import Hidden
from platforms.models import Class, Version

Difference = tuple[str, list[Run]]


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision beside the one shown: its number, since when it is there, and what became of it."""

    number: int
    at: datetime
    fate: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """What came after a revision. `differences` are between it and the latest, None where that one is hidden."""

    next: Revision | None = None
    latest: Revision | None = None
    differences: list[Difference] | None = field(default_factory=list)
    diff_next: str = ""
    diff_latest: str = ""
    set_aside: str = ""


def revisions_of(frozen: Frozen) -> list[Revision]:
    """Return the revisions of an analysis or a change record, the newest first; those beside a version."""
    if frozen.record.letter == "P":
        rows = Analysis.objects.numbered().filter(clause=frozen.record.number).order_by("-number")
        return [
            Revision(n, at, state) for n, at, state in rows.values_list("number", "published_at", "state") if n and at
        ]
    if frozen.record.letter == "C":
        published = ChangeRevision.objects.filter(record=frozen.record.number).order_by("-number")
        return [Revision(*row) for row in published.values_list("number", "published_at")]
    version = Version.objects.get(pk=frozen.versions[-1])
    beside = [Version.objects.after(version).first(), version, Version.objects.before(version).first()]
    return [Revision(one.number, one.captured_at) for one in beside if one is not None]


def later(frozen: Frozen, revisions: list[Revision]) -> Later:
    """Return what came after a revision; `revisions` are those of `revisions_of`."""
    if frozen.record.letter == "D":
        return _later_versions(frozen)
    after = [revision for revision in revisions if revision.number > frozen.number]
    if not after:
        return Later()
    try:
        newest = find_frozen(frozen.record, after[0].number).value
    except Hidden:
        return Later(after[-1], after[0], None)
    said = fields_of if frozen.record.letter == "P" else fields_of_change
    return Later(after[-1], after[0], differences(said(frozen.value), said(newest)))


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    """Return the fields that differ, those of the newer first, each with the parts of its comparison."""
    pairs = [(name, old.get(name, ""), new.get(name, "")) for name in dict.fromkeys([*new, *old])]
    return [(name, changed(before, after)) for name, before, after in pairs if before != after]


def fields_of_change(record: Mapping[str, Any]) -> dict[str, str]:
    """Return what a change record says, field by field, as words that can be compared."""
    window = record["window"]
    said = {
        "Title": record["title"],
        "What changed": record["summary"],
        "Severity": Severity(record["severity"]).label,
        "Direction": Direction(record["direction"]).label,
        "Nature": Nature(record["nature"]).label,
        "Window": f"between {window['after']}, {window['after_is']}, and {window['before']}",
        "Counts": ", ".join(f"{name.replace('_', ' ')} {number}" for name, number in record["counts"].items()),
        "Versions": f"{record['before']['number']} and {record['since']['number']}",
    }
    for touch in record["clauses"]:
        said[f"{touch['id']}, {touch['title']}"] = _touch(touch)
    return said | {"Releases": record["made_by"], "Published by": record["published_by"]}


def _touch(touch: Mapping[str, Any]) -> str:
    before, since = (Stance(touch[side]).label if touch[side] else "not there" for side in ("old_stance", "new_stance"))
    words = (
        f"{side}: “{passage[side]['quotation']}”"
        for passage in touch["passages"]
        for side in ("old", "new")
        if passage[side]
    )
    weight = f"weighs {Severity(touch['severity']).label.lower()}"
    return f"{Touch(touch['touch']).label}; {before}, then {since}; {weight}. {' '.join(words)}"


def _later_versions(frozen: Frozen) -> Later:
    version = Version.objects.select_related(
        "document__platform", "document__latest_version", "version_class__compared_with"
    ).get(pk=frozen.versions[-1])
    kind = getattr(version, "version_class", None)
    latest = version.document.latest_version
    newest = Revision(latest.number, latest.captured_at) if latest is not None else None
    if kind is not None and kind.kind == Class.SUSPECT:
        return Later(latest=newest, set_aside=kind.get_fault_display().lower())
    following = Version.objects.after(version).good().first()
    if frozen.fate == Fate.STANDS or following is None or latest is None:
        return Later()
    path = [version.document.platform.slug, version.document.slug, version.number]
    return Later(
        Revision(following.number, following.captured_at),
        newest,
        diff_next=reverse("diff", args=[*path, following.number]),
        diff_latest=reverse("diff", args=[*path, latest.number]),
    )
