"""What is cited of a record as it was stored: from its value alone, with the addresses of this site."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from conductatlas.records.cite.item import MONTHS, SITE, Cited, spoken, spoken_time

_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" if len(month) > 3 else month for month in MONTHS)
_SPELLED = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<month_>{_MONTH})\.?\s+(?P<day_>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_>\d{{4}})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))\b",
    re.IGNORECASE,
)

SPDX = re.compile(r"^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9.+]+)+$")
"""Names of licences as SPDX has them, such as CC-BY-4.0: what a collection states in other words has no address."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of a version: their code points, and the paragraphs in which they stand, such as 12 or 40–42."""

    start: int
    end: int
    paragraphs: str = ""


def cited_document(value: dict[str, Any], *, place: Place | None = None, dated: date | None = None) -> Cited:
    """Return what is cited of a version (`conductatlas.version/1`): the platform's operator is its author.

    `dated` is the day that the publisher claims for the text.
    """
    platform, document, version = value["platform"], value["document"], value["version"]
    at, source = _time(version["captured_at"]), document["source_url"]
    of, sha256 = ("text", value["text"]["sha256"]) if value["text"] else ("bytes", value["bytes"]["sha256"])
    collection = value["provenance"].get("collection", "")
    claimed = dated if dated is not None and dated <= at.date() else None
    remarks = [f"Captured {spoken_time(at)}{f' by {collection}, which extracted the text' if collection else ''}."]
    remarks += [f"Dated {spoken(claimed)} by its publisher."] if claimed else []
    remarks += [f"Published at {source}."] if source else []
    remarks += ["Invented for the demonstration."] if platform["is_demonstration"] else []
    path = [platform["slug"], document["slug"], version["number"]]
    licence = value["provenance"].get("licence", "")
    return Cited(
        name=f"{document['id']}/v{version['number']}",
        authors=(platform["operator"],),
        is_organisation=True,
        title=document["title"],
        site=platform["name"] if platform["name"] != platform["operator"] else "",
        publisher=platform["operator"],
        language=value["language"],
        number=version["number"],
        issued=claimed,
        at=at,
        url=_permalink(document["id"], version["number"]) + (f"?at={place.start}-{place.end}#words" if place else ""),
        sha256=sha256,
        sha256_is_of=of,
        remarks=tuple(remarks),
        paragraphs=place.paragraphs if place else "",
        source_url=source,
        archived=wayback(source, at) if source and not platform["is_demonstration"] else "",
        folder=reverse("version", args=path),
        author_page=reverse("platform", args=path[:1]),
        licence=licence if SPDX.match(licence) else "",
    )


def cited_record(value: dict[str, Any], sha256: str) -> Cited:
    """Return what is cited of an analysis or a change record as it was published: those who sign it are its authors.

    Where nobody signs, it is whoever runs the site; where nobody says who that is, the site.
    """
    signed = _signed(value)
    operator = settings.OPERATOR_NAME
    authors = signed or (operator or SITE,)
    at = _time(value["published_at"])
    return Cited(
        name=f"{value['id']}/v{value['revision']}",
        authors=authors,
        is_organisation=not signed,
        title=value["title"],
        site=SITE if authors != (SITE,) else "",
        publisher=operator,
        language="en",
        number=value["revision"],
        issued=at.date(),
        at=at,
        url=_permalink(value["id"], value["revision"]),
        sha256=sha256,
        sha256_is_of="record",
        remarks=(f"Published {spoken_time(at)}{f' by {operator}' if operator else ''}.", *_told(value)),
    )


def claimed_day(line: str) -> date | None:
    """Return the day that a publisher's line names, if it names just one and beyond doubt (06/03/2025 is in doubt)."""
    found = list(_SPELLED.finditer(line))
    if len(found) != 1:
        return None
    one = found[0].groupdict()
    try:
        if one["iso"]:
            return date.fromisoformat(one["iso"])
        month = (one["month"] or one["month_"]).casefold()[:3]
        months = [name.casefold()[:3] for name in MONTHS]
        return date(int(one["year"] or one["year_"]), months.index(month) + 1, int(one["day"] or one["day_"]))
    except ValueError:
        return None


def wayback(url: str, at: datetime) -> str:
    """Return where the Wayback Machine would hold a page of that time."""
    return f"https://web.archive.org/web/{at:%Y%m%d%H%M%S}/{url}"


def _signed(value: dict[str, Any]) -> tuple[str, ...]:
    if "drafted" in value:
        names = [value["drafted"]["by"], *value["drafted"].get("with", [])]
    else:
        names = [value["published_by"]] if value["published_by"] != "machine" else []
    return tuple(dict.fromkeys(filter(None, names)))


def _told(value: dict[str, Any]) -> list[str]:
    """Return what a record's citation says of its making and its subject."""
    if "drafted" in value:
        reviewer = value["reviewed"]["by"]
        another = reviewer and value["reviewed"].get("rule") != "sole_curator"
        return [f"Reviewed by {reviewer}."] if another else []
    sides = [
        f"version {side['number']}, captured {spoken_time(_time(side['captured_at']))}"
        f" (SHA-256 of its {'text' if side['text_sha256'] else 'bytes'}: {side['text_sha256'] or side['raw_sha256']})"
        for side in (value["before"], value["since"])
    ]
    by_machine = ["Drafted by machine."] if value["published_by"] == "machine" else []
    return [*by_machine, f"Compares {sides[0]}, with {sides[1]}."]


def _permalink(record: str, number: int) -> str:
    return settings.SITE_URL + reverse("revision", args=[record, number])


def _time(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
