"""Tables in and out through the pages of the desk."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from conductatlas.exchange import TABLES
from platforms.models import Sector
from tests.desk.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def browser(*roles: str) -> Client:
    client = Client()
    client.force_login(member("tina", *roles))
    return client


def hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"')[0]


def test_a_table_is_tried_and_then_taken_in() -> None:
    client = browser("Administrator")
    body = b"slug,name\r\nnew-trade,New trade\r\n"
    tried = client.post(reverse("admin:desk:table_try", args=["sectors"]), {"file": SimpleUploadedFile("s.csv", body)})
    page = tried.content.decode()
    assert "<strong>1</strong> new" in page
    assert not Sector.objects.filter(slug="new-trade").exists()
    given = {"body": hidden(page, "body"), "digest": hidden(page, "digest")}
    assert client.post(reverse("admin:desk:table_take", args=["sectors"]), given).status_code == 302
    assert Sector.objects.get(slug="new-trade").name == "New trade"
    assert client.post(reverse("admin:desk:table_take", args=["sectors"]), given).status_code == 409


def test_what_is_wrong_is_shown_by_row_and_column_and_what_was_pasted_stays() -> None:
    client = browser("Administrator")
    lines = "slug,name\nBad Slug,x\n"
    page = client.post(reverse("admin:desk:table_try", args=["sectors"]), {"lines": lines}).content.decode()
    assert "<strong>slug</strong>:" in page
    assert "Bad Slug,x" in page
    assert "Take these rows in" not in page
    answer = client.post(reverse("admin:desk:table_try", args=["sectors"]), {"lines": "colour\nred"})
    assert answer.status_code == 422
    assert "lacks slug" in answer.content.decode()


def test_a_curator_takes_everything_out_and_no_platform_in() -> None:
    client = browser("Curator")
    for name in TABLES:
        assert client.get(reverse("admin:desk:table_out", args=[name, "csv"])).status_code == 200
    answer = client.get(reverse("admin:desk:table_out", args=["sectors", "json"]))
    assert {row["slug"] for row in json.loads(b"".join(answer))} == set(Sector.objects.values_list("slug", flat=True))
    assert client.get(reverse("admin:desk:table_out", args=["sectors", "xlsx"])).status_code == 404
    for name in ("table", "table_try", "table_take"):
        act = client.get if name == "table" else client.post
        answer = act(reverse(f"admin:desk:{name}", args=["platforms"]))
        assert answer.status_code == 403
        assert "<strong>Administrator</strong>" in answer.content.decode()
    assert client.get(reverse("admin:desk:table", args=["analyses"])).status_code == 200
    assert client.get(reverse("admin:desk:table", args=["nothing"])).status_code == 404
