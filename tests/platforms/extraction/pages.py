"""Pages written for the tests of extraction."""

from __future__ import annotations

from platforms.text.extraction import Declaration, extract

FILLER = [
    "We collect the name and the address that you give us when you open an account with our shop.",
    "We keep your orders for six years because the law on bookkeeping asks us to do so.",
    "You may ask us at any time which data we hold about you, and we answer within thirty days.",
    "We share your address with the carrier who brings the parcel, and with nobody else at all.",
    "If you close your account we delete what we hold, but for the orders that we have to keep.",
    "We do not sell your data, and we do not show you advertisements made from what you bought.",
    "Our servers stand in two places in the same country, and copies are encrypted before they leave.",
    "Write to the address below when you think that we have made a mistake with your data.",
]


def paragraphs(count: int = 8) -> str:
    """Return paragraphs of a policy as HTML."""
    return "".join(f"<p>{FILLER[i % len(FILLER)]}</p>" for i in range(count))


def page(body: str, head: str = "<title>Privacy</title>") -> bytes:
    """Return a page around a body."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()
    )


def text_of(body: str, *, base_url: str = "", name: str = "") -> str:
    """Return the automatic text of a page with that body."""
    return extract(page(body), base_url=base_url, name=name).markdown


def markdown_of(body: str, base_url: str = "") -> str:
    """Return a whole body as Markdown, by a declaration that selects it."""
    return extract(page(body), declaration=Declaration(("body",)), base_url=base_url).markdown
