"""The desk in a real browser: by keyboard, by mouse, without JavaScript, and without barriers."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from clauses.models import Analysis, AnalysisState, Clause, Passage, State
from conductatlas.models import Correction
from platforms.models import CaptureState, Document
from tests.clauses.test_decide import proposal
from tests.clauses.test_move_anchor import latest, other_words
from tests.desk.people import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(served_demonstration: str) -> str:
    return served_demonstration


def logged_in(browser: Browser, site: str, user: User, **options) -> BrowserContext:
    client = Client()
    client.force_login(user)
    context = browser.new_context(**options)
    context.set_default_timeout(15_000)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
    return context


@pytest.fixture
def desk(site: str, chromium: Browser):
    context = logged_in(chromium, site, member("anna", "Curator"))
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def test_a_queue_is_worked_by_keyboard_alone(site: str, desk: Page) -> None:
    desk.goto(f"{site}/admin/")
    desk.goto(f"{site}/admin/desk/proposed/")
    rows = list(Clause.objects.waiting().order_by("-priority", "pk")[:3])
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    expect(desk.get_by_role("link", name=rows[1].title).nth(0)).to_be_visible()
    assert desk.evaluate("document.activeElement.getAttribute('href')").endswith(f"/proposed/{rows[1].pk}/")
    desk.keyboard.press("k")
    desk.keyboard.press("x")
    expect(desk.get_by_label(f"Choose {rows[0].record_id}")).to_be_checked()
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(f"/proposed/{rows[0].pk}/"))
    expect(desk.get_by_role("heading", level=1)).to_be_focused()
    desk.keyboard.press("j")
    expect(desk).to_have_url(re.compile(f"/proposed/{rows[1].pk}/"))
    desk.keyboard.press("k")
    expect(desk).to_have_url(re.compile(f"/proposed/{rows[0].pk}/"))
    desk.keyboard.press("r")
    expect(desk.get_by_label("Why these words are no such clause")).to_be_focused()
    desk.keyboard.type("jjj speaks of another thing")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(f"/proposed/{rows[1].pk}/"))
    expect(desk.get_by_role("status")).to_contain_text(f"{rows[0].record_id}: rejected")
    assert Clause.objects.get(pk=rows[0].pk).rejected_because == "jjj speaks of another thing"
    desk.keyboard.press("u")
    expect(desk.get_by_role("status")).to_contain_text("Taken back")
    assert Clause.objects.get(pk=rows[0].pk).state == State.PROPOSED
    desk.keyboard.press("t")
    expect(desk.get_by_label("Type", exact=True)).to_be_focused()
    desk.keyboard.press("Escape")
    desk.keyboard.press("?")
    expect(desk.get_by_text("accept, and write its analysis")).to_be_visible()
    desk.get_by_label("Keys off in this browser").check()
    desk.get_by_role("heading", level=1).focus()
    desk.keyboard.press("j")
    expect(desk).to_have_url(re.compile(f"/proposed/{rows[1].pk}/"))


def test_a_proposal_becomes_a_draft_by_two_keys(site: str, desk: Page) -> None:
    first = Clause.objects.waiting().order_by("-priority", "pk")[0]
    desk.goto(f"{site}/admin/desk/proposed/")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_be_focused()
    desk.keyboard.press("a")
    expect(desk).to_have_url(re.compile(r"/admin/desk/write/\d+/"))
    assert Analysis.objects.get(clause=first).state == AnalysisState.DRAFT


def selected(clause: Clause) -> list[tuple[int, int]]:
    found = Passage.objects.filter(version=clause.document.latest_version, provision__clause=clause)
    return list(found.values_list("start", "end"))


def test_words_are_selected_with_the_keyboard(site: str, desk: Page) -> None:
    clause = proposal()
    start, end = other_words(clause)
    desk.goto(f"{site}/admin/desk/anchor/{clause.pk}/")
    sheet = desk.get_by_role("textbox", name="The text")
    sheet.focus()
    desk.evaluate("at => getSelection().collapse(document.querySelector(`[data-start='${at}']`).firstChild, 0)", start)
    desk.keyboard.type("typing changes nothing")
    for _ in range(20):
        desk.keyboard.press("Shift+ArrowRight")
    expect(desk.get_by_text("Enter takes them")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("stands on the selected words now")
    [(found, until)] = selected(clause)
    assert found == start
    assert start + 20 <= until <= end + 20
    text = latest(clause).body
    assert not (text[until - 1].isalnum() and text[until : until + 1].isalnum())
    assert Passage.objects.get(version=clause.document.latest_version, provision__clause=clause).set_by is not None


def test_words_are_selected_with_the_mouse(site: str, desk: Page) -> None:
    clause = proposal()
    start, end = other_words(clause)
    desk.goto(f"{site}/admin/desk/anchor/{clause.pk}/")
    desk.locator(f"[data-start='{start}']").click(click_count=3)  # a paragraph
    desk.get_by_role("button", name="Use these words").click()
    expect(desk.get_by_role("status")).to_contain_text("stands on the selected words now")
    assert any(found <= start and end <= until for found, until in selected(clause))


def test_all_of_it_works_without_javascript(site: str, chromium: Browser) -> None:
    context = logged_in(chromium, site, member("anna", "Curator"), java_script_enabled=False)
    page = context.new_page()
    clause = proposal()
    start, end = other_words(clause)
    page.goto(f"{site}/admin/desk/anchor/{clause.pk}/")
    page.locator(f"input[name=first][value='{start}']").check()
    page.locator(f"input[name=last][value='{end}']").check()
    page.get_by_role("button", name="Use these words").click()
    assert selected(clause) == [(start, end)]
    page.get_by_text("Reject", exact=False).first.click()
    page.get_by_label("Why these words are no such clause").fill("No such clause")
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("rejected")
    page.get_by_role("button", name="Undo").click()
    assert Clause.objects.get(pk=clause.pk).state == State.PROPOSED
    context.close()


FORMS = [("light", 1440, True), ("dark", 390, True), ("light", 320, False)]


@pytest.mark.parametrize(("scheme", "width", "scripts"), FORMS)
def test_no_page_of_the_desk_has_a_barrier_or_scrolls_sideways(
    site: str, chromium: Browser, scheme: str, width: int, scripts: bool
) -> None:
    boss = User.objects.create_superuser("boss")
    document = Document.objects.filter(latest_version__isnull=False).earliest("pk")
    CaptureState.objects.create(document=document, failures_in_a_row=4)
    clause = proposal(passages=2)
    Correction.objects.create(
        receipt="7K3M-QX9A", about=clause.record_id, words="It is another clause.", received_at=timezone.now()
    )
    pages = [
        "", "desk/proposed/", "desk/proposed/?assigned=me", f"desk/proposed/{clause.pk}/", f"desk/anchor/{clause.pk}/",
        "desk/altered/", f"desk/altered/{Clause.objects.to_judge().earliest('pk').pk}/", "desk/failing/",
        f"desk/failing/{document.pk}/", "desk/records/", "desk/technical/", "desk/reviews/", "desk/audit/", "desk/corrections/", "desk/tables/",
        "desk/tables/sectors/",
    ]  # fmt: skip
    found: dict[tuple[str, str], str] = {}
    context = logged_in(chromium, site, boss, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    if not scripts:
        page.route("**/*.js", lambda route: route.abort())
    for address in pages:
        page.goto(f"{site}/admin/{address}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found[address, "width"] = f"{wide} wide"
        violations = Axe().run(page).response["violations"]
        heavy = [v for v in violations if v["impact"] in ("serious", "critical")]
        if heavy:
            found[address, "barriers"] = str([(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in heavy])
    context.close()
    assert found == {}
