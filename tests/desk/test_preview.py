"""The preview of a draft is what its readers will see."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clauses.acts.publish import publish, review, submit
from clauses.acts.read import read
from clauses.acts.start_draft import start_draft
from clauses.models import Analysis, Clause, Standing, State
from tests.clauses.law import AT, person, published, written
from tests.clauses.test_read import add_version
from tests.desk.test_writing import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def clause() -> Clause:
    found = Clause.objects.filter(standing=Standing.VERBATIM, state=State.PROPOSED)
    return found.select_related("document__platform", "document__latest_version__text", "last_seen").order_by("pk")[0]


def article(page: str) -> str:
    """Return what a page says, without the moment at which it is drawn and what it counts of other clauses."""
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(
        r'<section [^>]*id="others".*?</section>', "", main, flags=re.DOTALL
    )  # its figures count what is published
    main = re.sub(r'<time datetime="[^"]*">[^<]*</time>', "<time>", main)
    # In citations, and in what they say to programs.
    main = re.sub(r"Published(\+| )\d+\1\w+\1\d{4}\1\d\d(?::|%3A)\d\d(?::|%3A)\d\d\1UTC", "Published <time>", main)
    main = re.sub(r"SHA-256(\+| )of\1the\1record(:|%3A)\1[0-9a-f]{64}", "<sha256>", main)
    return re.sub(r"[0-9a-f]{16}(<wbr>[0-9a-f]{16}){3}", "<sha256>", main)


def preview(client: Client, analysis: Analysis) -> str:
    answer = client.get(reverse("admin:desk:preview", args=[analysis.pk]))
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    page = answer.content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "Preview of a draft" in page
    return article(page)


@pytest.mark.parametrize("is_revised", [False, True])
def test_the_preview_is_the_page_after_publication(clause: Clause, is_revised: bool) -> None:
    if is_revised:
        published(clause, fields={"why": "The Example Act, as it was first read."})
    analysis = written(clause, fields={"interests": "Once worked there."})
    submit(analysis=analysis)
    review(analysis=analysis, by=person("bert"), at=AT)
    before = preview(browser("cleo", "Curator"), analysis)
    publish(analysis=analysis, at=timezone.now())
    after = article(Client().get(clause.get_absolute_url()).content.decode())
    assert before == after
    assert "Once worked there." in after


def test_it_is_so_too_where_the_words_were_altered_under_the_last_revision(clause: Clause) -> None:
    published(clause)
    latest = clause.document.latest_version
    old = clause.quoted.words  # type: ignore[union-attr]
    assert latest is not None
    add_version(clause.document, latest.text.body.replace(old, old.replace(" ", " certainly ", 1)))  # type: ignore[union-attr]
    read(at=AT)
    clause.refresh_from_db()
    assert clause.standing == Standing.ALTERED
    draft = start_draft(clause=clause, by=person("ada"), at=AT)
    submit(analysis=draft)
    review(analysis=draft, by=person("bert"), at=AT)
    before = preview(browser("cleo", "Curator"), draft)
    publish(analysis=draft, at=timezone.now())
    assert before == article(Client().get(clause.get_absolute_url()).content.decode())


def test_a_preview_changes_nothing(clause: Clause) -> None:
    analysis = written(clause)
    kept = Clause.objects.filter(pk=clause.pk).values().get(), Analysis.objects.filter(pk=analysis.pk).values().get()
    assert "(nobody yet)" in preview(browser("cleo", "Curator"), analysis)
    now = Clause.objects.filter(pk=clause.pk).values().get(), Analysis.objects.filter(pk=analysis.pk).values().get()
    assert now == kept


def test_a_draft_without_its_choices_says_which_are_missing(clause: Clause) -> None:
    draft = start_draft(clause=clause, by=person("ada"), at=AT)
    client = browser("cleo", "Curator")
    for name in ("preview", "write_compare"):
        answer = client.get(reverse(f"admin:desk:{name}", args=[draft.pk]))
        assert answer.status_code == 200
    page = client.get(reverse("admin:desk:preview", args=[draft.pk])).content.decode()
    assert f"{reverse('admin:desk:write', args=[draft.pk])}#exposure" in page


def test_a_draft_is_compared_with_the_last_revision(clause: Clause) -> None:
    published(clause)
    analysis = written(
        clause, title="Another title", agencies=[], fields={"why": "It matters, for the Example Act asks for less."}
    )
    page = browser("cleo", "Curator").get(reverse("admin:desk:write_compare", args=[analysis.pk])).content.decode()
    assert "<del>A title of its own</del>" in page or "<del>A</del>" in page
    assert "Removed: <del>Example Commissioner</del>" in page
    assert "revision 1" in page


def test_only_the_desk_sees_a_preview(clause: Clause) -> None:
    address = reverse("admin:desk:preview", args=[written(clause).pk])
    assert Client().get(address).status_code == 302
    assert browser("nora").get(address).status_code == 403
