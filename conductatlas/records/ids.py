"""Record ids, as people write them: case, spaces, kinds of dash, missing zeros and the marks around are forgiven."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

WIDTHS = {"D": 5, "P": 6, "C": 6}
RECORD = r"CA-(?:D-(?:[0-9]{5}|[1-9][0-9]{5,17})|[PC]-(?:[0-9]{6}|[1-9][0-9]{6,17}))"
"""A record id as it is written in addresses; every other spelling is redirected to it."""
REVISION = r"[1-9][0-9]{0,8}"
"""The number of a revision as it is written in addresses, after v."""
_MORE_DASHES = "\u00ad\u02d7\u2043\u2212\u2796_"
"""What people take for a dash and Unicode does not class as one."""
_ID = r"CA[- ]*([DPC])[- ]*0*([0-9]{1,18})"
_REVISION = r"[- ,;:/()#]*(?:v|ver|version|r|rev|revision)[-. :]*0*([0-9]{1,9})"
_WRITTEN = re.compile(rf"{_ID}(?:{_REVISION})?(\.[a-z]+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RecordId:
    """What a record id names: D a document, P a clause, C a change record."""

    letter: str
    number: int

    def __str__(self) -> str:
        return f"CA-{self.letter}-{self.number:0{WIDTHS[self.letter]}d}"


class Written(NamedTuple):
    """What somebody wrote: a record, the number of its revision where one is named, and what file of it."""

    record: RecordId
    number: int | None = None
    suffix: str = ""


def parse_written(written: str) -> Written | None:
    """Return the record and the revision that `written` names, or None if it names none.

    Any digits and letters of the same value are taken (NFKC), any dash, any white space, and any marks around.
    """
    found = _WRITTEN.fullmatch(_plain(written))
    if found is None:
        return None
    letter, digits, revision, suffix = found.groups()
    number = int(digits)
    if not number or (revision is not None and not int(revision)):
        return None
    record = RecordId(letter.upper(), number)
    return Written(record, int(revision) if revision else None, (suffix or "").lower())


def parse_record_id(written: str) -> RecordId | None:
    """Return the record that `written` names, or None if it is no record id."""
    found = parse_written(written)
    return found.record if found is not None and found.number is None and not found.suffix else None


def _plain(written: str) -> str:
    """Return what is written with one kind of dash, blank and digit, and without the marks around it."""
    kept = []
    for character in unicodedata.normalize("NFKC", written):
        category = unicodedata.category(character)
        if category == "Pd" or character in _MORE_DASHES:
            kept.append("-")
        elif category[0] == "Z" or character in "\t\n\r\f\v":
            kept.append(" ")
        elif category == "Nd":
            kept.append(str(unicodedata.decimal(character)))
        elif category[0] != "C":
            kept.append(character)
    inner = [n for n, character in enumerate(kept) if unicodedata.category(character)[0] in "LN"]
    return "".join(kept[inner[0] : inner[-1] + 1]) if inner else ""
