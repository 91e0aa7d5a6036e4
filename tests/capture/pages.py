"""Documents to capture, and pages for them: texts written for these tests."""

from __future__ import annotations

from datetime import UTC, datetime

from platforms.models import Document, Operator, Platform

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

PARAGRAPHS = [
    "We collect the name and the address that you give us when you open an account with this service.",
    "We keep what you give us for {months} months after you close your account, and then we delete all of it.",
    "We share information with companies that work for us, and they may use it only for the work we give them.",
    "You may ask us at any time for a copy of the information that we hold about you; we answer in thirty days.",
    "Before we change this policy we tell you by mail, and you may then close your account without any cost.",
    "We use cookies to keep you signed in and to count visits, and you may refuse the second kind at any time.",
]


def page(months: int = 12, *more: str, title: str = "Privacy Policy", aside: str = "") -> str:
    """Return a page of a policy; `aside` stands outside its text."""
    words = "".join(f"<p>{part.format(months=months)}</p>" for part in [*PARAGRAPHS, *more])
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body>'
        f'<nav><a href="/">Home</a> <a href="/prices">Prices</a></nav><script>{aside}</script>'
        f"<main><h1>{title}</h1>{words}</main><footer>Harbour Ltd</footer></body></html>"
    )


def platform(slug: str = "harbour", *, demonstration: bool = False) -> Platform:
    """Make a platform, once."""
    operator, _ = Operator.objects.get_or_create(slug=slug, defaults={"name": slug.title()})
    made, _ = Platform.objects.get_or_create(
        slug=slug,
        defaults={
            "name": slug.title(), "operator": operator, "added_at": AT, "is_demonstration": demonstration,
            "sort_name": slug,
        },
    )  # fmt: skip
    return made


def document(url: str, slug: str = "privacy-policy", **fields: object) -> Document:
    """Make a document that stands at an address."""
    values = {"platform": platform(), "title": "Privacy Policy", "kind": "privacy-policy", "nature": "notice"}
    return Document.objects.create(**{**values, "slug": slug, "source_url": url, "added_at": AT, **fields})
