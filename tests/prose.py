"""Finds runs of words that texts share: what was written twice was not written for its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
RUN = 8
"""Words in a run."""


def shared_runs(texts: Mapping[str, Sequence[str]], names: Sequence[str] = ()) -> dict[tuple[str, str], str]:
    """Return a run of eight words for each two keys whose texts share one; quotations and `names` part runs."""
    owner: dict[tuple[str, ...], str] = {}
    shared: dict[tuple[str, str], str] = {}
    named = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))) if names else None
    for key, some in texts.items():
        for run in {run for text in some for run in _runs(text, named)}:
            first = owner.setdefault(run, key)
            if first != key:
                shared.setdefault((first, key), " ".join(run))
    return shared


def _runs(text: str, named: re.Pattern[str] | None) -> set[tuple[str, ...]]:
    text = QUOTED.sub("|", text)
    if named is not None:
        text = named.sub("|", text)
    runs = set()
    for part in text.split("|"):
        words = [word.casefold() for word in WORD.findall(part)]
        runs |= {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
    return runs
