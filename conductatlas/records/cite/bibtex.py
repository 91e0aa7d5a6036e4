"""Citations as BibTeX, whose readers take braces, backslashes and percent signs for their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from conductatlas.records.cite.item import SITE, Cited, parts

_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "#": r"\#", "$": r"\$", "&": r"\&", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "@": r"{@}",
}  # fmt: skip


def bibtex(cited: Sequence[Cited], accessed: date) -> str:
    """Return one @online entry for each (biblatex; BibTeX itself reads it as @misc)."""
    return "\n".join(_entry(one, accessed) for one in cited)


def escaped(words: str) -> str:
    """Return words that TeX sets as they are, on one line; what cannot be set is left out."""
    return "".join(_ESCAPES.get(character, character) for character in on_one_line(words))


def on_one_line(words: str) -> str:
    """Return words without line breaks of any kind, and without control characters."""
    joined = " ".join(words.split())
    return "".join(c for c in joined if c.isprintable() or c in "\u200c\u200d\u200e\u200f")


def _entry(cited: Cited, accessed: date) -> str:
    fields = {
        "author": " and ".join(_author(name, whole=cited.is_organisation) for name in cited.authors),
        "title": f"{{{escaped(cited.title)}}}",
        "organization": escaped(cited.publisher),
        "version": str(cited.number),
        "date": cited.issued.isoformat() if cited.issued else "",
        "year": str(cited.issued.year) if cited.issued else "",
        "url": _address(cited.url),
        "urldate": accessed.isoformat(),
        "number": cited.name,
        "addendum": f"paragraph {cited.paragraphs.replace('–', '--')}" if cited.paragraphs else "",
        "langid": cited.language,
        "howpublished": escaped(cited.site or SITE),
        "note": escaped(cited.note),
    }
    key = re.sub(r"[^A-Za-z0-9]+", "-", cited.name)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{key},", *lines, "}", ""])


def _author(name: str, *, whole: bool) -> str:
    """Return a name that is not taken apart where it is an organisation's, and by our parts where it is a person's."""
    found = parts(name)
    if whole or "family" not in found:
        return f"{{{escaped(name)}}}"
    family = " ".join(filter(None, [found.get("non-dropping-particle", ""), found["family"]]))
    return f"{escaped(family)}, {escaped(found['given'])}"


def _address(url: str) -> str:
    """Return an address with what would end the field, or begin a comment, percent-encoded; the rest as it is."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")
