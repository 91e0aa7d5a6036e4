"""Renders the Markdown of one block of a captured text as HTML that is safe to show (rule 13)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

_TAGS = "p br em strong a ul ol li table thead tbody tr th td blockquote code pre del h2 h3 h4 h5 h6"
TAGS = set(_TAGS.split())
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


class _Renderer(RendererHTML):
    """Shows an image as its alternative text: nothing is fetched from anywhere."""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        """Return the alternative text of an image."""
        words = self.renderInlineAsText(tokens[idx].children or [], options, env)
        return _escape(f"[{words}]") if words else ""


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(["table", "strikethrough"])


def render_block(markdown: str) -> str:
    """Return safe HTML of one block; markup that no reader needs is left out, links lead outside."""
    return nh3.clean(
        _markdown().render(markdown),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener external nofollow",
    )


def render_inline(markdown: str) -> str:
    """Return safe HTML of words within a line, such as a heading."""
    return nh3.clean(_markdown().renderInline(markdown), tags={"em", "strong", "code"}, attributes={})


def _escape(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
