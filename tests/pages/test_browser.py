"""The real site in a real browser, with and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from clauses.models import Clause, Standing, State
from tests.pages.addresses import page_kinds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(served_demonstration: str) -> str:
    """Serve the demonstration."""
    return served_demonstration


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390), ("light", 320), ("dark", 2560)])
def test_no_page_has_a_barrier_or_scrolls_sideways(site: str, chromium: Browser, scheme: Any, width: int) -> None:
    found = {}
    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    for kind, address in page_kinds().items():
        page.goto(site + address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{kind} is {wide} wide at {width}"
        violations = Axe().run(page).response["violations"]
        if violations:
            found[kind] = [(v["id"], v["nodes"][0]["html"][:120]) for v in violations]
    context.close()
    assert found == {}


def test_a_clause_prints_as_a_clean_record(site: str, page: Page) -> None:
    clause = Clause.objects.filter(state=State.PUBLISHED).select_related("document__platform").earliest("pk")
    page.goto(site + clause.get_absolute_url())
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator(".words").first).to_be_visible()
    law = page.locator(".law a[href^=http]").first
    assert "http" in law.evaluate("link => getComputedStyle(link, '::after').content")
    assert page.pdf(format="A4").startswith(b"%PDF-")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_finds_a_clause_and_its_evidence(site: str, chromium: Browser, scripts: bool) -> None:
    context = chromium.new_context(java_script_enabled=scripts)
    page: Page = context.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("console", lambda message: failed.append(message.text) if message.type == "error" else None)
    clause = Clause.objects.filter(standing=Standing.VERBATIM).select_related("document__platform").earliest("pk")
    page.goto(site)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Platforms").click()
    page.get_by_role("link", name=clause.document.platform.name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(clause.document.platform.name)
    page.goto(site + clause.document.get_absolute_url())
    page.get_by_role("link", name=clause.title, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(clause.title)
    expect(page.locator(".words").first).not_to_be_empty()
    page.get_by_role("link", name="in its place").click()
    expect(page.locator("mark#words")).to_be_visible()
    page.goto(site + "/registry/")
    page.get_by_label("Words of the clause").fill("arbitration")
    page.get_by_role("button", name="Show").click()
    assert "q=arbitration" in page.url
    expect(page.locator(".rows li").first).to_be_visible()
    assert failed == []
    context.close()


def test_the_keyboard_reaches_the_page(site: str, page: Page) -> None:
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/#main")
