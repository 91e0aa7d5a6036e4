"""Documents and clauses as of a day, the calendar of captures, and versions as mementos by the rules of RFC 7089."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.db.models import Q
from django.test import Client

from clauses.models import Analysis, Clause, Passage, State
from conductatlas.pages.captures import Day, months
from platforms.memento import original_of
from platforms.models import Check, Document, Takedown, Version
from platforms.text.link_format import http_date
from platforms.timemap import in_json, in_link_format, timemap
from tests.clauses.law import AT, person
from tests.pages.test_clause_page import text_of
from tests.platforms.test_link_format import links

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def document() -> Document:
    return Document.objects.select_related("platform").get(platform__slug="cinderquay", slug="terms-of-service")


def good(kept: Document) -> list[Version]:
    return list(Version.objects.filter(document=kept).good().select_related("document__platform").in_order())


def test_a_document_as_of_a_day_has_the_clauses_of_the_version_that_stood(client: Client) -> None:
    kept = document()
    for version in good(kept):
        response = client.get(kept.get_absolute_url(), {"as_of": f"{version.captured_at:%Y-%m-%d}"})
        page = response.content.decode()
        shown = Clause.objects.shown().filter(provisions__passages__version=version).distinct()
        assert {then.clause.pk for then in response.context["clauses"]} == {clause.pk for clause in shown}
        assert all(
            passage.version_id == version.pk for then in response.context["clauses"] for passage in then.passages
        )
        starts = [then.principal.start for then in response.context["clauses"]]
        assert starts == sorted(starts)
        assert all(one.captured_at <= version.captured_at for one in response.context["upto"])
        assert f"version {version.number}" in text_of(page)
        assert '<meta name="robots" content="noindex">' in page
        assert re.search(r'rel="canonical" href="([^"]*)"', page).group(1).endswith(kept.get_absolute_url())  # type: ignore[union-attr]


def test_a_clause_as_of_a_day_has_its_words_and_an_analysis_of_just_these(client: Client) -> None:
    with_analysis = without = retold = 0
    for version in good(document()):
        passages = Passage.objects.filter(version=version, provision__clause__state=State.PUBLISHED)
        words: dict[int, set[bytes]] = {}
        for pk, sha256 in passages.values_list("provision__clause", "sha256"):
            words.setdefault(pk, set()).add(bytes(sha256))
        for key in list(words)[:4]:
            clause = Clause.objects.select_related("document__platform").get(pk=key)
            response = client.get(clause.get_absolute_url(), {"as_of": f"{version.captured_at:%Y-%m-%d}"})
            text, then = text_of(response.content.decode()), response.context["then"]
            assert response.context["seen"].captured_at.date() == version.captured_at.date()
            if response.context["seen"] != version:
                continue
            fitting = [
                revision.number
                for revision in Analysis.objects.numbered().filter(clause=clause)
                if revision.version_id == version.pk or {bytes(p.sha256) for p in revision.pins.all()} <= words[key]
            ]
            assert (then.analysis.number if then.analysis else None) == (fitting[-1] if fitting else None)
            assert ("No analysis of these words is published" in text) == (not fitting)
            for quotation in response.context["quotations"]:
                assert " ".join(quotation.words.split()) in text
            if then.analysis is not None and then.analysis.published_at.date() > version.captured_at.date():
                assert "after that day" in text
                retold += 1
            with_analysis, without = with_analysis + bool(fitting), without + (not fitting)
            for absent in ("How common", "Other platforms", "platforms read have one"):
                assert absent not in text
    assert min(with_analysis, without, retold) > 0


def test_a_day_within_a_window_is_told_and_not_guessed(client: Client) -> None:
    kept = document()
    first, second = good(kept)[:2]
    within = first.captured_at.date() + timedelta(days=1)
    text = text_of(client.get(kept.get_absolute_url(), {"as_of": str(within)}).content.decode())
    assert f"No capture between {first.captured_at.day} {first.captured_at:%b %Y %H:%M:%S} UTC and" in text
    assert f"{second.captured_at:%H:%M:%S} UTC. What stood on {within.day} {within:%b %Y} cannot be told" in text


def test_a_clause_says_whether_its_own_words_changed_in_the_window(client: Client) -> None:
    kept = document()
    first, second = good(kept)[:2]
    within = first.captured_at.date() + timedelta(days=1)
    told = set()
    for clause in (
        Clause.objects.shown()
        .filter(provisions__passages__version=first)
        .select_related("document__platform")
        .distinct()
    ):
        before, after = (
            set(Passage.objects.filter(version=v, provision__clause=clause).values_list("sha256"))
            for v in (first, second)
        )
        text = text_of(client.get(clause.get_absolute_url(), {"as_of": str(within)}).content.decode())
        assert ("the same before it and after it" in text) == (before == after)
        told.add(before == after)
    assert told == {True, False}


def test_what_cannot_be_answered_says_why(client: Client) -> None:
    kept = document()
    first = good(kept)[0]
    clause = (
        Clause.objects.shown().filter(document=kept, first_seen__number__gt=1).select_related("document__platform")[0]
    )
    for address in (kept.get_absolute_url(), clause.get_absolute_url()):
        early = client.get(address, {"as_of": "2001-01-01"})
        assert early.status_code == 404
        assert f"captured on {first.captured_at.day} {first.captured_at:%B %Y}" in text_of(early.content.decode())
        for wrong in ("2999-01-01", "yesterday", "2026-02-30"):
            assert client.get(address, {"as_of": wrong}).status_code == 400
        assert "year, month and day" in text_of(client.get(address, {"as_of": "1.5.26"}).content.decode())
    absent = client.get(clause.get_absolute_url(), {"as_of": f"{first.captured_at:%Y-%m-%d}"})
    assert absent.status_code == 404
    assert re.search(r"was not found in version 1, .* It stands in versions? \d", text_of(absent.content.decode()))
    Takedown.objects.create(
        version=first, ground="legal_demand", public_reason="A court.", decided_at=AT, decided_by=person("ada")
    )
    hidden = client.get(kept.get_absolute_url(), {"as_of": f"{first.captured_at:%Y-%m-%d}"})
    assert (hidden.status_code, "A court." in hidden.content.decode()) == (451, True)


def test_the_calendar_has_every_capture_and_check_and_leads_to_their_days(client: Client) -> None:
    for kept in Document.objects.select_related("platform"):
        address = f"{kept.get_absolute_url()}history/calendar/"
        years = client.get(address).context["years"]
        captures = checks = 0
        for year, number in years:
            response = client.get(address, {"year": year})
            page = response.content.decode()
            assert response.context["captures"] == number
            captures, checks = captures + number, checks + response.context["checks"]
            for version in Version.objects.filter(document=kept, captured_at__year=year).good():
                assert f"?as_of={version.captured_at:%Y-%m-%d}" in page
                assert f"version {version.number} captured" in page
        assert captures == Version.objects.filter(document=kept).count()
        assert checks == Check.objects.filter(document=kept).count()
    for wrong in ("1999", "x", "9" * 30, "²"):
        assert client.get(address, {"year": wrong}).status_code == 400


def test_months_are_whole_and_only_those_with_a_day() -> None:
    days = [Day(date(2024, 2, 29)), Day(date(2024, 12, 1)), Day(date(2025, 1, 1))]
    made = months(days)
    assert [month.first for month in made] == [date(2024, 2, 1), date(2024, 12, 1), date(2025, 1, 1)]
    for month in made:
        flat = [day.on for week in month.weeks for day in week if day is not None]
        assert flat == [month.first + timedelta(days=n) for n in range(len(flat))]
        assert (flat[-1] + timedelta(days=1)).day == 1
        assert all(
            len(week) == 7 and (day is None or day.on.weekday() == n)
            for week in month.weeks
            for n, day in enumerate(week)
        )


def uri(version: Version) -> str:
    return settings.SITE_URL + version.get_absolute_url()


def test_a_timegate_answers_every_time_with_the_version_that_stood(client: Client) -> None:
    kept = document()
    there = good(kept)
    asked = [(None, there[-1]), (http_date(there[0].captured_at - timedelta(days=900)), there[0])]
    asked += [(http_date(one.captured_at), one) for one in there]
    asked += [(http_date(b.captured_at - timedelta(seconds=1)), a) for a, b in pairwise(there)]
    for at, stood in asked:
        for method in (client.get, client.head):
            answer = method(f"/timegate/{kept.record_id}", headers={"Accept-Datetime": at} if at else {})
            assert (answer.status_code, answer["Location"]) == (302, uri(stood))
            assert answer["Vary"].lower() == "accept-datetime"
            assert not answer.has_header("Memento-Datetime")
        found = {rel: one for one in links(answer["Link"]) for rel in one["rel"].split()}
        assert found["original"][""] == kept.source_url
        assert found["timemap"] == {
            "": f"{settings.SITE_URL}/timemap/{kept.record_id}.link", "rel": "timemap", "type": "application/link-format",
        }  # fmt: skip
        place = there.index(stood)
        beside = {"first": there[0], "last": there[-1]}
        beside |= {"prev": there[place - 1]} if place else {}
        beside |= {"next": there[place + 1]} if stood != there[-1] else {}
        for rel, version in beside.items():
            assert found[rel][""] == uri(version)
            assert found[rel]["datetime"] == http_date(version.captured_at)
        assert ("prev" in found, "next" in found) == ("prev" in beside, "next" in beside)
        assert uri(stood) in {one[""] for one in links(answer["Link"]) if "memento" in one["rel"].split()}
    assert client.get(f"/timegate/{kept.record_id}", headers={"Accept-Datetime": "yesterday"}).status_code == 400
    assert client.get("/timegate/CA-D-99999").status_code == client.get("/timegate/CA-P-000001").status_code == 404
    assert client.get(f"/timegate/ca-d-{kept.pk}")["Location"] == f"/timegate/{kept.record_id}"


def test_a_timegate_knows_addresses_and_says_where_several_documents_have_one(client: Client) -> None:
    kept = document()
    bare = kept.source_url.removeprefix("https://")
    for written in (
        f"https://{bare}",
        f"http://{bare.upper().split('/')[0]}:80/{bare.partition('/')[2]}",
        f"https:/{bare}",
    ):
        assert client.get(f"/timegate/{written}")["Location"] == uri(good(kept)[-1])
    assert client.get(f"/timegate/https://{bare}?other").status_code == 404
    assert client.get("/timegate/https://nobody.example/").status_code == 404
    other = Document.objects.exclude(pk=kept.pk).earliest("pk")
    Document.objects.filter(pk=other.pk).update(source_url=f"http://{bare}?page=1")
    assert client.get(f"/timegate/https://{bare}?page=1").status_code == 302
    Document.objects.filter(pk=other.pk).update(source_url=f"http://{bare}")
    answer = client.get(f"/timegate/https://{bare}")
    assert answer.status_code == 300
    for one in (kept, other):
        assert f'href="/timegate/{one.record_id}"' in answer.content.decode()


def test_a_timemap_lists_every_memento_once_in_both_forms_and_in_pages(client: Client) -> None:
    kept = document()
    there = good(kept)
    assert len(there) > 4
    answer = client.get(f"/timemap/{kept.record_id}.link")
    assert answer["Content-Type"] == "application/link-format"
    whole = links(answer.content.decode())
    listed = [one for one in whole if "memento" in one["rel"].split()]
    assert [(one[""], one["datetime"]) for one in listed] == [(uri(v), http_date(v.captured_at)) for v in there]
    assert (listed[0]["rel"], listed[-1]["rel"]) == ("first memento", "last memento")
    own = next(one for one in whole if one["rel"] == "self")
    assert (own["from"], own["until"]) == (listed[0]["datetime"], listed[-1]["datetime"])
    assert {one["rel"] for one in whole} >= {"original", "timegate"}
    record = client.get(f"/timemap/{kept.record_id}.json").json()
    assert [row["uri"] for row in record["mementos"]["list"]] == [uri(version) for version in there]
    assert record["original_uri"] == kept.source_url
    assert record["mementos"]["last"] == record["mementos"]["list"][-1]
    after, seen, as_json = "", [], []
    while True:
        page = timemap(kept, after=after, size=2)
        rows = links(in_link_format(page))
        seen += [one[""] for one in rows if "memento" in one["rel"].split()]
        as_json += [row["uri"] for row in in_json(page)["mementos"]["list"]]
        following = [one for one in rows if one["rel"] == "timemap" and "from" in one]
        assert bool(following) == bool(page.next_after) == ("next" in in_json(page).get("pages", {}))
        if not page.next_after:
            break
        assert client.get(following[0][""].removeprefix(settings.SITE_URL)).status_code == 200
        after = page.next_after
    assert seen == as_json == [uri(version) for version in there]
    assert client.get(f"/timemap/{kept.record_id}.link?after=nonsense").status_code == 400


def test_a_version_says_of_what_and_when_it_is_unless_it_is_suspect_or_hidden(client: Client) -> None:
    kept = document()
    shown = Version.objects.filter(Q(document=kept) | Q(version_class__is_good=False))
    assert shown.filter(version_class__is_good=False).exists()
    for version in shown.select_related("document__platform", "version_class"):
        for beneath in ("", "text/", "raw/"):
            answer = client.head(f"{version.get_absolute_url()}{beneath}")
            if not version.version_class.is_good:
                assert not answer.has_header("Memento-Datetime")
                continue
            assert answer["Memento-Datetime"] == http_date(version.captured_at)
            found = {one["rel"]: one[""] for one in links(answer["Link"])}
            assert found["original"] == original_of(version.document)
            assert found["timegate"].endswith(f"/timegate/{version.document.record_id}")
            assert found["timemap"].endswith(f"/timemap/{version.document.record_id}.link")
    latest = good(kept)[-1]
    Takedown.objects.create(
        version=latest, ground="withdrawn", public_reason="Why.", decided_at=AT, decided_by=person("ada")
    )
    assert not client.get(latest.get_absolute_url()).has_header("Memento-Datetime")
    assert uri(latest) not in client.get(f"/timemap/{kept.record_id}.link").content.decode()
    assert client.get(f"/timegate/{kept.record_id}")["Location"] != uri(latest)


def test_where_no_source_states_an_address_our_own_page_is_the_original(client: Client) -> None:
    kept = document()
    kept.source_url = 'https://a.example/x?a=<b>, "c"'
    assert original_of(kept) == "https://a.example/x?a=%3Cb%3E,%20%22c%22"
    kept.source_url = ""
    assert not client.get(kept.get_absolute_url()).has_header("Link")
    Document.objects.filter(pk=kept.pk).update(source_url="")
    found = {one["rel"]: one[""] for one in links(client.get(kept.get_absolute_url())["Link"])}
    assert found["timegate"] == f"{settings.SITE_URL}/timegate/{kept.record_id}"
    assert original_of(kept) == settings.SITE_URL + kept.get_absolute_url()
