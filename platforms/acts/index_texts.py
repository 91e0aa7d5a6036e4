"""Indexes the words of texts, so that pasted words are found again. Derived: may run again at any time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from django.db import connection, transaction

from platforms.models import Piece, StoredText, TextPieces
from platforms.text.pieces import RELEASE, pieces

BATCH = 40
"""Texts a transaction; some have a megabyte."""


def index_texts(*, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Index each text that this release has not indexed; return how many. May be stopped and run again."""
    waiting = list(
        StoredText.objects.exclude(pk__in=TextPieces.objects.filter(release=RELEASE).values("text"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    known: dict[str, list[int]] = {}
    for start in range(0, len(waiting), BATCH):
        _index(waiting[start : start + BATCH], known)
        progress(min(start + BATCH, len(waiting)), len(waiting))
    return len(waiting)


@transaction.atomic
def _index(texts: Sequence[int], known: dict[str, list[int]]) -> None:
    """Index some texts. `known` remembers the rows of each line between calls: most texts share most of their lines."""
    lines = {pk: body.split("\n") for pk, body in StoredText.objects.filter(pk__in=texts).values_list("pk", "body")}
    new = {line: list(pieces(line)) for line in set(chain.from_iterable(lines.values())) if line not in known}
    stored = _stored({" ".join(piece) for cut in new.values() for piece in cut})
    known |= {line: [stored[" ".join(piece)] for piece in cut] for line, cut in new.items()}
    TextPieces.objects.bulk_create(
        [
            TextPieces(text_id=pk, release=RELEASE, pieces=[row for line in of for row in known[line]])
            for pk, of in lines.items()
        ],
        update_conflicts=True,
        unique_fields=["text"],
        update_fields=["release", "pieces"],
    )


def _stored(said: Iterable[str]) -> dict[str, int]:
    """Store the pieces that are not there yet; return the row of each."""
    hashes = {hashlib.sha256(words.encode()).digest(): words for words in said}
    with connection.cursor() as cursor:
        # In one order, so that two processes never wait for each other; whoever comes second finds the row there.
        cursor.executemany(
            "INSERT INTO platforms_piece (sha256, words) VALUES (%s, %s) ON CONFLICT (sha256) DO NOTHING",
            sorted(hashes.items()),
        )
    rows = Piece.objects.filter(sha256__in=list(hashes)).values_list("sha256", "pk")
    return {hashes[bytes(sha256)]: pk for sha256, pk in rows}
