"""A whole version of a document in print: its text as it reads, paragraphs numbered as everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from conductatlas.pages.version import Paragraph, sheet
from conductatlas.printing.blocks import Block, facts, heading, mono, paragraph, tag
from conductatlas.printing.evidence import provenance_facts, version_facts
from conductatlas.printing.words import breakable
from platforms.models import StoredText

Run = dict[str, Any]


def blocks(value: dict[str, Any]) -> list[Block]:
    """Return what is printed of a version: the text is found by the hash that its record states."""
    stored, numbers = value["text"], value["version"]
    text = StoredText.objects.body_of(stored["sha256"]) if stored is not None else ""
    parts = sheet(text)
    return [
        facts(
            [
                ("Platform", f"{value['platform']['name']}, of {value['platform']['operator']}"),
                ("Captured", numbers["captured_at"]),
                ("Paragraphs", f"{sum(1 for part in parts if part.number):,}, numbered beside them"),
                ("Source", mono(value["document"]["source_url"])),
            ]
        ),
        heading("The text"),
        *([] if parts else [paragraph("This version has no text. Its bytes are kept.")]),
        *text_blocks(parts, value["language"]),
        heading("Evidence"),
        facts([*version_facts(numbers), ("Recorded", value["recorded_at"])]),
        facts(provenance_facts(value["provenance"])),
        paragraph(
            "The text is stored as Markdown; it is printed as it reads, without marks and without the addresses of"
            " links. The exact characters are in the evidence of this record.",
            small=True,
        ),
    ]


def text_blocks(parts: list[Paragraph], language: str) -> Iterable[Block]:
    """Return the text of a document, its headings at levels that skip none beneath ours."""
    """Return the text of a document, its headings at levels that never skip one beneath ours."""
    depth = 2
    for part in parts:
        if part.heading_level:
            depth = min(part.heading_level + 1, depth + 1)
            words = breakable(LexborHTMLParser(str(part.html)).text(strip=True))
            yield {"is": "document heading", "level": depth, "words": words, "lang": tag(language)}
        else:
            lines = [line for line in _lines(str(part.html)) if line]
            yield {"is": "body", "mark": f"¶ {part.number}", "lines": lines, "lang": tag(language)}


def _lines(html: str) -> list[list[Run]]:
    """Return the lines of a block: of a list one for each item, of a table one for each row, cells apart by bars."""
    lines: list[list[Run]] = [[]]
    body = LexborHTMLParser(html).body
    if body is not None:
        _walk(body, lines, strong=False, emphasis=False)
    return lines


def _walk(node: LexborNode, lines: list[list[Run]], *, strong: bool, emphasis: bool) -> None:
    for child in node.iter(include_text=True):
        name = child.tag
        if name == "-text":
            words = " ".join((child.text(deep=False) or "").split("\n"))
            if words.strip() or lines[-1]:
                lines[-1].append({"words": breakable(words), "strong": strong, "emphasis": emphasis})
            continue
        if name in ("p", "li", "tr", "br", "pre", "blockquote", "h2", "h3", "h4", "h5", "h6") and lines[-1]:
            lines.append([])
        if name == "li":
            lines[-1].append({"words": "• ", "strong": False, "emphasis": False})
        if name in ("td", "th") and lines[-1]:
            lines[-1].append({"words": " | ", "strong": False, "emphasis": False})
        _walk(child, lines, strong=strong or name in ("strong", "th"), emphasis=emphasis or name == "em")
