"""A title and a summary are made of facts alone."""

from __future__ import annotations

from changes.text.compare import compare
from changes.text.facts import ClauseFact, sections_of, summary_of, title_of

OLD = """# Privacy

## Keeping

We keep messages for 12 months. We keep your name while you have an account.

## Sharing

We share data with the firms that host it.
"""
NEW = """# Privacy

## Keeping

We keep messages for 24 months. We keep your name while you have an account.

## Sharing

We share data with the firms that host it. We share it with advertisers. We share it with brokers. You are not asked.
"""


def fact(name: str, slug: str, touch: str, old: str = "", new: str = "", wordings=()) -> ClauseFact:
    return ClauseFact(name, slug, touch, old, new, tuple(wordings))


def test_counts_by_heading_and_quantities() -> None:
    sections = sections_of(compare(OLD, NEW))
    kept = fact(
        "Data retention", "data-retention", "reworded", "does", "does",
        [("We keep messages for 12 months.", "We keep messages for 24 months.")],
    )  # fmt: skip
    summary = summary_of([kept], sections)
    assert "3 sentences added under “Sharing”" in summary
    assert "The retention period changed from 12 months to 24 months." in summary
    assert "1 sentence reworded under “Keeping”" in summary
    assert summary.count("24 months") == 1


def test_without_clauses_the_quantity_is_told_under_its_heading() -> None:
    assert "Under “Keeping”, 12 months became 24 months." in summary_of([], sections_of(compare(OLD, NEW)))


def test_the_title_tells_the_stance_first() -> None:
    sections = sections_of(compare(OLD, NEW))
    clauses = [
        fact("Sale of personal data", "sale-of-personal-data", "stance_changed", "denies", "does"),
        fact("Data retention", "data-retention", "reworded", "does", "does"),
    ]
    assert title_of(clauses, sections) == "Sale of personal data: denied before, does since, and 1 more clause"
    assert title_of(clauses[1:], sections) == "Rewords Data retention"
    assert title_of([], sections) == "Changes 4 sentences"
    assert title_of([], sections, went_back_to="3 May 2025") == "Goes back to the words of 3 May 2025"


def test_a_title_fits_its_column() -> None:
    clauses = [
        fact("A" * 150, "data-retention", "added", "", "does"),
        fact("B" * 150, "data-retention", "added", "", "does"),
    ]
    assert len(title_of(clauses, sections_of(compare(OLD, NEW)))) <= 200
