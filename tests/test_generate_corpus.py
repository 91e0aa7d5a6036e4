"""Generated platforms are as good as others: every passage fits, figures add up, and the same seed makes the same."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from clauses.acts.prioritise import prioritise_document
from clauses.acts.settle import settle, settle_document
from clauses.acts.verify_passages import verify_passages
from clauses.models import Clause, Coverage, Passage
from conductatlas import generated
from conductatlas.copying import copy, original
from platforms.acts.verify import Verified
from platforms.models import Document, Platform, StoredText


def test_the_same_seed_makes_the_same_platform_and_another_one_another() -> None:
    assert generated.platform(7, seed=1) == generated.platform(7, seed=1)
    assert generated.platform(7, seed=1).documents[0].text != generated.platform(7, seed=2).documents[0].text
    assert generated.platform(7, seed=1).documents[0].text != generated.platform(8, seed=1).documents[0].text


@pytest.mark.django_db
def test_copies_are_true_and_nothing_of_them_is_stale(monkeypatch) -> None:
    call_command("generate_corpus", clauses=30, seed=3, verbosity=0)
    read = Clause.objects.count()
    assert read >= 30
    first = Platform.objects.get()
    assert first.is_demonstration
    assert copy(original(first), slug="a-copy", name="A Copy") == read
    assert settle() == 0
    verified = Verified()
    verify_passages(dict(StoredText.objects.values_list("pk", "body")), verified)
    assert (verified.faults, verified.passages) == ([], Passage.objects.count())
    copied = Document.objects.filter(platform__slug="a-copy").earliest("pk")
    before = sorted(Clause.objects.filter(document=copied).values_list())
    settle_document(document_id=copied.pk)
    assert sorted(Clause.objects.filter(document=copied).values_list()) == before
    assert prioritise_document(document_id=copied.pk) == 0
    figures = [
        sorted(Coverage.objects.filter(platform=one).values_list("type", "basis", "state", "clauses"))
        for one in Platform.objects.all()
    ]
    assert figures[0] == figures[1]
    call_command("generate_corpus", clauses=30, seed=3, verbosity=0)
    assert Clause.objects.count() == 2 * read
