"""Markdown as a reader sees it: words without markup."""

from __future__ import annotations

import html
import re

_IMAGE = re.compile(r"!\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\s*\)")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\s*\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Possessive, since captured text is hostile: a run of thousands of spaces must not be tried in thousands of ways.
_LINE_MARKS = re.compile(r"^[ \t]*+(?:#{1,6}[ \t]++|>[ \t]?|[*+-][ \t]++)++", re.MULTILINE)
_LINE_STARTS = ("#", ">", "*", "+", "-")
_BARS = re.compile(r"^[ \t]*+(?:={3,}+|-{3,}+|[|:][|:\- \t]*+)[ \t]*+$", re.MULTILINE)
_UNDERSCORES = re.compile(r"(?<!\\)(?:(?<![^\W_])_{1,3}|_{1,3}(?![^\W_]))")
_MARKS = ("*", "~~", "`")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HELD = {"\\*": "\ue000", "\\_": "\ue001", "\\`": "\ue002", "\\|": "\ue003"}


def plain(markdown: str) -> str:
    """Return the words of a piece of Markdown: links by their text, images by their alternative text."""
    text = markdown
    if "](" in text:
        if "![" in text:
            text = _IMAGE.sub(r"\1", text)
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _BREAK.sub(" ", text)
        text = _AUTOLINK.sub(r"\1", text)
    if "\n" in text or text.lstrip()[:1] in _LINE_STARTS:
        text = _LINE_MARKS.sub("", text)
    if "--" in text or "==" in text:
        text = _BARS.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(lambda found: _HELD.get(found.group(0), found.group(1)), text)
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, "")
    if "_" in text:
        text = _UNDERSCORES.sub("", text)
    if "|" in text:
        text = text.replace("|", " ")
    for escaped, held in _HELD.items():
        if held in text:
            text = text.replace(held, escaped[1])
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())
