"""Replays what a reader would have been told of a collection that is in the database, and what was kept from them.

`python -m tests.bench.replay` prints it for this installation; --list adds 100 suppressed versions with the words
that were removed and added, for reading.
"""

from __future__ import annotations

import os
import random
import re
import sys
from collections import Counter
from collections.abc import Callable

SEED = 20261124
LISTED = 100
SUPPRESSED = ("flap", "cosmetic", "technical")
WORDS_SHOWN = 40

# Written for this check alone: it shares nothing with the classifier.
_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"\n]*\")?\s*\)")
_DEFINITION = re.compile(r"^\s{0,3}\[[^\]\n]+\]:\s*\S+.*$", re.MULTILINE)
_UPDATED = re.compile(
    r"^\W*(?:this \w+ (?:\w+ )?was )?last (?:updated?|modified|revised|changed)\b.{0,60}$", re.I | re.M
)
_WORD = re.compile(r"[^\W_]+")


def bench(say: Callable[[str], None]) -> None:
    """Print what became of every version of real platforms. Raises AssertionError where a rule does not hold."""
    from changes.models import ChangeRecord
    from platforms.models import Version, VersionClass

    real = Version.objects.filter(document__platform__is_demonstration=False)
    kinds = Counter(real.values_list("version_class__kind", flat=True))
    assert VersionClass.objects.filter(version__in=real).count() == real.count(), "a version has no class"
    told = set(ChangeRecord.objects.exclude(state="withdrawn").values_list("version", flat=True))
    due = set(real.filter(version_class__kind__in=["substantive", "reverted"]).values_list("pk", flat=True))
    assert told & set(real.values_list("pk", flat=True)) == due, "records are not those of the versions that changed"
    pairs = [
        (version.version_class.compared_with, version)
        for version in real.filter(version_class__kind="cosmetic").select_related("version_class__compared_with")
    ]
    unequal = [version.pk for before, version in pairs if before and _words(before.body) != _words(version.body)]
    assert not unequal, f"cosmetic versions change words: {unequal[:5]}"
    say(f"versions: {sum(kinds.values()):,}, each of one class: {dict(kinds.most_common())}")
    say(f"cosmetic pairs with equal words and digits: {len(pairs):,} of {len(pairs):,}")
    documents = real.values("document").distinct().count()
    say(
        f"a reader would have seen {real.count() - documents:,} changes before noise was removed, "
        f"and sees {len(due):,} change records"
    )


def suppressed() -> list[str]:
    """Return 100 versions that made no record, spread over the classes, each with what was removed and added."""
    from changes.text.compare import compare
    from platforms.models import Version

    lines = []
    for n, kind in enumerate(SUPPRESSED):
        rows = Version.objects.filter(document__platform__is_demonstration=False, version_class__kind=kind)
        pks = sorted(rows.exclude(version_class__compared_with=None).values_list("pk", flat=True))
        share = LISTED // len(SUPPRESSED) + (n < LISTED % len(SUPPRESSED))
        for pk in random.Random(SEED).sample(pks, min(share, len(pks))):
            version = Version.objects.select_related("document__platform", "version_class__compared_with__text").get(
                pk=pk
            )
            before = version.version_class.compared_with
            assert before is not None
            old, new = before.body, version.body
            parts = [part for hunk in compare(old, new).hunks if hunk.kind != "moved" for part in hunk.parts]
            gone = _short(" … ".join(old[part.old_start : part.old_end] for part in parts if part.kind == "gone"))
            came = _short(" … ".join(new[part.new_start : part.new_end] for part in parts if part.kind == "new"))
            lines.append(
                f"{kind}\t{version.document.platform.slug}/{version.document.slug}\t{before.number}→{version.number}"
                f"\t− {gone}\t+ {came}"
            )
    return lines


def _words(text: str) -> list[str]:
    text = _UPDATED.sub("last updated", _DEFINITION.sub("", _TARGET.sub("]()", text)))
    return _WORD.findall(text.casefold())


def _short(words: str) -> str:
    every = words.split()
    return " ".join(every) if len(every) <= WORDS_SHOWN else " ".join([*every[:WORDS_SHOWN], f"… ({len(every)} words)"])


def main() -> None:
    """Print it for this installation's own database."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conductatlas.settings")
    django.setup()
    from conductatlas.database import server

    with server():
        bench(print)
        if "--list" in sys.argv:
            print("\n".join(suppressed()))


if __name__ == "__main__":
    main()
