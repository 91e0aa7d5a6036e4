"""The law and the explanations are complete, readable, and say of themselves what was checked."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from clauses import knowledge
from clauses.acts.load_knowledge import article_slug, load_knowledge
from clauses.acts.load_taxonomy import load_taxonomy, taxonomy
from clauses.models import Agency, Article, Explanation, Regulation, RegulationKind, RegulationStatus
from clauses.rubric import FACTORS, HIGH_FROM, KEYS, MEDIUM_FROM, severity_of
from clauses.text.laws import LawNames
from tests.prose import shared_runs

CODE = re.compile(r"^(?:EU|[A-Z]{2}(?:-[A-Z0-9]{1,3})?)$")
PARTS = ("does", "matters", "look_for", "can_do", "because")


def types() -> list[str]:
    return [row["slug"] for category in taxonomy()["categories"] for row in category["types"]]


def law_names() -> LawNames:
    return LawNames(
        {
            law["slug"]: [law["short_name"], law["name"], *(law.get("other_names") or [])]
            for law in knowledge.regulations()
        }
    )


@pytest.mark.parametrize("law", knowledge.regulations(), ids=lambda law: law["slug"])
def test_a_law_says_what_it_is(law: dict[str, Any]) -> None:
    places = {row["code"] for row in knowledge.jurisdictions()}
    assert law["jurisdiction"] in places
    assert law["kind"] in RegulationKind.values
    assert law["status"] in RegulationStatus.values
    if law["status"] in ("in_force", "partly_in_force"):
        assert isinstance(law["applies_from"], date)
        assert law["applies_from"] <= date(2026, 11, 24)
    if law.get("applies_from") and law.get("adopted_on"):
        assert law["adopted_on"] <= law["applies_from"]
    assert urlsplit(law["official_url"]).scheme == "https"
    assert len(law["summary"].split()) >= 25
    assert law["articles"]
    labels = [article["label"] for article in law["articles"]]
    assert len(set(labels)) == len(labels)
    assert len({article_slug(label) for label in labels}) == len(labels)
    for article in law["articles"]:
        assert article["title"].strip()
        assert len(article["summary"].split()) >= 4
    checked = law.get("checked")
    assert checked is None or (checked["against"].strip() and isinstance(checked["date"], date))
    assert "—" not in str(law)


@pytest.mark.parametrize("body", knowledge.agencies(), ids=lambda body: body["slug"])
def test_an_agency_says_what_it_enforces_and_where_to_complain(body: dict[str, Any]) -> None:
    assert set(body["enforces"]) <= {law["slug"] for law in knowledge.regulations()}
    assert body["enforces"]
    assert body["jurisdiction"] in {row["code"] for row in knowledge.jurisdictions()}
    for address in (body["url"], body["complaint_url"]):
        assert urlsplit(address).scheme == "https"
    assert len(body["description"].split()) >= 15
    assert len(body["complaint"].split()) >= 5


def test_there_is_enough_of_it() -> None:
    laws = knowledge.regulations()
    assert len(laws) >= 40
    assert len(knowledge.agencies()) >= 20
    assert {law["slug"] for law in laws} == {law["slug"] for law in laws if law["articles"]}
    for place in ("EU", "GB", "US", "US-CA", "CA", "BR", "IN", "JP", "KR", "AU", "CH"):
        assert any(law["jurisdiction"] == place for law in laws), place


def test_a_place_has_one_spelling() -> None:
    rows = knowledge.jurisdictions()
    assert all(CODE.match(row["code"]) for row in rows)
    assert len({row["code"] for row in rows}) == len({row["name"] for row in rows}) == len(rows)


def test_names_of_laws_are_told_apart() -> None:
    names = law_names()
    assert names.named("The UK GDPR and the CCPA.") == {"uk-gdpr", "ccpa"}
    assert names.named("The GDPR, not the UK GDPR.") == {"gdpr", "uk-gdpr"}
    assert names.named("a GDPRish notion") == set()
    every = [name for law in knowledge.regulations() for name in (law["short_name"], *(law.get("other_names") or []))]
    assert len({name.casefold() for name in every}) == len(every)


@pytest.mark.parametrize("slug", types())
def test_each_type_is_explained(slug: str) -> None:
    row = knowledge.explanations()[slug]
    for part in PARTS[:4]:
        assert 25 <= len(row[part].split()) <= 95, part
    assert set(row["usual"]) == set(KEYS)
    severity_of(row["usual"])
    known = {(law["slug"], article["label"]) for law in knowledge.regulations() for article in law["articles"]}
    cited = [(link["law"], label) for link in row["laws"] for label in link["articles"]]
    assert cited
    assert set(cited) <= known
    assert len(set(cited)) == len(cited)
    assert law_names().named(" ".join(row[part] for part in PARTS)) <= {law for law, _ in cited}


def test_no_two_explanations_share_their_sentences() -> None:
    texts = {slug: [row[part] for part in PARTS] for slug, row in knowledge.explanations().items()}
    assert shared_runs(texts) == {}


def test_the_rubric_refuses_what_it_does_not_know() -> None:
    whole = dict.fromkeys(KEYS, 0)
    assert severity_of(whole) == "low"
    assert severity_of(dict.fromkeys(KEYS, 2)) == "high"
    for points in ({}, whole | {"other": 1}, whole | {"rights": 3}, whole | {"rights": -1}):
        with pytest.raises(ValueError, match="factor"):
            severity_of(points)


@pytest.mark.parametrize("total", range(2 * len(FACTORS) + 1))
def test_a_severity_is_its_sum_of_points(total: int) -> None:
    points, left = {}, total
    for key in KEYS:
        points[key] = min(2, left)
        left -= points[key]
    expected = "high" if total >= HIGH_FROM else "medium" if total >= MEDIUM_FROM else "low"
    assert severity_of(points) == expected


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_loses_nothing() -> None:
    load_taxonomy()
    counts = load_knowledge()
    assert counts == load_knowledge()
    assert Regulation.objects.count() == counts[0]
    assert Agency.objects.count() == counts[1]
    assert Explanation.objects.count() == counts[2] == len(types())
    assert Article.objects.count() == sum(len(law["articles"]) for law in knowledge.regulations())
