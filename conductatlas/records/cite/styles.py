"""Citations in the styles of the manuals, by CSL; docs/citations.md tells the rules and where CSL leaves them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape

from conductatlas.records.cite.csl import ADDRESS, ARCHIVE, NAME, TITLE, VERSION, WEBSITE, filled, rendered, shape
from conductatlas.records.cite.item import SITE, Cited, listed, parts, spoken
from conductatlas.records.cite.titles import headline, sentence, short, within_double, within_single

KEPT = 4096
"""Citations kept rendered by each process."""


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

    @property
    def plain_in_text(self) -> str:
        """Return the form within a sentence without markup."""
        return plain_text(self.in_text)


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
    visited = cited.at.date() if cited.source_url else accessed
    of = shape(cited, accessed=visited, site=WEBSITE, author=bool(cited.site), sign="¶")
    found = re.sub(r"\.$", "", rendered("bluebook-law-review", of))
    found += f"{f' [{ARCHIVE}]' if cited.source_url else ''} ({VERSION})."
    words = {
        NAME: _joined(cited.authors, "&", most=2, others="et al."),
        WEBSITE: cited.site or listed(cited.authors),
        ADDRESS: cited.source_url or cited.url,
        ARCHIVE: cited.url,
    }
    return filled(found, cited, title=_headline(cited), accessed=visited, words=words)


def _oscola(cited: Cited, accessed: date) -> str:
    """3.4.8: the website in italics, and after it the version, as there is no other place for it."""
    found = rendered("oscola", shape(cited, accessed=accessed, site=WEBSITE if cited.site else VERSION))
    found = found.replace(f"<i>{VERSION}</i>", VERSION).replace(f"<i>{WEBSITE}</i>", f"<i>{WEBSITE}</i>, {VERSION}")
    found = found.replace(f"<{ADDRESS}>", f"&lt;{ADDRESS}&gt;")
    words = {NAME: _joined(cited.authors, "and", most=3, others="and others")}
    return filled(found, cited, title=within_single(_headline(cited)), accessed=accessed, words=words)


def _chicago(cited: Cited, accessed: date) -> str:
    """14.207: site, then revision, then date; “last modified” before the date that a publisher claims (14.13)."""
    site = f"{WEBSITE}, {VERSION}" if cited.site else VERSION
    found = rendered("chicago-notes-bibliography-17th-edition", shape(cited, accessed=accessed, site=site))
    found = found.replace(f"{TITLE}”,", f"{TITLE},”")
    if cited.is_document and cited.issued:
        found = found.replace(f"{VERSION}, ", f"{VERSION}, last modified ")
    title = within_double(_headline(cited, all_prepositions=True))
    words = {NAME: _joined(cited.authors, "and", most=3, others="et al.", serial=True)}
    return filled(found, cited, title=title, accessed=accessed, words=words)


def _apa(cited: Cited) -> tuple[str, str]:
    """10.16, with the version in parentheses (9.18). A copy that is kept takes no date of retrieval (9.16)."""
    of = shape(cited, accessed=None, site=WEBSITE if cited.site else "")
    entry = rendered("apa", of, is_entry=True).replace(f"Retrieved {ADDRESS}", ADDRESS)
    entry = entry.replace(f"<i>{TITLE}</i>", f"<i>{TITLE}</i> ({VERSION})")
    title = cited.title if cited.is_document else sentence(cited.title)
    names = cited.authors if cited.is_organisation else tuple(_initialled(name) for name in cited.authors)
    families = cited.authors if cited.is_organisation else tuple(_family(name) for name in cited.authors)
    words = {NAME: ", & ".join(filter(None, [", ".join(names[:-1]), names[-1]])), VERSION: cited.version.capitalize()}
    in_text = {NAME: _joined(families, "&", most=2, others="et al.")}
    return (
        filled(entry, cited, title=title, words=words),
        filled(rendered("apa", of), cited, title=title, words=in_text),
    )


def _mla(cited: Cited, accessed: date) -> tuple[str, str]:
    """5.20: an organisation that publishes its own work stands as its publisher, and the title comes first."""
    publisher = cited.publisher or (listed(cited.authors) if cited.is_organisation else "")
    site = cited.site or publisher
    named = publisher if publisher != site else ""
    day = None if cited.issued else accessed
    of = shape(cited, accessed=day, site=WEBSITE, place=False, publisher=VERSION if named else "")
    found = rendered("modern-language-association", of, is_entry=True)
    found = found.replace(f"{TITLE}”.", f"{TITLE}.”").replace(f", {VERSION}", "")
    found = found.replace(f"<i>{WEBSITE}</i>", f"<i>{WEBSITE}</i>, {VERSION}")
    if cited.is_document:
        found = found.replace(f", {ADDRESS}", f". <i>{SITE}</i>, {ADDRESS}")
    if cited.is_organisation:
        found = found.replace(f"{NAME}. ", "")
    title = within_double(_headline(cited, all_prepositions=True))
    version = ", ".join(filter(None, [cited.version, named]))
    words = {NAME: _inverted(cited.authors), WEBSITE: site, VERSION: version}
    return filled(found, cited, title=title, accessed=day, words=words), _mla_in_text(cited, title)


def _mla_in_text(cited: Cited, title: str) -> str:
    """6.3, 6.10 and 6.20: the author, or the title shortened, and the paragraphs."""
    place = f"par{'s' if '–' in cited.paragraphs else ''}. {cited.paragraphs}" if cited.paragraphs else ""
    if cited.is_organisation:
        return escape(f"(“{short(title)}{',' if place else ''}”{' ' * bool(place)}{place})", quote=False)
    families = tuple(_family(name) for name in cited.authors)
    named = listed(families) if len(families) < 3 else f"{families[0]} et al."
    return escape(f"({named}{', ' * bool(place)}{place})", quote=False)


def _joined(names: tuple[str, ...], word: str, *, most: int, others: str, serial: bool = False) -> str:
    """Return up to `most` names; of more the first and `others`.

    Bluebook 15.1(b), OSCOLA 3.1.1, Chicago 14.76, APA 8.17 (in the text).
    """
    if len(names) > most:
        return f"{names[0]} {others}"
    comma = "," if serial and len(names) > 2 else ""
    return f"{', '.join(names[:-1])}{comma} {word} {names[-1]}" if len(names) > 1 else names[0]


def _initialled(name: str) -> str:
    """Return a person in a reference of APA, such as van der Berg, J.-P. (9.8)."""
    given = parts(name).get("given", "")
    initials = " ".join("-".join(f"{part[0].upper()}." for part in word.split("-") if part) for word in given.split())
    return ", ".join(filter(None, [_family(name), initials]))


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
