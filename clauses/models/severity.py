"""How heavy a clause is for people, and how much it may cost its operator."""

from django.db import models


class Severity(models.TextChoices):
    """What the rubric makes of the stored factors (clauses.rubric)."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Exposure(models.TextChoices):
    """Governance exposure: what a clause may cost the operator. It is judged apart from severity."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"
