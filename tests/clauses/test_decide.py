"""What a curator decides of proposals, and that re-reading leaves it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from clauses.acts.decide import assign, reject, retitle, retype, split, weigh
from clauses.acts.read_versions import read_versions
from clauses.acts.undo import decided, undo
from clauses.models import Clause, ClauseType, Coverage, Passage, Reading, State
from platforms.models import Version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

AT = datetime(2026, 11, 24, tzinfo=UTC)


def proposal(*, passages: int = 1) -> Clause:
    """Return a proposal with so many passages in the latest version of its document, the words all different."""
    found: Clause | None = None
    for clause in Clause.objects.filter(state=State.PROPOSED).standing_now().select_related("document__platform"):
        stands = Passage.objects.filter(version=clause.document.latest_version, provision__clause=clause)
        if stands.count() >= passages and stands.values("provision").distinct().count() >= passages:
            found = clause
            break
    assert found is not None
    return found


def read_again(clause: Clause) -> None:
    """Read every version of a clause's document again."""
    Reading.objects.filter(version__document=clause.document).delete()
    versions = Version.objects.filter(document=clause.document).good().in_order().select_related("text")
    read_versions(document=clause.document, versions=list(versions), at=AT)


def test_rejected_words_are_not_proposed_again() -> None:
    clause = proposal()
    before = set(Clause.objects.filter(document=clause.document).values_list("pk", flat=True))
    reject(clauses=[clause.pk], because="It speaks of another thing", at=AT)
    read_again(clause)
    assert set(Clause.objects.filter(document=clause.document).values_list("pk", flat=True)) == before
    clause.refresh_from_db()
    assert (clause.state, clause.rejected_because) == (State.REJECTED, "It speaks of another thing")


def test_a_rejection_leaves_the_figures() -> None:
    clause = proposal()
    row = Coverage.objects.get(platform=clause.document.platform, type=clause.type, basis="machine")
    before = row.clauses
    reject(clauses=[clause.pk], because="No such clause", at=AT)
    row.refresh_from_db()
    assert row.clauses == before - 1


@pytest.mark.parametrize("because", ["", "  ", "x" * 301])
def test_a_rejection_says_why_in_few_words(because: str) -> None:
    clause = proposal()
    with pytest.raises(ValidationError):
        reject(clauses=[clause.pk], because=because, at=AT)
    clause.refresh_from_db()
    assert clause.state == State.PROPOSED


def test_what_is_published_is_not_rejected_and_nothing_else_with_it() -> None:
    clause, published = proposal(), Clause.objects.filter(state=State.PUBLISHED).earliest("pk")
    with pytest.raises(ValidationError, match=published.record_id):
        reject(clauses=[clause.pk, published.pk], because="No such clause", at=AT)
    clause.refresh_from_db()
    assert clause.state == State.PROPOSED


def free_type(clause: Clause) -> ClauseType:
    """Return a type that no clause of the document has."""
    taken = Clause.objects.filter(document=clause.document).values("type")
    return ClauseType.objects.exclude(pk__in=taken).earliest("pk")


def test_a_type_that_a_curator_gave_outlives_reading_and_brings_its_name_and_address() -> None:
    clause = proposal()
    old, to = clause.slug, free_type(clause)
    retype(clauses=[clause.pk], to=to, at=AT)
    read_again(clause)
    kept = Clause.objects.get(pk=clause.pk)
    assert (kept.type, kept.title, kept.slug) == (to, to.name, to.slug)
    assert kept.found_as == clause.type
    from platforms.models import IssuedSlug

    assert IssuedSlug.objects.holder(scope=f"clause:{clause.document_id}", slug=old) == clause.pk  # it redirects


def test_the_same_words_are_not_twice_of_one_type() -> None:
    one = proposal()
    passage = Passage.objects.filter(version=one.document.latest_version, provision__clause=one).earliest("start")
    other = Clause.objects.filter(document=one.document, state=State.PROPOSED).exclude(type=one.type).earliest("pk")
    Passage.objects.filter(version=passage.version, provision__clause=other).delete()
    words = other.provisions.create(words=passage.provision.words, sha256=passage.provision.sha256, score=0.9)
    Passage.objects.create(
        provision=words, version=passage.version, ordinal=passage.ordinal, start=passage.start, end=passage.end,
        sha256=passage.sha256, release="test",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="merge"):
        retype(clauses=[other.pk], to=one.type, at=AT)


def test_each_decision_is_undone_to_what_was() -> None:
    clause = proposal()
    for act in (
        lambda: reject(clauses=[clause.pk], because="No such clause", at=AT),
        lambda: retype(clauses=[clause.pk], to=free_type(clause), at=AT),
        lambda: retitle(clause=clause.pk, title="A title of its own", at=AT),
        lambda: weigh(clauses=[clause.pk], significance="high"),
    ):
        stances = list(clause.provisions.order_by("pk").values_list("stance", flat=True))
        before = decided([clause.pk])
        act()
        after = decided([clause.pk])
        assert after != before
        undo(before=before, after=after)
        assert decided([clause.pk]) == before
        assert list(clause.provisions.order_by("pk").values_list("stance", flat=True)) == stances


def test_nothing_is_undone_over_what_somebody_decided_since() -> None:
    clause = proposal()
    before = decided([clause.pk])
    weigh(clauses=[clause.pk], significance="high")
    after = decided([clause.pk])
    weigh(clauses=[clause.pk], significance="low")
    with pytest.raises(ValidationError, match="since"):
        undo(before=before, after=after)
    assert Clause.objects.get(pk=clause.pk).significance == "low"


def test_significance_leaves_priority_alone() -> None:
    clause = proposal()
    assert clause.priority > 0
    weigh(clauses=[clause.pk], significance="low")
    assert Clause.objects.get(pk=clause.pk).priority == clause.priority
    with pytest.raises(ValidationError):
        weigh(clauses=[clause.pk], significance="enormous")


def test_an_assignment_names_a_person_or_nobody(django_user_model) -> None:
    clause, anna = proposal(), django_user_model.objects.create_user("anna")
    assign(clauses=[clause.pk], to=anna)
    assert Clause.objects.get(pk=clause.pk).assigned_to == anna
    assign(clauses=[clause.pk], to=None)
    assert Clause.objects.get(pk=clause.pk).assigned_to is None


def test_a_split_leaves_id_and_first_passage_and_outlives_reading() -> None:
    clause = proposal(passages=2)
    stands = Passage.objects.filter(version=clause.document.latest_version, provision__clause=clause).order_by("start")
    first, last = stands[0], stands.last()
    assert last is not None
    with pytest.raises(ValidationError, match="first passage stays"):
        split(clause=clause.pk, passages=[first.pk], at=AT)
    made = split(clause=clause.pk, passages=[last.pk], at=AT)
    places = {(clause.pk, first.start), (made.pk, last.start)}
    for _ in range(2):
        found = Passage.objects.filter(version=clause.document.latest_version, provision__clause__in=[clause, made])
        assert places <= set(found.values_list("provision__clause", "start"))
        read_again(clause)
    assert made.slug.startswith(clause.type.slug)
    assert made.position == last.start
