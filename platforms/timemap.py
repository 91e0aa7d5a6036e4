"""TimeMaps: the list of all mementos of a document, in pages, each of which is a TimeMap that names the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from platforms import memento
from platforms.keyset import keyset_page
from platforms.models import Document, Version
from platforms.text.link_format import LINK_FORMAT, http_date, link

MEMENTOS_A_MAP = 1000
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class TimeMap:
    """One page of the mementos of a document, the earliest first. `after` and `next_after` name pages."""

    document: Document
    rows: list[Version]
    after: str
    next_after: str

    @property
    def own(self) -> Mapping[str, str]:
        """Return the address of this page in each form."""
        return {form: self.address(form, self.after) for form in ("link", "json")}

    def address(self, form: str, after: str = "") -> str:
        """Return the address of a page in the form `link` or `json`."""
        query = f"?{urlencode({'after': after})}" if after else ""
        return memento.timemap_of(self.document, form) + query


def timemap(document: Document, *, after: str = "", size: int = MEMENTOS_A_MAP) -> TimeMap:
    """Return a page of a document (with its platform). Raises BadRequest on a page there is not."""
    order = ["captured_at", "source_order", "number"]
    page = keyset_page(memento.mementos(document), order=order, after=after, size=size)
    for version in page.rows:
        version.document = document
    return TimeMap(document, page.rows, after, page.next_after)


def in_link_format(page: TimeMap) -> str:
    """Return a page with at least one row in link format, one link a line."""
    document, first, last = page.document, page.rows[0], page.rows[-1]
    span = {"type": LINK_FORMAT, "from": http_date(first.captured_at), "until": http_date(last.captured_at)}
    links = [
        link(memento.original_of(document), "original"),
        link(page.own["link"], "self", span),
        link(memento.timegate_of(document), "timegate"),
        link(page.own["json"], "alternate", {"type": JSON}),
    ]
    if page.after:
        links.append(link(page.address("link"), "timemap", {"type": LINK_FORMAT, "until": span["from"]}))
    for version in page.rows:
        ends = [(not page.after and version is first, "first"), (not page.next_after and version is last, "last")]
        links.append(memento.memento_link(version, " ".join(rel for holds, rel in ends if holds)))
    if page.next_after:
        attributes = {"type": LINK_FORMAT, "from": span["until"]}
        links.append(link(page.address("link", page.next_after), "timemap", attributes))
    return ",\n".join(links) + "\n"


def in_json(page: TimeMap) -> dict[str, Any]:
    """Return a page with at least one row as JSON values, by the names that Memento aggregators use."""
    document = page.document
    rows = [_json(version) for version in page.rows]
    listed: dict[str, Any] = {"list": rows}
    if not page.after:
        listed["first"] = rows[0]
    if not page.next_after:
        listed["last"] = rows[-1]
    pages = {"first": {"uri": page.address("json")}} if page.after else {}
    if page.next_after:
        pages["next"] = {"uri": page.address("json", page.next_after)}
    return {
        "original_uri": memento.original_of(document),
        "self": page.own["json"],
        "timegate_uri": memento.timegate_of(document),
        "timemap_uri": {"link_format": page.own["link"], "json_format": page.own["json"]},
        "mementos": listed,
        **({"pages": pages} if pages else {}),
    }


def _json(version: Version) -> dict[str, str]:
    return {"datetime": _second(version.captured_at), "uri": memento.address_of(version)}


def _second(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
