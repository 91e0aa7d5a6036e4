"""Reads a frozen record off its page, as anybody can (docs/permalinks.md): by data-json and data-value."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "br", "wbr", "input", "use", "img", "hr", "path", "rect", "line", "circle"}


class RecordReader(HTMLParser):
    """Collects what a page says at each JSON Pointer, and the hash that it states."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.said: dict[str, set[str]] = {}
        self.sha256 = ""
        self._open: list[tuple[str, str | None, list[str]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        pointer = given.get("data-json")
        if pointer is not None and "data-value" in given:
            self.said.setdefault(pointer, set()).add(given["data-value"] or "")
            pointer = None
        if "data-record-sha256" in given:
            pointer = "sha256"
        if tag not in VOID:
            self._open.append((tag, pointer, []))

    def handle_data(self, data: str) -> None:
        for _, pointer, words in self._open:
            if pointer is not None:
                words.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            opened, pointer, words = self._open.pop()
            if pointer == "sha256":
                self.sha256 = "".join(words)
            elif pointer is not None:
                self.said.setdefault(pointer, set()).add("".join(words))
            if opened == tag:
                return


def at(record: Any, pointer: str) -> Any:
    """Return the value at a JSON Pointer (RFC 6901)."""
    for step in pointer.split("/")[1:]:
        record = record[int(step)] if isinstance(record, list) else record[step]
    return record


def leaves(record: Any, pointer: str = "") -> dict[str, str]:
    """Return every value of a record that is said in words or numbers, by its pointer."""
    if isinstance(record, dict):
        return {key: value for name in record for key, value in leaves(record[name], f"{pointer}/{name}").items()}
    if isinstance(record, list):
        return {key: value for n, one in enumerate(record) for key, value in leaves(one, f"{pointer}/{n}").items()}
    return {pointer: str(record)} if record not in (None, "") and not isinstance(record, bool) else {}
