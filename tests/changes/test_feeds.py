"""Feeds are what RFC 4287 says, are read by readers, and cost little where nothing is new."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from changes.acts.publish import revise, withdraw
from changes.models import ChangeRecord, ClauseChange
from clauses.models import Clause, State
from platforms.models import Platform
from tests.clauses.law import AT, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
ATOM = "{http://www.w3.org/2005/Atom}"
INSTANT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")


def addresses() -> dict[str, str]:
    touch = ClauseChange.objects.select_related("clause__type", "record__document__platform").earliest("pk")
    document = touch.record.document
    return {
        "all": "/feeds/changes.atom",
        "platform": f"/feeds/platform/{document.platform.slug}.atom",
        "document": f"/feeds/document/{document.platform.slug}/{document.slug}.atom",
        "type": f"/feeds/type/{touch.clause.type.slug}.atom",
        "clause": f"/feeds/clause/{touch.clause.record_id}.atom",
    }


def faults(content: bytes) -> list[str]:
    """Return what RFC 4287 finds wrong with a feed."""
    feed = ElementTree.fromstring(content)
    found = [] if feed.tag == f"{ATOM}feed" else ["the root is no feed"]
    entries = feed.findall(f"{ATOM}entry")
    for node, name in [(feed, "feed"), *((entry, "entry") for entry in entries)]:
        for required in ("id", "title", "updated", "author"):  # 4.1.1, 4.1.2
            if len(node.findall(f"{ATOM}{required}")) != 1:
                found.append(f"{name} has not one {required}")
        if not urlsplit(node.findtext(f"{ATOM}id") or "").scheme:  # 4.2.6
            found.append(f"{name} has a relative id")
        for when in (*node.findall(f"{ATOM}updated"), *node.findall(f"{ATOM}published")):  # 3.3
            if not INSTANT.match(when.text or ""):
                found.append(f"{when.text} is no date")
        for author in node.findall(f"{ATOM}author"):  # 3.2.1
            if not author.findtext(f"{ATOM}name"):
                found.append(f"an author of a {name} has no name")
        links = node.findall(f"{ATOM}link")
        found += [f"{link.get('href')} is relative" for link in links if not urlsplit(link.get("href") or "").netloc]
        if len([link for link in links if link.get("rel") == "alternate"]) != 1:
            found.append(f"{name} has not one alternate")
    if len([link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]) != 1:
        found.append("the feed does not name itself")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(ids) != len(set(ids)):
        found.append("two entries have one id")
    newest = max((entry.findtext(f"{ATOM}updated") or "" for entry in entries), default="")
    if newest > (feed.findtext(f"{ATOM}updated") or ""):
        found.append("an entry is newer than the feed")
    return found


@pytest.mark.parametrize("kind", ["all", "platform", "document", "type", "clause"])
def test_a_feed_is_valid_and_read_by_readers(client: Client, kind: str) -> None:
    answer = client.get(addresses()[kind])
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert faults(answer.content) == []
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert read.version == "atom10"
    assert read.entries
    for entry in read.entries:
        record = ChangeRecord.objects.get(pk=int(entry.id.rsplit("-", 1)[1]))
        assert client.get(urlsplit(entry.link).path).context["change"] == record
        assert record.title in entry.title
        assert (
            "<ins>" in entry.content[0].value or "<del>" in entry.content[0].value or "Moved" in entry.content[0].value
        )


def test_each_feed_has_the_changes_that_it_is_of(client: Client) -> None:
    touch = ClauseChange.objects.select_related("clause").earliest("pk")
    read = feedparser.parse(client.get(addresses()["clause"]).content)
    expected = set(ClauseChange.objects.filter(clause=touch.clause).values_list("record", flat=True))
    assert {int(entry.id.rsplit("-", 1)[1]) for entry in read.entries} == expected


def test_what_did_not_change_is_not_sent_again(client: Client) -> None:
    address = addresses()["all"]
    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, len(queries)) == (304, b"", 1)
    assert client.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    record = ChangeRecord.objects.latest("observed_before", "pk")
    withdraw(record=record, reason="It was a menu.", at=AT)
    after = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert after.status_code == 200
    assert record.record_id not in after.content.decode()


def test_a_revision_is_the_same_entry_updated(client: Client) -> None:
    record = ChangeRecord.objects.latest("observed_before", "pk")
    before = feedparser.parse(client.get(addresses()["all"]).content).entries[0]
    revise(
        record=record, title="Another title", summary="Another summary.", severity="low", direction="people",
        by=person("ada"), at=AT,
    )  # fmt: skip
    after = feedparser.parse(client.get(addresses()["all"]).content).entries[0]
    assert after.id == before.id
    assert after.published == before.published
    assert after.updated == "2026-12-01T00:00:00Z"
    assert "Another title" in after.title
    assert after.author == "Ada Test"


def test_cost_does_not_grow_with_entries(client: Client) -> None:
    cache.clear()
    with CaptureQueriesContext(connection) as many:
        client.get("/feeds/changes.atom")
    kept = ChangeRecord.objects.latest("observed_before", "pk")
    ChangeRecord.objects.exclude(pk=kept.pk).update(state="withdrawn", withdrawn_because="For a test.")
    cache.clear()
    with CaptureQueriesContext(connection) as one:
        assert len(feedparser.parse(client.get("/feeds/changes.atom").content).entries) == 1
    assert len(many) == len(one) <= 3


def test_a_feed_without_changes_is_valid_too(client: Client) -> None:
    operator = Platform.objects.earliest("pk").operator
    Platform.objects.create(slug="quiet", name="Quiet", operator=operator, is_demonstration=True, added_at=AT)
    answer = client.get("/feeds/platform/quiet.atom")
    assert faults(answer.content) == []
    assert feedparser.parse(answer.content).entries == []


def test_moved_and_unknown_sources(client: Client) -> None:
    clause = Clause.objects.shown().select_related("document__platform").earliest("pk")
    other = Clause.objects.shown().exclude(pk=clause.pk).earliest("pk")
    platform = clause.document.platform
    Clause.objects.filter(pk=clause.pk).update(state=State.MERGED, merged_into=other, severity="")
    assert client.get(f"/feeds/clause/{clause.record_id}.atom")["Location"] == f"/feeds/clause/{other.record_id}.atom"
    old = f"/feeds/platform/{platform.slug}.atom"
    platform.slug = "renamed"
    platform.save()
    assert client.get(old)["Location"] == "/feeds/platform/renamed.atom"
    for nothing in ("clause/CA-P-999999", "clause/CA-P-0000001", "type/nosuch", "platform/nosuch", "document/a/b"):
        assert client.get(f"/feeds/{nothing}.atom").status_code == 404


def test_pages_name_their_feeds(client: Client) -> None:
    touch = ClauseChange.objects.select_related("clause__type", "clause__document__platform").earliest("pk")
    clause, where = touch.clause, addresses()
    pages = {
        "/": "all",
        "/changes/": "all",
        clause.document.platform.get_absolute_url(): "platform",
        clause.document.get_absolute_url(): "document",
        clause.type.get_absolute_url(): "type",
        clause.get_absolute_url(): "clause",
    }
    for page, kind in pages.items():
        html = client.get(page).content.decode()
        assert re.search(
            rf'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="{where[kind]}">', html
        )
