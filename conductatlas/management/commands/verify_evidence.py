"""`verify_evidence`: recompute both hashes of every snapshot and version, and the words of every passage."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clauses.acts.verify_passages import verify_passages
from platforms.acts.verify import Verified, verify_bodies, verify_snapshots
from platforms.models import Verification
from platforms.progress import ProgressLine

SHOWN = 50


class Command(BaseCommand):
    help = "Recompute every hash from the stored bytes and every quotation from its version; says what does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        started_at = timezone.now()
        verified = Verified()
        with ProgressLine(self.stderr) as progress:
            verify_bodies(verified, progress=progress)
            verify_snapshots(verified, progress=progress)
            verify_passages(verified, progress=progress)
        Verification.objects.create(
            started_at=started_at,
            finished_at=timezone.now(),
            texts=verified.texts,
            snapshots=verified.snapshots,
            versions=verified.versions,
            passages=verified.passages,
            size=verified.size,
            faults=len(verified.faults),
        )
        for fault in verified.faults[:SHOWN]:
            self.stderr.write(fault)
        account = (
            f"{verified.texts:,} bodies ({verified.size:,} bytes), {verified.snapshots:,} snapshots, "
            f"{verified.versions:,} versions and {verified.passages:,} passages recomputed"
        )
        if verified.faults:
            raise CommandError(
                f"{account}: {len(verified.faults):,} do not hold. Compare with a backup before anything else."
            )
        self.stdout.write(f"{account}: all hold.")
