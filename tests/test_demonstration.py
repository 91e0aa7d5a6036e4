"""The demonstration corpus tells what it means to tell."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command

from changes.models import ClauseChange, Direction, Touch
from clauses import knowledge
from clauses.acts.check_draft import check_draft
from clauses.models import Analysis, Clause, Severity, Stance, Standing, State
from conductatlas import demonstration
from conductatlas.demonstration import CheckEvent, VersionEvent
from platforms.models import Check, Class, Document, DocumentKind, Nature, VersionClass
from tests.prose import shared_runs


def documents() -> list[tuple[str, str]]:
    return [(row["platform"], row["slug"]) for row in demonstration.documents()]


@pytest.mark.parametrize(("platform", "document"), documents())
def test_each_history_builds_in_order(platform: str, document: str) -> None:
    events = list(demonstration.history(platform, document))
    times = [event.at for event in events]
    assert times == sorted(times)
    assert {type(event) for event in events} == {VersionEvent, CheckEvent}


def test_kinds_and_natures_are_known() -> None:
    for row in demonstration.documents():
        assert row["kind"] in DocumentKind.values
        assert row["nature"] in Nature.values


@pytest.mark.django_db
@pytest.mark.usefixtures("whole_demonstration")
def test_every_version_gets_the_class_it_was_written_for() -> None:
    expected, found = {}, {}
    for platform, slug in documents():
        document = Document.objects.get(platform__slug=platform, slug=slug)
        written = [e for e in demonstration.history(platform, slug) if isinstance(e, VersionEvent)]
        classed = VersionClass.objects.filter(version__document=document).order_by("version__number")
        for number, (event, verdict) in enumerate(zip(written, classed, strict=True), start=1):
            if event.expect:
                expected[platform, slug, number], found[platform, slug, number] = event.expect, verdict.kind
    assert found == expected
    assert set(Counter(expected.values())) == set(Class.values)


@pytest.mark.django_db
@pytest.mark.usefixtures("whole_demonstration")
def test_loading_again_adds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_demo")
    assert "0 versions added, 0 clauses found, 0 analyses published" in capsys.readouterr().out


def analyses() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for platform, document in documents():
        for revision in demonstration.revisions(platform, document):
            found.setdefault(f"{platform}/{document}/{revision.clause}", []).append(revision.values)
    return found


def prose(values: dict[str, Any]) -> list[str]:
    parts = [
        values[name]
        for name in ("summary", "why", "note", "impact", "landscape", "jurisdictions", "contracts", "compliance")
    ]
    parts += [values["exposure"]["text"], values["confidence"]["reason"]]
    parts += [factor["finding"] for factor in values["factors"].values()]
    parts += [words for action in values["actions"] for words in (action["title"], action["steps"])]
    return parts + [link["reason"] for link in (*values["laws"], *values["agencies"])]


def test_it_is_as_large_as_a_visitor_needs() -> None:
    assert len(demonstration.platforms()) >= 16
    assert len({row["platform"]["sector"]["slug"] for row in demonstration.platforms()}) >= 7
    assert len(documents()) >= 32
    versions = 0
    for platform, document in documents():
        written = [e for e in demonstration.history(platform, document) if isinstance(e, VersionEvent)]
        versions += len(written)
        assert len(written[0].text.split()) >= 800, (platform, document)
    assert versions >= 90
    clauses = analyses()
    assert len(clauses) >= 130
    assert len({name.rsplit("/", 1)[1] for name in clauses}) >= 40
    assert sum(1 for revisions in clauses.values() if len(revisions) > 1) >= 5


def test_no_two_analyses_share_their_sentences() -> None:
    names = [
        name
        for law in knowledge.regulations()
        for name in (law["short_name"], law["name"], *(law.get("other_names") or []))
    ]
    texts = {name: [words for values in revisions for words in prose(values)] for name, revisions in analyses().items()}
    assert shared_runs(texts, names) == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("whole_demonstration")
def test_every_analysis_is_published_and_nothing_else() -> None:
    clauses = analyses()
    published = Clause.objects.filter(state=State.PUBLISHED)
    assert published.count() == len(clauses)
    numbered = Analysis.objects.numbered().values_list(
        "clause__document__platform__slug", "clause__document__slug", "clause__slug", "number"
    )
    assert set(numbered) == {
        (*name.split("/"), number) for name, revisions in clauses.items() for number in range(1, len(revisions) + 1)
    }
    assert set(published.values_list("severity", flat=True)) == set(Severity.values)


@pytest.mark.django_db
@pytest.mark.usefixtures("whole_demonstration")
def test_what_the_demonstration_publishes_passes_every_check() -> None:
    found = {
        (str(analysis), check.key): [fault.what for fault in check.faults]
        for analysis in Analysis.objects.numbered().select_related("clause")
        for check in check_draft(analysis)
        if check.refuses
    }
    assert found == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("whole_demonstration")
def test_histories_show_every_case() -> None:
    assert set(Clause.objects.values_list("standing", flat=True)) >= {
        Standing.VERBATIM,
        Standing.MOVED,
        Standing.GONE,
    }
    assert set(VersionClass.objects.values_list("kind", flat=True)) == set(Class.values)
    assert Check.objects.filter(outcome="failed").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("whole_demonstration")
def test_a_denied_sale_that_is_allowed_on_conditions_leads_its_record() -> None:
    of_the_sale = ClauseChange.objects.filter(
        record__document__platform__slug="murmurloft", clause__type__slug="sale-of-personal-data"
    )
    change = of_the_sale.select_related("record").get(touch=Touch.STANCE_CHANGED)
    assert (change.old_stance, change.new_stance) == (Stance.DENIES, Stance.CONDITIONAL)
    assert change == change.record.clause_changes.earliest("position")
    assert change.record.severity == Severity.HIGH
    assert change.record.direction == Direction.OPERATOR
    assert change.record.clause_changes.count() > 1
