"""A reader reports an error or replies; a curator answers; the log and the pages say so for good."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from clauses.models import Clause, State
from conductatlas.corrections.receipts import new_receipt, read_receipt, read_token, token
from conductatlas.corrections.receive import MOST_AN_HOUR, MOST_OF_ONE, Report, address_of, receive, sender
from conductatlas.corrections.settle import accept, publish_reply, refuse, set_aside, withdraw_reply
from conductatlas.corrections.subjects import find_subject
from conductatlas.desk.roles import CURATOR, REVIEWER
from conductatlas.models import AuditEntry, Correction, CorrectionKind, Reply
from conductatlas.pages.corrections import LONGEST
from tests.desk.people import member
from tests.pages.addresses import page_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

ADDRESS = "/corrections/report/"
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
PRIVATE = ("The heading is of another clause.", "reader@example.org")


@pytest.fixture
def clause() -> Clause:
    shown = Clause.objects.filter(state=State.PUBLISHED).select_related("document__platform")
    return shown.earliest("pk")


@pytest.fixture
def anna() -> User:
    return member("anna", CURATOR)


def ripe() -> str:
    return token(new_receipt(), timezone.now() - timedelta(seconds=10))


def form(clause: Clause, **other: str) -> dict[str, str]:
    return {"about": clause.record_id, "words": PRIVATE[0], "contact": PRIVATE[1], "token": ripe(), **other}


def reported(about: str, *, kind: str = CorrectionKind.ERROR, **other: str) -> Correction:
    subject = find_subject(about)
    assert subject is not None
    report = Report(kind, other.pop("element", ""), None, None, *PRIVATE, **other)
    return receive(
        receipt=new_receipt(), subject=subject, report=report, address="192.0.2.1", at=AT - timedelta(days=3)
    )


def asked(clause: Clause) -> Correction:
    who = {"speaker": "Ola Berg", "role": "head of policy", "speaks_for": "Berg & Co"}
    return reported(clause.record_id, kind=CorrectionKind.REPLY, **who)


def test_every_section_leads_to_a_form_that_names_it(client: Client) -> None:
    """Each numbered heading has the link, named by the heading, and the form knows the section."""
    kinds = page_kinds()
    for kind in (
        "clause",
        "clause without analysis",
        "document",
        "version",
        "change",
        "platform",
        "type",
        "regulation",
    ):
        page = client.get(kinds[kind]).content.decode()
        headings = re.findall(r'<h2 class="tx" id="h-([\w-]+)">(.*?)</h2>(.*?)</div>', page, re.DOTALL)
        assert headings, kind
        for element, heading, rest in headings:
            link = re.search(r'href="([^"]+)" rel="nofollow">Report an error<span class="vh"> in: (.+?)</span>', rest)
            assert link is not None, (kind, element)
            assert f"element={element}" in link[1]
            if kind not in ("platform", "type"):
                assert link[2] == heading.replace("'", "&#x27;"), kind
            assert "Section: " in client.get(link[1].replace("&amp;", "&")).content.decode(), (kind, element)


def test_the_form_shows_the_words_as_they_stand(client: Client, clause: Clause) -> None:
    assert clause.quoted is not None
    page = client.get(
        f"{ADDRESS}?about={clause.record_id.lower()}&element=words&version=2&revision=x<y"
    ).content.decode()
    assert escape(clause.quoted.words[:60]) in page
    assert "version 2" in page
    assert "x<y" not in page


def test_a_report_is_kept_once_with_a_receipt_drawn_by_lot(client: Client, clause: Clause) -> None:
    sent = form(clause, element="meaning", revision="1", about=clause.record_id.lower())
    first, second = client.post(ADDRESS, sent), client.post(ADDRESS, sent)
    kept = Correction.objects.get()
    assert first.headers["location"] == second.headers["location"] == f"/corrections/{kept.receipt}/?received"
    assert (kept.about, kept.element, kept.revision, kept.state) == (clause.record_id, "meaning", 1, "open")
    page = client.get(first.headers["location"]).content.decode()
    assert kept.receipt in page
    assert not any(words in page for words in PRIVATE)
    assert read_receipt(f" {kept.receipt.lower().replace('-', ' ')}") == kept.receipt
    assert (
        client.get(f"/corrections/?receipt={kept.receipt.lower()}").headers["location"]
        == f"/corrections/{kept.receipt}/"
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"words": " "}, "Say what is wrong"),
        ({"words": "x" * (LONGEST + 1)}, str(LONGEST)),
        ({"words": PRIVATE[0] + " http://a.example" * 4}, "At most 3 links"),
        ({"about": "CA-P-999999"}, "no such record"),
        ({"about": "type/nonsense"}, "no such record"),
        ({"contact": "x" * 201}, "200"),
        ({"website": "https://example.org"}, "hidden from people"),
        ({"token": ""}, "did not come from here"),
        ({"token": "7K3M-QX9A.1:forged"}, "did not come from here"),
        ({"kind": "reply"}, "Who speaks"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client: Client, clause: Clause, wrong, says) -> None:
    answer = client.post(ADDRESS, form(clause, **wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert PRIVATE[0] in page or "words" in wrong
    assert not Correction.objects.exists()


def test_a_form_sent_too_quickly_or_too_late_is_asked_for_again() -> None:
    given = token("7K3M-QX9A", AT)
    faults = [getattr(read_token(given, AT + timedelta(seconds=s)), "fault", None) for s in (1, 60, 90_000)]
    assert faults == ["quick", "", "old"]
    assert read_token(given.replace("7K3M", "8K3M"), AT) is None


def test_more_than_can_be_read_is_not_taken_and_no_address_is_kept(client: Client, clause: Clause) -> None:
    now = timezone.now()
    for _ in range(MOST_OF_ONE):
        assert client.post(ADDRESS, form(clause)).status_code == 302
    answer = client.post(ADDRESS, form(clause, words="Typed with care."))
    assert answer.status_code == 429
    assert "Typed with care." in answer.content.decode()
    assert client.post(ADDRESS, form(clause), REMOTE_ADDR="192.0.2.7").status_code == 302
    one: Any = {"about": clause.record_id, "words": "x", "received_at": now}
    Correction.objects.bulk_create(Correction(**one, receipt=new_receipt()) for _ in range(MOST_AN_HOUR))
    assert client.post(ADDRESS, form(clause), REMOTE_ADDR="192.0.2.9").status_code == 429
    assert b"127.0.0.1" not in b"".join(bytes(row.sender or b"") for row in Correction.objects.all())
    assert sender("192.0.2.1", now) != sender("192.0.2.1", now + timedelta(days=1))
    Correction.objects.update(received_at=now - timedelta(days=2))
    assert client.post(ADDRESS, form(clause)).status_code == 302
    assert Correction.objects.exclude(sender=None).count() == 1


@pytest.mark.parametrize(
    ("remote", "forwarded", "found"),
    [
        ("127.0.0.1", "203.0.113.9, 198.51.100.4", "198.51.100.4"),
        ("203.0.114.1", "198.51.100.4", "203.0.114.1"),
        ("127.0.0.1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("10.0.0.1", "no address", "10.0.0.1"),
    ],
)
def test_whose_address_it_is(remote: str, forwarded: str, found: str) -> None:
    assert address_of(remote, forwarded) == found


def test_the_log_shows_what_was_answered_and_nobody_who_did_not_ask(client: Client, clause: Clause, anna: User) -> None:
    right = reported(clause.record_id, element="meaning", credit="A. Reader")
    wrong = reported(clause.document.record_id)
    junk, waits = reported(clause.record_id), reported("type/mandatory-arbitration")
    revision = f"{clause.record_id}/v1"
    told: Any = {"by": anna, "at": AT}
    accept(
        correction=right.pk,
        gist="The <b>sense</b> was turned.",
        answer="Written anew.",
        mended_by=revision.lower(),
        **told,
    )
    refuse(correction=wrong.pk, gist="The title was doubted.", answer="The source has it so.", **told)
    set_aside(correction=junk.pk, **told)
    page = client.get("/corrections/").content.decode()
    for words in (
        "&lt;b&gt;sense&lt;/b&gt;",
        "Written anew.",
        "The source has it so.",
        "A. Reader",
        "after 3 days",
        revision,
    ):
        assert words in page
    assert not any(words in page for words in (*PRIVATE, junk.receipt, waits.receipt))
    assert client.get("/corrections/").context["open"] == 1
    assert "Written anew." not in client.get("/corrections/?outcome=refused").content.decode()
    assert client.get("/corrections/?outcome=spam").status_code == 400
    assert client.get(junk.get_absolute_url()).status_code == 404
    feed = feedparser.parse(client.get("/feeds/corrections.atom").content)
    assert {entry.link.rpartition("/corrections/")[2] for entry in feed.entries} == {
        f"{r.receipt}/" for r in (right, wrong)
    }
    page = client.get(clause.get_absolute_url()).content.decode()
    assert f'<a href="{right.get_absolute_url()}">The &lt;b&gt;sense' in page.partition("Corrected on")[2]
    assert "Corrected on" not in client.get(clause.document.get_absolute_url()).content.decode()
    with pytest.raises(ValidationError, match="answered already"):
        refuse(correction=right.pk, gist="x", answer="x", **told)


def test_a_reply_stands_beside_the_text_escaped_until_it_is_withdrawn(
    client: Client, clause: Clause, anna: User
) -> None:
    waits = asked(clause)
    told: Any = {
        "given_on": date(2026, 11, 30),
        "known_by": "Sent from the company’s domain.",
        "note": "Called back.",
        "by": anna,
    }
    reply = publish_reply(correction=waits.pk, words="<i>We do not.</i>", at=AT, **told)
    page = client.get(clause.get_absolute_url()).content.decode()
    for words in (
        "&lt;i&gt;We do not.",
        "Ola Berg, head of policy",
        "Not our words",
        "Sent from the company’s domain.",
    ):
        assert words in page
    assert "Called back." not in page
    assert "<i>We do not." not in page
    withdraw_reply(reply=reply.pk, because="They asked for it.", by=anna, at=AT)
    page = client.get(clause.get_absolute_url()).content.decode()
    assert "They asked for it." in page
    assert "We do not." not in page
    with pytest.raises(ValidationError, match="withdrawn already"):
        withdraw_reply(reply=reply.pk, because="Again.", by=anna, at=AT)
    done = AuditEntry.objects.filter(table__startswith="conductatlas_reply").values_list("operation", flat=True)
    assert list(done) == ["INSERT", "INSERT"]


def test_postgresql_keeps_what_was_published(clause: Clause, anna: User) -> None:
    one, waits = reported(clause.record_id), asked(clause)
    refuse(correction=one.pk, gist="x", answer="y", by=anna, at=AT)
    publish_reply(correction=waits.pk, words="x", given_on=AT.date(), known_by="x", note="", by=anna, at=AT)
    attacks = (
        f"UPDATE conductatlas_correction SET answer = 'z' WHERE id = {one.pk}",
        f"UPDATE conductatlas_correction SET state = 'spam', answer = '' WHERE id = {one.pk}",
        f"DELETE FROM conductatlas_correction WHERE id = {one.pk}",
        "UPDATE conductatlas_reply SET words = 'z'",
        "DELETE FROM conductatlas_reply",
        "TRUNCATE conductatlas_replywithdrawal",
    )
    for attack in attacks:
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)
    Correction.objects.filter(pk=one.pk).update(contact="", words="taken out", sender=None)
    assert Reply.objects.get().words == "x"


def test_a_curator_works_the_queue_and_a_reviewer_does_not(client: Client, clause: Clause, anna: User) -> None:
    one, waits = reported(clause.record_id), asked(clause)
    desk = "/admin/desk/corrections/"
    client.force_login(member("rita", REVIEWER))
    assert client.get(desk).status_code == 403
    client.force_login(anna)
    assert PRIVATE[1].encode() in client.get(desk).content
    sent = {
        "correction": str(one.pk),
        "act": "accept",
        "gist": "Typed with care.",
        "answer": "Done.",
        "mended_by": "CA-P-1/v99",
    }
    page = client.post(desk, sent).content.decode()
    assert "Typed with care." in page
    assert "no revision 99" in page
    client.post(desk, {**sent, "mended_by": ""})
    published = {"words": "We do not.", "given_on": "2026-11-20", "known_by": "By letter.", "note": "x"}
    client.post(desk, {"correction": waits.pk, "act": "publish", **published})
    assert list(Correction.objects.order_by("pk").values_list("state", "settled_by")) == [("accepted", anna.pk)] * 2
    client.post("/admin/desk/replies/", {"reply": Reply.objects.get().pk, "because": "Asked for."})
    assert Reply.objects.get().withdrawal.because == "Asked for."
    trail = AuditEntry.objects.filter(table="conductatlas_correction", operation="UPDATE")
    assert set(trail.values_list("person", flat=True)) == {anna.pk}
    assert not any(words in str(list(trail.values_list("before", "after"))) for words in PRIVATE)
