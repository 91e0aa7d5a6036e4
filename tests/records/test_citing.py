"""Citations of records as pages and files give them, read by the programs that people read them with."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import extruct
import jsonschema
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from signposting import find_signposting_http_link

from changes.models import ChangeRecord
from clauses.models import Clause, Standing, State
from conductatlas.records.cite.bibtex import bibtex, on_one_line
from conductatlas.records.cite.item import Cited
from conductatlas.records.cite.of import claimed_day
from conductatlas.records.cite.ris import ris
from conductatlas.records.cite.styles import plain, styled
from conductatlas.records.cite.views import csl_json
from platforms.models import Version

SCHEMA = json.loads((Path(__file__).parent / "data" / "csl-data.json").read_text())
DAY = date(2026, 11, 24)
BREAKERS = [
    "{",
    "}",
    "{{",
    "\\",
    "%",
    "@",
    "#",
    "&",
    "~",
    "^",
    "\\input{x}",
    "<script>",
    "</i>",
    '"',
    "“",
    "’",
    ", ",
    "Ltd.",
    "?",
]
LINES = ["\n", "\r\n", "\u2028", "\x00", "TY  - BOOK", "ER  - ", "🜁", "\u202e", "שלום", "\ue000", "2222", "8888–9999"]
HOSTILE = st.text(min_size=1, max_size=40) | st.lists(st.sampled_from([*BREAKERS, *LINES]), min_size=1, max_size=8).map(
    " ".join
)


def thing(title: str, author: str, *, is_organisation: bool) -> Cited:
    return Cited(
        name="CA-D-00001/v2", authors=(author,), is_organisation=is_organisation, title=title, site=author[::-1],
        publisher=author, language="en", number=2, issued=date(2026, 1, 2), at=datetime(2026, 1, 3, tzinfo=UTC),
        url="https://atlas.example/r/CA-D-00001/v2", sha256="ab" * 32, sha256_is_of="text", remarks=(title,),
    )  # fmt: skip


def letters(words: str) -> list[str]:
    """Return what no escaping touches."""
    return [character for character in words if unicodedata.category(character) in ("Lu", "Ll", "Lo", "Nd")]


@given(title=HOSTILE, author=HOSTILE, is_organisation=st.booleans())
def test_no_words_break_out_of_their_field(title: str, author: str, is_organisation: bool) -> None:
    if not on_one_line(title) or not on_one_line(author):
        return
    cited = thing(title, author, is_organisation=is_organisation)

    library = parse_string(bibtex([cited], DAY), append_middleware=[LatexDecodingMiddleware()])
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.key == "CA-D-00001-v2"
    assert set(entry.fields_dict) >= {"author", "title", "url", "urldate", "note"}
    assert entry["url"] == cited.url
    assert letters(entry["title"]) == letters(title)

    (read,) = rispy.loads(ris([cited], DAY))
    assert read["title"] == on_one_line(title).strip()
    assert read["type_of_reference"] == "ELEC"
    assert read["urls"] == [cited.url]

    found = json.loads(csl_json([cited], DAY))
    jsonschema.validate(found, SCHEMA)
    assert found[0]["title"] == title

    for style in styled(cited, DAY):
        bare = style.html.replace('<span class="sc">', "").replace("</span>", "").replace("<i>", "").replace("</i>", "")
        assert "<" not in bare
        assert ">" not in bare
    assert title in plain(cited, DAY)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Last updated: 3 June 2025", date(2025, 6, 3)),
        ("Last modified on June 3rd, 2025.", date(2025, 6, 3)),
        ("Last revised Sept. 1, 2024", None),
        ("Last revised Sep 1, 2024", date(2024, 9, 1)),
        ("Last updated 2025-06-03", date(2025, 6, 3)),
        ("Last updated 06/03/2025", None),
        ("Last updated 31 February 2025", None),
        ("Last updated 1 May 2025, in force from 1 June 2025", None),
        ("Last updated in May 2025", None),
    ],
)
def test_a_publishers_day_is_taken_where_it_is_one_and_beyond_doubt(line: str, day: date | None) -> None:
    assert claimed_day(line) == day


def cited_pages() -> list[tuple[str, str]]:
    """Return path of a page and record that it cites last: an analysis, a version, a clause without analysis, a change."""
    clauses = Clause.objects.select_related("document__platform", "last_seen", "analysis")
    analysed = clauses.filter(state=State.PUBLISHED, standing=Standing.VERBATIM).earliest("pk")
    found = clauses.filter(state=State.PROPOSED).exclude(last_seen=None).earliest("pk")
    version = Version.objects.select_related("document__platform").good().earliest("pk")
    change = ChangeRecord.objects.exclude(revision=None).select_related("revision").earliest("pk")
    assert analysed.analysis is not None
    assert found.last_seen is not None
    assert change.revision is not None
    return [
        (analysed.get_absolute_url(), f"{analysed.record_id}/v{analysed.analysis.number}"),
        (found.get_absolute_url(), f"{found.document.record_id}/v{found.last_seen.number}"),
        (version.get_absolute_url(), f"{version.document.record_id}/v{version.number}"),
        (change.get_absolute_url(), f"{change.record_id}/v{change.revision.number}"),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_a_pages_tags_links_and_files_say_the_same_of_what_it_cites(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(settings, "OPERATOR_NAME", "Harbour Law Clinic")
    for path, name in cited_pages():
        answer = client.get(path)
        page = answer.content.decode()
        site = settings.SITE_URL

        signs = find_signposting_http_link([answer["Link"]], site + path)
        assert signs.citeAs is not None
        permalink = str(signs.citeAs.target)
        described = {str(sign.type): urlsplit(str(sign.target)) for sign in signs.describedBy}
        assert set(described) >= {"application/json", "application/x-bibtex"}
        assert str(signs.collection.target) == f"{site}/r/{name.partition('/')[0]}"
        assert "https://schema.org/AboutPage" in {str(sign.target) for sign in signs.types}
        for sign in [*signs.describedBy, *signs.items]:
            there = client.get(str(sign.target).removeprefix(site))
            assert there.status_code == 200, sign.target
            assert there["Content-Type"].partition(";")[0] == str(sign.type)
            if str(sign.type) in ("text/plain", "application/octet-stream"):
                assert f'<{site}/r/{name}>; rel="collection"' in there["Link"]

        file = urlsplit(str(next(s.target for s in signs.describedBy if "csl" in str(s.type))))
        response = client.get(f"{file.path}?{file.query}&accessed=2026-11-01")
        items = json.loads(response.content)
        jsonschema.validate(items, SCHEMA)
        item = items[-1]
        assert (item["id"], item["URL"]) == (name, permalink)
        (back,) = find_signposting_http_link([response["Link"]], site + file.path).signposts
        assert (str(back.rel), str(back.target)) == ("describes", permalink)

        authors = [
            a.get("literal") or " ".join(filter(None, [a.get("given"), a.get("non-dropping-particle"), a["family"]]))
            for a in item["author"]
        ]
        tags = client_tags(page)
        assert tags["citation_title"] == [item["title"]]
        assert tags["citation_author"] == authors
        assert tags["citation_public_url"] == [permalink]
        issued = [date(*item["issued"]["date-parts"][0])] if "issued" in item else []
        assert tags.get("citation_publication_date", []) == [f"{day:%Y/%m/%d}" for day in issued]

        read = extruct.extract(page, base_url=site + path, syntaxes=["json-ld"])["json-ld"]
        (crumbs,) = (one for one in read if one["@type"] == "BreadcrumbList")
        assert crumbs["itemListElement"][-1]["item"] == site + path
        about = next(one for one in read if one.get("@id") == permalink)
        assert about.get("headline", about.get("name")) == item["title"]
        assert [one["name"] for one in about["author"]] == authors
        assert about["encoding"]["sha256"] in item["note"]

        coins = [parse_qs(value) for value in page_coins(page)]
        assert [one["rft.identifier"][0] for one in coins] == [one["URL"] for one in items]
        assert coins[-1]["rft.title"] == [item["title"]]
        assert page.index(items[0]["title"]) >= 0


def client_tags(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', page):
        found.setdefault(name, []).append(html.unescape(content))
    return found


def page_coins(page: str) -> list[str]:
    return [html.unescape(title) for title in re.findall(r'<span class="Z3988" title="([^"]*)">', page)]


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_files_are_named_dated_and_refuse_what_they_cannot_cite(client: Client) -> None:
    version = Version.objects.select_related("document", "text").good().earliest("pk")
    base = f"/cite/{version.document.record_id}/v{version.number}"
    for ending, kind in (
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("txt", "text/plain; charset=utf-8"),
    ):
        answer = client.get(f"{base}.{ending}?accessed=2026-01-02&at=0-40")
        assert answer["Content-Type"] == kind
        assert (
            answer["Content-Disposition"]
            == f'attachment; filename="{version.document.record_id}-v{version.number}.{ending}"'
        )
        assert b"at=0-40" in answer.content
        assert answer.content == client.get(f"{base}.{ending}?accessed=2026-01-02&at=0-40").content
    assert client.get(f"{base}.bib?accessed=2999-01-01").status_code == 400
    assert client.get(f"{base}.bib?at=5-99999999").status_code == 404
    assert client.get(f"{base}.bib?at=5-").status_code == 400
    assert client.get("/cite/CA-D-99999/v1.bib").status_code == 404
    assert client.get(f"/cite/ca d {version.document.pk}/v{version.number}.ris?at=0-4").url == f"{base}.ris?at=0-4"  # type: ignore[attr-defined]
