"""Registers what the top package puts on the desk."""

from conductatlas.desk import people  # noqa: F401 - registers people, roles and the audit trail
