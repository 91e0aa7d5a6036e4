"""`capture`: visit documents and record what came."""

import re
import sys
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from platforms.management.capturing import STOPPED, WORKERS, account_of, ending_at_ctrl_c, run_capture
from platforms.models import Document, Platform
from platforms.progress import ProgressLine

RECORD_ID = re.compile(r"(?:CA-?D-?)?0*(\d+)", re.IGNORECASE)


class Command(BaseCommand):
    help = (
        "Visit documents that have an address and record what came: those that are due, or those named by record id "
        "or platform. Can be stopped at any moment and run again, and run beside others."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="*", help="a document (CA-D-00012) or a platform's slug; visited due or not")
        parser.add_argument("--due", action="store_true", help="of those named, only what is due")
        parser.add_argument("--all", action="store_true", help="every document that is captured, due or not")
        parser.add_argument("--workers", type=int, default=WORKERS, help="how many at once (default: %(default)s)")
        parser.add_argument("--limit", type=int, default=None, help="no more than so many documents")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["workers"] < 1 or (options["limit"] is not None and options["limit"] < 0):
            raise CommandError("--workers wants 1 or more, --limit 0 or more.")
        if options["all"] and (options["due"] or options["name"]):
            raise CommandError("--all stands alone: neither names nor --due go with it.")
        at = timezone.now()
        due_at = None if options["all"] or (options["name"] and not options["due"]) else at
        documents = self._documents(options["name"], due_at)[: options["limit"]]
        with ProgressLine(self.stderr) as progress, ending_at_ctrl_c() as stopping:
            account = run_capture(
                documents, due_at=due_at, workers=options["workers"], progress=progress, stopping=stopping
            )
        for broken in account.broken:
            self.stderr.write(broken)
        self.stdout.write(f"{account_of(account)}.")
        if account.broken:
            raise CommandError("Not all went well; what was broken off stays due.")
        if stopping.is_set():
            sys.exit(STOPPED)

    def _documents(self, names: list[str], due_at: datetime | None) -> list[int]:
        documents = Document.objects.captured() if due_at is None else Document.objects.due(due_at)
        if names:
            documents = documents.filter(pk__in=self._named(names))
        return list(documents.values_list("pk", flat=True))

    def _named(self, names: list[str]) -> set[int]:
        """Return the documents that names mean. Raises CommandError for one that means nothing that is captured."""
        found: set[int] = set()
        for name in names:
            record = RECORD_ID.fullmatch(name)
            of_name = Document.objects.filter(pk=int(record[1])) if record else None
            if of_name is None:
                if not Platform.objects.filter(slug=name).exists():
                    raise CommandError(f"{name} is neither a document's record id nor a platform's slug.")
                of_name = Document.objects.filter(platform__slug=name)
            captured = set(of_name.captured().values_list("pk", flat=True))
            if not captured:
                raise CommandError(
                    f"Nothing of {name} is captured: it is not there, has no address, "
                    "is retired, or is of the demonstration."
                )
            found |= captured
        return found
