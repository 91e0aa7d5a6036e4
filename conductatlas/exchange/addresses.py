"""Addresses as a table: each is a document that is captured from then on."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.utils import timezone

from conductatlas.exchange.files import Cells
from conductatlas.exchange.rows import Fault, Taken
from platforms.acts.add_document import Address, NotAdded, add_document
from platforms.models import Document

COLUMNS = ("platform", "url", "title", "kind", "select", "remove", "platform_name")
_TELLS = {"title": "title", "kind": "kind", "selector": "select", "platform": "platform", "slug": "platform"}
"""Words of a refusal, and the column that they are about."""


class AddressTable:
    """One row a document; what is there already stays as it is."""

    name, about = "addresses", "documents by their address, captured from then on; what is there stays as it is"
    key: tuple[str, ...] = ("platform", "url", "title")
    permissions: tuple[str, ...] = ("platforms.add_document", "platforms.add_platform")

    def columns(self) -> list[str]:
        """Return the columns of `add_document --file`."""
        return list(COLUMNS)

    def every_row(self) -> Iterator[dict[str, str]]:
        """Yield every document that has an address and may be captured."""
        documents = Document.objects.exclude(source_url="").filter(platform__is_demonstration=False)
        for document in documents.select_related("platform").order_by("platform__slug", "slug").iterator(500):
            yield _cells(document)

    def take(self, cells: Cells, by: User) -> Taken:
        """Add the document of an address."""
        given = {name: cells.get(name, "").strip() for name in COLUMNS}
        select, remove = (
            tuple(part.strip() for part in given.pop(name).split("\n") if part.strip()) for name in ("select", "remove")
        )
        address = Address(**given, select=select, remove=remove)
        try:
            document, is_new = add_document(address=address, at=timezone.now())
        except NotAdded as fault:
            sentence = str(fault)
            column = next((column for word, column in _TELLS.items() if word in sentence), "url")
            return Taken(None, None, [Fault(column, f"{sentence[:1].upper()}{sentence[1:]}.")])
        after = _cells(document) | {"select": "\n".join(select), "remove": "\n".join(remove)}
        return Taken(None, after) if is_new else Taken(after, after)


def _cells(document: Document) -> dict[str, str]:
    return {
        "platform": document.platform.slug,
        "url": document.source_url,
        "title": document.title,
        "kind": document.kind,
        "select": "",
        "remove": "",
        "platform_name": document.platform.name,
    }
