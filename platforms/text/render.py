"""Renders the Markdown of one block of a captured text as HTML that is safe to show (rule 13)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_TAGS = "p br em strong a ul ol li table thead tbody tr th td blockquote code pre del h2 h3 h4 h5 h6"
TAGS = set(_TAGS.split())
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_SCROLL = '<div class="scroll" tabindex="0" role="group" aria-label="A table; it may scroll sideways">'


class _Renderer(RendererHTML):
    """Shows an image as its alternative text: nothing is fetched from anywhere."""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Return the alternative text of an image."""
        words = self.renderInlineAsText(tokens[idx].children or [], options, env)
        return _escape(f"[{words}]") if words else ""

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Return the start of a link. One into this site, or that runs something, is words alone."""
        if str(tokens[idx].attrGet("href") or "").partition(":")[0].lower() not in SCHEMES:
            next(token for token in tokens[idx:] if token.type == "link_close").hidden = True
            return ""
        return self.renderToken(tokens, idx, options, env)


def _break(state: StateInline, silent: bool) -> bool:
    """Read the one tag that Markdown itself has no sign for: a line that ends within a cell."""
    found = _BREAK.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("hardbreak", "br", 0)
    state.pos = found.end()
    return True


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(["table", "strikethrough"])
    markdown.inline.ruler.before("autolink", "break", _break)
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]  # the renderer drops the address instead
    return markdown


def render_block(markdown: str) -> str:
    """Return safe HTML of one block; markup that no reader needs is left out, links lead outside, tables may scroll."""
    html = nh3.clean(
        _markdown().render(markdown),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener external nofollow",
        url_relative="deny",
    )
    return html.replace("<table>", f"{_SCROLL}<table>").replace("</table>", "</table></div>")


def render_inline(markdown: str) -> str:
    """Return safe HTML of words within a line, such as a heading."""
    return nh3.clean(_markdown().renderInline(markdown), tags={"em", "strong", "code"}, attributes={})


def _escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
