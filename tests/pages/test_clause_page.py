"""The clause page carries every element of a clause record, each with its true value, and none of the known faults.

The numbers are those of the list of elements that the page was designed by (docs/design.md).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db.models import Count
from django.test import Client

from clauses.figures import tallies_of
from clauses.models import Analysis, Clause, LawLink, Passage, Regulation, Standing, State
from clauses.models.analysis import NUMBERED
from clauses.text.laws import LawNames
from clauses.text.plain import plain
from conductatlas.pages.comparables import comparables
from platforms.models import Check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def published() -> Iterator[Clause]:
    yield from (
        Clause.objects.filter(state=State.PUBLISHED, standing=Standing.VERBATIM)
        .select_related("analysis", "document__platform__operator", "type__category", "last_seen__snapshot", "quoted")
        .order_by("pk")
    )


def text_of(page: str) -> str:
    """Return what a reader of the page's words reads."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    inline = re.sub(r"</?(?:a|time|strong|b|wbr)\b[^>]*>", "", bare)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inline)).split())


def section(page: str, anchor: str) -> str:
    """Return one section of a page, up to the next."""
    return page.split(f'<section class="sec n" id="{anchor}"')[1].split("</section>")[0]


def elements(clause: Clause, page: str) -> dict[str, bool]:
    """Return, for each numbered element, whether the page has it with its true value."""
    analysis = clause.analysis
    assert analysis is not None
    record = json.loads(bytes(analysis.record or b""))
    document, platform, version = clause.document, clause.document.platform, clause.last_seen
    assert version is not None
    assert clause.quoted is not None
    standing = Passage.objects.filter(version=version, provision=clause.quoted).earliest("start")
    text, tallies = text_of(page), tallies_of(clause.type)
    tally = tallies.machine
    check = Check.objects.filter(document=document).order_by("-checked_at").first()
    laws, words = section(page, "law"), text_of(section(page, "words"))
    analysed, evidence = text_of(section(page, "analysis")), text_of(section(page, "evidence"))
    siblings = Clause.objects.filter(document=document).shown().exclude(pk=clause.pk)
    squeezed = page.replace("<wbr>", "")
    return {
        "1 platform in the breadcrumb": f'<a href="{platform.get_absolute_url()}">{platform.name}</a>' in page,
        "2 document in the breadcrumb": f'<a href="{document.get_absolute_url()}">{html.escape(document.title)}</a>' in page,
        "3 original": f'href="{document.source_url}" rel="noopener external nofollow"' in page,
        "4 title": f">{html.escape(clause.title)}</h1>" in page,
        "5 severity with the rubric": f"{clause.get_severity_display()}" in text and 'href="/methodology/rubric/"' in page,
        "5 factors": all(f["finding"] in text for f in record["severity"]["factors"]),
        "5 points add up": record["severity"]["points"] == sum(f["points"] for f in record["severity"]["factors"])
        and f"{record['severity']['points']} of 12" in text,
        "6 confidence": f"Confidence {analysis.get_confidence_display()}" in text
        and analysis.confidence_reason in text,
        "7 basis": f"Basis {analysis.get_ground_display()}" in text,
        "8 rarity": f"{tally.found} of {tally.read}" in text
        and f"{tally.unread} of all {tally.platforms} platforms ({tallies.operators} operators) are not read" in text
        and "Machine-found" in text,
        "9 share": all(f"{name}</a>" in page for name in ("X", "LinkedIn", "Mastodon", "E-mail"))
        and 'property="og:title"' in page,
        "13 the words": plain(clause.quoted.words)[:200] in words.replace(" | ", " "),
        "14 what it is": analysis.summary in text,
        "15 disclaimer": "no finding of law" in text and 'href="/methodology/#analyses"' in page,
        "16 analysis, by whom": f"Drafted by {record['drafted']['by']}" in text
        and f"reviewed by {record['reviewed']['by']}" in text,
        "17 why it matters": analysis.why in text,
        "18 interpretive note": f"Interpretive note. {analysis.note}" in text,
        "19 history": f'href="{document.get_absolute_url()}history/"' in page and 'id="history"' in page,
        "23 consumer impact": analysis.impact in text,
        "24 actions": all(a["title"] in text and a["steps"] in text for a in record["actions"]),
        "25 effectiveness": "none is sure to undo it" in text,
        "26 others, one an operator": page.count('data-l="Likeness"') <= 5,
        "27 all of the type": f'href="{clause.type.get_absolute_url()}"' in page,
        "29 section heading": " ".join(standing.heading.split()) in words,
        "30 attribution": document.full_title in words and f"version {version.number}" in words,
        "31 five sections": all(
            part in analysed
            for part in (analysis.landscape, analysis.exposure_text, analysis.jurisdictions, analysis.contracts, analysis.compliance)
        )
        and f"Governance exposure: {analysis.get_exposure_display().lower()}" in analysed,
        "32 nothing locked": "Upgrade" not in text and "free trial" not in text,
        "33 agencies": all(a["name"] in text and a["reason"] in text and a["complaint_url"] in laws for a in record["agencies"]),
        "34 law": all(
            law["short_name"] in text_of(laws)
            and law["jurisdiction"]["name"] in text_of(laws)
            and law["official_url"] in html.unescape(laws)
            and all(a["label"] in text_of(laws) and a["reason"] in text_of(laws) for a in law["articles"])
            for law in record["laws"]
        ),
        "35 the publisher’s own date, as a claim": "Publisher’s own date" in text,
        "36 first tracked": clause.first_seen is not None and "First tracked" in text,
        "36 last checked": check is None or f"{check.checked_at:%H:%M:%S} UTC" in text,
        "36 records": clause.record_id in text and document.record_id in text,
        "37 source": document.source_url in section(page, "evidence"),
        "37 both hashes in full": bytes(version.snapshot.sha256).hex() in squeezed,
        "37 hash of the record": bytes(analysis.sha256 or b"").hex() in squeezed,
        "what people made, and what a machine": "Made by people" in evidence
        and f"takes the stance to be “{clause.get_found_stance_display().lower()}”" in evidence,
        "rule of review and ties of the author": f"reviewed by {record['reviewed']['by']}" in evidence
        and "none declared" in evidence
        and f"as revision {analysis.number}" in evidence,
        "releases of rubric and taxonomy": f"rubric {record['severity']['rubric']}" in evidence
        and f"taxonomy {clause.type.release}" in evidence,
        "37 captured to the second": f"{version.captured_at:%H:%M:%S} UTC" in text,
        "37 releases": version.extractor in text and "reader 20" in text,
        "38 bytes and text": f'{version.get_absolute_url()}raw/"' in page and f'{version.get_absolute_url()}text/"' in page,
        "39 the document cited first": page.index(">The document</p>") < page.index(">Our analysis</p>"),
        "40 citation pinned": f"revision {analysis.number}. ConductAtlas {clause.record_id}/v{analysis.number}" in text
        and settings.SITE_URL + f"/r/{clause.record_id}" in page,
        "41 type": clause.type.name in text,
        "42 category": f'href="{clause.type.category.get_absolute_url()}"' in page,
        "43 other clauses": all(sibling.get_absolute_url() in page for sibling in siblings.select_related("document__platform")),
        "46 provenance line": "Every quotation is cut from a stored version" in text,
        "47 questions": all(
            question in text for question in ("What does this clause do?", "How does it affect me?", "How many platforms have one?")
        )
        and "no company pays to be in it" in text,
        "standing first": page.index('class="standing"') < page.index("<h1")
        and f"{clause.get_standing_display()} in the version of" in text,
        "revisions": all(
            f"revision {r.number}" in text
            for r in Analysis.objects.filter(clause=clause, state__in=NUMBERED)
        ),
        "JSON address": f'href="/r/{clause.record_id}.json"' in page,
        "report an error": "Report an error" in text,
        "previous and next": page.count('rel="prev"') + page.count('rel="next"') >= 1 or not siblings,
        "JSON-LD": {"BreadcrumbList", "Quotation", "DigitalDocument", "Report", "FAQPage"} == {one["@type"] for one in json_ld(page)},
        "for reference managers": 'name="citation_title"' in page and 'class="Z3988"' in page,
    }  # fmt: skip


def json_ld(page: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    )
    return found


def test_every_element_is_there_with_its_true_value(client: Client) -> None:
    seen = 0
    for clause in published():
        page = client.get(clause.get_absolute_url()).content.decode()
        missing = [name for name, there in elements(clause, page).items() if not there]
        assert missing == [], clause.get_absolute_url()
        seen += 1
    assert seen >= 10


def test_every_law_that_a_page_names_is_listed_and_no_other(client: Client) -> None:
    names = LawNames({law.slug: law.names for law in Regulation.objects.all()})
    for clause in published():
        page = client.get(clause.get_absolute_url()).content.decode()
        prose = " ".join(text_of(section(page, part)) for part in ("meaning", "do", "analysis"))
        listed = set(re.findall(r'<th scope="row"><a href="/regulations/([a-z0-9-]+)/"', section(page, "law")))
        assert listed == names.named(prose) | names.named(" ".join(_reasons(clause))), clause.title
        assert listed == set(
            LawLink.objects.filter(analysis=clause.analysis).values_list("article__regulation__slug", flat=True)
        )


def _reasons(clause: Clause) -> list[str]:
    assert clause.analysis is not None
    laws = clause.analysis.laws.values_list("reason", flat=True)
    return [*laws, *clause.analysis.agencies.values_list("reason", flat=True)]


TOKEN = re.compile(
    r"\b(?:none_named|in_settings|on_request|asked_first|not_needed|not_applicable|not_said|in_force|not_found|not_checkable|in_review)\b"
)


def test_pages_have_none_of_the_known_faults(client: Client) -> None:
    for clause in Clause.objects.shown().exclude(last_seen=None).select_related("document__platform", "type", "quoted"):
        address = clause.get_absolute_url()
        page = client.get(address).content.decode()
        text, name = text_of(page), clause.document.platform.name
        assert not TOKEN.search(text), address
        assert f"{name} {name}" not in text, address
        assert not re.search(r">\s*unknown\s*<", page, re.IGNORECASE), address
        assert not re.search(r"\b0 of \d+ platforms read have one: ", text), address
        own = clause.document.platform.operator_id
        for other in re.findall(r'<tr><th scope="row"><a href="(/platform/[^"]+)">', section(page, "others")):
            platform, document, slug = other.strip("/").split("/")[1:]
            theirs = Clause.objects.get(document__platform__slug=platform, document__slug=document, slug=slug)
            assert theirs.type_id == clause.type_id, address
            assert theirs.document.platform.operator_id != own, address
        for sentence in re.findall(r'<td class="q">(.*?)</td>', section(page, "others")):
            assert not sentence.endswith("..."), address
        numbers = re.findall(r'data-figure="([a-z-]+)"[^>]*>([\d,]+)<', page)
        assert len({(k, v) for k, v in numbers}) == len({k for k, _ in numbers}), address
    repeated = Clause.objects.shown().values("document", "type").annotate(n=Count("pk")).filter(n__gt=1)
    assert not repeated.exists()


def test_a_clause_without_analysis_is_a_good_page(client: Client) -> None:
    clause = Clause.objects.filter(state=State.PROPOSED, standing=Standing.VERBATIM).select_related(
        "type__explanation"
    )[0]
    page = text_of(client.get(clause.get_absolute_url()).content.decode())
    explanation = clause.type.explanation
    for words in (explanation.does, explanation.matters, explanation.look_for, explanation.can_do, explanation.because):
        assert words in page
    assert "No analysis of this clause is published yet" in page
    assert "nobody has weighed this clause" in page
    assert "Drafted by" not in page
    assert "nobody has reviewed this clause" in page
    assert "Made by machine all that is said of this clause" in page


def test_a_page_says_that_its_author_alone_reviewed_it(client: Client, settings) -> None:
    from clauses.acts.publish import publish, review, submit
    from tests.clauses.law import AT, written

    settings.SOLE_CURATOR = True
    clause = Clause.objects.filter(state=State.PROPOSED, standing=Standing.VERBATIM).order_by("pk")[0]
    analysis = written(clause)
    submit(analysis=analysis)
    review(analysis=analysis, by=analysis.drafted_by, at=AT)
    publish(analysis=analysis, at=AT)
    page = text_of(client.get(clause.get_absolute_url()).content.decode())
    assert "reviewed by its author alone" in page
    assert "reviewed by Ada" not in page


def test_a_retracted_analysis_says_why_and_stays(client: Client) -> None:
    from clauses.acts.publish import retract
    from tests.clauses.law import AT, person

    clause = next(published())
    summary = clause.analysis.summary if clause.analysis else ""
    retract(clause=clause, reason="The paragraph means sellers alone.", by=person("bert"), at=AT)
    page = text_of(client.get(clause.get_absolute_url()).content.decode())
    assert "Retracted on 1 Dec 2026: The paragraph means sellers alone." in page
    assert summary in page
    assert "See the reason above" in page or "see the reason above" in page


def test_words_that_changed_are_called_altered_and_both_are_shown(client: Client) -> None:
    from clauses.acts.read import read
    from tests.clauses.law import AT
    from tests.clauses.test_read import add_version

    clause = next(c for c in published() if c.quoted is not None and len(c.quoted.words) > 150)
    latest = clause.document.latest_version
    assert latest is not None
    assert latest.text is not None
    pin = clause.analysis.pins.first()  # type: ignore[union-attr]
    assert pin is not None
    old = latest.text.body[pin.start : pin.end]
    new = old.replace(" ", " certainly ", 1)
    add_version(clause.document, latest.text.body.replace(old, new))
    read(at=AT)
    clause.refresh_from_db()
    assert clause.standing == Standing.ALTERED
    assert clause.stance == clause.found_stance
    page = text_of(client.get(clause.get_absolute_url()).content.decode())
    assert "The analysis was written for these words" in page
    assert plain(old)[:80] in page
    assert plain(new)[:80] in page


@pytest.mark.parametrize("sort", ["platform", "stance", "severity", "refusal", "anonymised"])
def test_other_platforms_can_be_sorted(client: Client, sort: str) -> None:
    clause = next(published())
    page = client.get(clause.get_absolute_url(), {"sort": sort}).content.decode()
    assert f'aria-sort="ascending"><a href="?sort={sort}#others"' in page
    assert client.get(clause.get_absolute_url(), {"sort": "colour"}).status_code == 400


def test_the_likest_stands_first() -> None:
    shown = 0
    for clause in published():
        found = [one.likeness for one in comparables(clause, sort="likeness")]
        assert found == sorted(found, reverse=True)
        shown += len(found) > 1
    assert shown > 5
