"""Keyset pages: the next page starts after the last row shown, so that page 1,000 costs what page 1 costs."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Model, Q, QuerySet

NO_SUCH_PAGE = "This list has no such page: start again from its first page."

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[Row]):
    """Some rows of a long list, and where the next page starts."""

    rows: list[Row]
    next_after: str
    is_first: bool


def keyset_page(queryset: QuerySet[Row], *, order: Sequence[str], after: str, size: int) -> KeysetPage[Row]:
    """Return up to `size` rows in `order`, starting after the row that the cursor `after` names.

    `order` gives lookups of non-null values, with `-` for descending; the last must be unique. Raises BadRequest on a
    cursor that this list did not issue.
    """
    rows = queryset.order_by(*order)
    if after:
        try:
            rows = rows.filter(_beyond(order, _decode(after, len(order))))
        except (ValidationError, TypeError, ValueError) as fault:  # values of another list, or of none
            raise BadRequest(NO_SUCH_PAGE) from fault
    found = list(rows[: size + 1])
    shown = found[:size]
    more = len(found) > size
    return KeysetPage(shown, _encode([_value(shown[-1], key) for key in order]) if more else "", not after)


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    condition, equal = Q(), Q()
    for key, value in zip(order, values, strict=True):
        lookup = f"{key.lstrip('-')}__{'lt' if key.startswith('-') else 'gt'}"
        condition |= equal & Q(**{lookup: value})
        equal &= Q(**{key.lstrip("-"): value})
    return condition


def _value(row: Any, key: str) -> Any:
    for name in key.lstrip("-").split("__"):
        row = getattr(row, name)
    return row if isinstance(row, int | str) else row.isoformat()


def _encode(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _decode(cursor: str, length: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError, UnicodeError):
        values = None
    if not isinstance(values, list) or len(values) != length or not all(isinstance(v, int | str) for v in values):
        raise BadRequest(NO_SUCH_PAGE)
    return values
