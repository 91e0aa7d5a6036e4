"""Finds quantities that changed: "12 months" became "24 months"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), start=1)} | {
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "sixty": 60,
    "ninety": 90,
}
_UNITS = r"(?:(?:business|working|calendar|consecutive)\s+)?(?:minutes?|hours?|days?|weeks?|months?|years?)"
_QUANTITY = re.compile(
    rf"(?P<number>\b\d[\d.,]*|\b(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b)"
    rf"(?:\s*\(\d+\))?[\s-]{{1,3}}(?P<unit>{_UNITS})\b(?:\s+of\s+age\b)?"
    r"|(?P<sign>[$€£])\s?(?P<sum>\d[\d.,]*)|\b(?P<share>\d[\d.,]*)\s?(?:%|per\s?cent)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shift:
    """A quantity before and since, as written, and its unit in one spelling."""

    old: str
    new: str
    unit: str


def shifts(old: str, new: str) -> list[Shift]:
    """Return the quantities of two wordings that changed.

    Only where it is beyond doubt which became which: one of the unit is gone and one came.
    """
    before, since = _quantities(old), _quantities(new)
    gone, came = before - since, since - before
    found = []
    for unit in sorted({unit for unit, _ in gone}):
        out = [one for one in gone.elements() if one[0] == unit]
        into = [one for one in came.elements() if one[0] == unit]
        if len(out) == len(into) == 1:
            found.append(Shift(_written(*out[0]), _written(*into[0]), unit))
    return found


def _quantities(words: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for match in _QUANTITY.finditer(words):
        if match["unit"]:
            number = match["number"].casefold().rstrip(".,")
            unit = re.sub(r"\s+", " ", match["unit"].casefold())
            found[unit.removesuffix("s"), str(_NUMBERS.get(number, number))] += 1
        elif match["sign"]:
            found[match["sign"], match["sum"].rstrip(".,")] += 1
        else:
            found["%", match["share"].rstrip(".,")] += 1
    return found


def _written(unit: str, number: str) -> str:
    if unit in "$€£":
        return f"{unit}{number}"
    return f"{number}%" if unit == "%" else f"{number} {unit}{'' if number == '1' else 's'}"
