"""Writing in a real browser: by keyboard alone, two people at once, and without scripts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from clauses.acts.save_draft import save_draft
from clauses.acts.start_draft import start_draft
from clauses.drafted import CHOICES, Content, current_content
from clauses.models import Analysis, Clause, Standing, State
from tests.desk.people import member
from tests.desk.test_desk_browser import logged_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def desk(served_demonstration: str) -> str:
    """Serve the demonstration."""
    return served_demonstration


@pytest.fixture
def draft(desk: str) -> Analysis:
    clause = Clause.objects.filter(standing=Standing.VERBATIM, state=State.PROPOSED).order_by("pk")[0]
    return start_draft(clause=clause, by=member("ada", "Curator"), at=AT)


def address(desk: str, draft: Analysis) -> str:
    return desk + reverse("admin:desk:write", args=[draft.pk])


def content(draft: Analysis) -> Content:
    return current_content(Analysis.objects.get(pk=draft.pk))


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(200):
        if page.evaluate("document.activeElement && document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {name}")


def test_an_analysis_is_written_by_keyboard_alone(chromium: Browser, desk: str, draft: Analysis) -> None:
    context = logged_in(chromium, desk, draft.drafted_by)
    page = context.new_page()
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on(
        "response",
        lambda answer: (
            failed.append(answer.url)
            if answer.request.method == "POST" and not answer.ok and answer.status != 302
            else None
        ),
    )
    page.goto(address(desk, draft))
    tab_to(page, "title")
    page.keyboard.press("Control+a")
    page.keyboard.type("It may sell what it knows")
    tab_to(page, "summary")
    page.keyboard.type("It says this.")
    tab_to(page, "rights")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#severity-points")).to_have_text("2")
    tab_to(page, "choice")
    page.keyboard.press("ArrowUp")  # from the first to the last
    expect(page.locator("#severity-level")).to_have_text("medium")
    page.keyboard.press("Control+s")
    expect(page.locator("#write")).to_have_attribute("data-state", "saved")
    page.keyboard.press("Control+s")
    expect(page.locator("#saved")).to_contain_text("all of it is saved")
    now = content(draft)
    assert (now["title"], now["summary"], now["rights"], now["choice"]) == (
        "It may sell what it knows", "It says this.", 2, 2,
    )  # fmt: skip
    expect(page.locator("#checks")).not_to_contain_text("Still empty: what it is.")
    tab_to(page, "laws-0-article")
    page.keyboard.type("GDPR, Article 17")
    page.keyboard.press("Enter")  # saves, as every form does
    expect(page.locator("#laws-0-article")).to_have_value("GDPR, Article 17")
    expect(page.locator("#laws-1-article")).to_have_value("")
    assert content(draft)["laws"][0]["article"] == "GDPR, Article 17"
    assert failed == []
    context.close()


def test_what_is_typed_is_saved_by_itself(chromium: Browser, desk: str, draft: Analysis) -> None:
    context = logged_in(chromium, desk, draft.drafted_by)
    page = context.new_page()
    page.clock.install()
    page.goto(address(desk, draft))
    page.get_by_label("Why it matters", exact=True).press_sequentially("It matters")
    assert content(draft)["why"] == ""
    page.clock.run_for(20_500)
    expect(page.locator("#saved")).to_contain_text("Saved at")
    assert content(draft)["why"] == "It matters"
    page.get_by_label("Interpretive note", exact=True).fill("As written.")
    page.keyboard.press("Tab")  # leaving the field is enough
    expect(page.locator("#edition-shown")).to_have_text("3")
    assert content(draft)["note"] == "As written."
    context.close()


def test_two_people_who_write_at_once_lose_nothing(chromium: Browser, desk: str, draft: Analysis) -> None:
    hers = logged_in(chromium, desk, draft.drafted_by)
    his = logged_in(chromium, desk, member("bert", "Curator"))
    ada, bert = hers.new_page(), his.new_page()
    ada.goto(address(desk, draft))
    bert.goto(address(desk, draft))
    ada.get_by_label("Why it matters", exact=True).fill("What Ada thinks.")
    ada.keyboard.press("Control+s")
    expect(ada.locator("#saved")).to_contain_text("Saved at")
    bert.get_by_label("Why it matters", exact=True).fill("What Bert thinks.")
    bert.get_by_label("Interpretive note", exact=True).fill("His note.")
    bert.keyboard.press("Tab")
    expect(bert.locator("#saved")).to_contain_text("Ada Test saved this draft")
    expect(bert.get_by_label("Why it matters", exact=True)).to_have_value("What Bert thinks.")
    assert content(draft)["why"] == "What Ada thinks."
    bert.keyboard.press("Control+s")
    expect(bert.get_by_role("heading", name="1 field differs")).to_be_hidden()
    expect(bert.get_by_role("heading", name="2 fields differ")).to_be_visible()
    choice = bert.get_by_role("group", name="Why it matters")
    expect(choice).to_contain_text("What Ada thinks.")
    choice.get_by_label("Theirs").check()
    bert.get_by_role("button", name="Save what I chose").click()
    expect(bert.get_by_label("Interpretive note", exact=True)).to_have_value("His note.")
    assert (content(draft)["why"], content(draft)["note"]) == ("What Ada thinks.", "His note.")
    hers.close()
    his.close()


def test_all_of_it_works_without_scripts(chromium: Browser, desk: str, draft: Analysis) -> None:
    context = logged_in(chromium, desk, draft.drafted_by, java_script_enabled=False)
    page = context.new_page()
    page.goto(address(desk, draft))
    page.get_by_label("What it is", exact=True).fill("It says this.")
    page.get_by_role("group", name="Rights given up").get_by_label("2 A right for good").check()
    page.get_by_role("button", name="Save and add another law").click()
    expect(page.locator("#laws-0-article")).to_be_focused()
    page.keyboard.type("GDPR, Article 17")
    page.locator("#laws-0-reason").fill("It gives a right to erasure.")
    page.get_by_role("button", name="Save and hand to review").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("It is saved, and not handed to review yet.")
    alert.get_by_role("link", name="Still empty: why it matters.").click()
    assert page.url.endswith("#why")
    now = content(draft)
    assert (now["summary"], now["rights"], now["laws"][0]["reason"]) == (
        "It says this.", 2, "It gives a right to erasure.",
    )  # fmt: skip
    page.get_by_role("button", name="Remove law 1").click()
    assert content(draft)["laws"] == []
    page.get_by_role("button", name="Undo the last save").click()
    assert len(content(draft)["laws"]) == 1
    context.close()


def test_its_pages_have_no_barrier_and_do_not_scroll_sideways(chromium: Browser, desk: str, draft: Analysis) -> None:
    values = current_content(draft) | {"confidence_reason": "Plain words."}
    values |= {name: answers.values[0] for name, answers in CHOICES.items()}
    save_draft(analysis=draft, edition=1, content=values, by=draft.drafted_by, at=AT)
    found = {}
    pages = {
        name: reverse(f"admin:desk:{name}", args=[draft.pk]) for name in ("write", "write_saves", "write_compare", "preview")
    }  # fmt: skip
    for scheme, width in (("light", 1440), ("dark", 390)):
        context = logged_in(
            chromium, desk, draft.drafted_by, color_scheme=scheme, viewport={"width": width, "height": 900}
        )
        page = context.new_page()
        for name, path in pages.items():
            page.goto(desk + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            violations = Axe().run(page).response["violations"]
            if violations:
                found[name, scheme] = [(v["id"], v["impact"], v["nodes"][0]["html"][:160]) for v in violations]
        page.goto(desk + pages["write"])
        page.get_by_role("button", name="Save and hand to review").click()
        expect(page.get_by_role("alert")).to_be_visible()
        violations = Axe().run(page).response["violations"]
        if violations:
            found["refused", scheme] = [(v["id"], v["impact"], v["nodes"][0]["html"][:160]) for v in violations]
        context.close()
    assert found == {}, "\n".join(f"{k}: {v}" for k, v in found.items())
