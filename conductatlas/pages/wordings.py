"""How the wording of a clause went through the versions of its document, and the drawing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from changes.models import ChangeRecord
from changes.text.one_passage import changed
from changes.text.rows import Run
from clauses.models import Clause, Provision
from clauses.text.plain import plain
from conductatlas.pages.activity import Activity
from conductatlas.pages.timeline import Block, Flag, Timeline, timeline

SHOWN = 4
"""Wordings that are spelled out; the drawing has all of them."""
FOLD = 30
"""More unchanged words than this in a row are folded."""

# The good versions of the document in order, each with the wordings that the clause has in it.
_HISTORY = """
WITH carried AS (
  SELECT p.version_id, array_agg(DISTINCT p.provision_id) AS provisions
  FROM clauses_provision w JOIN clauses_passage p ON p.provision_id = w.id WHERE w.clause_id = %s GROUP BY p.version_id)
SELECT v.number, v.captured_at, carried.provisions
FROM platforms_version v JOIN platforms_versionclass k ON k.version_id = v.id AND k.is_good
  LEFT JOIN carried ON carried.version_id = v.id
WHERE v.document_id = %s ORDER BY v.captured_at, v.source_order, v.number
"""


@dataclass(slots=True)
class Wording:
    """The paragraphs that a clause had from one version to another; none where it was not there.

    `record` is the change that brought it, where one is recorded; `before_version` is the good version before.
    """

    number: int
    provisions: frozenset[int]
    first_version: int
    first_at: datetime
    last_version: int
    last_at: datetime
    before_version: int | None = None
    record: ChangeRecord | None = None
    parts: list[Run] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class History:
    """The wordings of a clause, the newest first, those shown spelled out, and the drawing.

    `since` is when the document's first good version was captured.
    """

    shown: list[Wording]
    total: int
    drawing: Timeline | None
    since: datetime | None


def history(clause: Clause, analyses: Sequence[tuple[int, datetime]], recent: Activity) -> History:
    """Return how the wording went. Two queries. `analyses` are number and time of each revision."""
    with connection.cursor() as cursor:
        cursor.execute(_HISTORY, [clause.pk, clause.document_id])
        rows = [(number, at, frozenset(provisions or ())) for number, at, provisions in cursor.fetchall()]
    wordings = _wordings(rows)
    shown = wordings[::-1][:SHOWN]
    _spell_out(wordings, shown)
    for wording in shown:
        wording.record = recent.record_of(wording.first_version)
    real = [wording for wording in wordings if wording.provisions]
    return History(shown, len(real), _drawn(rows, real, analyses) if real else None, rows[0][1] if rows else None)


def _wordings(rows: Sequence[tuple[int, datetime, frozenset[int]]]) -> list[Wording]:
    wordings: list[Wording] = []
    before: int | None = None
    for number, at, provisions in rows:
        if wordings and wordings[-1].provisions == provisions:
            wordings[-1].last_version, wordings[-1].last_at = number, at
        elif wordings or provisions:
            wordings.append(Wording(0, provisions, number, at, number, at, before))
        before = number
    for number, wording in enumerate((w for w in wordings if w.provisions), start=1):
        wording.number = number
    return wordings


def _spell_out(wordings: list[Wording], shown: list[Wording]) -> None:
    """Give the shown wordings their words: what each added and dropped against the one before."""
    before = {
        id(wording): (wordings[place - 1].provisions if place else frozenset())
        for place, wording in enumerate(wordings)
    }
    needed = {pk for wording in shown for pk in wording.provisions ^ before[id(wording)]}
    words = {pk: plain(text) for pk, text in Provision.objects.filter(pk__in=needed).values_list("pk", "words")}
    for wording in shown:
        earlier = before[id(wording)]
        added = sorted(wording.provisions - earlier)
        dropped = sorted(earlier - wording.provisions)
        wording.added = [words[pk] for pk in added]
        wording.dropped = [words[pk] for pk in dropped]
        if len(added) == len(dropped) == 1:
            wording.parts = [_folded(part) for part in changed(words[dropped[0]], words[added[0]])]


def _folded(part: Run) -> Run:
    words = part.words.split()
    if part.kind != "same" or len(words) <= FOLD:
        return part
    return Run("same", " ".join([*words[: FOLD // 2], "…", *words[-FOLD // 2 :]]))


def _drawn(
    rows: Sequence[tuple[int, datetime, frozenset[int]]],
    wordings: Sequence[Wording],
    analyses: Sequence[tuple[int, datetime]],
) -> Timeline:
    blocks = []
    latest = rows[-1]
    for wording in wordings:
        stands = wording.provisions == latest[2]
        following = next((at for _, at, _ in rows if at > wording.last_at), None)
        blocks.append(Block(f"Wording {wording.number}", wording.first_at, following or latest[1], is_now=stands))
    flags = [Flag(f"analysis {number}", at) for number, at in analyses]
    return timeline([at for _, at, _ in rows], blocks, flags)
