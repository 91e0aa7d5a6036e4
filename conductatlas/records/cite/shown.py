"""What a page shows of citations, and says of itself by them: the component, its tags, and its link headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from conductatlas.records.cite.item import Cited
from conductatlas.records.cite.styles import Styled, styled
from conductatlas.records.cite.tags import citation_tags, coins, schemas

FORMATS = {
    "bib": ("BibTeX", "application/x-bibtex"),
    "ris": ("RIS", "application/x-research-info-systems"),
    "csl.json": ("CSL-JSON", "application/vnd.citationstyles.csl+json"),
    "txt": ("Text", "text/plain; charset=utf-8"),
}
"""The downloads by their ending: what people call them, and their media type."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to cite as the page shows it: what it is, its citation in each style, and its downloads."""

    label: str
    cited: Cited
    styles: Sequence[Styled]
    downloads: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Citing:
    """The citations of a page: the documents first. The last one is what the page is about."""

    entries: Sequence[Entry]
    accessed: date
    tags: Sequence[tuple[str, str]]
    coins: Sequence[str]

    @property
    def about(self) -> Cited:
        """Return what the page is about."""
        return self.entries[-1].cited

    def schemas(self, page: str) -> list[dict[str, Any]]:
        """Return each thing for schema.org; `page` is another address of the last."""
        return schemas([entry.cited for entry in self.entries], page)


def citing(found: Sequence[Cited], accessed: date | None = None) -> Citing | None:
    """Return the citations of a page for the day of access, today in UTC if none is given; None for nothing to cite."""
    if not found:
        return None
    day = accessed or timezone.now().date()
    return Citing(
        entries=[Entry(_label(one, found), one, styled(one, day), downloads(one)) for one in found],
        accessed=day,
        tags=citation_tags(found[-1]),
        coins=[coins(one) for one in found],
    )


def downloads(cited: Cited) -> list[tuple[str, str]]:
    """Return name and address of each file that holds this citation; those of a record hold its documents too."""
    return [(name, download_path(cited, ending)) for ending, (name, _) in FORMATS.items()]


def download_path(cited: Cited, ending: str) -> str:
    """Return the path of a citation as a file, for the same words of a version."""
    record, _, number = cited.name.partition("/v")
    path = reverse("cite", args=[record, int(number), ending])
    _, _, query = cited.url.partition("?")
    return f"{path}?{query.partition('#')[0]}" if query else path


def absolute(path: str) -> str:
    """Return the address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def _label(cited: Cited, among: Sequence[Cited]) -> str:
    if cited.name.startswith("CA-P-"):
        return "Our analysis"
    if cited.name.startswith("CA-C-"):
        return "This record"
    return "The document" if sum(one.is_document for one in among) == 1 else f"The document, version {cited.number}"
