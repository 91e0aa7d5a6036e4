"""A comparison says exactly what changed, in passages and whole words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from changes.text.compare import Comparison, Edit, apply, compare, patch
from tests.changes.text.sound import ANYTHING, DOCUMENTS, ROUGH, expect_sound


def marked(comparison: Comparison) -> list[str]:
    """Return each hunk as its kind and its words with [-what is gone-] and {+what is new+}."""
    return [f"{hunk.kind}: {''.join(_marked(comparison, part) for part in hunk.parts)}" for hunk in comparison.hunks]


def _marked(comparison: Comparison, part) -> str:
    if part.kind == "gone":
        return f"[-{comparison.old[part.old_start : part.old_end]}-]"
    words = comparison.new[part.new_start : part.new_end]
    return f"{{+{words}+}}" if part.kind == "new" else words


@given(ROUGH, ROUGH)
def test_any_two_texts_are_compared_exactly(old: str, new: str) -> None:
    expect_sound(old, new)


@given(ANYTHING, ANYTHING)
def test_any_characters_are_compared_exactly(old: str, new: str) -> None:
    expect_sound(old, new)


@given(ROUGH)
def test_equal_texts_have_no_hunks(text: str) -> None:
    assert compare(text, text).hunks == ()


@given(DOCUMENTS, st.data())
def test_a_paragraph_that_moved_is_found(paragraphs: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(paragraphs) - 1))
    # One place on is a swap of two, of which either may be said to have moved.
    to = data.draw(st.integers(0, len(paragraphs) - 1).filter(lambda place: abs(place - at) > 1))
    after = [paragraph for place, paragraph in enumerate(paragraphs) if place != at]
    after.insert(to, paragraphs[at])
    comparison = expect_sound("\n\n".join([*paragraphs, "The end."]), "\n\n".join([*after, "The end."]))
    moved = [comparison.new[h.new_start : h.new_end].strip() for h in comparison.hunks if h.kind == "moved"]
    assert len(comparison.hunks) == len(moved)
    assert moved == [paragraphs[at]] or len(moved[0]) < len(paragraphs[at])  # where the rest is shorter, that moved
    assert not any(hunk.has_words for hunk in comparison.hunks)


@given(DOCUMENTS, st.data())
def test_a_mere_shift_is_no_move(paragraphs: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(paragraphs)))
    after = [*paragraphs[:at], "A short notice stands here.", *paragraphs[at:]]
    comparison = expect_sound("\n\n".join(paragraphs), "\n\n".join(after))
    assert [hunk.kind for hunk in comparison.hunks] == ["added"]
    assert "".join(comparison.new[h.new_start : h.new_end] for h in comparison.hunks).strip() == after[at]


def test_phrases_are_kept_together() -> None:
    comparison = expect_sound(
        "We keep your logs for 12 months after you leave.", "We keep your logs for at least 24 months after you go."
    )
    assert marked(comparison) == [
        "reworded: We keep your logs for [-12-]{+at least 24+} months after you [-leave-]{+go+}."
    ]


def test_what_moved_may_be_reworded_on_its_way() -> None:
    moved = "We share your address with couriers so that they find your door in time."
    one, two = "Payments are taken by a bank of your choice.", "Cookies keep you logged in until you close the page."
    now = moved.replace("couriers", "drivers")
    comparison = expect_sound(f"{moved}\n\n{one}\n\n{two}\n\nEnd.", f"{one}\n\n{two}\n\n{now}\n\nEnd.")
    assert marked(comparison) == [
        "moved: We share your address with [-couriers-]{+drivers+} so that they find your door in time.\n\n"
    ]
    assert comparison.hunks[0].has_words


def test_a_heading_moves_along_with_its_section() -> None:
    section = "## Cookies\n\nCookies keep you logged in until you close the page for good.\n\n"
    rest = (
        "## Payments\n\nPayments are taken by a bank of your choice, in your own currency, on the first of a month.\n\n"
    )
    comparison = expect_sound(section + rest, rest + section)
    assert marked(comparison) == [f"moved: {section}"]
    assert comparison.counts().passages_moved == 2


@pytest.mark.parametrize(
    ("old", "new", "hunks"),
    [
        ("One two three.\nFour five six.\n", "One two three. Four five six.\n", ["One two three.[-\n-]{+ +}Four five six."]),
        ("One two three. Four five six.\n", "One two three.\n\nFour five six.\n", None),
        ("We may use your words\nto train our models.", "We may use\nyour words to train\nour models.", None),
    ],
)  # fmt: skip
def test_lines_set_anew_change_no_words(old: str, new: str, hunks: list[str] | None) -> None:
    comparison = expect_sound(old, new)
    assert len(comparison.hunks) == 1
    assert not comparison.hunks[0].has_words
    gone = [comparison.old[p.old_start : p.old_end] for p in comparison.hunks[0].parts if p.kind == "gone"]
    assert all(words.isspace() for words in gone)
    if hunks:
        assert marked(comparison) == [f"reworded: {words}" for words in hunks]


@pytest.mark.parametrize(
    ("old", "new", "differ"),
    [
        ("See our [terms](/a) now.", "See our [terms](/b) now.", False),
        ("See OUR **terms**, now.", "See our terms now.", False),
        ("Kept for 12 months.", "Kept for 24 months.", True),
        ("Last updated: 1 May 2025", "Last updated: 3 May 2026", False),
        ("One.\n\n* * *\n\nTwo.", "One.\n\nTwo.", False),
    ],
)
def test_a_hunk_knows_whether_words_differ(old: str, new: str, differ: bool) -> None:
    comparison = expect_sound(old, new)
    assert [hunk.has_words for hunk in comparison.hunks] == [differ]


def test_an_insertion_begins_where_a_sentence_begins() -> None:
    comparison = expect_sound("We keep logs. We sell them.", "We keep logs. We read logs. We sell them.")
    assert marked(comparison) == ["reworded: We keep logs. {+We read logs. +}We sell them."]


def test_a_patch_carries_no_copy_of_what_stayed_or_moved() -> None:
    moved = "This paragraph about couriers, doors and keys moves down as it is."
    stays = "What stands here about payments, banks, cards, refunds and receipts stays where it has always stood."
    comparison = compare(f"{moved}\n\n{stays}\n\nAn old rule.", f"{stays} Mostly.\n\n{moved}\n\nA new rule.")
    edits = patch(comparison)
    written = "".join(words for edit in edits for words in edit.new_words if isinstance(words, str))
    assert "couriers" not in written
    assert "payments" not in written


def test_edits_that_do_not_follow_on_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="does not follow"):
        apply([Edit(3, 5, ()), Edit(4, 6, ())], "abcdefgh")
    with pytest.raises(ValueError, match="no characters"):
        apply([Edit(0, 0, ((2, 90),))], "abcdefgh")
