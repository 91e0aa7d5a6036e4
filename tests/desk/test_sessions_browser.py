"""From a proposed clause to a published analysis by keyboard alone, in three people's browsers."""

from __future__ import annotations

import re
import time

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from clauses.models import Analysis, AnalysisState, Clause, State
from conductatlas.models import AuditEntry
from tests.desk.people import member
from tests.desk.test_desk_browser import logged_in
from tests.desk.test_writing_browser import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LAW = "GDPR, Article 17"
WRITTEN = {
    "title": "It keeps what you wrote for two years",
    "summary": "It says how long things are kept.",
    "why": "What is kept can leak. The GDPR asks for an end.",
    "note": "Read as it stands.",
    "confidence_reason": "The words are plain.",
    "impact": "Your texts stay for a while.",
    "rights_finding": "None is taken",
    "choice_finding": "None is given",
    "reach_finding": "All who write",
    "exposure_finding": "Texts alone",
    "discretion_finding": "A fixed time",
    "sensitivity_finding": "What one writes",
    "actions-0-title": "Ask for erasure",
    "actions-0-steps": "Write to them and name the texts.",
    "landscape": "The GDPR asks for limits of storage.",
    "exposure_text": "The time is stated.",
    "jurisdictions": "The European Union.",
    "contracts": "None that we see.",
    "compliance": "State the time for each kind of text.",
    "laws-0-article": LAW,
    "laws-0-reason": "It gives a right to erasure.",
    "agencies-0-agency": "",
    "agencies-0-reason": "It hears complaints.",
}
CHOSEN = ("ground", "confidence", "refusal", "anonymised", "rights", "choice", "reach", "exposure_points",
          "discretion", "sensitivity", "exposure")  # fmt: skip


@pytest.fixture
def site(served_demonstration: str) -> str:
    return served_demonstration


def write(page: Page, agency: str) -> None:
    """Fill the whole form by Tab, letters, Space and arrows."""
    left = {**WRITTEN, "agencies-0-agency": agency}
    chosen = set(CHOSEN)
    for _ in range(400):
        name = page.evaluate("document.activeElement && document.activeElement.name") or ""
        if name in left:
            page.keyboard.press("Control+a")
            page.keyboard.type(left.pop(name))
        elif name in chosen:
            page.keyboard.press("Space")
            chosen.discard(name)
        if not left and not chosen:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {sorted(left) + sorted(chosen)}")


def press(page: Page, name: str) -> None:
    """Press Tab until a button has the focus, then Enter."""
    for _ in range(200):
        if page.evaluate("document.activeElement && document.activeElement.innerText.trim()") == name:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to “{name}”")


def test_three_people_publish_a_proposal_by_keyboard_alone(site: str, chromium: Browser) -> None:
    from clauses.models import Agency

    agency = Agency.objects.order_by("pk")[0].name
    clause = Clause.objects.waiting().order_by("-priority", "pk")[0]
    curator = logged_in(chromium, site, member("anna", "Curator", "Reviewer"))
    page = curator.new_page()
    began = time.monotonic()
    page.goto(f"{site}{reverse('admin:desk:proposed')}")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/proposed/{clause.pk}/"))
    page.keyboard.press("a")
    expect(page).to_have_url(re.compile(r"/write/\d+/"))
    tab_to(page, "title")
    write(page, agency)
    press(page, "Save and hand to review")
    expect(page.get_by_role("button", name="Take it back to write on it")).to_be_visible()
    analysis = Analysis.objects.get(clause=clause)
    assert analysis.state == AnalysisState.IN_REVIEW

    page.goto(f"{site}{reverse('admin:desk:review', args=[analysis.pk])}")  # the author, a reviewer too
    expect(page.get_by_role("button", name="Sign the review")).to_have_count(0)
    expect(page.get_by_text("Somebody else than the author")).to_be_visible()
    curator.close()

    for person, role, button in (("rita", "Reviewer", "Sign the review"), ("emil", "Editor", "Publish")):
        context = logged_in(chromium, site, member(person, role))
        page = context.new_page()
        page.goto(f"{site}{reverse('admin:desk:reviews')}")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"/reviews/{analysis.pk}/"))
        press(page, button)
        expect(page).to_have_url(re.compile(r"/reviews/$"))
        context.close()
    print(f"From the queue to publication by keyboard: {time.monotonic() - began:.1f} s")

    clause.refresh_from_db()
    analysis.refresh_from_db()
    assert (clause.state, analysis.state, analysis.number) == (State.PUBLISHED, AnalysisState.PUBLISHED, 1)
    reader = chromium.new_page()
    reader.goto(f"{site}{clause.get_absolute_url()}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(WRITTEN["title"])
    expect(reader.locator("#evidence")).to_contain_text("reviewed by Rita Test")
    reader.close()
    people = AuditEntry.objects.filter(table="clauses_analysis", row=analysis.pk).values_list("person__username")
    assert {"anna", "rita", "emil"} <= {name for (name,) in people}


def test_who_lacks_a_role_gets_a_clear_page(site: str, chromium: Browser) -> None:
    member("boss", "Administrator")
    context = logged_in(chromium, site, member("carl", "Reviewer"))
    page = context.new_page()
    answer = page.goto(f"{site}{reverse('admin:desk:proposed')}")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("Your role does not allow this")
    expect(page.locator("main")).to_contain_text("Curator")
    expect(page.locator("main")).to_contain_text("Boss Test")
    context.close()
