"""Rows say what the comparison says, and lose no word."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from changes.text.compare import compare
from changes.text.rows import as_html, as_json, as_text, rows

LINE = st.sampled_from([
    "# Heading one", "## Heading two", "We keep your data for 12 months and no longer than that.",
    "We keep your data for 24 months and no longer than that.", "You may leave at any time, and we delete it all.",
    "Fees are due in advance <b>each</b> month & never later.", "* An item of a list that says something of its own", "",
])  # fmt: skip
TEXT = st.lists(LINE, max_size=12).map("\n".join)


def words(text: str) -> list[str]:
    return text.split()


@given(TEXT, TEXT)
def test_rows_hold_both_texts(old: str, new: str) -> None:
    laid = rows(compare(old, new), context=None)
    new_side = [run.words for row in laid if row.kind not in ("removed", "moved_from") for run in row.new]
    old_side = [run.words for row in laid if row.kind not in ("added", "moved_to") for run in row.old]
    assert words(" ".join(new_side)) == words(new)
    assert words(" ".join(old_side)) == words(old)


@given(TEXT, TEXT)
def test_offsets_point_at_the_words(old: str, new: str) -> None:
    for row in rows(compare(old, new), context=None):
        if row.new_start is not None and row.new:
            assert new[row.new_start :].lstrip().startswith(row.new[0].words.strip())
        if row.old_start is not None and row.old:
            assert old[row.old_start :].lstrip().startswith(row.old[0].words.strip())


@given(TEXT, TEXT, st.integers(0, 3))
def test_folding_hides_only_what_is_the_same(old: str, new: str, context: int) -> None:
    whole = rows(compare(old, new), context=None)
    folded = rows(compare(old, new), context=context)
    assert [row for row in folded if row.kind not in ("same", "fold")] == [row for row in whole if row.kind != "same"]
    assert sum(row.folded or 1 for row in folded) == len(whole)


@given(TEXT, TEXT)
def test_html_is_escaped_and_marks_what_changed(old: str, new: str) -> None:
    laid = rows(compare(old, new))
    written = as_html(laid)
    assert set(re.findall(r"</?(\w+)", written)) <= {"p", "b", "i", "ins", "del"}
    assert ("<ins>" in written) == any(run.kind == "new" for row in laid for run in row.runs)
    assert ("{+" in as_text(laid)) == ("<ins>" in written)


def test_rows_name_the_heading_and_the_json_the_offsets() -> None:
    old = "# Terms\n\n## Keeping\n\nWe keep it for 12 months.\n"
    new = "# Terms\n\n## Keeping\n\nWe keep it for 24 months.\n"
    comparison = compare(old, new)
    changed = [row for row in rows(comparison, context=0) if row.kind == "reworded"]
    assert [(row.heading, "".join(run.words for run in row.new).strip()) for row in changed] == [
        ("Keeping", "We keep it for 24 months.")
    ]
    (hunk,) = as_json(comparison)["hunks"]
    assert new[hunk["new"]["start"] : hunk["new"]["end"]] == hunk["new"]["words"]


def test_markup_is_not_shown_unless_it_is_what_changed() -> None:
    comparison = compare("See **our** [policy](/a).\n", "See **our** [policy](/b).\n")
    shown = [run.shown for row in rows(comparison) for run in row.runs]
    assert {"a", "b"} <= set(shown)
    assert "**" not in "".join(shown)
