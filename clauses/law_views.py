"""Pages drawn from the law: regulations with the clauses that answer to them, agencies with what they enforce."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from clauses.figures import severity_split
from clauses.find import sentence_of
from clauses.models import Agency, AgencyLink, AnalysisState, Article, LawLink, Regulation, TypeLaw
from platforms.models import Platform

CLAUSES_AN_ARTICLE = 5
"""Clauses listed beneath one article; the registry has all of a law."""


@dataclass(frozen=True, slots=True)
class Answering:
    """A published clause that answers to an article, with the reason and the sentence that says it."""

    link: LawLink
    sentence: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article with the clauses that answer to it, and the types on which it usually bears."""

    article: Article
    answering: list[Answering]
    total: int
    usual: list[TypeLaw]


def _standing(links: str) -> Q:
    """Keep links of published analyses of the platforms that pages count."""
    return Q(
        **{
            f"{links}analysis__state": AnalysisState.PUBLISHED,
            f"{links}analysis__clause__document__platform__in": Platform.objects.counted(),
        }
    )


@require_safe
def regulations(request: HttpRequest) -> HttpResponse:
    """List all laws by jurisdiction, with how many published clauses answer to each."""
    laws = Regulation.objects.select_related("jurisdiction").annotate(
        clauses=Count("articles__links__analysis__clause", filter=_standing("articles__links__"), distinct=True),
    )
    by_place = [
        (place, list(some)) for place, some in groupby(laws.order_by("jurisdiction__name", "short_name"), _place_of)
    ]
    return render(request, "clauses/regulations.html", {"places": by_place, "total": sum(len(s) for _, s in by_place)})


def _place_of(law: Regulation) -> str:
    return law.jurisdiction.name


@require_safe
def regulation(request: HttpRequest, slug: str, *, extra: Mapping[str, Any] | None = None) -> HttpResponse:
    """Show one law: its status, its articles, each published clause by article with its reason; `extra` as above."""
    law = get_object_or_404(
        Regulation.objects.select_related("jurisdiction").prefetch_related("agencies__jurisdiction"), slug=slug
    )
    links = (
        LawLink.objects.filter(_standing(""), article__regulation=law)
        .select_related("analysis__clause__document__platform", "analysis__clause__quoted", "analysis__clause__type")
        .defer("analysis__record")
        .order_by("article__position", "analysis__clause__document__platform__sort_name", "analysis__clause")
    )
    by_article: dict[int, list[LawLink]] = {}
    for link in links:
        by_article.setdefault(link.article_id, []).append(link)
    usual: dict[int, list[TypeLaw]] = {}
    for type_law in TypeLaw.objects.filter(article__regulation=law).select_related("type"):
        usual.setdefault(type_law.article_id, []).append(type_law)
    rows = [
        ArticleRow(
            article,
            _answering(by_article.get(article.pk, [])[:CLAUSES_AN_ARTICLE]),
            len(by_article.get(article.pk, [])),
            usual.get(article.pk, []),
        )
        for article in law.articles.all()
    ]
    levels = {link.analysis.clause_id: link.analysis.severity for some in by_article.values() for link in some}
    context = {
        "law": law,
        "rows": rows,
        "clause_total": len(levels),
        "agencies": list(law.agencies.all()),
        "severities": severity_split(Counter(levels.values())),
    }
    return render(request, "clauses/regulation.html", {**context, **(extra or {})})


def _answering(links: Iterable[LawLink]) -> list[Answering]:
    return [Answering(link, sentence_of(link.analysis.clause, link.analysis.clause.type)) for link in links]


@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """List the bodies that enforce the law, with what they enforce."""
    bodies = (
        Agency.objects.select_related("jurisdiction")
        .prefetch_related(Prefetch("enforces", Regulation.objects.order_by("short_name")))
        .annotate(clauses=Count("links__analysis__clause", filter=_standing("links__"), distinct=True))
    )
    return render(request, "clauses/agencies.html", {"agencies": list(bodies)})


@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one body: what it enforces, how to complain, and the clauses about which it is named."""
    body = get_object_or_404(
        Agency.objects.select_related("jurisdiction").prefetch_related("enforces__jurisdiction"), slug=slug
    )
    links = list(
        AgencyLink.objects.filter(_standing(""), agency=body)
        .select_related("analysis__clause__document__platform", "analysis__clause__type")
        .defer("analysis__record")
        .order_by("analysis__clause__document__platform__sort_name", "analysis__clause")
    )
    context = {"agency": body, "links": links, "laws": list(body.enforces.order_by("short_name"))}
    return render(request, "clauses/agency.html", context)
