"""Record ids, as people write them: case, spaces, kinds of dash and missing zeros are forgiven."""

from __future__ import annotations

import re
from dataclasses import dataclass

WIDTHS = {"D": 5, "P": 6, "C": 6}
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d_ \u00a0"
_WRITTEN = re.compile(rf"^CA[{re.escape(_DASHES)}]*([DPC])[{re.escape(_DASHES)}]*0*([0-9]{{1,12}})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RecordId:
    """What a record id names: D a document, P a clause, C a change record."""

    letter: str
    number: int

    def __str__(self) -> str:
        return f"CA-{self.letter}-{self.number:0{WIDTHS[self.letter]}d}"


def parse_record_id(written: str) -> RecordId | None:
    """Return the record that `written` names, or None if it is no record id."""
    found = _WRITTEN.match(written.strip().strip(".,;:()[]<>\"'“”‘’").strip())
    if found is None:
        return None
    number = int(found.group(2))
    return RecordId(found.group(1).upper(), number) if 0 < number < 2**63 else None
