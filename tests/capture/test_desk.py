"""Curators see how capture goes, ask for a check, and declare what of a page is the text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from platforms.models import CaptureState, Document, ExtractionRule
from tests.capture.pages import document, platform

pytestmark = pytest.mark.django_db
LIST = "/admin/platforms/document/"


@pytest.fixture
def desk(client):
    client.force_login(get_user_model().objects.create_superuser("curator"))
    return client


def test_the_list_shows_what_ails(desk):
    CaptureState.objects.create(document=document("https://example.org/a", "a", title="Well"), failures_in_a_row=2)
    CaptureState.objects.create(document=document("https://example.org/b", "b", title="Poorly"), failures_in_a_row=3)
    assert "3 failed checks in a row" in desk.get(LIST).content.decode()
    ailing = desk.get(LIST, {"capture": "ailing"}).content.decode()
    assert ("Poorly" in ailing, "Well" in ailing) == (True, False)


def test_check_now_makes_captured_documents_due(desk):
    kept = document("https://example.org/a", "a")
    CaptureState.objects.create(document=kept, next_check_at=timezone.now() + timedelta(days=9))
    invented = document("https://example.org/b", "b", platform=platform("invented", demonstration=True))
    answer = desk.post(LIST, {"action": "check_now", "_selected_action": [kept.pk, invented.pk]}, follow=True)
    assert "1 documents are due now" in answer.content.decode()
    assert "1 of those chosen are not captured" in answer.content.decode()
    assert Document.objects.due(timezone.now()).get() == kept


def test_a_rule_is_added_and_never_changed(desk):
    kept = document("https://example.org/a", "a")
    address = f"{LIST}{kept.pk}/change/"
    form = {
        "platform": kept.platform_id, "slug": "a", "title": "Privacy Policy", "kind": "privacy-policy",
        "nature": "notice", "source_url": kept.source_url, "language": "", "region": "", "retired_because": "",
        "retired_at_0": "", "retired_at_1": "",
        "extraction_rules-TOTAL_FORMS": 1, "extraction_rules-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert (
        desk.post(address, {**form, "extraction_rules-0-select": "", "extraction_rules-0-remove": ""}).status_code
        == 302
    )
    assert not ExtractionRule.objects.exists()
    for select, note in (("main, article\n#terms", "Menu came along"), ("", "The page was rebuilt")):
        sent = {"extraction_rules-0-select": select, "extraction_rules-0-remove": "", "extraction_rules-0-note": note}
        assert desk.post(address, {**form, **sent}).status_code == 302
    assert list(ExtractionRule.objects.order_by("since_at").values_list("select", "note")) == [
        (["main, article", "#terms"], "Menu came along"),
        ([], "The page was rebuilt"),
    ]
    assert ExtractionRule.objects.filter(set_by__username="curator").count() == 2
    assert "The page was rebuilt" in desk.get(address).content.decode()
