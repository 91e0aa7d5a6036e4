"""Tells the language of a text, by py3langid (offline, deterministic)."""

from __future__ import annotations

import re
from functools import cache
from threading import Lock

import py3langid

LANGUAGES = {
    "ar": "Arabic",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""Told apart; among all ninety-odd that the model knows, lists of names pass for rare ones."""
SAMPLE = 4000
"""Code points looked at."""
FEWEST_LETTERS = 40
_MARKUP = re.compile(r"\]\([^)]*\)|https?://\S+|[#*_|>\[\]-]")


_LOADING = Lock()


@cache
def _limit_languages() -> None:
    py3langid.set_languages(list(LANGUAGES))


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language of a text, or an empty string where there are too few letters."""
    sample = " ".join(_MARKUP.sub(" ", text[: 4 * SAMPLE]).split())[:SAMPLE]
    if sum(c.isalpha() for c in sample) < FEWEST_LETTERS:
        return ""
    with _LOADING:  # else each of several threads loads the model, and one asks it while another changes it
        _limit_languages()
    language, _score = py3langid.classify(sample)
    return str(language)
