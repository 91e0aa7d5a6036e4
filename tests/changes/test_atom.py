"""Whatever was captured, a feed stays well-formed XML that says the same words."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from changes.atom import Entry, Feed, write

AT = datetime(2026, 5, 2, 6, 13, 20, tzinfo=UTC)
FEED = Feed("tag:a,2026:feed", "A feed", "https://a.example/", "https://a.example/feed", AT, "Somebody")


@given(st.text(), st.text())
def test_any_text_makes_a_well_formed_feed(title: str, content: str) -> None:
    entry = Entry("tag:a,2026:1", title, "https://a.example/1", AT, AT, "Somebody", title, content, [("a", title)])
    feed = ElementTree.fromstring(write(FEED, [entry]))
    said = feed.findtext("{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}content") or ""
    kept = "".join(
        c for c in content if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )
    assert said == kept.replace("\r\n", "\n").replace("\r", "\n")
