"""The record that an address names, or what a reader is told where it names none."""

from __future__ import annotations

from django.http import Http404

from conductatlas.records.ids import RecordId, parse_written


def named(written: str) -> RecordId:
    """Return the record that an address names, a revision of it left aside. Raises Http404 where it names none."""
    found = parse_written(written)
    if found is None:
        raise no_number(written)
    return found.record


def no_number(written: str) -> Http404:
    """Return the refusal of what is no record number, which says how they look."""
    return Http404(
        f"“{written}” is no record number. They look like CA-P-000123 (a clause),"
        " CA-D-00045 (a document) or CA-C-000678 (a change); a revision of one like CA-P-000123/v2."
    )
