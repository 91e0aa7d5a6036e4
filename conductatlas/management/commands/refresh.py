"""`refresh`: capture what is due, then read it, then say what changed."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from changes.acts.detect import detect
from clauses.acts.load_knowledge import load_knowledge
from clauses.acts.load_taxonomy import load_taxonomy
from clauses.acts.read import read
from clauses.models import ClauseType
from conductatlas.log.extend import extend_log
from platforms.acts.index_texts import index_texts
from platforms.management.capturing import STOPPED, WORKERS, account_of, ending_at_ctrl_c, run_capture
from platforms.models import Document
from platforms.progress import ProgressLine


class Command(BaseCommand):
    help = (
        "Visit every document that is due, read what is new and record what changed. Each stage asks for its own "
        "pending work: stopped at any moment and run again, it goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--workers", type=int, default=WORKERS, help="visits at once (default: %(default)s)")
        parser.add_argument("--limit", type=int, default=None, help="visit no more than so many documents")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["workers"] < 1 or (options["limit"] is not None and options["limit"] < 0):
            raise CommandError("--workers wants 1 or more, --limit 0 or more.")
        if not ClauseType.objects.exists():
            load_taxonomy()
            load_knowledge()
        done: list[str] = []
        with ProgressLine(self.stderr) as progress:
            broken, stopped = self._capture(options, progress, done)
            if not stopped:
                try:
                    self._follow(progress, done)
                except KeyboardInterrupt:
                    stopped = True
        for line in broken:
            self.stderr.write(line)
        self.stdout.write(f"{'; '.join(done)}{'; stopped' if stopped else ''}.")
        if broken:
            raise CommandError("Not all went well; what was broken off stays due.")
        if stopped:
            sys.exit(STOPPED)

    def _capture(self, options: dict[str, Any], progress: ProgressLine, done: list[str]) -> tuple[list[str], bool]:
        at = timezone.now()
        documents = list(Document.objects.due(at).values_list("pk", flat=True)[: options["limit"]])
        with ending_at_ctrl_c() as stopping:
            account = run_capture(
                documents, due_at=at, workers=options["workers"], progress=progress, stopping=stopping
            )
        done.append(account_of(account))
        return account.broken, stopping.is_set()

    def _follow(self, progress: ProgressLine, done: list[str]) -> None:
        """Do what follows from new versions, each stage after those it builds on."""
        account = read(at=timezone.now(), progress=progress)
        done.append(f"{account.versions:,} versions read, {account.clauses:,} new clauses")
        changes = detect(at=timezone.now(), progress=lambda done, total: progress("documents compared", done, total))
        done.append(f"{changes.made:,} change records made")
        index_texts(progress=lambda done, total: progress("texts indexed", done, total))
        extended = extend_log(
            at=timezone.now(), progress=lambda done, total: progress("leaves added to the log", done, total)
        )
        done.append(f"{extended.added:,} leaves added to the log")
