"""`erase_evidence`: destroy the words of a version for a lawful order."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection
from django.utils import timezone

from conductatlas.database import as_owner
from conductatlas.log.erasable import reach_of
from conductatlas.log.erase import Refused, erase_evidence
from conductatlas.log.extend import extend_log
from platforms.models import Version

REWRITTEN = (
    "platforms_storedtext", "platforms_storedbytes", "clauses_provision", "clauses_passage", "clauses_analysis",
    "clauses_saveddraft", "changes_changerevision", "conductatlas_auditentry",
    "platforms_piece", "platforms_textpieces",
)  # fmt: skip
"""Tables that are written anew, so that no file of the database holds the destroyed rows any more."""


class Command(BaseCommand):
    help = (
        "Destroy the text and the bytes of a version, and all that repeats them, for a lawful order. Two persons "
        "do it; hash, length, ground and reason stay for everybody to see. It cannot be undone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("version", help="such as CA-D-00012/v3")
        parser.add_argument("--ground", required=True, help="the law or the order, in words that readers see")
        parser.add_argument("--reason", required=True, help="why, in words that readers see")
        parser.add_argument("--ordered-by", required=True, metavar="NAME", help="user name of who orders it")
        parser.add_argument("--confirmed-by", required=True, metavar="NAME", help="user name of another person")

    def handle(self, *args: Any, **options: Any) -> None:
        version = self._version(options["version"])
        reach = reach_of(version)
        extend_log(at=timezone.now())  # what is about to go has its leaf first
        analyses, revisions = len(reach.analyses()), len(reach.revisions())
        self.stdout.write(
            f"These versions lose their words: {', '.join(reach.names())}.\n"
            f"{len(reach.texts):,} texts and {len(reach.raws):,} bodies of bytes are destroyed, and with them "
            f"{analyses:,} published analyses and {revisions:,} revisions of change records. This cannot be undone."
        )
        typed = input(f"Type {version.record_id} to go on: ")
        if typed.strip() != version.record_id:
            raise CommandError("Nothing was erased.")
        try:
            with as_owner():
                erasure = erase_evidence(
                    version=version,
                    ground=options["ground"],
                    reason=options["reason"],
                    ordered_by=self._person(options["ordered_by"]),
                    confirmed_by=self._person(options["confirmed_by"]),
                    at=timezone.now(),
                )
                with connection.cursor() as cursor:
                    cursor.execute(f"VACUUM (FULL) {', '.join(REWRITTEN)}")
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except ProgrammingError as error:  # nothing was erased: it is one transaction
            raise CommandError(
                f"PostgreSQL refused: {error} The owner's role is needed (DATABASE_OWNER_URL)."
            ) from error
        extend_log(at=timezone.now())
        self.stdout.write(
            f"Erased: {len(erasure.value['erased']):,} hashes are listed at /log/erasures/{erasure.pk}.json. "
            "Backups, and copies of the database's write-ahead log, hold the words until they are destroyed too."
        )

    def _version(self, written: str) -> Version:
        name, _, number = written.strip().upper().partition("/V")
        if name.startswith("CA-D-") and name[5:].isdigit() and number.isdigit():
            found = Version.objects.filter(document=int(name[5:]), number=int(number)).first()
            if found is not None:
                return found
        raise CommandError(f"There is no version {written}. They look like CA-D-00012/v3.")

    def _person(self, name: str) -> User:
        found = User.objects.filter(username=name).first()
        if found is None:
            raise CommandError(f"There is nobody with the user name {name}. Nothing was erased.")
        return found
