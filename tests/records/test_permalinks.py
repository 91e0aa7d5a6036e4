"""Permanent addresses: spellings, former slugs, ranges, and what was taken back."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.test import Client

from changes.acts.publish import withdraw
from changes.models import ChangeRecord
from clauses.acts.decide import reject
from clauses.acts.publish import retract
from clauses.models import Clause, Standing, State
from conductatlas.records.frozen import find_frozen
from conductatlas.records.ids import RecordId
from platforms.models import Document, Takedown, Version
from tests.clauses.law import AT, person, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def a_clause(**states: object) -> Clause:
    return (
        Clause.objects.filter(standing=Standing.VERBATIM, **states).select_related("document__platform").earliest("pk")
    )


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("ca-d-{n}", "/r/CA-D-{n:05d}"),
        ("CA‒D‒{n:09d}/", "/r/CA-D-{n:05d}"),
        ("CA-D-{n:05d}/v1.", "/r/CA-D-{n:05d}/v1"),
        ("CA-D-{n:05d}/V 01", "/r/CA-D-{n:05d}/v1"),
        ("（CA D {n}, rev. 1）", "/r/CA-D-{n:05d}/v1"),
        ("CA-D-{n:05d} v1.json", "/r/CA-D-{n:05d}/v1.json"),
        ("ca_d_{n}.JSON", "/r/CA-D-{n:05d}.json"),
    ],
)
def test_spellings_lead_to_the_one_address_with_their_query(client: Client, written: str, right: str) -> None:
    number = Document.objects.earliest("pk").pk
    answer = client.get(f"/r/{quote(written.format(n=number))}?at=1-9")
    assert (answer.status_code, answer["Location"]) == (301, f"{right.format(n=number)}?at=1-9")


def test_what_is_no_record_is_not_found_and_says_so(client: Client) -> None:
    for written in ("CA-X-1", "CA-D-00000", "nothing", "CA-D-1.exe"):
        assert client.get(f"/r/{written}", follow=True).status_code == 404
    assert "They look like CA-P-000123" in client.get("/r/nothing").content.decode()
    change = ChangeRecord.objects.earliest("pk")
    assert client.get(f"/change/ca c {change.pk} v1/")["Location"] == f"/r/{change.record_id}/v1"
    clause = a_clause()
    assert client.get(f"/feeds/clause/ca-p-{clause.pk}.atom")["Location"] == f"/feeds/clause/{clause.record_id}.atom"


def test_former_slugs_lead_to_the_same_page_beneath_the_new_ones(client: Client) -> None:
    clause = a_clause()
    document, platform = clause.document, clause.document.platform
    tails = ["", "history/?show=terms", "versions/1/", "versions/1/text/", "versions/1/raw/", "diff/1/1/json/",
             "diff/1/1/?view=side", "diff/?from=1&to=1", f"{clause.slug}/?sort=platform"]  # fmt: skip
    old, olds = document.get_absolute_url(), platform.get_absolute_url()
    feeds = [f"/feeds/platform/{platform.slug}.atom", f"/feeds/document/{platform.slug}/{document.slug}.atom"]
    platform.slug, document.slug = "new-name", "new-terms"
    platform.save()
    document.save()
    for tail in tails:
        assert client.get(old + tail)["Location"] == f"/platform/new-name/new-terms/{tail}"
        assert client.get(old + tail, follow=True).status_code == 200
    assert (
        client.get(f"{olds}timeline/?since=2025-01-01")["Location"] == "/platform/new-name/timeline/?since=2025-01-01"
    )
    assert [client.get(feed)["Location"] for feed in feeds] == [
        "/feeds/platform/new-name.atom", "/feeds/document/new-name/new-terms.atom",
    ]  # fmt: skip


def test_a_rejected_clause_answers_410_with_the_reason(client: Client) -> None:
    clause = a_clause(state=State.PROPOSED)
    assert client.get(clause.get_absolute_url()).status_code == 200
    reject(clauses=[clause.pk], because="These words are a menu.", at=AT)
    for address in (clause.get_absolute_url(), f"/r/{clause.record_id}", f"/feeds/clause/{clause.record_id}.atom"):
        answer = client.get(address, follow=True)
        assert answer.status_code == 410
        assert "These words are a menu." in answer.content.decode()
    answer = client.get(f"/r/{clause.record_id}.json")
    assert (answer.status_code, answer.json()["rejected_because"]) == (410, "These words are a menu.")


def test_ranges_are_marked_and_their_bounds_held(client: Client) -> None:
    version = Version.objects.good().select_related("text", "document").earliest("pk")
    address, text = f"/r/{version.record_id}", version.body
    for wrong in ("9-3", "4-4", "-1-3", "a-b", "1", "1-2-3", "１-２"):
        answer = client.get(address, {"at": wrong})
        assert (answer.status_code, "is no range" in answer.content.decode()) == (400, True)
    beyond = client.get(address, {"at": f"0-{len(text) + 1}"})
    assert (beyond.status_code, f"{len(text):,} characters" in beyond.content.decode()) == (404, True)
    paragraphs = list(re.finditer(r"(?<=\n\n)[A-Z][\w ]+", text))
    start, end = paragraphs[0].start(), paragraphs[1].end()
    page = client.get(address, {"at": f"{start}-{end}"}).content.decode()
    marks = re.findall(r"<mark[^>]*>([^<]*)</mark>", page)
    assert page.count('<mark id="words">') == 1
    assert (marks[0][:9], marks[-1][-9:]) == (text[start : start + 9], text[end - 9 : end])
    assert 'content="noindex"' in page
    change = ChangeRecord.objects.earliest("pk")
    assert client.get(f"/r/{change.record_id}/v1?at=1-2").status_code == 400


def test_a_quotation_leads_to_its_words_by_both_ways(client: Client) -> None:
    clause = a_clause(state=State.PROPOSED)
    page = client.get(clause.get_absolute_url()).content.decode()
    places = re.findall(r'href="(/r/CA-D-\d{5}/v\d+\?at=\d+-\d+)#words(:~:text=[^"]+)?"', page)
    assert any(directive for _, directive in places)
    for address, _ in places:
        assert '<mark id="words">' in client.get(address).content.decode()


def test_a_banner_says_what_became_of_a_revision(client: Client) -> None:
    clause = a_clause(state=State.PROPOSED)
    published(clause, title="First title")
    first = f"/r/{clause.record_id}/v1"
    assert 'content="noindex"' in client.get(first).content.decode()  # of the demonstration
    assert "the latest revision" in client.get(first).content.decode()
    published(clause, title="Second title", fields={"rights": 0})
    page = client.get(first).content.decode()
    assert "Superseded" in page
    assert "<del>First</del>" in page.replace(" </del>", "</del>")
    retract(clause=clause, reason="We misread it.", by=person("bert"), at=AT)
    page = client.get(f"/r/{clause.record_id}/v2").content.decode()
    assert re.search(r"<strong>Retracted</strong> on <time[^>]*>1 Dec 2026</time>: We misread it\.", page)
    change = ChangeRecord.objects.earliest("pk")
    withdraw(record=change, reason="It was a menu.", at=AT)
    assert find_frozen(RecordId("C", change.pk), 1).retracted_at == AT
    page = client.get(f"/r/{change.record_id}/v1").content.decode()
    assert re.search(r"<strong>Withdrawn</strong> on <time[^>]*>1 Dec 2026</time>: It was a menu\.", page)


def test_words_that_were_taken_down_are_said_nowhere_by_an_analysis(client: Client) -> None:
    clause = a_clause(state=State.PUBLISHED)
    analysis = clause.analysis
    assert analysis is not None
    stored = client.get(f"/r/{clause.record_id}.json").json()["analysis"]
    Takedown.objects.create(
        version=analysis.version,
        ground="legal_demand",
        public_reason="A court.",
        decided_at=AT,
        decided_by=person("bert"),
    )
    for address in (f"/r/{clause.record_id}/v{analysis.number}", f"/r/{clause.record_id}/v{analysis.number}.json"):
        assert client.get(address).status_code == 451
    now = client.get(f"/r/{clause.record_id}.json").json()["analysis"]
    assert (now["record"], now["sha256"]) == (None, stored["sha256"])
