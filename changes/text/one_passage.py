"""What changed between two short wordings that stand alone, in whole words."""

from __future__ import annotations

from changes.text.rows import Run
from changes.text.wording import changes_of


def changed(old_words: str, new_words: str) -> list[Run]:
    """Return the runs of a comparison in reading order.

    The same and the new runs joined by blanks are the new words; the same and the gone ones are the old. What a sign
    is attached to goes with it ("months." for "years."), so that the runs may be set with a blank between any two.
    """
    before, after = old_words.split(), new_words.split()
    runs: list[Run] = []
    j = 0
    for i, i_end, j_start, j_end in [*changes_of(before, after), (len(before), len(before), len(after), len(after))]:
        for kind, words in (("same", after[j:j_start]), ("gone", before[i:i_end]), ("new", after[j_start:j_end])):
            if words:
                runs.append(Run(kind, " ".join(words)))
        j = j_end
    return runs
