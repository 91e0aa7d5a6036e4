"""`verify_evidence`: recompute every hash that is kept, and the words of every passage."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conductatlas.verification import UnderWay, faults_of, run
from platforms.acts.verify import erased
from platforms.progress import ProgressLine

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Recompute every hash from the stored bytes and every quotation from its version; says what does not hold."
        " Stopped and run again within a day, it goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="one a core by default")
        parser.add_argument("--anew", action="store_true", help="begin anew where a run was stopped")

    def handle(self, *args: Any, **options: Any) -> None:
        with ProgressLine(self.stderr) as progress:
            try:
                done = run(processes=options["processes"], now=timezone.now, progress=progress, anew=options["anew"])
            except UnderWay as under_way:
                raise CommandError(str(under_way)) from under_way
        for fault in faults_of(done)[:SHOWN]:
            self.stderr.write(fault)
        account = (
            f"{done.texts:,} bodies, {done.snapshots:,} snapshots, {done.versions:,} versions, {done.records:,} records"
            f" and {done.passages:,} passages recomputed ({done.size:,} bytes)"
        )
        if gone := erased():
            account += f"; {gone:,} bodies lawfully erased"
        if done.faults:
            raise CommandError(f"{account}: {done.faults:,} do not hold. Compare with a backup before anything else.")
        self.stdout.write(f"{account}: all hold.")
