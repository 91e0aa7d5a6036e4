"""Progress of long work: one line that is written over on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import time
from typing import Any


class ProgressLine:
    """Call it with what is counted, how many are done and of how many; leaves no trace on a terminal."""

    def __init__(self, stream: Any, *, clock: Any = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._terminal = bool(stream.isatty())
        self._next = 0.0
        self._shown = False
        self._label = ""

    def __call__(self, label: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done, ten times a second on a terminal, else every ten seconds."""
        now = self._clock()
        if label == self._label and now < self._next and done < total:
            return
        if not self._terminal and label != self._label and done < total:
            self._label, self._next = label, now + 10
            return
        if done >= total and label == self._label and not self._shown and not self._terminal and now < self._next:
            return
        self._label, self._next = label, now + (0.1 if self._terminal else 10)
        share = f" ({100 * done // total} %)" if total else ""
        text = f"{label}: {done:,} of {total:,}{share}"
        self._stream.write(f"\r\033[K{text}" if self._terminal else text, ending="" if self._terminal else "\n")
        self._stream.flush()
        self._shown = True

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        if self._terminal and self._shown:
            self._stream.write("\r\033[K", ending="")
            self._stream.flush()
