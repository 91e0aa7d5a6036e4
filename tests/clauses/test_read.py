"""Reading: identities outlive it, curators' decisions too, and passages fit their versions."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from django.db import Error, transaction

from clauses.acts import derive_clauses as derive_act
from clauses.acts import read_versions as read_versions_act
from clauses.acts.read import read
from clauses.models import Clause, Coverage, Passage, Provision, Reading, Standing, State
from clauses.text.anchor import find_words
from platforms.acts.classify import classify_pending
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.models import Document, Method, Version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
AT = datetime(2026, 12, 1, tzinfo=UTC)


def identities() -> set[tuple[int, str, str, str, str]]:
    return set(Clause.objects.values_list("pk", "slug", "title", "state", "stance"))


def passages() -> set[tuple[int, int, int, int]]:
    return set(Passage.objects.values_list("provision_id", "version_id", "start", "end"))


def use_release(monkeypatch: pytest.MonkeyPatch, release: str) -> None:
    for module in (read_versions_act, derive_act):
        monkeypatch.setattr(module, "READER_RELEASE", release)


def add_version(document: Document, text: str, at: datetime = AT) -> Version:
    (version,) = record_versions(
        [Arrival(document.pk, at, text.encode(), "demo 9", Provenance(method=Method.WRITTEN))], recorded_at=at
    )
    return version


def test_reading_again_changes_nothing() -> None:
    before = identities(), passages()
    assert read(at=AT).versions == 0
    assert (identities(), passages()) == before


def test_a_new_release_keeps_every_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    before = identities(), passages()
    use_release(monkeypatch, "2099.1")
    assert read(at=AT).versions == Version.objects.good().count()
    assert (identities(), passages()) == before


def test_what_a_curator_decided_outlives_a_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = Clause.objects.filter(standing=Standing.VERBATIM).order_by("pk")[:3]
    other = Clause.objects.exclude(type=first.type).first()
    assert other is not None
    Clause.objects.filter(pk=first.pk).update(type=other.type, title="A better title", curated_at=AT)
    Clause.objects.filter(pk=second.pk).update(state=State.REJECTED, rejected_because="No such clause.", curated_at=AT)
    Clause.objects.filter(pk=third.pk).update(state=State.MERGED, merged_into=first, curated_at=AT)
    decided = {identity[:4] for identity in identities()}  # what is merged in may change the stance
    use_release(monkeypatch, "2099.1")
    read(at=AT)
    assert {identity[:4] for identity in identities()} == decided


def test_words_that_stay_are_verbatim_and_words_that_go_are_not_found() -> None:
    clause = Clause.objects.filter(standing=Standing.VERBATIM, type__slug="governing-law-and-venue").first()
    assert clause is not None
    document = clause.document
    latest = document.latest_version
    assert latest is not None
    assert latest.text is not None
    text = latest.text.body
    for passage in Passage.objects.filter(version=latest, provision__clause=clause).order_by("-start"):
        text = text[: passage.start] + text[passage.end :]
    others = Clause.objects.filter(document=document, standing=Standing.VERBATIM).exclude(pk=clause.pk).count()
    add_version(document, text)
    read(at=AT)
    clause.refresh_from_db()
    assert clause.standing == Standing.GONE
    assert clause.last_seen == latest
    assert Clause.objects.filter(document=document, standing=Standing.VERBATIM).count() >= others - 2


def test_a_document_with_a_newer_version_is_unread_until_it_is_read() -> None:
    document = Document.objects.exclude(latest_version=None).filter(kind="privacy-policy").first()
    assert document is not None
    add_version(document, document.latest_version.text.body + "\n\nA new sentence for you.\n")  # type: ignore[union-attr]
    classify_pending()
    from clauses.acts.settle import settle

    settle()
    rows = Coverage.objects.filter(platform=document.platform, basis="machine", type__slug="business-transfer")
    assert rows.get().state == "unread"
    read(at=AT)
    assert rows.get().state != "unread"


def test_each_text_is_read_once_a_release() -> None:
    assert Reading.objects.count() == Version.objects.good().count()


@pytest.mark.parametrize("change", ["start", "end", "hash", "beyond", "other document"])
def test_a_passage_that_does_not_fit_is_refused(change: str) -> None:
    passage = Passage.objects.select_related("version").order_by("pk").first()
    assert passage is not None
    if change == "start":
        passage.start += 1
    elif change == "end":
        passage.end -= 1
    elif change == "hash":
        passage.sha256 = hashlib.sha256(b"other").digest()
    elif change == "beyond":
        passage.start, passage.end = 10_000_000, 10_000_020
    else:
        passage.version = Version.objects.exclude(document=passage.version.document).filter(text__isnull=False)[0]
    with pytest.raises(Error), transaction.atomic():
        passage.save()
    passage.pk = None
    passage.start += 1
    with pytest.raises(Error), transaction.atomic():
        Passage.objects.bulk_create([passage])


def test_the_words_of_a_provision_are_fixed() -> None:
    provision = Provision.objects.order_by("pk").first()
    assert provision is not None
    with pytest.raises(Error), transaction.atomic():
        Provision.objects.filter(pk=provision.pk).update(words="other words")
    with pytest.raises(Error), transaction.atomic():
        Provision.objects.create(clause=provision.clause, words="some", sha256=b"x" * 32, score=1, release="x")


def test_words_are_found_whole_or_not_at_all() -> None:
    words = "the data is kept for a year"
    assert find_words(f"We say: {words}.", words) == 8
    assert find_words(f"We say: {words}s.", words) is None
    assert find_words("short", "short") is None


def test_words_under_another_heading_have_moved() -> None:
    clause = Clause.objects.filter(standing=Standing.VERBATIM, type__slug="governing-law-and-venue").earliest("pk")
    latest = clause.document.latest_version
    assert latest is not None
    assert latest.text is not None
    assert clause.quoted is not None
    words, text = clause.quoted.words, latest.text.body
    add_version(clause.document, text.replace(words, "") + f"\n\n## Annex\n\n{words}\n")
    read(at=AT)
    clause.refresh_from_db()
    assert (clause.standing, clause.last_seen.extractor) == (Standing.MOVED, "demo 9")  # type: ignore[union-attr]
    add_version(
        clause.document, text.replace(words, "") + f"\n\n## Annex\n\n{words}\n\nOne sentence more.\n", AT.replace(day=2)
    )
    read(at=AT)
    clause.refresh_from_db()
    assert clause.standing == Standing.VERBATIM


def overlaps(document: Document) -> list[tuple[int, int]]:
    rows = Passage.objects.filter(
        version=document.latest_version, provision__clause__state__in=["proposed", "published"]
    )
    places = [(p.provision.clause.type_id, p.start, p.end) for p in rows.select_related("provision__clause")]
    return [a[1:] for a in places for b in places if a < b and a[0] == b[0] and a[1] < b[2] and b[1] < a[2]]


def test_the_words_that_a_curator_selected_stay(monkeypatch: pytest.MonkeyPatch, django_user_model) -> None:
    clause = Clause.objects.filter(standing=Standing.VERBATIM, type__slug="governing-law-and-venue").earliest("pk")
    latest = clause.document.latest_version
    assert latest is not None
    passage = Passage.objects.filter(version=latest, provision__clause=clause).earliest("start")
    start, end = passage.start, passage.end - 10
    words = latest.body[start:end]
    sha256 = hashlib.sha256(words.encode()).digest()
    chosen = Provision.objects.create(clause=clause, words=words, sha256=sha256, score=1, release=passage.release)
    passage.delete()
    by = django_user_model.objects.create_user("selecting")
    Passage.objects.create(
        provision=chosen, version=latest, ordinal=passage.ordinal, start=start, end=end, sha256=sha256, set_by=by
    )
    use_release(monkeypatch, "2099.1")
    read(at=AT)
    here = Passage.objects.filter(version=latest, provision__clause=clause)
    assert here.filter(set_by=by, start=start, end=end).count() == 1
    assert overlaps(clause.document) == []


def test_a_type_that_a_curator_gave_is_not_found_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    places: dict[tuple[int, int, int], list[Clause]] = {}
    for passage in Passage.objects.filter(version__document__latest_version__isnull=False).select_related(
        "provision__clause__type"
    ):
        clause = passage.provision.clause
        if passage.version_id == clause.document.latest_version_id and clause.state == State.PROPOSED:
            places.setdefault((passage.version_id, passage.start, passage.end), []).append(clause)
    first, second = next(clauses for clauses in places.values() if len({clause.type_id for clause in clauses}) == 2)[:2]
    second.delete()
    Clause.objects.filter(pk=first.pk).update(type=second.type, curated_at=AT)
    use_release(monkeypatch, "2099.1")
    read(at=AT)
    assert overlaps(first.document) == []
    first.refresh_from_db()
    assert (first.type, first.standing) == (second.type, Standing.VERBATIM)
