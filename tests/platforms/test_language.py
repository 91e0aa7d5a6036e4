"""The language of a text, asked by several threads at once."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings

AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from platforms.text.language import language_of
text = "We keep what you give us for twelve months after you close your account, and then we delete all of it. "
with ThreadPoolExecutor(8) as pool:
    print({language for language in pool.map(language_of, [text * n for n in range(1, 33)])})
"""


def test_threads_that_ask_first_at_once_share_one_model():
    answer = subprocess.run(
        [sys.executable, "-c", AT_ONCE], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert answer.stdout == "{'en'}\n"
