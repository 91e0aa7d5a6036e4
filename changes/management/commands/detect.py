"""`detect`: makes change records of whatever changed terms and has none."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from changes.acts.detect import detect
from platforms.progress import ProgressLine


class Command(BaseCommand):
    help = "Make a change record of each version that changed terms, once it and the version before it were read."

    def handle(self, *args: Any, **options: Any) -> None:
        with ProgressLine(self.stderr) as progress:
            account = detect(
                at=timezone.now(), progress=lambda done, total: progress("documents compared", done, total)
            )
        self.stdout.write(
            f"{account.made:,} change records made, {account.renewed:,} renewed, {account.withdrawn:,} withdrawn,"
            f" in {account.documents:,} documents."
        )
