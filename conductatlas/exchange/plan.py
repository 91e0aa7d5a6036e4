"""Takes a table in: all of it or nothing, and first as a trial that says what would become of each row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.contrib.auth.models import User
from django.db import transaction

from conductatlas.exchange.files import Cells, Row
from conductatlas.exchange.rows import Fault, Taken
from platforms.acting import acting

NEW, CHANGED, UNCHANGED, WRONG = "new", "changed", "unchanged", "wrong"


class Table(Protocol):
    """What can be taken out and in."""

    name: str
    about: str
    permissions: tuple[str, ...]
    key: tuple[str, ...]

    def columns(self) -> list[str]:
        """Return the columns in their order."""

    def every_row(self) -> Iterator[dict[str, str]]:
        """Yield every row of the database as cells."""

    def take(self, cells: Cells, by: User) -> Taken:
        """Write one row, where it has no fault, and return what it was and is."""


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one row: its state, each column that changes with its cell before and after, each fault."""

    number: int
    label: str
    state: str
    changes: list[tuple[str, str, str]]
    faults: list[Fault]


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a file. `digest` names just this outcome: what is applied later must have the same."""

    rows: list[Planned]
    digest: str

    def count(self, state: str) -> int:
        """Return how many rows are in a state."""
        return sum(row.state == state for row in self.rows)

    @property
    def is_sound(self) -> bool:
        """Tell whether no row is wrong."""
        return not self.count(WRONG)

    @property
    def account(self) -> str:
        """Return one line about all rows."""
        return ", ".join(f"{self.count(state):,} {state}" for state in (NEW, CHANGED, UNCHANGED, WRONG))


class NotTaken(Exception):
    """Nothing was taken in; the message says why and what to do."""

    def __init__(self, message: str, plan: Plan) -> None:
        super().__init__(message)
        self.plan = plan


class _Trial(Exception):
    """Takes everything back at the end of a trial."""


def try_table(
    table: Table, rows: Sequence[Row], *, by: User, progress: Callable[[int, int], None] = lambda done, total: None
) -> Plan:
    """Return what would become of each row, leaving the database as it is."""
    plan: Plan | None = None
    try:
        with transaction.atomic():
            plan = _run(table, rows, by, progress)
            raise _Trial
    except _Trial:
        assert plan is not None
        return plan


def take_table(
    table: Table,
    rows: Sequence[Row],
    *,
    by: User,
    digest: str = "",
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Plan:
    """Take every row in, in one transaction and in the name of a person; return what became of each.

    Raises NotTaken, and leaves the database as it is, where a row is wrong, or where `digest` is given and something
    would become of a row that the trial did not say.
    """
    with acting(by):
        plan = _run(table, rows, by, progress)
        if not plan.is_sound:
            raise NotTaken(f"{plan.count(WRONG):,} rows are wrong, and nothing was taken in. Correct them first.", plan)
        if digest and digest != plan.digest:
            raise NotTaken("Something changed since the trial, and nothing was taken in. Look at it once more.", plan)
        return plan


def _run(table: Table, rows: Sequence[Row], by: User, progress: Callable[[int, int], None]) -> Plan:
    planned: list[Planned] = []
    seen: dict[tuple[str, ...], int] = {}
    for done, row in enumerate(rows, start=1):
        key = tuple(row.cells.get(name, "").strip() for name in table.key)
        if key in seen:
            fault = Fault(table.key[0], f"Row {seen[key]} is about the same {', '.join(table.key)}; keep one of them.")
            planned.append(Planned(row.number, " ".join(key), WRONG, [], [fault]))
        else:
            seen[key] = row.number
            planned.append(_planned(row.number, " ".join(key), table.take(row.cells, by), table.columns()))
        progress(done, len(rows))
    outcome = [[row.number, row.label, row.state, row.changes] for row in planned]
    return Plan(planned, hashlib.sha256(json.dumps([table.name, outcome]).encode()).hexdigest())


def _planned(number: int, label: str, taken: Taken, columns: Sequence[str]) -> Planned:
    if taken.faults or taken.after is None:
        return Planned(number, label, WRONG, [], taken.faults)
    before = taken.before or {}
    changes = [
        (column, before.get(column, ""), taken.after[column])
        for column in columns
        if before.get(column, "") != taken.after[column]
    ]
    state = NEW if taken.before is None else CHANGED if changes else UNCHANGED
    return Planned(number, label, state, changes, [])
