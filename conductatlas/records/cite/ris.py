"""Citations as RIS, a tag and a value on each line: no value may hold a line break."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from conductatlas.records.cite.bibtex import on_one_line
from conductatlas.records.cite.item import SITE, Cited, parts


def ris(cited: Sequence[Cited], accessed: date) -> str:
    """Return one record of the type ELEC (web page) for each, lines ended by CR LF as the format has them."""
    return "".join(f"{line}\r\n" for one in cited for line in _lines(one, accessed))


def _lines(cited: Cited, accessed: date) -> list[str]:
    tags = [
        ("TY", "ELEC"),
        *(("AU", _author(name, whole=cited.is_organisation)) for name in cited.authors),
        ("TI", cited.title),
        ("T2", cited.site),
        ("PB", cited.publisher),
        ("ET", cited.version),
        ("M1", cited.name),
        ("PY", str(cited.issued.year) if cited.issued else ""),
        ("DA", f"{cited.issued:%Y/%m/%d}" if cited.issued else ""),
        ("SE", f"paragraph {cited.paragraphs}" if cited.paragraphs else ""),
        ("UR", cited.url),
        ("L2", cited.source_url),
        ("Y2", f"{accessed:%Y/%m/%d}"),
        ("LA", cited.language),
        ("DB", SITE),
        ("N1", cited.note),
    ]
    shown = [(tag, on_one_line(value)) for tag, value in tags]
    return [f"{tag}  - {value}" for tag, value in shown if value] + ["ER  - "]


def _author(name: str, *, whole: bool) -> str:
    """Return a person's name by family and given name, an organisation's as it is."""
    found = parts(name)
    if whole or "family" not in found:
        return name
    family = " ".join(filter(None, [found.get("non-dropping-particle", ""), found["family"]]))
    return f"{family}, {found['given']}"
