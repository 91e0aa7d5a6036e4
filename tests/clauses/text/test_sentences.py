"""A stop ends a sentence only where the sentence ends."""

from __future__ import annotations

import pytest

from clauses.text.sentences import sentences


@pytest.mark.parametrize(
    "text",
    [
        "The firm Acme Inc. keeps it.|It is safe.",
        "It was made by Acme, Inc.|We own it.",
        "The U.S. Department of Trade and the U.K. Office know it.|So do you.",
        "We use tools, e.g. Maps, i.e. a map of yours.|You may refuse.",
        "See Art. 6 (1) lit. f and Sec. 4.2, or Nos. 3 and 4.|It holds.",
        "Open until 5 p.m.|You may call.",
        "We charge fees, taxes, etc.|You pay them.",
        "In Smith v. Jones it was said.|St. Paul is a town.",
        "He said “stop.”|Then he left (at once.)|We wept.",
        "1. We keep it.|2. We delete it.",
        "4.2. We keep it.|That is all.",
        "Is it yours?|Yes!|Well…|Take it.",
    ],
)
def test_sentences(text: str) -> None:
    whole = text.replace("|", " ")
    assert [whole[start:end] for start, end in sentences(whole)] == text.split("|")
