"""A row of a table as a form of Django, which checks it field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, transaction
from django.db.models import Field, Model, QuerySet, TextField, URLField

from conductatlas.exchange.files import Cells


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, or with the row where `column` is empty."""

    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A row before and after it was taken in; `before` is None for a new one, `after` for one with faults."""

    before: Cells | None
    after: Cells | None
    faults: list[Fault] = field(default_factory=list)


BETWEEN = " | "
"""Stands between several names in one cell."""


class Names(forms.CharField):
    """Several names in one cell."""

    def clean(self, value: Any) -> list[str]:
        """Return the names, once each, in their order."""
        names = [part.strip() for part in (super().clean(value) or "").split("|")]
        return list(dict.fromkeys(name for name in names if name))


class Slug(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A row of another table, by its slug or code."""

    def __init__(self, queryset: QuerySet[Any], *, by: str = "slug", of: str, required: bool = True) -> None:
        message = f"There is no “%(value)s” in the table {of}."
        super().__init__(queryset, to_field_name=by, required=required, error_messages={"invalid_choice": message})


def field_of(column: Field[Any, Any], **options: Any) -> forms.Field | None:
    """Return the form field of a column: an address without its scheme is https, running text stays as it is."""
    if isinstance(column, URLField):
        options["assume_scheme"] = "https"
    if isinstance(column, TextField):
        options["strip"] = False
    return column.formfield(**options)


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of a table: the columns are the fields, `key` those that tell which row of the database it is."""

    name: ClassVar[str]
    about: ClassVar[str]
    key: ClassVar[tuple[str, ...]] = ("slug",)
    permissions: ClassVar[tuple[str, ...]]
    """What a person needs to take the table in."""
    joins: ClassVar[tuple[str, ...]] = ()
    fixed: ClassVar[dict[str, str]] = {}
    """Columns that are taken out and not in, with the sentence that refuses another value."""

    @classmethod
    def columns(cls) -> list[str]:
        """Return the columns in their order."""
        return [*cls.base_fields, *(name for name in cls.fixed if name not in cls.base_fields)]

    @classmethod
    def rows(cls) -> QuerySet[Any]:
        """Return every row of the database in a stable order."""
        order = [name.replace("platform", "platform__slug") for name in cls.key]
        return cls._meta.model._default_manager.select_related(*cls.joins).order_by(*order)  # type: ignore[no-any-return]

    @classmethod
    def find(cls, cells: Cells) -> Model | None:
        """Return the row of the database that a row of a file is about."""
        return cls.rows().filter(**cls.wanted(cells)).first()

    @classmethod
    def wanted(cls, cells: Cells) -> dict[str, str]:
        """Return the filter that finds the row: the key, through the slug of what it points to."""
        return {_path(cls, name): cells.get(name, "").strip() for name in cls.key}

    @classmethod
    def cells(cls, instance: Any) -> dict[str, str]:
        """Return a row of the database as cells."""
        return {name: cell(getattr(instance, name, None)) for name in cls.columns()}

    @classmethod
    def every_row(cls) -> Iterator[dict[str, str]]:
        """Yield every row of the database as cells."""
        for instance in cls.rows().iterator(chunk_size=500):
            yield cls.cells(instance)

    @classmethod
    def take(cls, cells: Cells, by: User) -> Taken:
        """Write one row, where it has no fault, and return what it was and is."""
        found = cls.find(cells)
        before = cls.cells(found) if found is not None else None
        form = cls(data={**(before or {}), **cells}, instance=found)
        faults = [
            Fault(name, sentence)
            for name, sentence in cls.fixed.items()
            if before is not None and cells.get(name, before[name]).strip() != before[name].strip()
        ]
        if form.is_valid() and not faults:
            if found is None:
                form.made(form.instance)
            try:
                with transaction.atomic():
                    saved = form.save()
            except IntegrityError as fault:
                return Taken(before, None, [Fault("", str(fault).splitlines()[0])])
            return Taken(before, cls.cells(saved))
        faults += [
            Fault(column if column != NON_FIELD_ERRORS else "", sentence)
            for column, sentences in form.errors.items()
            for sentence in map(str, sentences)
        ]
        return Taken(before, None, faults)

    def made(self, instance: Any) -> None:
        """Fill what a new row needs and no column says."""


def _path(form: type[RowForm], name: str) -> str:
    field = form.base_fields[name]
    return f"{name}__{field.to_field_name}" if isinstance(field, Slug) else name


def cell(value: Any) -> str:
    """Return a value as it stands in a cell: a row of another table by its slug, names between bars."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Model):
        return str(getattr(value, "slug", value.pk))
    if isinstance(value, list):
        return BETWEEN.join(map(str, value))
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else str(value)


class FormTable:
    """A table whose rows are forms."""

    def __init__(self, form: type[RowForm]) -> None:
        self.name, self.about, self.key, self.permissions = form.name, form.about, form.key, form.permissions
        self.columns, self.every_row, self.take = form.columns, form.every_row, form.take
