"""Captured text is hostile: what is long or deep is read in time that grows with its length, and to the end."""

from __future__ import annotations

import pytest

from clauses.text.blocks import blocks
from clauses.text.plain import plain
from clauses.text.sentences import sentences

LONG = 200_000


@pytest.mark.parametrize(
    "text",
    [" " * LONG + "x", "-" * LONG + "x", "> " * LONG + "x", "|" * LONG + "x", "." * LONG + "x", "* " * LONG, "_" * LONG, "[" * LONG],
    ids=["spaces", "bars", "quotes", "cells", "dots", "bullets", "underscores", "brackets"],
)  # fmt: skip
def test_long_runs_are_read(text: str) -> None:
    plain(text)
    sentences(text)
    blocks(text)


def test_lists_within_lists_are_read_to_the_bottom() -> None:
    depth = 3_000
    text = "\n".join(f"{'  ' * n}* the following {'word ' * 80}:" for n in range(depth))
    found = blocks(text)
    assert sum(text[block.start : block.end].count("the following") for block in found) == depth
