"""What the words of a clause do about its subject."""

from django.db import models


class Stance(models.TextChoices):
    """The stances that the reader's text code gives (clauses.text.stance), with the words that pages say."""

    DOES = "does", "Does"
    CONDITIONAL = "conditional", "On conditions"
    DENIES = "denies", "Denies"
    UNSTATED = "unstated", "No stance"
