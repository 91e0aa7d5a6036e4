"""Receipt numbers, drawn by lot, and the signed token by which a form tells when it was shown."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without the letters that are taken for others."""
_READ_AS = str.maketrans("OIL", "011")
_SALT = "conductatlas.corrections"
TOO_QUICK = timedelta(seconds=3)
TOO_OLD = timedelta(hours=24)


def new_receipt() -> str:
    """Return a receipt number such as 7K3M-QX9A; it tells neither when nor after how many others it was given."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def read_receipt(written: str) -> str | None:
    """Return the receipt number that somebody wrote, or None; case, spaces and dashes are forgiven."""
    plain = "".join(written.upper().split()).replace("-", "").replace("–", "").translate(_READ_AS)
    return f"{plain[:4]}-{plain[4:]}" if len(plain) == 8 and set(plain) <= set(ALPHABET) else None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a token says: the receipt that the form will get, and whether it was sent in good time."""

    receipt: str
    fault: str


def token(receipt: str, at: datetime) -> str:
    """Return a signed token for a form that is shown now. Sent twice, a form has one receipt and is one report."""
    return Signer(salt=_SALT).sign(f"{receipt}.{int(at.timestamp())}")


def read_token(given: str, at: datetime) -> Shown | None:
    """Return what a token says at a time, or None for one that this site did not sign."""
    try:
        receipt, _, seconds = Signer(salt=_SALT).unsign(given).partition(".")
    except BadSignature:
        return None
    age = timedelta(seconds=at.timestamp() - int(seconds))
    fault = "quick" if age < TOO_QUICK else "old" if age > TOO_OLD else ""
    return Shown(receipt, fault)
