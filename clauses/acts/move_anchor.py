"""Moves the anchor of a clause to the words that a curator selected. They are taken from the text, never typed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from clauses.acts.curated import carry
from clauses.acts.decide import require_apart
from clauses.acts.settle import settle_document
from clauses.models import Analysis, AnalysisState, Clause, Passage, Pin, Provision, Reading, State
from clauses.text.classify import READER_RELEASE, findings
from clauses.text.found import heading_path
from clauses.text.selection import Selected, selected
from clauses.text.stance import THRESHOLD, Stance, stance
from platforms.models import Document, Version

MOVABLE = (State.PROPOSED, State.RETRACTED)
"""States of a clause whose words may be selected: a published revision was written for the words that it has."""
FOLLOWED_AT_ONCE = 50
"""Other versions in which the same words become the anchor at once; still others are read again by the next run."""


@transaction.atomic
def move_anchor(
    *, clause: Clause, version: Version, ranges: Sequence[tuple[int, int]], by: User, at: datetime
) -> list[Passage]:
    """Make the selected words of a version the clause's passages there, and wherever they stand word for word.

    Args:
        clause: proposed or retracted; a published revision was written for the words that it has.
        version: a good version of its document.
        ranges: of the version's text, in code points, the end exclusive; widened to whole words.
        by: the curator, whose selection every re-reading leaves as it is.
        at: when.

    Raises ValidationError where the words cannot be the clause's.
    """
    document = Document.objects.select_for_update(no_key=True).get(pk=clause.document_id)
    kept = Clause.objects.select_for_update(no_key=True, of=("self",)).select_related("type").get(pk=clause.pk)
    if kept.state not in MOVABLE:
        raise ValidationError(
            f"{kept.record_id} is {kept.get_state_display().lower()}: the words of a clause are selected before it is "
            "published, or after it was retracted."
        )
    if not Version.objects.good().filter(pk=version.pk, document=document).exists():
        raise ValidationError("Words are selected in a good version of the clause's own document.")
    text = version.body
    try:
        places = selected(text, ranges)
    except ValueError as fault:
        raise ValidationError(str(fault)) from fault
    require_apart(kept, kept.type, version.pk, [(one.start, one.end) for one in places])
    wordings = [(_wording(kept, one, text), one) for one in places]
    Passage.objects.filter(provision__clause=kept, version=version).delete()
    made = Passage.objects.bulk_create(_passage(version, wording, one, by) for wording, one in wordings)
    kept.curated_at = at
    kept.save(update_fields=["curated_at"])
    _follow(kept, [(wording, by.pk) for wording, _ in wordings], version)
    _pin_drafts(kept, version, made)
    settle_document(document_id=document.pk)
    return made


def _wording(clause: Clause, one: Selected, text: str) -> Provision:
    """Return the wording of the clause that has these words, made where there is none, and judged by the reader."""
    words = text[one.start : one.end]
    found = next((f for f in findings(words, one.block.heading) if f.type == clause.type.slug), None)
    taken, sure = stance(words, clause.type.slug)
    judged = {
        "stance": (taken if sure >= THRESHOLD else Stance.UNSTATED).value,
        "stance_score": round(sure, 3),
        "score": found.score if found is not None else 0,
        "why": [why[:100] for why in found.why] if found is not None else [],
        "likeness": None,
        "release": READER_RELEASE,
    }
    wording, _ = Provision.objects.update_or_create(
        clause=clause,
        sha256=hashlib.sha256(words.encode()).digest(),
        defaults=judged,
        create_defaults={**judged, "words": words},
    )
    return wording


def _passage(version: Version, wording: Provision, one: Selected, by: User) -> Passage:
    return Passage(
        provision=wording,
        version=version,
        ordinal=one.block.number,
        start=one.start,
        end=one.end,
        sha256=wording.sha256,
        heading=heading_path(one.block.heading),
        release=READER_RELEASE,
        set_by=by,
    )


def _follow(clause: Clause, selection: list[tuple[Provision, int]], version: Version) -> None:
    """Anchor the selection in the other versions that carry it: an anchor that moves is no change of the words."""
    good = Version.objects.filter(document=version.document_id).good().exclude(pk=version.pk)
    others = good.latest_first().values_list("pk", flat=True)
    nearest, rest = list(others[:FOLLOWED_AT_ONCE]), list(others[FOLLOWED_AT_ONCE:])
    for other in Version.objects.filter(pk__in=nearest).select_related("text").iterator(chunk_size=10):
        carried = carry(selection, other, other.body, release=READER_RELEASE)
        if carried:
            Passage.objects.filter(provision__clause=clause, version=other).delete()
            Passage.objects.bulk_create(carried)
    Reading.objects.filter(version__in=rest).delete()


def _pin_drafts(clause: Clause, version: Version, passages: Sequence[Passage]) -> None:
    """Pin drafts that are written for this version to the words as they are selected now."""
    drafts = Analysis.objects.filter(clause=clause, version=version, state=AnalysisState.DRAFT)
    for draft in drafts:
        draft.pins.all().delete()
        Pin.objects.bulk_create(
            Pin(
                analysis=draft,
                version=version,
                ordinal=passage.ordinal,
                start=passage.start,
                end=passage.end,
                sha256=passage.sha256,
                heading=passage.heading,
                position=place,
            )
            for place, passage in enumerate(passages, start=1)
        )
