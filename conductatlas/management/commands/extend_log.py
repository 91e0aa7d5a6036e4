"""`extend_log`: give everything recorded its leaf in the evidence log, and sign a checkpoint."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conductatlas.log.extend import extend_log
from platforms.progress import ProgressLine


class Command(BaseCommand):
    help = (
        "Append what was recorded since to the evidence log and sign a checkpoint. Can be stopped at any moment and "
        "run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with ProgressLine(self.stderr) as progress:
            done = extend_log(at=timezone.now(), progress=lambda done, total: progress("leaves added", done, total))
        account = f"{done.added:,} leaves added; the log has {done.size:,}."
        if done.unsigned:
            raise CommandError(f"{account} No checkpoint was signed: {done.unsigned}")
        self.stdout.write(account)
