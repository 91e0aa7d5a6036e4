"""Another extractor or another declared rule never looks like a change of terms (rule 5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from platforms.acts import known
from platforms.acts.capture import Ending, capture_document
from platforms.acts.reextract import reextract
from platforms.fetching import Fetcher
from platforms.models import CaptureState, Document, ExtractionRule, Snapshot, Version, VersionClass
from tests.capture.pages import AT, document, page

pytestmark = pytest.mark.django_db(transaction=True)
ADDENDUM = (
    "<section id='more'><h2>More</h2><p>This addendum says the same as the policy above, in fewer words.</p></section>"
)


@pytest.fixture
def visit(limits):
    """Give a function that visits a document so many days after AT."""
    with Fetcher(limits) as fetcher:
        yield lambda kept, days=0: capture_document(
            document_id=kept.pk, fetcher=fetcher, at=AT + timedelta(days=days), by="test"
        )


def with_addendum(months: int = 12) -> str:
    return page(months).replace("</main>", f"{ADDENDUM}</main>")


def rule(kept: Document, *select: str, days: float = 0.5, remove: tuple[str, ...] = ()) -> ExtractionRule:
    return ExtractionRule.objects.create(
        document=kept, select=list(select), remove=list(remove), since_at=AT + timedelta(days=days)
    )


def history(kept: Document) -> list[tuple[str, bool]]:
    rows = Version.objects.filter(document=kept).in_order()
    return list(rows.values_list("version_class__kind", "version_class__changes_words"))


def test_a_new_rule_on_the_same_page_makes_a_technical_version(site, visit):
    kept = document(site.put("/policy", with_addendum()))
    visit(kept)
    rule(kept, "main", remove=("#more",))
    captured = visit(kept, 1)
    assert captured.outcome == Ending.UNCHANGED
    assert captured.reextracted.snapshot_id == Snapshot.objects.get().pk
    assert captured.reextracted.captured_at == AT
    assert "addendum" not in captured.reextracted.text.body
    assert history(kept) == [("first", False), ("technical", True)]
    kept.refresh_from_db()
    assert kept.latest_version == captured.reextracted
    assert visit(kept, 2).reextracted is None


def test_a_new_rule_and_a_new_text_are_told_apart(site, visit):
    kept = document(site.put("/policy", with_addendum()))
    visit(kept)
    rule(kept, "main", remove=("#more",))
    site.put("/policy", with_addendum(24))
    captured = visit(kept, 1)
    assert captured.outcome == Ending.CHANGED
    assert captured.reextracted is not None
    assert history(kept) == [("first", False), ("technical", True), ("substantive", True)]
    classed = VersionClass.objects.get(version=captured.version)
    assert classed.compared_with == captured.reextracted


def test_a_new_rule_that_takes_the_same_text_makes_nothing(site, visit):
    kept = document(site.put("/policy", page()))
    first = visit(kept).version
    rule(kept, "main")
    captured = visit(kept, 1)
    assert (captured.outcome, captured.reextracted) == (Ending.UNCHANGED, None)
    assert CaptureState.objects.get().extractor != first.extractor
    site.put("/policy", page(24))
    visit(kept, 2)
    assert [kind for kind, _ in history(kept)] == ["first", "substantive"]


def test_a_page_that_the_new_rule_cannot_read_leaves_no_change_of_terms(site, visit):
    kept = document(site.put("/policy", page()))
    visit(kept)
    rule(kept, "#policy")
    assert visit(kept, 1).check.reason == "selectors_miss"
    site.put("/policy", page(24).replace("<main>", '<main id="policy">'))
    captured = visit(kept, 2)
    assert captured.outcome == Ending.CHANGED
    assert history(kept) == [("first", False), ("technical", True)]


def test_a_new_release_reads_stored_pages_again_without_a_visit(site, visit, monkeypatch):
    kept = document(site.put("/policy", page()))
    visit(kept)
    asked = len(site.seen)
    assert reextract(document_id=kept.pk, at=AT, by="test") is None
    monkeypatch.setattr(known, "extractor_name", lambda rule: "atlas of tomorrow")
    assert reextract(document_id=kept.pk, at=AT, by="test") is None  # it takes the same
    CaptureState.objects.update(extractor="")
    monkeypatch.setattr(known, "take", lambda page, wanted: "# Privacy\n\nOther words, " + "and many of them. " * 30)
    version = reextract(document_id=kept.pk, at=AT, by="test")
    assert version is not None
    assert (version.number, version.extractor, version.source_order) == (2, "atlas of tomorrow", 1)
    assert history(kept) == [("first", False), ("technical", True)]
    assert reextract(document_id=kept.pk, at=AT, by="test") is None
    assert len(site.seen) == asked
    assert CaptureState.objects.get().claimed_by == ""


def test_a_release_that_is_rolled_back_breaks_nothing(site, visit, monkeypatch):
    kept = document(site.put("/policy", with_addendum()))
    visit(kept)
    rule(kept, "main", remove=("#more",))
    visit(kept, 1)
    monkeypatch.setattr(known, "extractor_name", lambda rule: Version.objects.get(number=1).extractor)
    monkeypatch.setattr(ExtractionRule.objects, "in_force", lambda **_: None, raising=False)
    assert visit(kept, 2).outcome == Ending.UNCHANGED
    site.put("/policy", with_addendum(24))
    visit(kept, 3)
    assert [kind for kind, _ in history(kept)] == ["first", "technical", "technical"]


def test_rules_hold_from_their_time_on():
    kept = document("https://example.org/policy")
    early, late = rule(kept, "main", days=1), rule(kept, "article", days=2)
    force = [ExtractionRule.objects.in_force(document_id=kept.pk, at=AT + timedelta(days=d)) for d in (0.9, 1, 2, 9)]
    assert force == [None, early, late, late]
