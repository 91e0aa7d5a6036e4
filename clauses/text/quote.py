"""The sentence of a passage that says it, in full and in plain words: never shortened, never emphasised."""

from __future__ import annotations

from clauses.text.classify import stated_by
from clauses.text.plain import plain
from clauses.text.stance import Stance


def key_sentence(words: str, clause_type: str, taken: str = "") -> str:
    """Return the sentence that carries the type, and its stance, best; the whole passage where none stands out."""
    span = stated_by(words, clause_type, Stance(taken) if taken else None)
    said = plain(words[span[0] : span[1]]) if span else ""
    return said or plain(words)
