"""Texts that were made to be slow or odd are compared exactly all the same, and the work on them is bounded."""

from __future__ import annotations

import random

import pytest
from rapidfuzz.distance import Indel

from changes.text import alignment, moves
from changes.text.compare import compare
from tests.changes.text.sound import expect_sound

_CHANCE = random.Random(4)
_WORDS = [f"{a}{b}{c}" for a in "bdfgklm" for b in "aeiou" for c in "nprst"]


def prose(words: int, vocabulary: list[str] = _WORDS) -> str:
    return " ".join(_CHANCE.choices(vocabulary, k=words))


def touched(text: str, share: float) -> str:
    """Return a text with some of its words replaced."""
    return " ".join(_CHANCE.choice(_WORDS) if _CHANCE.random() < share else word for word in text.split(" "))


LINE = prose(100_000)  # 400 kB
PARAGRAPHS = [prose(20) for _ in range(2_000)]
TEXT = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LINE, touched(LINE, 0.01)),
        (LINE, prose(100_000)),
        ("a" * 500_000, "a" * 499_999 + "b"),
        ("\n".join(_CHANCE.choices("abc", k=40_000)), "\n".join(_CHANCE.choices("abc", k=40_000))),
        ("\n".join(f"x{n}" for n in range(40_000)), "\n".join(f"y{n}" for n in range(40_000))),
        ("\n".join(f"a line {n}" for n in range(8_000)), "\n".join(f"the line {n}" for n in range(8_000))),
        (TEXT, "\n\n".join(touched(paragraph, 0.3) for paragraph in PARAGRAPHS)),
        (TEXT, "\n\n".join(_CHANCE.sample(PARAGRAPHS, len(PARAGRAPHS)))),
        (TEXT, " ".join(PARAGRAPHS)),
        (TEXT, TEXT.replace("\n", "\r\n")),
        (TEXT, TEXT.replace(" ", "\u2028")),
        (TEXT, ""),
        ("\n" * 100_000, "\n" * 99_999),
        (".,;" * 50_000, ";,." * 50_000),
        ("The very same line stands here again and again.\n" * 5_000, "The very same line stood here again.\n" * 4_000),
    ],
    ids=[
        "one line, touched", "one line, all other", "one word", "short lines of few words", "short lines, all other",
        "tiny lines, all touched", "paragraphs, all touched", "paragraphs in disorder", "paragraphs joined",
        "other line ends", "other blanks", "nothing left", "line ends alone", "signs alone", "one line repeated",
    ],
)  # fmt: skip
def test_long_and_odd_texts(old: str, new: str) -> None:
    expect_sound(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", "a"),
        ("a", ""),
        (" \n ", "\n"),
        ("a\n", "a"),
        ("\ufeffTitle\n", "Title\n"),
        ("a\x0cb\u0085c\u2028d", "a b c d"),
        ("e\u0301tude", "etude"),
        ("👩\u200d👩\u200d👧 and 👍🏽", "👩\u200d👧 and 👍"),
        ("𝔘𝔫𝔦 𐐀 text", "𝔘𝔫𝔦 𐐁 text"),
        ("利用規約。第一条", "利用規約。第二条"),
        ("\u0301\u0301", "\u0301"),
        ("a\r\n\r\nb", "a\n\nb"),
    ],
)
def test_odd_characters(old: str, new: str) -> None:
    expect_sound(old, new)


def test_long_texts_are_divided_at_what_both_share(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"{word}{n}" for n, word in enumerate(prose(900).split())]
    changed = [*words[:100], "added", *words[100:500], *words[510:]]
    exact = alignment.equal_words(words, changed)
    monkeypatch.setattr(alignment, "EXACT_LIMIT", 50)
    assert alignment.equal_words(words, changed) == exact


def test_the_exact_comparison_is_never_asked_for_more_than_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Counting:
        @staticmethod
        def opcodes(old, new):
            asked.append(len(old) * len(new))
            return Indel.opcodes(old, new)

        @staticmethod
        def normalized_similarity(old, new, score_cutoff):
            asked.append(len(old) * len(new))
            return Indel.normalized_similarity(old, new, score_cutoff=score_cutoff)

    monkeypatch.setattr(alignment, "Indel", Counting)
    monkeypatch.setattr(moves, "Indel", Counting)
    compare(LINE, prose(100_000))
    compare("\n".join(_CHANCE.choices("abc", k=50_000)), "\n".join(_CHANCE.choices("abc", k=50_000)))
    compare(TEXT, "\n\n".join(prose(20) for _ in range(2_000)))
    assert max(asked) <= alignment.EXACT_LIMIT
    assert sum(asked) <= 20 * alignment.EXACT_LIMIT
