"""Words that a curator selected: taken from the text, checked by PostgreSQL, left by re-reading."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clauses.acts.move_anchor import move_anchor
from clauses.models import Clause, Passage, Standing, State
from clauses.text.blocks import blocks
from clauses.text.sentences import sentences
from platforms.models import Version
from tests.clauses.test_decide import proposal, read_again

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

AT = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna")


def latest(clause: Clause) -> Version:
    version = clause.document.latest_version
    assert version is not None
    return version


def other_words(clause: Clause) -> tuple[int, int]:
    """Return a sentence of some length that belongs to no clause of its type, as a range of the latest version."""
    text = latest(clause).body
    of_type = Passage.objects.filter(version=latest(clause), provision__clause__type=clause.type)
    taken = list(of_type.values_list("start", "end"))
    for block in blocks(text):
        if block.number and all(end <= block.start or block.end <= start for start, end in taken):
            for start, end in sentences(text[block.start : block.end]):
                if end - start > 60:
                    return block.start + start, block.start + end
    raise AssertionError("every paragraph has a clause")


def anchors(clause: Clause, version: Version) -> list[tuple[int, int]]:
    return list(
        Passage.objects.filter(version=version, provision__clause=clause).order_by("start").values_list("start", "end")
    )


def test_the_quotation_is_taken_from_the_text(anna: User) -> None:
    clause = proposal()
    version, (start, end) = latest(clause), other_words(clause)
    [passage] = move_anchor(clause=clause, version=version, ranges=[(start, end)], by=anna, at=AT)
    assert passage.provision.words == version.body[start:end]
    assert (passage.set_by, passage.match) == (anna, "exact")
    clause.refresh_from_db()
    assert clause.quoted == passage.provision
    assert clause.position == start
    assert clause.standing == Standing.VERBATIM
    assert anchors(clause, version) == [(start, end)]


def test_a_cut_word_is_taken_whole(anna: User) -> None:
    clause = proposal()
    version, (start, end) = latest(clause), other_words(clause)
    inside = next(n for n in range(start, end) if version.body[n : n + 2].isalpha())
    [passage] = move_anchor(clause=clause, version=version, ranges=[(inside + 1, end)], by=anna, at=AT)
    assert passage.provision.words == version.body[start if inside == start else passage.start : end]
    assert not version.body[passage.start - 1 : passage.start].isalnum()


def test_reading_again_leaves_the_selection(anna: User) -> None:
    clause = proposal()
    version, span = latest(clause), other_words(clause)
    clauses = set(Clause.objects.filter(document=clause.document).values_list("pk", flat=True))
    move_anchor(clause=clause, version=version, ranges=[span], by=anna, at=AT)
    everywhere = set(Passage.objects.filter(provision__clause=clause).values_list("version", "start", "end", "set_by"))
    for _ in range(2):
        read_again(clause)
        again = Passage.objects.filter(provision__clause=clause).values_list("version", "start", "end", "set_by")
        assert set(again) == everywhere
    assert set(Clause.objects.filter(document=clause.document).values_list("pk", flat=True)) == clauses


def test_a_moved_anchor_is_no_change_of_the_words(anna: User) -> None:
    """Where the selected words stand in earlier versions too, the clause stands on them there."""
    clause = next(
        one for one in Clause.objects.filter(state=State.PROPOSED).standing_now()
        if Version.objects.filter(document=one.document).good().count() > 2
        and one.first_seen_id != one.document.latest_version_id
    )  # fmt: skip
    version, span = latest(clause), other_words(clause)
    words = version.body[span[0] : span[1]]
    move_anchor(clause=clause, version=version, ranges=[span], by=anna, at=AT)
    for other in Version.objects.filter(document=clause.document).good().select_related("text"):
        stands = Passage.objects.filter(version=other, provision__clause=clause)
        if stands and words in other.body:
            assert {passage.provision.words for passage in stands} == {words}


@pytest.mark.parametrize("ranges", [[], [(-1, 5)], [(5, 5)], [(0, 10**9)], [(9, 3)], [(n, n + 1) for n in range(30)]])
def test_places_outside_the_text_are_refused(anna: User, ranges) -> None:
    clause = proposal()
    before = anchors(clause, latest(clause))
    with pytest.raises(ValidationError):
        move_anchor(clause=clause, version=latest(clause), ranges=ranges, by=anna, at=AT)
    assert anchors(clause, latest(clause)) == before


def test_words_of_another_document_are_refused(anna: User) -> None:
    clause = proposal()
    other = Version.objects.good().exclude(document=clause.document).select_related("text").earliest("pk")
    with pytest.raises(ValidationError, match="own document"):
        move_anchor(clause=clause, version=other, ranges=[(0, 50)], by=anna, at=AT)


def test_a_published_revision_keeps_the_words_it_was_written_for(anna: User) -> None:
    clause = Clause.objects.filter(state=State.PUBLISHED).select_related("document").earliest("pk")
    with pytest.raises(ValidationError, match="published"):
        move_anchor(clause=clause, version=latest(clause), ranges=[(0, 50)], by=anna, at=AT)


def test_postgresql_refuses_a_selection_with_other_words(anna: User) -> None:
    clause = proposal()
    [passage] = move_anchor(clause=clause, version=latest(clause), ranges=[other_words(clause)], by=anna, at=AT)
    with pytest.raises(IntegrityError, match="not the words"), transaction.atomic():
        Passage.objects.filter(pk=passage.pk).update(start=passage.start + 1)
