"""The card of a quotation: words as stored, no script, framed by anybody, and nothing of what was taken down."""

import html

import pytest
from django.test import Client

from clauses.models import Analysis, Clause, State
from platforms.models import Takedown, Version
from platforms.text.pieces import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def shown(page: str) -> str:
    return html.unescape(page)


def test_the_card_of_a_published_clause_quotes_its_latest_revision(client: Client) -> None:
    analysis = Analysis.objects.published().select_related("clause").earliest("pk")
    lead = client.get(f"/embed/{analysis.clause.record_id}")
    assert lead.headers["Location"] == f"/embed/{analysis.clause.record_id}/v{analysis.number}"
    answer = client.get(lead.headers["Location"])
    page = answer.content.decode()
    assert analysis.title in shown(page)
    pin = analysis.pins.earliest("ordinal")
    quoted = Version.objects.get(pk=analysis.version_id).body[pin.start : pin.end]
    assert " ".join(words_of(quoted)[:12]) in " ".join(words_of(page.replace("<", " <")))
    assert "<script" not in page
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert client.get("/").headers["X-Frame-Options"] == "DENY"


def test_a_clause_without_an_analysis_is_quoted_by_its_version_and_range(client: Client) -> None:
    clause = Clause.objects.filter(state=State.PROPOSED, analysis=None).exclude(position=None).earliest("pk")
    lead = client.get(f"/embed/{clause.record_id}").headers["Location"]
    assert lead.startswith(f"/embed/CA-D-{clause.document_id:05d}/v")
    assert "<blockquote" in client.get(lead).content.decode()


def test_what_was_taken_down_is_not_quoted(client: Client, django_user_model) -> None:
    analysis = Analysis.objects.published().select_related("clause", "version").earliest("pk")
    Takedown.objects.create(
        version=analysis.version, ground="legal_demand", public_reason="A court asked.",
        decided_at=analysis.drafted_at, decided_by=django_user_model.objects.create_user("decides"),
    )  # fmt: skip
    answer = client.get(f"/embed/{analysis.clause.record_id}/v{analysis.number}")
    assert answer.status_code == 451


@pytest.mark.parametrize(
    "address", ["/embed/CA-P-999999", "/embed/CA-P-000001/v999", "/embed/CA-D-00001/v1?at=1-999999999"]
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
