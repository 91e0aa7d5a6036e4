"""A record is made of each version that changed terms, of no other, and once."""

from __future__ import annotations

import json

import pytest

from changes.acts.detect import detect
from changes.acts.publish import IncompleteRecord, revise, withdraw
from changes.models import ChangeRecord, ClauseChange, RecordState
from clauses.acts.read import read
from platforms.models import Check, Version
from tests.clauses.law import AT, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_every_change_of_terms_has_a_record_and_nothing_else_has() -> None:
    recorded = set(ChangeRecord.objects.values_list("version", flat=True))
    assert recorded == set(Version.objects.good().changing_terms().values_list("pk", flat=True))
    assert recorded


def test_detecting_again_changes_nothing() -> None:
    before = list(ChangeRecord.objects.order_by("pk").values())
    account = detect(at=AT)
    assert (account.made, account.renewed, account.withdrawn) == (0, 0, 0)
    assert list(ChangeRecord.objects.order_by("pk").values()) == before


def test_flaps_are_counted_into_the_record_before_them() -> None:
    folded = sum(ChangeRecord.objects.values_list("alternations", flat=True))
    assert folded
    flaps = Version.objects.good().filter(
        version_class__kind="flap", document__in=ChangeRecord.objects.values("document")
    )
    assert folded <= flaps.count()


def test_stance_changes_come_first_and_weigh_high() -> None:
    for record in ChangeRecord.objects.prefetch_related("clause_changes"):
        touches = [one.touch for one in record.clause_changes.all()]
        changed = [touch == "stance_changed" for touch in touches]
        assert changed == sorted(changed, reverse=True)
        if any(changed):
            assert record.severity == "high"


def test_words_of_touched_clauses_stand_where_the_record_says() -> None:
    for record in ChangeRecord.objects.select_related("revision", "version__text", "before__text"):
        assert record.revision is not None
        content = json.loads(bytes(record.revision.content))
        sides = {"old": record.before.text, "new": record.version.text}
        for touch in content["clauses"]:
            for passage in touch["passages"]:
                for side, words in passage.items():
                    text = sides[side]
                    assert text is not None
                    assert words is None or text.body[words["start"] : words["end"]] == words["quotation"]


def test_the_window_opens_with_the_last_check_that_found_the_words_before() -> None:
    for record in ChangeRecord.objects.select_related("version"):
        checks = Check.objects.filter(document=record.document_id, checked_at__lt=record.version.captured_at)
        last = checks.exclude(outcome="failed").latest("checked_at")
        assert record.observed_after == last.checked_at
        assert record.observed_before == record.version.captured_at


def test_what_a_curator_writes_outlives_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    record = ChangeRecord.objects.order_by("pk").first()
    assert record is not None
    revise(
        record=record, title="A title", summary="A summary.", severity="low", direction="mixed", by=person("ada"), at=AT
    )
    monkeypatch.setattr("changes.acts.detect.RULES_RELEASE", "2099.1")
    assert detect(at=AT).renewed == ChangeRecord.objects.count()
    record.refresh_from_db()
    assert (record.title, record.summary, record.severity, record.direction) == (
        "A title",
        "A summary.",
        "low",
        "mixed",
    )
    assert record.state == RecordState.PUBLISHED
    numbers = list(record.revisions.values_list("number", "published_by__username"))
    assert numbers[:2] == [(1, None), (2, "ada")]


def test_a_withdrawn_record_gives_a_reason_and_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    record = ChangeRecord.objects.order_by("pk").first()
    assert record is not None
    with pytest.raises(IncompleteRecord):
        withdraw(record=record, reason=" ", at=AT)
    withdraw(record=record, reason="It is a change of another document.", at=AT)
    monkeypatch.setattr("changes.acts.detect.RULES_RELEASE", "2099.1")
    detect(at=AT)
    record.refresh_from_db()
    assert record.state == RecordState.WITHDRAWN
    assert record not in ChangeRecord.objects.shown()


def test_a_record_whose_version_changes_nothing_any_more_is_withdrawn_and_comes_back() -> None:
    record = ChangeRecord.objects.select_related("version__version_class").order_by("pk").first()
    assert record is not None
    kept = record.version.version_class
    kind, kept.kind = kept.kind, "cosmetic"
    kept.save()
    assert detect(at=AT).withdrawn == 1
    record.refresh_from_db()
    assert record.state == RecordState.WITHDRAWN
    kept.kind = kind
    kept.save()
    detect(at=AT)
    record.refresh_from_db()
    assert record.state == RecordState.DRAFTED


def test_a_version_waits_until_it_was_read() -> None:
    from clauses.models import Reading

    record = ChangeRecord.objects.order_by("pk").first()
    assert record is not None
    Reading.objects.filter(version=record.version_id).delete()
    ClauseChange.objects.filter(record=record).delete()
    ChangeRecord.objects.filter(pk=record.pk).update(release="none")
    assert detect(at=AT).renewed == 0
    read(at=AT)
    assert detect(at=AT).renewed == 1
