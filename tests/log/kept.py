"""A small body of evidence for tests of the log: one document, three written versions and a fetched one."""

from __future__ import annotations

from datetime import UTC, datetime

from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.models import Document, Method, Operator, Platform

AT = datetime(2026, 1, 1, tzinfo=UTC)
PAGE = b"<html><meta charset=latin-1><p>You agree to the ferry rules \xa7 1.</p></html>"


def keep_document() -> Document:
    """Record it, and return the document."""
    operator = Operator.objects.create(slug="ferry", name="Ferry")
    platform = Platform.objects.create(slug="ferry", name="Ferry", operator=operator, added_at=AT)
    made = Document.objects.create(
        platform=platform, slug="terms", title="Terms", kind="terms-of-service", nature="agreement", added_at=AT
    )
    written = Provenance(method=Method.WRITTEN)
    record_versions(
        [Arrival(made.pk, AT, b"Rules, edition %d." % n, "test", written) for n in range(3)], recorded_at=AT
    )
    fetched = Provenance(method=Method.FETCHED, url="https://ferry.example/terms", http_status=200)
    record_versions([Arrival(made.pk, AT, PAGE, "test", fetched, text="You agree to the ferry rules.")], recorded_at=AT)
    return made
