"""Where the words of a clause stand in the latest good version."""

from django.db import models


class Standing(models.TextChoices):
    """Standing of a clause; `altered` and `gone` are told by following its words from version to version."""

    VERBATIM = "verbatim", "Verbatim"
    MOVED = "moved", "Moved"
    ALTERED = "altered", "Altered"
    GONE = "gone", "Gone"
    NOT_CHECKABLE = "not_checkable", "Not checkable"
