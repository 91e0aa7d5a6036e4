"""Any words of a version are found in exactly the texts that say them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from platforms.acts.index_texts import index_texts
from platforms.find_words import MOST_WORDS, Unfit, asked_words, texts_saying, unindexed
from platforms.models import StoredText
from platforms.text.pieces import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def texts(demonstration, django_db_blocker):
    with django_db_blocker.unblock():
        index_texts()
        return {pk: words_of(body) for pk, body in StoredText.objects.values_list("pk", "body")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(at=st.integers(0, 10**9), length=st.one_of(st.integers(8, 16), st.integers(16, 120)))
def test_words_are_found_in_just_the_texts_that_say_them(texts, at, length):
    words = texts[sorted(texts)[at % len(texts)]]
    first = at % (len(words) - 3)
    wanted = words[first : first + length]
    said = f" {' '.join(wanted)} "
    assert texts_saying(wanted) == sorted(pk for pk, of in texts.items() if said in f" {' '.join(of)} ")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(at=st.integers(0, 10**9), length=st.integers(3, 7))
def test_few_words_are_found_within_a_line(texts, at, length):
    body = StoredText.objects.values_list("body", flat=True).get(pk=sorted(texts)[at % len(texts)])
    lines = [words for line in body.split("\n") if len(words := words_of(line)) >= length]
    words = lines[at % len(lines)]
    assert sorted(texts)[at % len(texts)] in texts_saying(words[:length])


def test_words_that_nobody_said_are_found_nowhere(texts):
    assert texts_saying(words_of("we promise never to have promised anything of the kind")) == []
    assert unindexed() == 0


def test_too_few_and_too_many_words_are_refused_with_what_to_do():
    with pytest.raises(Unfit, match="at least 3 words"):
        asked_words("of the")
    with pytest.raises(Unfit, match="as a file"):
        asked_words("word " * (MOST_WORDS + 1))
