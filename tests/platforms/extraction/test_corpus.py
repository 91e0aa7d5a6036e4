"""Extraction measured on real pages; the ruler lies beside the corpus and is no part of the project."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from tests.bench.extraction import Page, Series, measured, pages, series

pytestmark = pytest.mark.corpus


@pytest.fixture(scope="module")
def rows(corpus: Path) -> list[Page]:
    if not (corpus / "html" / "index.json").exists() or not (corpus.parent / "measure" / "extraction.py").exists():
        pytest.skip("no pages or no ruler beside the corpus")
    return list(pages(corpus))


@pytest.fixture(scope="module")
def captures(corpus: Path, rows: list[Page]) -> list[Series]:
    return list(series(corpus))


def test_declared_selectors_give_the_text(rows: list[Page]) -> None:
    assert mean(row.declared for row in rows if row.declared is not None) >= 0.995


def test_the_main_text_is_found(rows: list[Page]) -> None:
    assert mean(row.automatic for row in rows) >= 0.975


def test_much_menu_and_footer_is_no_trouble(rows: list[Page]) -> None:
    """One of the ten holds nine documents, and nothing in it says which is meant: there the name is needed."""
    hard = [row for row in rows if row.is_hard]
    assert len(hard) == 10
    assert mean(row.named for row in hard) >= 0.95
    assert mean(row.automatic for row in hard if "mistral" not in row.name) >= 0.95


def test_no_output_holds_code_or_style(rows: list[Page]) -> None:
    for row in rows:
        for sign in ("<script", "<style", "function(", "display:none", "{display", "var "):
            assert sign not in row.text.casefold(), (row.name, sign)


def test_captures_differ_only_where_the_text_changed(captures: list[Series]) -> None:
    changed = {one.name: one for one in captures}
    assert len(changed) == 4
    for name, one in changed.items():
        assert one.words_change_after == ([3] if "hily" in name else []), name
        assert one.text_changes_after == ([] if "airon" in name else [3]), name


def test_the_measure_is_that_of_the_ruler(corpus: Path, rows: list[Page]) -> None:
    prf = measured(corpus)
    assert prf("one two three four five six", "one two three four five six") == (1.0, 1.0, 1.0)
