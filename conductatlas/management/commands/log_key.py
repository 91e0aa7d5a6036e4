"""`log_key`: print the public key of the evidence log, to be published in other places."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from conductatlas.log.keys import NoKey, signer
from conductatlas.log.note import fingerprint, verifier_key


class Command(BaseCommand):
    help = "Print the public key that signs the evidence log, and its fingerprint; make the key where there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            row = signer(at=timezone.now()).row
        except NoKey as error:
            raise CommandError(str(error)) from error
        self.stdout.write(verifier_key(row.origin, bytes(row.public)))
        self.stdout.write(f"SHA-256 of the key: {fingerprint(bytes(row.public))}")
