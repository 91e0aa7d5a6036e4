"""Stores what an evaluation of the reader found, ships its figures with the project, and loads what was shipped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from clauses.acts.load_taxonomy import taxonomy_release
from clauses.evaluation.parts import Part
from clauses.models import Evaluation
from clauses.text.classify import READER_RELEASE

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "reader-evaluation.json"


@dataclass(frozen=True, slots=True)
class LabelsFile:
    """A file of labels: its name, the SHA-256 of its bytes, and where the labels come from."""

    name: str
    sha256: str
    about: str = ""

    @classmethod
    def of(cls, path: Path, about: str = "") -> LabelsFile:
        """Return what names a file, whatever it is called next time."""
        return cls(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), about)


@transaction.atomic
def record_evaluation(*, parts: Sequence[Part], labels: LabelsFile, at: datetime) -> list[Evaluation]:
    """Store each part in the place of an earlier one of the same release, labels and kind; the first stays newest."""
    return [
        _store(
            labels=labels,
            kind=part.kind,
            at=at,
            figures=part.figures,
            errors=part.errors,
            shipped=False,
            release=READER_RELEASE,
            taxonomy=taxonomy_release(),
        )
        for part in reversed(parts)
    ][::-1]


def ship_evaluation(*, part: Part, labels: LabelsFile, at: datetime) -> None:
    """Write the figures of a test, without any words, where a fresh installation finds them."""
    if not part.is_test:
        raise ValueError("Figures of paragraphs that the weights learned from are no test and are not shipped.")
    shipped = {
        "release": READER_RELEASE,
        "taxonomy": taxonomy_release(),
        "kind": part.kind,
        "labels": {"name": labels.name, "sha256": labels.sha256, "about": labels.about},
        "at": at.isoformat(timespec="seconds"),
        "figures": part.figures,
    }
    SHIPPED.write_text(json.dumps(shipped, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def shipped_evaluation() -> dict[str, Any] | None:
    """Return what the project ships; None where nothing was shipped."""
    if not SHIPPED.exists():
        return None
    shipped: dict[str, Any] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return shipped


def load_evaluation() -> Evaluation | None:
    """Store what the project ships, unless this installation measured the same itself."""
    shipped = shipped_evaluation()
    if shipped is None:
        return None
    there = Evaluation.objects.filter(
        release=shipped["release"],
        taxonomy=shipped["taxonomy"],
        labels_sha256=shipped["labels"]["sha256"],
        kind=shipped["kind"],
        shipped=False,
    ).first()
    return there or _store(
        labels=LabelsFile(**shipped["labels"]),
        kind=shipped["kind"],
        at=datetime.fromisoformat(shipped["at"]),
        figures=shipped["figures"],
        errors={},
        shipped=True,
        release=shipped["release"],
        taxonomy=shipped["taxonomy"],
    )


def _store(*, labels: LabelsFile, kind: str, release: str, taxonomy: str, **values: Any) -> Evaluation:
    evaluation, _ = Evaluation.objects.update_or_create(
        release=release,
        taxonomy=taxonomy,
        labels_sha256=labels.sha256,
        kind=kind,
        defaults={
            "labels_name": labels.name,
            "labels_about": labels.about,
            "rows": values["figures"]["rows"],
            **values,
        },
    )
    return evaluation
