"""`read`: find clauses in the versions that wait."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clauses.acts.read import read
from clauses.models import ClauseType
from clauses.text.classify import READER_RELEASE
from platforms.progress import ProgressLine


class Command(BaseCommand):
    help = "Read every good version that this release of the reader has not read, the latest of each document first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--latest", action="store_true", help="leave the earlier versions for another run")

    def handle(self, *args: Any, **options: Any) -> None:
        if not ClauseType.objects.exists():
            raise CommandError("There is no taxonomy yet: run load_knowledge first.")
        with ProgressLine(self.stderr) as progress:
            account = read(at=timezone.now(), earlier=not options["latest"], progress=progress)
        self.stdout.write(
            f"Reader {READER_RELEASE}: {account.versions:,} versions of {account.documents:,} documents read, "
            f"{account.clauses:,} new clauses."
        )
