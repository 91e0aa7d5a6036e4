"""Every kind of page answers, at a bounded cost, and says what can be checked."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clauses.models import Clause, Standing, State
from platforms.models import Document, Platform, Takedown, Version
from platforms.published import canonical
from tests.pages.addresses import page_kinds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
AT = datetime(2026, 12, 1, tzinfo=UTC)
MOST_QUERIES = 15
"""The clause page asks three things more than others: what changed around it, what is cited and what is noted of it."""
STATUS = {
    "not found": 404,
    "bad request": 400,
    "no such version": 404,
    "no such severity": 400,
    "day to come": 400,
    "document as of a day before": 404,
    "no such range": 400,
}
LOADS_TEXT = {
    "frozen version",
    "frozen version marked",
    "version",
    "change",
    "diff",
    "diff inline",
    "diff side",
    "diff suspect",
}


def test_every_kind_of_page_answers_within_its_queries(client: Client) -> None:
    for kind, address in page_kinds().items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == STATUS.get(kind, 200), kind
        assert len(queries) <= MOST_QUERIES, kind
        asked = [re.sub(r"SUBSTRING\([^)]*\)", "", q["sql"]) for q in queries]  # the head of a text is no text
        assert not any('"body"' in sql and "storedtext" in sql for sql in asked) or kind in LOADS_TEXT, kind


def test_cost_does_not_grow_with_what_is_kept(client: Client) -> None:
    addresses = page_kinds()

    def costs() -> dict[str, int]:
        counted = {}
        for kind, address in addresses.items():
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counted[kind] = len(queries)
        return counted

    whole = costs()
    clauses = Clause.objects.filter(state=State.PROPOSED).select_related("document__platform")
    shown = [clause.pk for clause in clauses if clause.get_absolute_url() in addresses.values()]
    assert shown
    Clause.objects.filter(state=State.PROPOSED).exclude(pk__in=shown).update(state=State.RETRACTED)
    assert {k: v for k, v in costs().items() if v != whole[k]} == {}


def test_text_and_bytes_are_what_the_hashes_say(client: Client) -> None:
    for version in Version.objects.good().select_related("document__platform", "text", "snapshot")[:10]:
        text = client.get(f"{version.get_absolute_url()}text/")
        raw = client.get(f"{version.get_absolute_url()}raw/")
        assert version.text is not None
        assert hashlib.sha256(text.content).digest() == bytes(version.text.sha256)
        assert hashlib.sha256(raw.content).digest() == bytes(version.snapshot.sha256)
        assert text["Content-Type"] == "text/plain; charset=utf-8"
        assert raw["Content-Type"] == "application/octet-stream"
        assert raw["Content-Disposition"].startswith("attachment")
        for answer in (text, raw):
            assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["X-Robots-Tag"] == "noindex"


def test_a_record_for_programs_can_be_checked(client: Client) -> None:
    for clause in Clause.objects.shown():
        record = client.get(f"/r/{clause.record_id}.json").json()
        assert {
            "id", "platform", "document", "type", "title", "state", "stance", "standing", "severity", "confidence",
            "quotation", "start", "end", "passages", "version", "url",
        } <= set(record)  # fmt: skip
        assert record["id"] == clause.record_id
        text = client.get(record["version"]["text_url"].removeprefix(settings.SITE_URL)).content
        assert hashlib.sha256(text).hexdigest() == record["version"]["text_sha256"]
        words = text.decode()
        assert record["passages"]
        for passage in record["passages"]:
            assert words[passage["start"] : passage["end"]] == passage["quotation"]
        first = record["passages"][0]
        assert (record["quotation"], record["start"], record["end"]) == (
            first["quotation"],
            first["start"],
            first["end"],
        )
        assert (record["severity"] is None) == (record["state"] != "published")
        if record["analysis"] is not None:
            stored = canonical(record["analysis"]["record"])
            assert hashlib.sha256(stored).hexdigest() == record["analysis"]["sha256"]
        page = client.get(record["url"].removeprefix(settings.SITE_URL))
        assert page.status_code == 200


@pytest.mark.parametrize("written", ["ca-p-{0}", "CA P {0}", "CA–P–{0:06d}", "ca_p_{0:09d}", "(CA-P-{0})"])
def test_record_ids_are_forgiven(client: Client, written: str) -> None:
    clause = Clause.objects.shown().select_related("document__platform").earliest("pk")
    response = client.get(f"/r/{written.format(clause.pk)}", follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[0] == (f"/r/{clause.record_id}", 301)
    assert response.redirect_chain[-1] == (clause.get_absolute_url(), 302)


def test_former_slugs_redirect_and_mergers_too(client: Client) -> None:
    clause = Clause.objects.shown().select_related("document__platform").earliest("pk")
    old = clause.get_absolute_url(), clause.document.get_absolute_url(), clause.document.platform.get_absolute_url()
    clause.slug, clause.document.slug, clause.document.platform.slug = "better", "better-terms", "better-name"
    clause.document.platform.save()
    clause.document.save()
    clause.save()
    for address in old:
        assert client.get(address, follow=True).status_code == 200
        assert client.get(address).status_code == 301
    other = Clause.objects.filter(document=clause.document).exclude(pk=clause.pk).earliest("pk")
    Clause.objects.filter(pk=clause.pk).update(state=State.MERGED, merged_into=other)
    other.document = clause.document
    assert client.get("/platform/better-name/better-terms/better/")["Location"] == other.get_absolute_url()


@pytest.mark.parametrize(("ground", "status"), [("withdrawn", 410), ("legal_demand", 451)])
def test_what_was_taken_down_leaves_a_tombstone(client: Client, ground: str, status: int) -> None:
    clause = (
        Clause.objects.filter(standing=Standing.VERBATIM).select_related("document__platform", "quoted").earliest("pk")
    )
    version = clause.document.latest_version
    assert version is not None
    user = User.objects.create(username="curator")
    Takedown.objects.create(
        version=version, ground=ground, public_reason="A court said so.", decided_at=AT, decided_by=user
    )
    for tail in ("", "text/", "raw/"):
        answer = client.get(version.get_absolute_url() + tail)
        assert answer.status_code == status
        assert "A court said so." in answer.content.decode()
    page = client.get(clause.get_absolute_url()).content.decode()
    assert "A court said so." in page
    assert client.get(f"/r/{clause.record_id}.json").json()["passages"] == []


def test_lists_page_by_keyset_without_gaps(client: Client) -> None:
    seen: list[str] = []
    address = "/registry/"
    while address:
        response = client.get(address)
        seen += [clause.record_id for clause, _ in response.context["rows"]]
        after = response.context["page"].next_after
        assert ('rel="next"' in response.content.decode()) == bool(after)
        address = f"/registry/?after={after}" if after else ""
    assert len(seen) == len(set(seen)) == Clause.objects.shown().count()
    assert client.get("/registry/?after=nonsense").status_code == 400


def test_health_counts_and_says_when_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.get("/healthz").json()
    assert answer["status"] == "ok"
    assert answer["platforms"] == Platform.objects.count()
    assert answer["versions"] == Version.objects.count()
    from django.db import OperationalError

    from conductatlas.pages import health

    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(health, "site_figures", away)
    assert client.get("/healthz").status_code == 503


def test_invented_platforms_leave_all_figures_once_a_real_one_is_kept(client: Client) -> None:
    shown = Platform.objects.earliest("pk")
    assert "noindex" in client.get(shown.get_absolute_url()).content.decode()
    Platform.objects.create(slug="real", name="Real", operator=shown.operator, added_at=AT)
    answer = client.get("/healthz").json()
    assert (answer["platforms"], answer["versions"], answer["clauses"]) == (1, 0, 0)
    assert client.get(shown.get_absolute_url()).status_code == 200


def test_captured_text_cannot_bring_its_own_markup() -> None:
    from conductatlas.pages.version import sheet

    hostile = (
        "# <script>alert(1)</script>\n\n<img src=x onerror=alert(1)> [go](javascript:alert(1)) "
        "![pixel](https://evil.example/p.png)\n\n<iframe src='https://evil.example'></iframe>"
    )
    html = "".join(part.html for part in sheet(hostile))
    for bad in ("<script", "<img", "<iframe", 'href="javascript:', "https://evil.example/p.png"):
        assert bad not in html.replace("&lt;", "‹")
    assert "[pixel]" in html


def test_captured_links_lead_outside_or_are_words_and_tables_may_scroll() -> None:
    from platforms.text.render import render_block

    dead = "[a](/terms) [b](#evidence) [c](//evil.example) [d](javascript:void\\(0\\)) [e](data:text/html,x) [f](JAVA&#115;cript:x)"
    assert render_block(dead) == "<p>a b c d e f</p>\n"
    assert 'href="https://a.example/"' in render_block("[a](https://a.example/)")
    table = render_block("| a<br>b | `<br>` |\n| --- | --- |\n| <table> | 1 |")
    assert table.count('<div class="scroll"') == table.count("</div>") == table.count("<table>") == 1
    assert "a<br>" in table
    assert "<code>&lt;br&gt;</code>" in table


def test_what_the_reader_cannot_read_is_never_called_read(client: Client) -> None:
    document = Document.objects.exclude(latest_version=None).select_related("platform", "latest_version").earliest("pk")
    Document.objects.filter(pk=document.pk).update(language="he")
    Clause.objects.filter(document=document).update(position=None)
    assert document.latest_version is not None
    page = client.get(document.get_absolute_url()).content.decode()
    assert "in another language (Hebrew)" in page
    assert "none was found" not in page
    version = client.get(document.latest_version.get_absolute_url()).content.decode()
    assert 'lang="he"' in version
    assert 'dir="auto"' in version
    assert "<dd>Not read<small>" in version


def test_every_country_and_language_has_a_name() -> None:
    from platforms.acts.register import operators
    from platforms.text.countries import COUNTRIES

    assert {known.country for known in operators()[0].values()} - {""} <= set(COUNTRIES)


def test_admin_shows_every_model_and_evidence_cannot_be_edited(client: Client) -> None:
    from django.contrib import admin

    client.force_login(User.objects.create_superuser("curator"))
    read_only = {"storedtext", "storedbytes", "snapshot", "check", "version", "issuedslug", "versionclass"}
    for model, desk in admin.site._registry.items():
        name = model._meta.model_name
        address = f"/admin/{model._meta.app_label}/{name}/"
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, name
        assert len(queries) <= MOST_QUERIES, name
        row = model._default_manager.first()
        if row is not None:
            assert client.get(f"{address}{row.pk}/change/").status_code == 200, name
        if name in read_only:
            assert client.get(f"{address}add/").status_code == 403
            assert not desk.has_change_permission(client.get("/admin/").wsgi_request)
    ours = {m for m in admin.site._registry if m._meta.app_label in ("platforms", "clauses", "changes")}
    from django.apps import apps

    missing = {
        m.__name__ for label in ("platforms", "clauses", "changes") for m in apps.get_app_config(label).get_models()
    }
    assert missing - {m.__name__ for m in ours} <= {
        "PlatformAlias",
        "Pin",
        "Action",
        "LawLink",
        "AgencyLink",
        "Action_rests_on",
        "Action_where",
        "Piece",
        "TextPieces",
        "VerifiedPart",
    }


def test_valid_html(client: Client, tmp_path: Path) -> None:
    jar = Path(settings.BASE_DIR) / "node_modules/vnu-jar/build/dist/vnu.jar"
    if not jar.exists() or shutil.which("java") is None:
        if os.environ.get("CI"):
            pytest.fail("no HTML checker: scripts/html-checker installs it where npm and Java are")
        pytest.skip("no HTML checker: scripts/html-checker installs it where npm and Java are")
    for kind, address in page_kinds().items():
        (tmp_path / f"{kind.replace(' ', '-')}.html").write_bytes(client.get(address).content)
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "text", *map(str, sorted(tmp_path.iterdir()))]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr.strip()) == (0, "Document checking completed. No errors found.")
