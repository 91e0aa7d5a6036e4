"""Loads the law, the explanations and the figures of the reader from clauses/data; run again after a file changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.text import slugify

from clauses import knowledge
from clauses.acts.evaluate import load_evaluation
from clauses.models import Agency, Article, ClauseType, Explanation, Jurisdiction, Regulation, TypeLaw
from clauses.rubric import severity_of


@transaction.atomic
def load_knowledge() -> tuple[int, int, int]:
    """Make the tables say what the files say; return how many laws, agencies and explanations there are.

    The taxonomy must be loaded. Laws, articles and agencies are never deleted: published analyses name them.
    """
    _upsert(Jurisdiction, [Jurisdiction(**row) for row in knowledge.jurisdictions()], unique=["code"])
    laws = knowledge.regulations()
    _upsert(Regulation, [_regulation(row) for row in laws], unique=["slug"])
    regulations = {law.slug: law for law in Regulation.objects.all()}
    articles = [
        Article(
            regulation=regulations[row["slug"]],
            slug=article_slug(article["label"]),
            label=article["label"],
            title=article["title"],
            summary=article["summary"].strip(),
            url=article.get("url") or "",
            position=place,
        )
        for row in laws
        for place, article in enumerate(row["articles"], start=1)
    ]
    _upsert(Article, articles, unique=["regulation", "slug"])
    _load_agencies(regulations)
    _load_explanations()
    load_evaluation()
    return len(laws), len(knowledge.agencies()), len(knowledge.explanations())


def article_slug(label: str) -> str:
    """Return the anchor of an article: art-17, section-1798-105."""
    return slugify(label.replace(".", "-").replace("Article", "art"))


def _upsert(model: type[models.Model], rows: Sequence[models.Model], *, unique: Iterable[str]) -> None:
    unique = list(unique)
    fields = [
        field.name
        for field in model._meta.concrete_fields
        if field.name not in unique and not isinstance(field, models.AutoField)
    ]
    model._default_manager.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=fields)


def _checked(row: dict[str, Any]) -> dict[str, Any]:
    checked = row.get("checked")
    return {"checked_against": checked["against"], "checked_on": checked["date"]} if checked else {}


def _regulation(row: dict[str, Any]) -> Regulation:
    return Regulation(
        slug=row["slug"],
        name=row["name"],
        short_name=row["short_name"],
        other_names=row.get("other_names") or [],
        citation=row["citation"],
        jurisdiction_id=row["jurisdiction"],
        kind=row["kind"],
        status=row["status"],
        adopted_on=row.get("adopted_on"),
        applies_from=row.get("applies_from"),
        status_note=row.get("status_note") or "",
        official_url=row["official_url"],
        summary=row["summary"].strip(),
        **_checked(row),
    )


def _load_agencies(regulations: dict[str, Regulation]) -> None:
    rows = knowledge.agencies()
    agencies = [
        Agency(
            slug=row["slug"],
            name=row["name"],
            short_name=row.get("short_name") or "",
            jurisdiction_id=row["jurisdiction"],
            description=row["description"].strip(),
            complaint=row["complaint"].strip(),
            url=row["url"],
            complaint_url=row["complaint_url"],
            **_checked(row),
        )
        for row in rows
    ]
    _upsert(Agency, agencies, unique=["slug"])
    ids = dict(Agency.objects.values_list("slug", "pk"))
    through = Agency.enforces.through
    wanted = {(ids[row["slug"]], regulations[slug].pk) for row in rows for slug in row["enforces"]}
    there = set(through._default_manager.values_list("agency_id", "regulation_id"))
    for agency, regulation in there - wanted:
        through._default_manager.filter(agency_id=agency, regulation_id=regulation).delete()
    through._default_manager.bulk_create(
        through(agency_id=agency, regulation_id=regulation) for agency, regulation in sorted(wanted - there)
    )


def _load_explanations() -> None:
    types = {clause_type.slug: clause_type for clause_type in ClauseType.objects.all()}
    articles = {
        (article.regulation.slug, article.label): article for article in Article.objects.select_related("regulation")
    }
    rows = knowledge.explanations()
    _upsert(
        Explanation,
        [
            Explanation(
                type=types[slug],
                does=row["does"].strip(),
                matters=row["matters"].strip(),
                look_for=row["look_for"].strip(),
                can_do=row["can_do"].strip(),
                severity=severity_of(row["usual"]),
                points=row["usual"],
                because=row["because"].strip(),
            )
            for slug, row in rows.items()
        ],
        unique=["type"],
    )
    TypeLaw.objects.all().delete()
    TypeLaw.objects.bulk_create(
        TypeLaw(
            type=types[slug],
            article=articles[link["law"], label],
            reason=link["reason"].strip(),
            position=place * 100 + number,
        )
        for slug, row in rows.items()
        for place, link in enumerate(row["laws"], start=1)
        for number, label in enumerate(link["articles"])
    )
