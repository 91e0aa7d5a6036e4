"""`import_collection`: take a collection of versions in, whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clauses.acts.settle import settle
from conductatlas.log.extend import extend_log
from platforms.acts.import_collection import import_collection
from platforms.models import Collection
from platforms.progress import ProgressLine
from platforms.sources.git import SourceError, opened

SHOWN_REFUSALS = 20


class Command(BaseCommand):
    help = (
        "Import every version of a git repository or bundle in the layout of Open Terms Archive "
        "(Service/Document.md, one commit a version). Can be stopped at any moment and run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, help="a git repository (bare or not) or a git bundle")
        parser.add_argument("--licence", required=True, help='for instance "ODC-BY 1.0"')
        parser.add_argument("--attribution", required=True, help="as the licence asks for it, shown with each text")
        parser.add_argument("--name", default="", help="name of the collection (default: that of the file or folder)")
        parser.add_argument("--branch", default="", help="branch to read (default: HEAD)")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["source"].expanduser()
        at = timezone.now()
        try:
            with opened(source) as repository:
                repository.head(options["branch"])
                collection = self._collection(options, source, at)
                with ProgressLine(self.stderr) as progress:
                    account = import_collection(
                        repository=repository,
                        collection=collection,
                        branch=options["branch"],
                        at=at,
                        progress=progress,
                    )
                    # What was read of a document no longer speaks of its latest version: say so at once.
                    settle(progress=lambda done, total: progress("platforms covered", done, total))
                    extend_log(
                        at=timezone.now(),
                        progress=lambda done, total: progress("leaves added to the log", done, total),
                    )
        except SourceError as error:
            raise CommandError(f"Nothing more was imported: {error}.") from error
        for refused in account.refused[:SHOWN_REFUSALS]:
            self.stderr.write(f"left out: {refused.name} {refused.reason}")
        if len(account.refused) > SHOWN_REFUSALS:
            self.stderr.write(f"left out: {len(account.refused) - SHOWN_REFUSALS} more")
        kinds = ", ".join(f"{n:,} {kind}" for kind, n in sorted(account.kinds.items()))
        self.stdout.write(
            f"{collection.name}: {account.versions:,} versions added{f' ({kinds})' if kinds else ''}, "
            f"{account.known:,} known, "
            f"{account.documents:,} new documents of {account.platforms:,} new platforms, "
            f"{len(account.refused):,} files left out, {account.deleted:,} deletions in the source ignored, "
            f"from {account.commits:,} commits."
        )

    def _collection(self, options: dict[str, Any], source: Path, at: Any) -> Collection:
        licence, attribution = options["licence"].strip(), options["attribution"].strip()
        if not licence or not attribution:
            raise CommandError("Give a licence and an attribution: they are shown with every text of the collection.")
        name = options["name"] or source.resolve().name.removesuffix(".git").removesuffix(".bundle")
        collection, made = Collection.objects.get_or_create(
            name=name, defaults={"licence": licence, "attribution": attribution, "added_at": at}
        )
        if not made and (collection.licence, collection.attribution) != (licence, attribution):
            raise CommandError(
                f'The collection "{name}" is here under the licence "{collection.licence}" with the attribution '
                f'"{collection.attribution}". Give the same, or another --name.'
            )
        return collection
