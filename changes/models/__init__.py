"""The models of change records, one a file."""

from changes.models.change_record import (
    ChangeRecord,
    Direction,
    Nature,
    RecordState,
    Window,
)
from changes.models.change_revision import ChangeRevision
from changes.models.clause_change import ClauseChange, Touch, Weight

__all__ = [
    "ChangeRecord",
    "ChangeRevision",
    "ClauseChange",
    "Direction",
    "Nature",
    "RecordState",
    "Touch",
    "Weight",
    "Window",
]
