"""The demonstration corpus tells what it means to tell."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.management import call_command

from conductatlas import demonstration
from conductatlas.demonstration import CheckEvent, VersionEvent
from platforms.models import Class, Document, DocumentKind, Nature, VersionClass


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
