"""`add_document`: take addresses in, one or a list."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from platforms.acts.add_document import Address, NotAdded, add_document
from platforms.models import DocumentKind
from platforms.progress import ProgressLine

COLUMNS = ("platform", "url", "title", "kind", "select", "remove", "platform_name")
NEEDED = ("platform", "url", "title")


class Command(BaseCommand):
    help = (
        "Take a document in, so that it is captured: by its platform and address, or a whole list from a CSV file with "
        f"the columns {', '.join(COLUMNS)} (the first three are needed; several selectors stand on lines of one cell). "
        "What is there already stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("platform", nargs="?", default="", help="slug of the platform")
        parser.add_argument("url", nargs="?", default="", help="address of the document")
        parser.add_argument("--title", default="", help='such as "Privacy Policy"')
        parser.add_argument("--kind", default="", help=f"{', '.join(DocumentKind.values)} (default: by the title)")
        parser.add_argument("--select", action="append", default=[], metavar="CSS", help="what is its text")
        parser.add_argument("--remove", action="append", default=[], metavar="CSS", help="what of that is left out")
        parser.add_argument("--platform-name", default="", help="register the platform under this name if it is new")
        parser.add_argument("--file", type=Path, default=None, help="a CSV file in UTF-8, in place of all the above")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        if options["file"] is None:
            self._one(options, at)
        elif options["platform"] or options["url"]:
            raise CommandError("Give an address or --file, not both.")
        else:
            self._list(options["file"], at)

    def _one(self, options: dict[str, Any], at: datetime) -> None:
        if not (options["platform"] and options["url"] and options["title"]):
            raise CommandError("Give a platform, an address and --title; or --file with a list of them.")
        address = Address(
            platform=options["platform"],
            url=options["url"],
            title=options["title"].strip(),
            kind=options["kind"],
            select=tuple(options["select"]),
            remove=tuple(options["remove"]),
            platform_name=options["platform_name"].strip(),
        )
        try:
            document, is_new = add_document(address=address, at=at)
        except NotAdded as error:
            raise CommandError(f"Not added: {error}.") from error
        self.stdout.write(f"{document.record_id} {'added' if is_new else 'is there already, and stays as it is'}.")

    def _list(self, path: Path, at: datetime) -> None:
        """Take in every line that can be; each is a transaction of its own, and each that cannot be is named."""
        try:
            rows = list(_rows(path))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{path} cannot be read: {error}. Nothing was added.") from error
        added = known = 0
        refused: list[str] = []
        with ProgressLine(self.stderr) as progress:
            for done, (line, row) in enumerate(rows, start=1):
                try:
                    _, is_new = add_document(address=_address(row), at=at)
                except (NotAdded, Error) as error:
                    refused.append(f"{path.name}, line {line}: {str(error).splitlines()[0]}")
                else:
                    added, known = added + is_new, known + (not is_new)
                progress("addresses taken in", done, len(rows))
        for complaint in refused:
            self.stderr.write(complaint)
        account = f"{added:,} documents added, {known:,} there already, {len(refused):,} lines refused"
        if refused:
            raise CommandError(f"{account}. Correct those lines and run it again with the same file.")
        self.stdout.write(f"{account}.")


def _rows(path: Path) -> Iterator[tuple[int, dict[str | None, Any]]]:
    """Yield each row with the number of its last line. Raises csv.Error for columns that are missing or unknown."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        names = reader.fieldnames or []
        missing, unknown = [n for n in NEEDED if n not in names], [n for n in names if n not in COLUMNS]
        if missing or unknown:
            wrong = [f"lacks {', '.join(missing)}"] if missing else []
            wrong += [f"has {', '.join(unknown)}, which is not known"] if unknown else []
            raise csv.Error(f"its first line {' and '.join(wrong)}")
        for row in reader:
            if any(row.values()):
                yield reader.line_num, row


def _address(row: dict[str | None, Any]) -> Address:
    if None in row:
        raise NotAdded("more cells than columns; a cell with a comma stands in quotation marks")
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    select, remove = (
        tuple(part for line in cells.pop(name).split("\n") if (part := line.strip())) for name in ("select", "remove")
    )
    return Address(**cells, select=select, remove=remove)
