"""Registers platforms, operators and documents by the names that a source gives them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction

from platforms.data_files import read_yaml
from platforms.models import Collection, Document, DocumentKind, Nature, Operator, Platform, Sector
from platforms.text.slugs import free_slug, slug_of

DATA = Path(__file__).resolve().parent.parent / "data"


class KnownPlatform(NamedTuple):
    """What the data file says of a platform; empty where it says nothing."""

    operator: str
    operator_name: str
    country: str
    sector: str


@cache
def operators() -> tuple[dict[str, KnownPlatform], dict[str, str]]:
    """Return what platforms/data/operators.yaml knows: platforms by exact name, and sector names by slug."""
    data: dict[str, Any] = read_yaml(DATA / "operators.yaml")
    known = {
        name: KnownPlatform(operator["slug"], operator["name"], operator.get("country") or "", sector or "")
        for operator in data["operators"]
        for name, sector in operator["platforms"].items()
    }
    alone = {
        name: KnownPlatform("", "", "", sector or "") for name, sector in data["platforms_without_operator"].items()
    }
    return alone | known, {sector["slug"]: sector["name"] for sector in data["sectors"]}


@cache
def document_names() -> tuple[dict[str, tuple[str, str]], list[tuple[str, str, str]]]:
    """Return kind and nature by exact document name, and by a word that a name contains, first match first."""
    data: dict[str, Any] = read_yaml(DATA / "document-names.yaml")
    exact = {row["name"]: (row["kind"], row["nature"]) for row in data["names"]}
    return exact, [(row["contains"].casefold(), row["kind"], row["nature"]) for row in data["words"]]


def kind_and_nature(name: str) -> tuple[DocumentKind, Nature]:
    """Return kind and nature of a document by its name, `other` and `policy` where nothing is known."""
    exact, words = document_names()
    kind, nature = exact.get(name) or next(
        ((kind, nature) for word, kind, nature in words if word in name.casefold()),
        (DocumentKind.OTHER.value, Nature.POLICY.value),
    )
    return DocumentKind(kind), Nature(nature)


@transaction.atomic
def register_platform(*, name: str, at: datetime, slug: str = "") -> Platform:
    """Return the real platform of this name, made with what the data file knows of it when it is new.

    A new one is called `slug` in addresses, else by its name.
    """
    found = Platform.objects.filter(name=name, is_demonstration=False).first()
    if found is not None:
        return found
    known_platforms, sector_names = operators()
    known = known_platforms.get(name, KnownPlatform("", "", "", ""))
    operator_name = known.operator_name or name
    operator = Operator.objects.filter(slug=known.operator).first() if known.operator else None
    if operator is None:
        taken = set(Operator.objects.values_list("slug", flat=True))
        called = known.operator or free_slug(slug_of(name, fallback="operator"), taken)
        operator = Operator.objects.create(slug=called, name=operator_name, country=known.country)
    sector = None
    if known.sector:
        sector, _ = Sector.objects.get_or_create(slug=known.sector, defaults={"name": sector_names[known.sector]})
    slug = slug or free_slug(slug_of(name, fallback="platform"), set(Platform.objects.values_list("slug", flat=True)))
    return Platform.objects.create(slug=slug, name=name, operator=operator, sector=sector, added_at=at)


@transaction.atomic
def register_document(
    *, platform: Platform, name: str, collection: Collection, source_name: str, at: datetime
) -> Document:
    """Return the document that `collection` keeps at `source_name`, made when it is new.

    A document belongs to one collection: texts taken by different extractors are never compared (rule 5), so the
    same title from another collection is another document with a slug of its own.
    """
    found = Document.objects.filter(collection=collection, source_name=source_name).first()
    if found is not None:
        return found
    kind, nature = kind_and_nature(name)
    taken = {*Document.objects.filter(platform=platform).values_list("slug", flat=True), "timeline"}
    return Document.objects.create(
        platform=platform,
        slug=free_slug(slug_of(name, fallback="document"), taken),
        title=name,
        kind=kind,
        nature=nature,
        collection=collection,
        source_name=source_name,
        added_at=at,
    )
