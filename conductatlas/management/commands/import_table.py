"""`import_table`: take a table in from CSV or JSON, all of it or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from conductatlas.exchange import TABLES
from conductatlas.exchange.files import UnreadableFile, read_table
from conductatlas.exchange.plan import WRONG, NotTaken, Plan, take_table, try_table
from platforms.progress import ProgressLine


class Command(BaseCommand):
    help = (
        "Take a table in from a CSV or JSON file, in one transaction: all of it, or nothing where a row is wrong. "
        "--dry-run says what would become of each row."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", choices=TABLES)
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="person", required=True, help="user name in whose name it is done")
        parser.add_argument("--dry-run", action="store_true", help="change nothing; say what would become of each row")

    def handle(self, *args: Any, **options: Any) -> None:
        table = TABLES[options["table"]]
        by = User.objects.filter(username=options["person"], is_active=True).first()
        if by is None:
            raise CommandError(f"There is no user {options['person']!r}; --as wants one of the desk.")
        if not by.has_perms(table.permissions):
            raise CommandError(f"{by.username} may not take {table.name} in: it needs {', '.join(table.permissions)}.")
        try:
            rows = read_table(options["file"].read_bytes(), table.columns(), table.key)
        except (OSError, UnreadableFile) as fault:
            raise CommandError(f"{options['file']} cannot be read: {fault} Nothing was taken in.") from fault
        try:
            with ProgressLine(self.stderr) as progress:
                act = try_table if options["dry_run"] else take_table
                plan = act(table, rows, by=by, progress=lambda done, total: progress("rows", done, total))
        except NotTaken as fault:
            self._tell(fault.plan, only=WRONG)
            raise CommandError(str(fault)) from fault
        if options["dry_run"]:
            self._tell(plan)
        self.stdout.write(f"{plan.account}; {'nothing was changed (a trial)' if options['dry_run'] else 'taken in'}.")

    def _tell(self, plan: Plan, only: str = "") -> None:
        for row in plan.rows:
            if only and row.state != only:
                continue
            for fault in row.faults:
                column = f", column {fault.column}" if fault.column else ""
                self.stderr.write(f"row {row.number}{column}: {fault.sentence}")
            if not row.faults and row.changes:
                self.stdout.write(
                    f"row {row.number} {row.label}: {row.state}: {', '.join(c for c, _, _ in row.changes)}"
                )
