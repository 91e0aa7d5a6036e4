"""A change record says when, which words, what they mean, and can be checked, cited and taken away."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from changes.acts.publish import revise, withdraw
from changes.models import ChangeRecord
from platforms.models import Takedown
from tests.clauses.law import AT, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def touching() -> ChangeRecord:
    return (
        ChangeRecord.objects.filter(clause_changes__touch="reworded")
        .select_related("document__platform", "before__text", "version__text", "revision")
        .earliest("pk")
    )


def test_the_page_shows_both_versions_and_every_touched_clause(client: Client) -> None:
    for record in ChangeRecord.objects.select_related("before__text", "version__text"):
        page = client.get(record.get_absolute_url())
        html = page.content.decode().replace("<wbr>", "")
        for version in (record.before, record.version):
            assert version.text is not None
            assert bytes(version.text.sha256).hex() in html
        assert [one.change.pk for one in page.context["touches"]] == list(
            record.clause_changes.values_list("pk", flat=True)
        )
        assert "not reviewed" in html
        assert page.context["sheet"].total


def test_the_changed_words_are_those_of_the_two_texts(client: Client) -> None:
    record = touching()
    sheet = client.get(record.get_absolute_url()).context["sheet"]
    assert record.before.text is not None
    assert record.version.text is not None
    changed = [line for line in sheet.lines if line.label]
    for line in changed:
        text = record.before.text.body if line.is_of_old else record.version.text.body
        side = line.row.old if line.is_of_old else line.row.new
        assert text[line.start : line.end] == "".join(run.words for run in side)


def test_numbers_are_forgiven_and_lead_to_the_page(client: Client) -> None:
    record = touching()
    for written in (f"ca-c-{record.pk}", f"CA C {record.pk}", f"CA–C–{record.pk:06d}"):
        assert client.get(f"/change/{written}/")["Location"] == record.get_absolute_url()
        assert client.get(f"/r/{written}")["Location"] == f"/r/{record.record_id}"
    assert client.get(f"/r/{record.record_id}")["Location"] == record.get_absolute_url()
    for nothing in ("CA-C-999999", "CA-P-000001", "nonsense"):
        assert client.get(f"/change/{nothing}/").status_code == 404
    assert client.get("/r/CA-C-999999.json").status_code == 404


def test_the_record_for_programs_can_be_checked(client: Client) -> None:
    for record in ChangeRecord.objects.all():
        answer = client.get(f"/r/{record.record_id}.json").json()
        texts = {}
        for side, key in (("old", "before"), ("new", "since")):
            version = answer[key]
            body = client.get("/" + version["text_url"].split("/", 3)[3]).content
            assert hashlib.sha256(body).hexdigest() == version["text_sha256"]
            texts[side] = body.decode()
        for clause in answer["clauses"]:
            for passage in clause["passages"]:
                for side, words in passage.items():
                    assert words is None or texts[side][words["start"] : words["end"]] == words["quotation"]
        for hunk in answer["comparison"]["hunks"]:
            for side in ("old", "new"):
                assert texts[side][hunk[side]["start"] : hunk[side]["end"]] == hunk[side]["words"]
        revision = client.get("/" + answer["revision"]["url"].split("/", 3)[3])
        assert revision["Content-Type"] == "application/json"
        assert hashlib.sha256(revision.content).hexdigest() == answer["revision"]["sha256"]
        assert json.loads(revision.content)["id"] == record.record_id


def test_there_is_no_revision_but_those_published(client: Client) -> None:
    record = touching()
    assert client.get(f"/r/{record.record_id}/v2.json").status_code == 404
    assert client.get("/r/CA-D-99999/v1.json").status_code == 404
    assert client.get(f"/r/ca-c-{record.pk}/v1.json")["Location"] == f"/r/{record.record_id}/v1.json"


def test_a_curator_signs_what_a_curator_wrote(client: Client) -> None:
    record = touching()
    revise(
        record=record, title="The words of a person", summary="It matters.\n\nTwice.", severity="high",
        direction="operator", by=person("ada"), at=AT,
    )  # fmt: skip
    html = client.get(record.get_absolute_url()).content.decode()
    assert "Published by Ada Test" in html
    assert "<p>It matters.</p>" in html
    assert "not reviewed" not in html
    assert client.get(f"/r/{record.record_id}.json").json()["revision"]["number"] == 2
    assert client.get(f"/r/{record.record_id}/v1.json").status_code == 200


def test_a_withdrawn_record_stays_readable_with_its_reason(client: Client) -> None:
    record = touching()
    withdraw(record=record, reason="It was a navigation menu.", at=AT)
    html = client.get(record.get_absolute_url()).content.decode()
    assert "It was a navigation menu." in html
    assert 'content="noindex"' in html
    assert client.get(f"/r/{record.record_id}.json").json()["withdrawn_because"] == "It was a navigation menu."


@pytest.mark.parametrize(("ground", "status"), [("withdrawn", 410), ("legal_demand", 451)])
@pytest.mark.parametrize("side", ["before", "version"])
def test_words_that_were_taken_down_are_shown_nowhere(client: Client, ground: str, status: int, side: str) -> None:
    record = touching()
    user = User.objects.create(username="curator")
    Takedown.objects.create(
        version=getattr(record, side), ground=ground, public_reason="A court said so.", decided_at=AT, decided_by=user
    )
    pair = f"{record.document.get_absolute_url()}diff/{record.before.number}/{record.version.number}/"
    revision = f"/r/{record.record_id}/v1.json"
    for address in (record.get_absolute_url(), f"/r/{record.record_id}.json", revision, pair, f"{pair}json/"):
        answer = client.get(address)
        assert answer.status_code == status, address
        assert "A court said so." in answer.content.decode()
    assert record.record_id not in client.get("/feeds/changes.atom").content.decode()


def test_large_changes_are_spelled_out_in_part(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from conductatlas.pages import change

    monkeypatch.setattr(change, "SPELLED_OUT", 1)
    record = next(r for r in ChangeRecord.objects.all() if client.get(r.get_absolute_url()).context["sheet"].total > 1)
    page = client.get(record.get_absolute_url())
    assert len([line for line in page.context["sheet"].lines if line.label]) == 1
    assert "in the <a href" in page.content.decode()


def test_texts_beyond_the_limit_are_offered_to_be_taken_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from changes import limits

    monkeypatch.setattr(limits, "MOST_COMPARED", 10)
    record = touching()
    assert "too large" in client.get(record.get_absolute_url()).content.decode()
    assert client.get(f"/r/{record.record_id}.json").json()["comparison"] is None
    pair = f"{record.document.get_absolute_url()}diff/{record.before.number}/{record.version.number}/"
    page = client.get(pair).content.decode()
    assert "too many to be compared" in page
    assert "text of version" in page
    assert client.get(f"{pair}json/").json()["comparison"] is None
    assert client.get("/feeds/changes.atom").status_code == 200
