"""The figures of the whole site, on one query each page."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

_COUNTS = """
WITH counted AS (
  SELECT id, operator_id FROM platforms_platform
  WHERE NOT is_demonstration OR NOT EXISTS (SELECT FROM platforms_platform WHERE NOT is_demonstration))
SELECT
  (SELECT count(*) FROM counted),
  (SELECT count(DISTINCT operator_id) FROM counted),
  (SELECT count(*) FROM platforms_document d JOIN counted ON counted.id = d.platform_id),
  (SELECT count(*) FROM platforms_version v JOIN platforms_document d ON d.id = v.document_id
     JOIN counted ON counted.id = d.platform_id),
  (SELECT count(*) FROM clauses_clause c JOIN platforms_document d ON d.id = c.document_id
     JOIN counted ON counted.id = d.platform_id WHERE c.state = 'proposed'),
  (SELECT count(*) FROM clauses_clause c JOIN platforms_document d ON d.id = c.document_id
     JOIN counted ON counted.id = d.platform_id WHERE c.state = 'published'),
  (SELECT max(v.captured_at) FROM platforms_version v JOIN platforms_document d ON d.id = v.document_id
     JOIN counted ON counted.id = d.platform_id)
"""


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """How much there is, of the platforms that figures are about."""

    platforms: int
    operators: int
    documents: int
    versions: int
    machine_clauses: int
    published_clauses: int
    latest_captured_at: object

    @property
    def clauses(self) -> int:
        """Return how many clauses lists show."""
        return self.machine_clauses + self.published_clauses


def site_figures() -> SiteFigures:
    """Return the figures of the site. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return SiteFigures(*cursor.fetchone())
