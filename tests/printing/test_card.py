"""Cards: drawn the same each time, in the size that shared links take, and named by the pages."""

from __future__ import annotations

import re
import struct

import pytest
from django.urls import reverse

from conductatlas.printing.card import alternative, card, on_card
from conductatlas.records.frozen import Fate
from tests.printing.revisions import change_of, one_of_each


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.mark.django_db
def test_cards_of_each_kind_have_their_size_and_are_the_same_each_time(demonstration, client):
    for frozen in one_of_each():
        address = reverse("card", args=[str(frozen.record), frozen.number])
        first, second = client.get(address), client.get(address)
        assert first["Content-Type"] == "image/png"
        assert first.content == second.content
        assert size_of(first.content) == (1200, 630)
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
        page = client.get(frozen.get_absolute_url()).content.decode()
        assert re.search(rf'<meta property="og:image" content="[^"]+{re.escape(address)}">', page)


@pytest.mark.django_db
def test_pages_name_the_card_and_link_what_can_be_taken_along(demonstration, client):
    for frozen in one_of_each():
        page = client.get(reverse("record", args=[str(frozen.record)]), follow=True)
        if frozen.record.letter == "D":
            value = frozen.value
            path = [value["platform"]["slug"], value["document"]["slug"], frozen.number]
            page = client.get(reverse("version", args=path))
        shown = page.content.decode()
        found = re.search(r'<meta property="og:image" content="[^"]*(/card/[^"]+/v)[0-9]+\.png">', shown)
        assert found is not None
        record = found.group(1).split("/")[2]
        assert record == str(frozen.record)
        assert re.search(rf'href="/r/{record}/v[0-9]+\.pdf"', shown)
        assert re.search(rf'href="/evidence/{record}/v[0-9]+\.zip"', shown)
        assert '<meta name="twitter:card" content="summary_large_image">' in shown


def test_a_card_shows_whole_sentences_and_what_became_of_the_record():
    words = "We keep it for a year. " * 40
    shown = on_card(change_of(words))
    assert shown["quotation"].endswith("year. …")
    assert set(shown["quotation"].removesuffix(" …").split(". ")) <= {"We keep it for a year", "We keep it for a year."}
    assert on_card(change_of(words, fate=Fate.RETRACTED))["judged"] == "Withdrawn"
    assert alternative(change_of("Short.")).count("Short.") == 3
    for hostile in ("x" * 3000, "条款 \u202e 👩‍👩‍👧", "שלום " * 200, "#pagebreak()", "W" * 300):
        assert size_of(card(change_of(hostile))) == (1200, 630)
