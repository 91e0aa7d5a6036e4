"""Any words of a version are found in exactly the texts that say them."""

import random

import pytest

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


def test_words_are_found_in_the_texts_that_say_them_and_in_no_other(texts):
    chance = random.Random(20261124)
    for _ in range(60):
        words = texts[chance.choice(sorted(texts))]
        first = chance.randrange(len(words) - 8)
        wanted = words[first : first + chance.choice([8, 12, 30, 120])]
        if len(wanted) < 8:
            continue
        said = f" {' '.join(wanted)} "
        found = set(texts_saying(wanted))
        saying = {pk for pk, of in texts.items() if said in f" {' '.join(of)} "}
        assert found == saying, f"not found:{said}"


def test_few_words_are_found_within_a_line(texts):
    chance = random.Random(20261124)
    for pk in sorted(texts):
        body = StoredText.objects.values_list("body", flat=True).get(pk=pk)
        line = chance.choice([words for line in body.split("\n") if len(words := words_of(line)) >= 7])
        length = chance.randint(3, 7)
        assert pk in texts_saying(line[:length])


def test_words_that_nobody_said_are_found_nowhere(texts):
    assert texts_saying(words_of("we promise never to have promised anything of the kind")) == []
    assert unindexed() == 0


def test_too_few_and_too_many_words_are_refused_with_what_to_do():
    with pytest.raises(Unfit, match="at least 3 words"):
        asked_words("of the")
    with pytest.raises(Unfit, match="as a file"):
        asked_words("word " * (MOST_WORDS + 1))
