"""Reading real policies: the same clauses every time, none over another, and no sentence torn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import call_command

from clauses.acts import derive_clauses as derive_act
from clauses.acts import read_versions as read_versions_act
from clauses.acts.read import read
from clauses.models import Clause, Passage, State
from clauses.text.blocks import blocks
from clauses.text.found import is_lead_in
from clauses.text.titles import is_bare_title
from platforms.models import Document

AT = datetime(2026, 12, 1, tzinfo=UTC)
MOST_TORN = 0.002
"""Share of the places between two paragraphs at which a sentence may seem to go on."""
HANGING = re.compile(r"\b(?:the|a|an|of|to|and|or|in|for|with|by|this|that|our|your|its|their|any|which|from)$")


def take(bundle: Path) -> None:
    call_command("import_collection", str(bundle), licence="ODC-BY 1.0", attribution="Example", verbosity=0)
    call_command("load_knowledge", verbosity=0)
    read(at=AT, earlier=False)


def latest_texts() -> Iterator[str]:
    for document in Document.objects.exclude(latest_version=None).select_related("latest_version__text"):
        yield document.latest_version.body  # type: ignore[union-attr]


def state() -> tuple[set[tuple[int, str, str, str]], set[tuple[int, int, int, int]]]:
    clauses = set(Clause.objects.values_list("pk", "type__slug", "slug", "stance"))
    return clauses, set(Passage.objects.values_list("provision__clause", "version", "start", "end"))


def expect_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read everything as the next release would, which must find the same clauses under the same ids."""
    before = state()
    assert len(before[0]) > 300
    for module in (read_versions_act, derive_act):
        monkeypatch.setattr(module, "READER_RELEASE", "2099.1")
    assert read(at=AT, earlier=False).versions == Document.objects.exclude(latest_version=None).count()
    assert state() == before


def expect_none_over_another() -> None:
    rows = Passage.objects.filter(provision__clause__state__in=[State.PROPOSED, State.PUBLISHED])
    places: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for version, clause_type, start, end in rows.values_list("version", "provision__clause__type", "start", "end"):
        places.setdefault((version, clause_type), []).append((start, end))
    for ranges in places.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(ranges)))


def expect_whole_quotations() -> None:
    """Expect that no title is quoted, and a lead-in alone only where nothing else says it.

    An item of a list and a row of a table are no titles: what governs them stands above.
    """
    quoted = Clause.objects.standing_now().values_list("pk", "quoted__words")
    assert [words for _, words in quoted if "\n" not in words and is_bare_title(words) and words[0] not in "*•-|"] == []
    for pk, words in quoted:
        if is_lead_in(words):
            others = Passage.objects.filter(provision__clause=pk).values_list("provision__words", flat=True)
            assert all(map(is_lead_in, others))


def expect_few_torn_sentences() -> None:
    between = torn = 0
    for text in latest_texts():
        for before, after in pairwise(blocks(text)):
            if not before.number or not after.number:
                continue
            words, following = text[before.start : before.end], text[after.start : after.end]
            between += 1
            goes_on = re.search(r"[\w,]$", words) and re.match(r"[a-z]\w* \w", following)
            torn += len(words.split()) > 4 and bool(goes_on or HANGING.search(words[-10:]))
    assert torn <= MOST_TORN * between, f"{torn} of {between}"


@pytest.mark.corpus
@pytest.mark.django_db
def test_the_mini_collection(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(corpus / "versions" / "ota-dev-mini.bundle")
    expect_none_over_another()
    expect_whole_quotations()
    expect_few_torn_sentences()
    expect_the_same_again(monkeypatch)


@pytest.mark.whole_corpus
@pytest.mark.django_db
def test_the_whole_collection(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(corpus / "versions" / "ota-dev.bundle")
    expect_none_over_another()
    expect_whole_quotations()
    expect_few_torn_sentences()
    expect_the_same_again(monkeypatch)
