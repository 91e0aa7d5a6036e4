"""Classes of versions, by example and by property."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from platforms.text.faults import Fault
from platforms.text.history import Entry, classes
from platforms.text.words import fingerprints

START = datetime(2024, 1, 1, tzinfo=UTC)
LONG = "The quick brown fox keeps your data for a while and then forgets about it entirely. " * 5


def entries(*rows: tuple[float, str] | tuple[float, str, bool], faulty: str = "BAD") -> list[Entry]:
    made = []
    for key, (day, text, *technical) in enumerate(rows):
        words = fingerprints(text)
        made.append(
            Entry(
                key=key,
                captured_at=START + timedelta(days=day),
                text_hash=hashlib.sha256(text.encode()).digest(),
                word_hash=words.word_hash,
                linkless_hash=words.linkless_hash,
                words=words.count,
                fault=Fault.NEAR_EMPTY if text == faulty else Fault.NONE,
                claims_technical=bool(technical and technical[0]),
            )
        )
    return made


def kinds(*rows: tuple[float, str] | tuple[float, str, bool]) -> list[str]:
    return [verdict.kind for verdict in classes(entries(*rows))]


def test_each_class() -> None:
    a, b = LONG + "It is twelve.", LONG + "It is thirteen."
    assert kinds((0, a), (1, b), (5, a), (40, b), (41, b.upper()), (42, a, True)) == [
        "first",
        "substantive",
        "flap",
        "reverted",
        "cosmetic",
        "technical",
    ]


def test_a_suspect_text_is_skipped_in_comparison() -> None:
    verdicts = classes(entries((0, LONG), (1, "BAD"), (2, LONG)))
    assert [v.kind for v in verdicts] == ["first", "suspect", "cosmetic"]
    assert verdicts[2].compared_with == 0


def test_a_bad_opening_is_first_and_not_good() -> None:
    verdicts = classes(entries((0, "BAD"), (1, LONG)))
    assert [(v.kind, v.is_good) for v in verdicts] == [("first", False), ("first", True)]


def test_digits_count_and_a_last_updated_line_does_not() -> None:
    a = "Last updated: 3 May 2024\n\n" + LONG + "Kept for 12 months."
    assert kinds((0, a), (1, a.replace("3 May", "9 June"))) == ["first", "cosmetic"]
    assert kinds((0, a), (1, a.replace("12", "24"))) == ["first", "substantive"]


def test_link_targets_are_cosmetic_and_said_so() -> None:
    a = LONG + "See [the rules](https://example.org/a)."
    verdict = classes(entries((0, a), (1, a.replace("/a)", "/b)"))))[1]
    assert (verdict.kind, verdict.changes_only_links, verdict.changes_words) == ("cosmetic", True, False)


def test_a_sudden_drop_is_suspect_until_it_is_confirmed() -> None:
    long, short = LONG * 10, LONG
    assert kinds((0, long), (1, short), (2, long))[1] == "suspect"
    assert kinds((0, long), (1, short))[1] == "suspect"
    assert kinds((0, long), (1, short), (40, short + " And more."))[1] == "substantive"


def test_a_page_that_is_extracted_anew_is_technical_whatever_it_gives() -> None:
    a, b, c = (LONG + f"Rule {n}." for n in range(3))
    first, again, change = entries((0, a), (0, b), (1, c))
    made = [replace(e, snapshot=s, method="fetched") for e, s in ((first, 1), (again, 1), (change, 2))]
    verdicts = classes(made)
    assert [v.kind for v in verdicts] == ["first", "technical", "substantive"]
    assert (verdicts[1].changes_words, verdicts[2].compared_with) == (True, again.key)


def test_a_return_to_the_text_before_an_extraction_is_none() -> None:
    a, b = LONG + "Rule 1.", LONG + "Rule 2."
    made = [replace(e, snapshot=s) for e, s in zip(entries((0, a), (0, b), (9, a)), (1, 1, 2), strict=True)]
    assert [v.kind for v in classes(made)][:2] == ["first", "technical"]


def test_another_way_of_capture_is_technical_once() -> None:
    a, b, c, d = (LONG + f"Rule {n}." for n in range(4))
    made = entries((0, a), (1, b), (2, "BAD"), (3, c), (4, d))
    ways = ("imported", "imported", "fetched", "fetched", "fetched")
    kinds_of = [v.kind for v in classes([replace(e, method=way) for e, way in zip(made, ways, strict=True)])]
    assert kinds_of == ["first", "substantive", "suspect", "technical", "substantive"]


texts = st.sampled_from([LONG + f"Rule {n}." for n in range(4)] + ["BAD"])
ways = st.sampled_from(["imported", "fetched"])
histories = st.lists(st.tuples(st.floats(0.01, 60), texts, st.booleans(), ways, st.booleans()), max_size=25)


@given(histories)
def test_every_version_has_one_class_and_the_rules_hold(rows: list[tuple[float, str, bool, str, bool]]) -> None:
    day = 0.0
    history: list[tuple[float, str, bool]] = []
    origins: list[tuple[int, str]] = []
    for gap, text, technical, way, is_again in rows:
        if is_again and history:
            origins.append(origins[-1])  # the page of the version before, by another extractor
        else:
            day += gap
            origins.append((len(history), way))
        history.append((day, text, technical))
    given_entries = [
        replace(e, snapshot=snapshot, method=way) for e, (snapshot, way) in zip(entries(*history), origins, strict=True)
    ]
    verdicts = classes(given_entries)
    assert [v.key for v in verdicts] == [e.key for e in given_entries]
    by_key = {e.key: e for e in given_entries}
    for verdict in verdicts:
        entry = by_key[verdict.key]
        assert verdict.is_good == (not entry.fault)
        if verdict.kind == "cosmetic":
            assert by_key[verdict.compared_with].word_hash == entry.word_hash  # type: ignore[index]
        if verdict.kind == "substantive":
            assert by_key[verdict.compared_with].word_hash != entry.word_hash  # type: ignore[index]
            assert all(e.word_hash != entry.word_hash for e in given_entries[: entry.key] if not e.fault)
        if verdict.returns_to is not None:
            assert by_key[verdict.returns_to].word_hash == entry.word_hash
        if entry.claims_technical and entry.key:
            assert verdict.kind in ("technical", "suspect")
        if any(earlier.snapshot == entry.snapshot for earlier in given_entries[: entry.key]):
            assert verdict.kind in ("technical", "suspect")
        if verdict.compared_with is not None and by_key[verdict.compared_with].method != entry.method:
            assert verdict.kind == "technical"


@given(st.text(max_size=400))
def test_fingerprints_forget_case_and_punctuation_alone(text: str) -> None:
    assert fingerprints(text).word_hash == fingerprints(text + " ...!").word_hash
    assert fingerprints(text).word_hash != fingerprints(text + " 7").word_hash
