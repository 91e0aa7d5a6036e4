"""Twelve records are cited as the manuals have them: the strings were written by hand before there was any code."""

from __future__ import annotations

import html
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from conductatlas.records.cite.item import Cited
from conductatlas.records.cite.of import Place, cited_document, cited_record
from conductatlas.records.cite.styles import plain, styled

RECORDS = yaml.safe_load((Path(__file__).parent / "data" / "citations.yaml").read_text())
ACCESSED = date(2026, 11, 24)
HASHES = {"TEXT": "7e" * 32, "OLD": "01" * 32, "NEW": "02" * 32, "RECORD": "5c" * 32}


@pytest.fixture(autouse=True)
def _site(settings) -> None:
    settings.SITE_URL, settings.OPERATOR_NAME = "https://atlas.example", "Harbour Law Clinic"


def cited(case: dict[str, Any]) -> Cited:
    record, _, number = case["record"].partition("/v")
    value = {"id": record, "revision": int(number)} | case["value"]
    if record.startswith("CA-D-"):
        value |= {"text": {"sha256": HASHES["TEXT"]}, "bytes": {"sha256": "0" * 64}}
        start, _, end = case.get("at", "").partition("-")
        place = Place(int(start), int(end), case.get("paragraphs", "")) if end else None
        return cited_document(value, place=place, dated=case["dated"])
    for side in ("before", "since"):
        if side in value:
            value[side] = value[side] | {"text_sha256": HASHES[value[side]["text_sha256"]]}
    return cited_record(value, HASHES["RECORD"])


@pytest.mark.parametrize("case", RECORDS, ids=[case["name"] for case in RECORDS])
def test_a_record_is_cited_as_the_manual_of_each_style_has_it(case: dict[str, Any]) -> None:
    thing = cited(case)
    shown = {one.key: one.html for one in styled(thing, ACCESSED)}
    shown |= {f"{one.key}_text": one.in_text for one in styled(thing, ACCESSED) if one.in_text}
    marked = {
        key: html.unescape(text.replace('<span class="sc">', "<sc>").replace("</span>", "</sc>"))
        for key, text in shown.items()
    }
    expected = dict(case["expected"])
    for word, sha256 in HASHES.items():
        expected["plain"] = expected["plain"].replace(word, sha256)
    assert marked == expected
    assert plain(thing, ACCESSED) == expected["plain"]
