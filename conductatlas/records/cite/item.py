"""What is cited, by value: a version of a document, or a revision of a record of ours. Text code; no database.

Every style, download and tag of a page is a rendering of this and of the day of access, and of nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

SITE = "ConductAtlas"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cited:
    """One thing to cite. `name` is its permanent name, such as CA-D-00014/v14; `url` its permanent address.

    `authors` are organisations where `is_organisation`, else persons as they sign. `site` is the website that holds
    it, empty where its name is the author's. `paragraphs` is the place, such as 12 or 40–42. `issued` is the day of
    publication: of a record ours, of a document the one that its publisher claims. `at` is when a document was
    captured, or a record published. `remarks` are sentences that belong to the citation and to no field of a style.
    `folder` is the path of a version here, under which are its text and bytes, `author_page` that of its platform;
    `licence` is the SPDX name of the licence under which a collection gives it.
    """

    name: str
    authors: tuple[str, ...]
    is_organisation: bool
    title: str
    site: str
    publisher: str
    language: str
    number: int
    issued: date | None
    at: datetime
    url: str
    sha256: str
    sha256_is_of: str
    remarks: tuple[str, ...]
    paragraphs: str = ""
    source_url: str = ""
    archived: str = ""
    folder: str = ""
    author_page: str = ""
    licence: str = ""

    @property
    def is_document(self) -> bool:
        """Tell whether it is a document of somebody else's, not a record of ours."""
        return self.name.startswith("CA-D-")

    @property
    def version(self) -> str:
        """Return which version or revision it is, in words."""
        return f"{'version' if self.is_document else 'revision'} {self.number}"

    @property
    def note(self) -> str:
        """Return what the fields of a style cannot hold, as sentences."""
        archived = [f"Wayback Machine: {self.archived}."] if self.archived else []
        return " ".join([*self.remarks, f"SHA-256 of the {self.sha256_is_of}: {self.sha256}.", *archived])

    def as_csl(self, accessed: date) -> dict[str, Any]:
        """Return the item in CSL-JSON, with the permanent address as its URL and the publisher's in the note."""
        item: dict[str, Any] = {
            "id": self.name,
            "type": "webpage",
            "title": self.title,
            "author": [{"literal": name} if self.is_organisation else parts(name) for name in self.authors],
            "container-title": self.site,
            "publisher": self.publisher,
            "version": str(self.number),
            "number": self.name,
            "issued": _day(self.issued) if self.issued is not None else None,
            "URL": self.url,
            "accessed": _day(accessed),
            "archive": SITE,
            "archive_location": self.name,
            "language": self.language,
            "note": self.note,
        }
        if self.paragraphs:
            item["custom"] = {"locator": self.paragraphs, "label": "paragraph"}
        return {key: value for key, value in item.items() if value}


def parts(name: str) -> dict[str, str]:
    """Return a person's name in the fields of CSL: the last word is the family's, with the particles before it.

    A name of one word, or of anything but words, stays whole: a guess would be worse.
    """
    words = name.split()
    if len(words) < 2 or not all(_is_name(word) for word in words):
        return {"literal": name}
    first = len(words) - 1
    while first > 1 and words[first - 1].islower():
        first -= 1
    found = {"given": " ".join(words[:first]), "family": words[-1]}
    particle = " ".join(words[first:-1])
    return found | ({"non-dropping-particle": particle} if particle else {})


def spoken(day: date) -> str:
    """Return a day as people write it, such as 3 June 2025."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def spoken_time(at: datetime) -> str:
    """Return a time to the second in UTC (which it must be in)."""
    return f"{spoken(at.date())} {at:%H:%M:%S} UTC"


def listed(names: tuple[str, ...]) -> str:
    """Return names as a sentence lists them."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _day(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _is_name(word: str) -> bool:
    return bool(word) and all(letter.isalpha() or letter in ".-'’" for letter in word) and word[0].isalpha()
