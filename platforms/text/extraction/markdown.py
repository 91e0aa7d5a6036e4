"""Writes a tree of elements as Markdown: headings with #, lists, tables with bars, one blank line between blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from platforms.text.extraction.buttons import is_title
from platforms.text.extraction.inline import BREAK, Run, cleaned, plain_words, target_of, written
from platforms.text.extraction.tables import is_layout, rows
from platforms.text.extraction.tree import BLOCKS, Element

HEADING = re.compile(r"h([1-6])")
STRONG = frozenset({"b", "strong"})
EMPHASIS = frozenset({"i", "em", "cite", "dfn", "var"})
CODE = frozenset({"code", "kbd", "samp", "tt"})
DROPPED = frozenset({"button", "rp", "rt"})


def within(style: Run, element: Element, base: str) -> Run:
    """Return how words look inside an element: a run without text, which those within inherit."""
    if element.tag in STRONG:
        return replace(style, strong=True)
    if element.tag in EMPHASIS:
        return replace(style, emphasis=True)
    if element.tag in CODE:
        return replace(style, code=True)
    if element.tag == "a" and (target := target_of(element.get("href"), base)):
        return replace(style, target=target)
    return style


class Writer:
    """Writes elements as blocks of Markdown; links are made absolute by `base`."""

    def __init__(self, base: str = "") -> None:
        self.base = base
        self.with_blocks: set[Element] = set()

    def text(self, roots: Iterable[Element]) -> str:
        """Return the Markdown of elements one after the other; ends with one line break unless there are no words."""
        blocks = [block for root in roots for block in self._begun(root)]
        text = "\n\n".join(blocks)
        return f"{text}\n" if text else ""

    def _begun(self, root: Element) -> list[str]:
        self._note_blocks(root)
        return self.block(root, Run(""))

    def _note_blocks(self, root: Element) -> None:
        """Note which elements hold a block somewhere beneath them: these are no part of a line, whatever their name."""
        for element in root.elements():
            if element.tag in BLOCKS:
                above = element.parent
                while above is not None and above not in self.with_blocks:
                    self.with_blocks.add(above)
                    above = above.parent

    def blocks(self, element: Element, style: Run) -> list[str]:
        """Return the blocks within an element."""
        found: list[str] = []
        line: list[Run] = []
        for child in element.children:
            if isinstance(child, Element) and self._is_block(child):
                found += paragraphs(line)
                line = []
                found += self.block(child, within(style, child, self.base))
            else:
                line += self.runs(child, style)
        return found + paragraphs(line)

    def _is_block(self, element: Element) -> bool:
        return element.tag in BLOCKS or element in self.with_blocks

    def runs(self, node: Element | str, style: Run) -> list[Run]:
        """Return the words of a node that stands within a line."""
        if isinstance(node, str):
            text = cleaned(node)
            return [replace(style, text=text)] if text else []
        if node.tag == "br":
            return [replace(style, text=BREAK)]
        if node.tag == "img":
            words = cleaned(node.get("alt")).strip()
            return [replace(style, text=words)] if words else []
        if node.tag in DROPPED and not (node.tag == "button" and is_title(node)):
            return []
        inner = within(style, node, self.base)
        if node.tag == "q":
            return [replace(style, text="“"), *self._inside(node, inner), replace(style, text="”")]
        return self._inside(node, inner)

    def _inside(self, node: Element, style: Run) -> list[Run]:
        return [run for child in node.children for run in self.runs(child, style)]

    def block(self, element: Element, style: Run) -> list[str]:
        """Return the blocks that one block element makes."""
        tag = element.tag
        if found := HEADING.fullmatch(tag):
            return self._heading(element, int(found[1]))
        if tag in {"ul", "ol", "menu", "dir"}:
            return self._list(element, style)
        if tag == "li":  # outside of any list
            return [_item("- ", blocks)] if (blocks := self.blocks(element, style)) else []
        if tag == "blockquote":
            inner = "\n\n".join(self.blocks(element, style))
            return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))] if inner else []
        if tag == "pre":
            return self._preformatted(element, style)
        if tag == "summary":
            return self.blocks(element, replace(style, strong=True))
        if tag == "hr":
            return []
        if tag == "table" and not is_layout(element):
            return self._table(element, style)
        return self.blocks(element, style)

    def _heading(self, element: Element, level: int) -> list[str]:
        if any(isinstance(child, Element) and self._holds_text_blocks(child) for child in element.children):
            return self.blocks(element, Run(""))
        runs = [replace(run, strong=False, text=" " if run.text == BREAK else run.text) for run in self._flat(element)]
        words = written(runs)
        return [f"{'#' * level} {words}"] if plain_words(runs) else []

    def _holds_text_blocks(self, element: Element) -> bool:
        return any(e.tag in {"p", "ul", "ol", "table"} and len(e.words()) > 40 for e in element.elements())

    def _flat(self, element: Element, style: Run | None = None) -> list[Run]:
        """Return all words beneath an element as one line."""
        style = style or Run("")
        found: list[Run] = []
        for child in element.children:
            if isinstance(child, Element) and self._is_block(child):
                found.append(Run(BREAK))
                found += self._flat(child, within(style, child, self.base))
                found.append(Run(BREAK))
            else:
                found += self.runs(child, style)
        return found

    def _list(self, element: Element, style: Run) -> list[str]:
        ordered = element.tag == "ol"
        start = element.get("start")
        number = int(start) if re.fullmatch(r"\d{1,9}", start) else 1
        items: list[str] = []
        for blocks, value in self._items(element, style):
            if value:
                number = int(value)
            mark = f"{number}. " if ordered else "- "
            items.append(_item(mark, blocks))
            number += 1
        loose = any("\n\n" in item for item in items)
        return [("\n\n" if loose else "\n").join(items)] if items else []

    def _items(self, element: Element, style: Run) -> Iterable[tuple[list[str], str]]:
        """Yield the blocks and the stated number of each item; what stands between items belongs to the one before."""
        held: list[str] = []
        value = ""
        for child in element.children:
            if isinstance(child, str) and not child.strip():
                continue
            wrapper = Element("div", {}, element, [child])
            if isinstance(child, Element) and child.tag == "li":
                if held:
                    yield held, value
                held = self.blocks(child, style)
                given = child.get("value")
                value = given if re.fullmatch(r"\d{1,9}", given) else ""
            else:
                held = held + self.blocks(wrapper, style)
        if held:
            yield held, value

    def _preformatted(self, element: Element, style: Run) -> list[str]:
        text = "".join(element.strings()).replace("\r\n", "\n")
        if self._reads_as_prose(text):
            return [
                block
                for part in re.split(r"\n\s*\n", text)
                for block in paragraphs(self._lines(part.strip("\n"), style))
            ]
        lines = [line.rstrip() for line in text.split("\n")]
        body = "\n".join(lines).strip("\n")
        fence = "````" if "```" in body else "```"
        return [f"{fence}\n{body}\n{fence}"] if body.strip() else []

    def _reads_as_prose(self, text: str) -> bool:
        return not re.search(r"[{};]\s*$|^\s*[$#]\s", text, re.MULTILINE)

    def _lines(self, text: str, style: Run) -> list[Run]:
        return [replace(style, text=cleaned(text))]

    def _table(self, element: Element, style: Run) -> list[str]:
        caption = [
            block
            for e in element.children
            if isinstance(e, Element) and e.tag == "caption"
            for block in self.blocks(e, style)
        ]
        lines = [[self._cell(cell, style) for cell in row] for row in rows(element)]
        lines = [line for line in lines if any(line)]
        if not lines:
            return caption
        width = max(map(len, lines))
        used = [i for i in range(width) if any(i < len(line) and line[i] for line in lines)]
        full = [[line[i] if i < len(line) else "" for i in used] for line in lines]
        bar = "| " + " | ".join("---" for _ in used) + " |"
        written_rows = ["| " + " | ".join(line) + " |" for line in full]
        return [*caption, "\n".join([written_rows[0], bar, *written_rows[1:]])]

    def _cell(self, cell: Element | None, style: Run) -> str:
        if cell is None:
            return ""
        runs = self._flat(cell, style)
        lines = written(runs, "\n").split("\n")
        return "<br>".join(line for line in lines if line).replace("|", "\\|")


def paragraphs(line: list[Run]) -> list[str]:
    """Return a line of runs as paragraphs: two line breaks or more part them."""
    found: list[str] = []
    part: list[Run] = []
    breaks = 0
    for run in line:
        if run.text == BREAK:
            breaks += 1
            if breaks == 2:
                found.append(written(part))
                part = []
        elif run.text.strip():
            if breaks == 1:
                part.append(replace(run, text=BREAK))
            breaks = 0
            part.append(run)
        elif not breaks:
            part.append(run)
    found.append(written(part))
    return [block for block in found if block]


def _item(mark: str, blocks: list[str]) -> str:
    """Return an item of a list: its mark, and its blocks set in beneath."""
    if not blocks:
        return mark.rstrip()
    indent = " " * len(mark)
    tight = len(blocks) == 2 and re.match(r"(?:[-+*]|\d+\.) ", blocks[1]) and "\n\n" not in blocks[1]
    text = ("\n" if tight else "\n\n").join(blocks)
    return mark + "\n".join(f"{indent}{line}" if line and i else line for i, line in enumerate(text.split("\n")))
