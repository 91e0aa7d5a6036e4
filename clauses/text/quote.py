"""The sentence of a passage that says it, in full and in plain words: never shortened, never emphasised."""

from __future__ import annotations

from clauses.text.classify import stated_by
from clauses.text.plain import plain


def key_sentence(words: str, clause_type: str) -> str:
    """Return the sentence that carries the type best, as a reader sees it; the whole passage where none stands out."""
    span = stated_by(words, clause_type)
    said = plain(words[span[0] : span[1]]) if span else ""
    return said or plain(words)
