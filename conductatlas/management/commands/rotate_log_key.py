"""`rotate_log_key`: have a new key sign the evidence log from now on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conductatlas.log.extend import extend_log
from conductatlas.log.keys import NoKey, rotate
from conductatlas.log.note import verifier_key


class Command(BaseCommand):
    help = (
        "Make a new key for the evidence log. The old one signs the statement that names it, and is laid aside beside "
        "the new one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lost", action="store_true", help="the old key is lost: the new one vouches for itself")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        try:
            row = rotate(at=at, lost=options["lost"])
        except NoKey as error:
            raise CommandError(str(error)) from error
        extend_log(at=at)
        self.stdout.write(verifier_key(row.origin, bytes(row.public)))
        self.stdout.write("Publish it where you published the old one, and take a copy of the new key file offline.")
