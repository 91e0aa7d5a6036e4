"""Readers recompute hashes in their own browser; a file that they choose never leaves it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from platforms.models import Version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_reader_recomputes_a_version_and_asks_for_a_file(
    served_demonstration: str, page: Page, tmp_path: Path
) -> None:
    version = Version.objects.exclude(text=None).select_related("document__platform", "text").latest("pk")
    text = version.body.encode()
    page.goto(served_demonstration + version.get_absolute_url())
    page.get_by_role("button", name="Verify in your browser").click()
    result = page.locator("[data-recompute] [data-result].same")
    result.first.wait_for()
    assert f"the same: {len(text):,} bytes" in result.first.inner_text()

    kept = tmp_path / "terms.txt"
    kept.write_bytes(text)
    sent: list[str] = []
    page.goto(f"{served_demonstration}/verify/")
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_label("Or a file").set_input_files(str(kept))
    page.get_by_role("button", name="Verify").click()
    page.get_by_role("heading", name="Held here").wait_for()
    assert set(sent) == {"GET"}  # its hash was asked for
    assert page.get_by_role("link", name=version.document.full_title).is_visible()
