"""Recomputes the hashes of the revisions of change records."""

from changes.models import ChangeRevision
from platforms.acts.verify import Part, Verified, verify_record


def verify_revisions(part: Part, verified: Verified) -> None:
    """Recompute the hash of every revision of a change record."""
    rows = ChangeRevision.objects.filter(pk__range=(part.first, part.last), erasure=None)
    for pk, content, sha256 in rows.values_list("pk", "content", "sha256"):
        verify_record(f"revision {pk} of a change record", content, sha256, verified)
