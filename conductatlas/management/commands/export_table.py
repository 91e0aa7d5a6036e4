"""`export_table`: write a table as CSV or JSON."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conductatlas.exchange import TABLES
from conductatlas.exchange.files import FORMATS, write_csv, write_json


class Command(BaseCommand):
    help = "Write a table as CSV or JSON, to a file or to the standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", choices=TABLES)
        parser.add_argument("file", nargs="?", type=Path, help="where to (default: the standard output)")
        parser.add_argument("--format", choices=FORMATS, default="", help="default: by the file's name, else csv")

    def handle(self, *args: Any, **options: Any) -> None:
        table, path = TABLES[options["table"]], options["file"]
        format = options["format"] or ("json" if path is not None and path.suffix == ".json" else "csv")
        write = write_json if format == "json" else write_csv
        lines = write(table.columns(), table.every_row())
        if path is None:
            for line in lines:
                self.stdout.write(line, ending="")
            return
        part = path.with_name(f"{path.name}.part")
        try:
            with part.open("w", encoding="utf-8", newline="") as out:
                rows = sum(1 for line in lines if out.write(line)) - 1
            part.replace(path)  # a file is there whole or not at all
        except OSError as fault:
            raise CommandError(f"{path} cannot be written: {fault.strerror}.") from fault
        finally:
            part.unlink(missing_ok=True)
        sys.stderr.write(f"{rows:,} rows of {table.name} written to {path}.\n")
