"""Words with their emphasis and links, written as Markdown.

A paragraph is a row of runs: words that share emphasis and link. Written run by run, the signs of Markdown always stand
close to the words and close in the right order, however the page nests its elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote, urljoin, urlsplit

BREAK = "\n"
_LETTER = re.compile(r"[^\W_]")
SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp"})

_SPACE = re.compile(r"[ \t\n\r\f\v\u00a0]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_LINES = re.compile(r"[\u2028\u2029\x85\x0b\x0c]")
_JOINERS = re.compile("[\u200c\u200d]")
_SPECIAL = re.compile(r"[\\`*\[\]]|<(?=[a-zA-Z/!?])|(?<![^\W_])_|_(?![^\W_])|~~")
_LINE_START = re.compile(
    r"^(#{1,6}(?=[ \n]|$)|>|[-+](?=[ \n]|$)|={2,}(?=\s*$)|-{2,}(?=\s*$)|~~~)|^(\d{1,9})([.)])(?=[ \n]|$)"
)
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_UNSAFE_IN_TARGET = re.compile(r"[\s<>()\\]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind. A line break is a run of `BREAK`."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    target: str = ""


def cleaned(text: str) -> str:
    """Return text with each run of white space as one space and without signs that nobody sees."""
    text = _INVISIBLE.sub("", text) if not _JOINERS.search(text) else _joined(text)
    return _SPACE.sub(" ", _CONTROLS.sub("", _LINES.sub(" ", text)))


def _joined(text: str) -> str:
    """Drop joiners where nothing is joined: scripts that need them (Persian, Indic) and emoji keep theirs."""
    text = re.sub("[\u00ad\u200b\u2060\ufeff]", "", text)
    return re.sub(
        "(?<![\u0600-\u0dff\u2190-\U0001faff\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\u0dff\u2190-\U0001faff])",
        "",
        text,
    )


def target_of(address: str, base: str) -> str:
    """Return where a link leads, absolute if the base is known, or nothing if it leads nowhere a reader can go."""
    address = _CONTROLS.sub("", "".join(address.split("\n"))).strip()
    if not address:
        return ""
    try:
        absolute = urljoin(base, address) if base else address
        scheme = urlsplit(absolute).scheme.lower()
    except ValueError:
        return ""
    if scheme and scheme not in SCHEMES:
        return ""
    return _UNSAFE_IN_TARGET.sub(lambda found: quote(found.group()), absolute)


def written(runs: Iterable[Run], line_break: str = "\n") -> str:
    """Return runs as one paragraph of Markdown, without white space at the ends of its lines."""
    parts: list[str] = []
    for target, group in groupby(_normal(runs), key=lambda run: run.target):
        label = list(group)
        if not target:
            parts.append(_emphasised(label))
            continue
        before, core, after = _trimmed(label)
        words = _emphasised(core).replace("\n", " ")
        if "#" in target and not _LETTER.search(words):  # the sign beside a heading that links to the heading
            words = ""
        parts.append(before + (f"[{words}]({target})" if words else "") + after)
    text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", "".join(parts))).strip()
    return "\n".join(map(_started, text.split("\n"))).replace("\n", line_break)


def plain_words(runs: Iterable[Run]) -> str:
    """Return runs as words alone."""
    return " ".join("".join(run.text for run in runs).split())


def _normal(runs: Iterable[Run]) -> list[Run]:
    """Return runs with white space collapsed across their borders, those alike next to each other made one."""
    found: list[Run] = []
    space = True
    for run in runs:
        text = run.text
        if text != BREAK:
            if space and text.startswith(" "):
                text = text[1:]
            if not text:
                continue
            space = text.endswith(" ")
        else:
            space = True
        if not text.strip() and found:  # white space goes on as the words before it; its ends are trimmed later
            run = replace(found[-1], target=run.target, code=False)
        if found and replace(found[-1], text="") == replace(run, text=""):
            found[-1] = replace(found[-1], text=found[-1].text + text)
        else:
            found.append(replace(run, text=text))
    return found


def _trimmed(runs: Sequence[Run]) -> tuple[str, list[Run], str]:
    """Part the white space at both ends from runs."""
    core = list(runs)
    before = after = ""
    while core and (text := core[0].text) != text.lstrip():
        before += text[: len(text) - len(text.lstrip())]
        core[0] = replace(core[0], text=text.lstrip())
        if not core[0].text:
            core.pop(0)
    while core and (text := core[-1].text) != text.rstrip():
        after = text[len(text.rstrip()) :] + after
        core[-1] = replace(core[-1], text=text.rstrip())
        if not core[-1].text:
            core.pop()
    return before, core, after


def _emphasised(runs: Sequence[Run]) -> str:
    parts: list[str] = []
    for strong, group in groupby(runs, key=lambda run: run.strong):
        inner: list[str] = []
        row = list(group)
        before, core, after = _trimmed(row) if strong else ("", row, "")
        for emphasis, same in groupby(core, key=lambda run: run.emphasis):
            part = list(same)
            left, words, right = _trimmed(part) if emphasis else ("", part, "")
            text = "".join(_coded(run) for run in words)
            inner.append(left + (f"_{text}_" if emphasis and text else text) + right)
        text = "".join(inner)
        parts.append(before + (f"**{text}**" if strong and text else text) + after)
    return "".join(parts)


def _coded(run: Run) -> str:
    if run.code and "`" not in run.text and run.text.strip():
        return f"`{run.text}`"
    return escaped(run.text)


def escaped(text: str) -> str:
    """Return words so that Markdown reads them as words."""
    return _ENTITY.sub("&amp;", _SPECIAL.sub(lambda found: "\\" + found.group(), text))


def _started(line: str) -> str:
    """Return a line so that its beginning makes no heading, list, quotation or rule."""
    return _LINE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)
