"""`backup`: the whole database in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conductatlas.backups.dump import dump
from conductatlas.backups.programs import BackupError


class Command(BaseCommand):
    help = "Write the whole database to a file, which `restore` (or pg_restore) reads, while the site is served."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].expanduser().absolute()
        try:
            size = dump(target)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Backup: {target}, {size / 1_000_000:,.1f} MB. It holds accounts: keep it to yourself.")
