"""The queues of altered words, of failing documents, of technical versions; and selecting other words, by forms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses.acts.judge import judge
from clauses.models import Analysis, AnalysisState, Clause, Judgement, Passage, State, Verdict
from conductatlas.desk.roles import ADMINISTRATOR, CURATOR, EDITOR
from platforms.models import CaptureState, Check, Document, Look, Version, VersionClass
from tests.clauses.test_decide import proposal
from tests.desk.people import member
from tests.desk.test_queues import latest, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def anna(client: Client) -> User:
    user = member("anna", CURATOR)
    client.force_login(user)
    return user


def altered() -> Clause:
    return Clause.objects.to_judge().select_related("document", "analysis").earliest("pk")


def test_a_judgement_takes_a_clause_out_until_its_words_change_again(client: Client, anna: User) -> None:
    clause = altered()
    address = f"/admin/desk/altered/{clause.pk}/"
    page = client.get(address).content.decode()
    assert "Does the analysis still hold?" in page
    client.post(address, {"verdict": "still_valid", "reason": ""})
    assert not Judgement.objects.exists()
    client.post(address, {"verdict": "still_valid", "reason": "The words were put otherwise, and say the same"})
    judgement = Judgement.objects.get()
    assert (judgement.by, judgement.version, judgement.standing) == (
        anna, clause.document.latest_version, clause.standing,
    )  # fmt: skip
    assert not Clause.objects.to_judge().filter(pk=clause.pk).exists()
    Passage.objects.filter(version=clause.document.latest_version, provision__clause=clause).delete()
    other = Passage.objects.filter(version=clause.document.latest_version).earliest("pk")
    words = clause.provisions.create(words=other.provision.words, sha256=other.provision.sha256, score=0.5)
    Passage.objects.create(
        provision=words, version=other.version, ordinal=other.ordinal, start=other.start, end=other.end,
        sha256=other.sha256, release="test",
    )  # fmt: skip
    assert not Clause.objects.to_judge().filter(pk=clause.pk).exists()  # judged as it is in this very version
    assert clause.analysis is not None
    Judgement.objects.filter(pk=judgement.pk).update(version=clause.analysis.version)
    assert Clause.objects.to_judge().filter(pk=clause.pk).exists()


def test_to_be_revised_begins_the_next_revision(client: Client, anna: User) -> None:
    clause = altered()
    answer = client.post(f"/admin/desk/altered/{clause.pk}/", {"verdict": "revise", "reason": "A new purpose"})
    draft = Analysis.objects.get(clause=clause, state=AnalysisState.DRAFT)
    assert answer.headers["location"] == reverse("admin:desk:write", args=[draft.pk])
    with pytest.raises(ValidationError, match="judged"):
        judge(clause=clause, verdict=Verdict.STILL_VALID, reason="No", by=anna, at=timezone.now())
    assert not Clause.objects.to_judge().filter(pk=clause.pk).exists()


def test_only_who_may_retract_does(client: Client, anna: User) -> None:
    clause = altered()
    address = f"/admin/desk/altered/{clause.pk}/"
    form = {"verdict": "retract", "reason": "The clause is gone"}
    assert client.post(address, form).status_code == 403
    assert not Judgement.objects.exists()
    client.force_login(member("ed", CURATOR, EDITOR))
    client.post(address, form)
    assert Clause.objects.get(pk=clause.pk).state == State.RETRACTED
    assert Analysis.objects.filter(clause=clause).latest("number").retraction_reason == "The clause is gone"


def test_words_are_selected_by_sentences_and_by_offsets(client: Client, anna: User) -> None:
    clause = proposal()
    version = latest(clause)
    address = f"/admin/desk/anchor/{clause.pk}/"
    page = client.get(address)
    sentence = next(
        s for p in page.context["paragraphs"] for s in p.sentences
        if s.end - s.start > 60 and not any(piece.is_marked for piece in s.pieces)
        and not Passage.objects.filter(
            version=version, provision__clause__type=clause.type, start__lt=s.end, end__gt=s.start
        )
    )  # fmt: skip
    form = {"version": version.pk, "ranges": "", "first": sentence.start, "last": sentence.end}
    answer = client.post(address, form, follow=True)
    assert "stands on the selected words now" in said(answer)
    stands = Passage.objects.filter(version=version, provision__clause=clause)
    assert [(p.start, p.end) for p in stands] == [(sentence.start, sentence.end)]
    for wrong in ("0-99999999", "5-x", "words"):
        answer = client.post(address, {"version": version.pk, "ranges": wrong}, follow=True)
        assert 'class="error"' in said(answer)
        assert [(p.start, p.end) for p in stands.all()] == [(sentence.start, sentence.end)]
    old = {"version": version.pk + 1, "ranges": "0-50"}
    assert "newer version" in said(client.post(address, old, follow=True))


def test_a_failing_document_is_checked_now_or_retired(client: Client) -> None:
    client.force_login(member("adam", ADMINISTRATOR))
    document = Document.objects.filter(latest_version__isnull=False).earliest("pk")
    document.platform.is_demonstration = False
    document.platform.save()
    tomorrow = timezone.now() + timedelta(days=1)
    CaptureState.objects.create(document=document, failures_in_a_row=5, next_check_at=tomorrow)
    [(state, _)] = client.get("/admin/desk/failing/").context["rows"]
    assert state.document == document
    address = f"/admin/desk/failing/{document.pk}/"
    assert client.get(address).status_code == 200
    client.post(address, {"act": "check"})
    assert CaptureState.objects.filter(document=document, next_check_at__lte=timezone.now()).exists()
    client.post(address, {"act": "retire", "because": " "})
    assert Document.objects.get(pk=document.pk).retired_at is None
    client.post(address, {"act": "retire", "because": "The operator closed the service"})
    assert Document.objects.get(pk=document.pk).retired_because == "The operator closed the service"
    assert client.get("/admin/desk/failing/").context["rows"] == []


def test_what_came_at_a_check_is_a_download(client: Client) -> None:
    version = Version.objects.select_related("snapshot__text", "document").earliest("pk")
    kept = Check.objects.create(
        document=version.document, checked_at=timezone.now(), outcome="failed", reason="truncated",
        snapshot=version.snapshot,
    )  # fmt: skip
    client.force_login(member("adam", ADMINISTRATOR))
    answer = client.get(f"/admin/desk/checks/{kept.pk}/bytes/")
    assert answer.content == version.snapshot.body()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    page = client.get(f"/admin/desk/failing/{version.document_id}/").content.decode()
    assert f"/admin/desk/checks/{kept.pk}/bytes/" in page
    assert "The text that was refused" in page
    client.force_login(member("anna", CURATOR))
    assert client.get(f"/admin/desk/checks/{kept.pk}/bytes/").status_code == 403


def test_a_look_at_a_technical_version_takes_it_out(client: Client) -> None:
    client.force_login(member("ed", EDITOR))
    waiting = VersionClass.objects.uncertain().earliest("pk")
    address = reverse("admin:desk:technical")
    client.post(address, {"version": waiting.pk, "finding": "extractor", "because": ""})
    assert not Look.objects.exists()
    client.post(address, {"version": waiting.pk, "finding": "extractor", "because": "A menu came along"})
    assert Look.objects.get().version_id == waiting.pk
    assert not VersionClass.objects.uncertain().filter(pk=waiting.pk).exists()
