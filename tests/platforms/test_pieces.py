"""Pasted words are compared with typography forgiven, and their place in the text is told again."""

from hypothesis import given
from hypothesis import strategies as st

from platforms.text.pieces import LONGEST, folded, pieces, place_of, words_of

ODD = st.sampled_from("ab C1é\u0301ß’'“-–—*_\u00adﬁİΣ\u200bñ\x0c\u2028")
PLAIN = st.text(st.one_of(ODD, st.characters(exclude_categories=["Cs"], exclude_characters="&[]")), max_size=60)
MARKED = st.sampled_from(["&amp; we", "see [our policy](https://a.example/b_(c)) now", "[1]: /x", "a ](b) &#x41; &zz;"])


def found(text, wanted):
    place = place_of(text, wanted)
    assert place is not None
    return place


def window(words, data):
    first = data.draw(st.integers(0, len(words) - 1))
    return words[first : data.draw(st.integers(first, len(words) - 1)) + 1]


@given(st.lists(st.one_of(PLAIN, MARKED)).map("\n".join), st.data())
def test_any_words_of_a_text_are_found_in_it(text, data):
    words = words_of(text)
    assert place_of(text, [*words, "x"]) is None
    if words:
        wanted = window(words, data)
        place = found(text, wanted)
        assert 0 <= place.start < place.end <= len(text)


@given(PLAIN, st.data())
def test_the_place_of_words_holds_just_these_words(text, data):
    words = words_of(text)
    if words:
        wanted = window(words, data)
        place = found(text, wanted)
        there = words_of(text[place.start : place.end])
        # A character that is several words (one quarter) is taken whole.
        assert f" {' '.join(wanted)} " in f" {' '.join(there)} "
        assert len(there) <= len(wanted) + 8


def test_typography_is_forgiven():
    kept = "We **don’t** “sell” your e‑mail—ever; see [our policy](https://x.example/a_(b)) &amp; caf\u00e9."
    pasted = 'we don\'t "sell"   your e-mail - EVER; see our policy & cafe\u0301'
    assert words_of(kept) == words_of(pasted)
    text = f"Intro.\n\n{kept}\n"
    place = found(text, words_of("your e-mail ever see our policy"))
    assert text[place.start : place.end] == "your e‑mail—ever; see [our policy"


def test_a_long_line_is_cut_and_nothing_is_lost():
    line = " ".join(str(n) for n in range(3 * LONGEST + 7))
    cut = list(pieces(line))
    assert [len(piece) for piece in cut] == [LONGEST] * 3 + [7]
    assert [word for piece in cut for word in piece] == folded(line)
