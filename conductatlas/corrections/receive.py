"""Takes what a reader reports, within limits that need no third party and keep nobody's address."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings

from conductatlas.corrections.subjects import Subject
from conductatlas.models import Correction

MOST_AN_HOUR = 30
"""Reports that are taken in an hour, from everybody together."""
MOST_OF_ONE = 5
"""Reports that are taken in an hour from one address."""
CONTACT_KEPT = timedelta(days=90)
"""How long after the answer the reporter's address stays."""
HOUR = timedelta(hours=1)


class TooMany(Exception):
    """More reports came than are taken in an hour; `from_one` tells whether from one address."""

    def __init__(self, *, from_one: bool) -> None:
        super().__init__("Too many reports.")
        self.from_one = from_one


@dataclass(frozen=True, slots=True)
class Report:
    """What a form says, checked."""

    kind: str
    element: str
    version: int | None
    revision: int | None
    words: str
    contact: str = ""
    credit: str = ""
    speaker: str = ""
    role: str = ""
    speaks_for: str = ""


def receive(*, receipt: str, subject: Subject, report: Report, address: str, at: datetime) -> Correction:
    """Keep a report, or return the one that this receipt was given to already. Raises TooMany."""
    there = Correction.objects.filter(receipt=receipt).first()
    if there is not None:
        return there
    forget(at=at)
    lately = Correction.objects.filter(received_at__gt=at - HOUR)
    if lately.filter(sender__in=[sender(address, at), sender(address, at - HOUR)]).count() >= MOST_OF_ONE:
        raise TooMany(from_one=True)
    if lately.count() >= MOST_AN_HOUR:
        raise TooMany(from_one=False)
    kept, _ = Correction.objects.get_or_create(
        receipt=receipt,
        defaults={
            **{name: getattr(report, name) for name in Report.__dataclass_fields__},
            "about": subject.key,
            "name": subject.name,
            "is_demonstration": subject.is_demonstration,
            "sender": sender(address, at),
            "received_at": at,
        },
    )
    return kept


def sender(address: str, at: datetime) -> bytes:
    """Return a keyed hash of an address that means something for one day (UTC) alone."""
    key = hmac.digest(settings.SECRET_KEY.encode(), f"sender {at.astimezone(UTC):%Y-%m-%d}".encode(), hashlib.sha256)
    return hmac.digest(key, address.encode(), hashlib.sha256)


def address_of(remote: str, forwarded: str) -> str:
    """Return whose address a request has: that which the proxy on this network names last, else its own.

    Of IPv6 the network of 64 bits, which is what one customer has.
    """
    try:
        found = ip_address(remote)
        if found.is_private and forwarded:
            found = ip_address(forwarded.rsplit(",", 1)[-1].strip())
    except ValueError:
        return remote
    return str(ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)


def forget(*, at: datetime) -> None:
    """Take out what is needed no longer: hashes of addresses after a day, contacts some time after the answer."""
    Correction.objects.filter(received_at__lt=at - timedelta(days=1), sender__isnull=False).update(sender=None)
    Correction.objects.filter(settled_at__lt=at - CONTACT_KEPT).exclude(contact="").update(contact="")
