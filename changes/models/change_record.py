"""What changed between two versions of a document, cited as CA-C-000001."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse

from clauses.models import Severity
from platforms.models import Document, Platform, Version

if TYPE_CHECKING:
    from changes.models.change_revision import ChangeRevision


COUNTS = (
    "words_added", "words_removed", "sentences_added", "sentences_removed", "sentences_changed", "passages_moved",
)  # fmt: skip
"""How much a comparison found, by the names that it gives (changes.text.counts)."""


class Nature(models.TextChoices):
    """What kind of change a record is about; cosmetic, technical and flapping versions make none (rules 5 and 6)."""

    SUBSTANTIVE = "substantive", "Substantive"
    REVERTED = "reverted", "Went back to earlier words"


class Direction(models.TextChoices):
    """Whom a change favours, by the written rules of changes.rules."""

    PEOPLE = "people", "Better for people"
    OPERATOR = "operator", "Wider for the operator"
    MIXED = "mixed", "Some of each"
    UNCLEAR = "unclear", "Not told by rule"


class RecordState(models.TextChoices):
    """Where a record is between the machine that drafted it and the curators who answer for it."""

    DRAFTED = "drafted", "Drafted by machine"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Window(models.TextChoices):
    """What is known of the time before the change (rule 7)."""

    CHECKED = "checked", "checked"
    SEEN = "seen", "last seen"


class ChangeRecordQuerySet(models.QuerySet["ChangeRecord"]):
    """Change records as pages, feeds and acts want them."""

    def shown(self) -> ChangeRecordQuerySet:
        """Keep records that lists show: not withdrawn, and of versions that were not taken down."""
        return self.exclude(state=RecordState.WITHDRAWN).filter(version__takedowns=None, before__takedowns=None)

    def counted(self) -> ChangeRecordQuerySet:
        """Keep records of the platforms that figures, lists and feeds of the whole site are about."""
        return self.filter(document__platform__in=Platform.objects.counted())

    def to_look_at(self) -> ChangeRecordQuerySet:
        """Keep records of high severity that a machine drafted and no curator has answered for."""
        return self.shown().filter(state=RecordState.DRAFTED, severity=Severity.HIGH)

    def latest_first(self) -> ChangeRecordQuerySet:
        """Order from the latest change back."""
        return self.order_by("-observed_before", "-pk")

    def since(self, when: datetime) -> ChangeRecordQuerySet:
        """Keep changes that were seen at or after a time."""
        return self.filter(observed_before__gte=when)

    def touching(self, clause_id: int) -> ChangeRecordQuerySet:
        """Keep records that touch a clause."""
        return self.filter(clause_changes__clause=clause_id)

    def touching_type(self, type_id: int) -> ChangeRecordQuerySet:
        """Keep records that touch a clause of a type."""
        from changes.models.clause_change import ClauseChange

        return self.filter(
            models.Exists(ClauseChange.objects.filter(record=models.OuterRef("pk"), clause__type=type_id))
        )

    def with_names(self) -> ChangeRecordQuerySet:
        """Fetch what a row of a list names: document, platform, both versions, how many clauses it touched."""
        from changes.models.clause_change import ClauseChange

        touches = ClauseChange.objects.filter(record=models.OuterRef("pk")).order_by().values("record")
        touched = models.Subquery(touches.annotate(n=models.Count("pk")).values("n"))
        return (
            self.select_related("document__platform__operator", "version", "before")
            .defer("version__text", "before__text")
            .annotate(touched=Coalesce(touched, 0))
        )


class ChangeRecord(models.Model):
    """One change of a document's terms. Its facts are derived; what was published of it stays as a revision."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    version = models.OneToOneField(
        Version, models.PROTECT, related_name="+", help_text="The version that brought the change"
    )
    before = models.ForeignKey(Version, models.PROTECT, related_name="+", help_text="The good version before it")
    nature = models.CharField(max_length=12, choices=Nature)
    observed_after = models.DateTimeField(help_text="When the words before were last known to stand")
    observed_before = models.DateTimeField(help_text="When the new words were first seen")
    window = models.CharField(max_length=8, choices=Window, help_text="What the first of the two times is")

    title = models.CharField(max_length=200)
    summary = models.TextField(help_text="Facts alone where the machine drafted it")
    severity = models.CharField(max_length=6, choices=Severity)
    direction = models.CharField(max_length=10, choices=Direction)
    words_added = models.PositiveIntegerField()
    words_removed = models.PositiveIntegerField()
    sentences_added = models.PositiveIntegerField()
    sentences_removed = models.PositiveIntegerField()
    sentences_changed = models.PositiveIntegerField()
    passages_moved = models.PositiveIntegerField()
    alternations = models.PositiveIntegerField(
        default=0, help_text="How often the text flapped afterwards between texts that were there before (rule 6)"
    )
    last_alternated_at = models.DateTimeField(null=True, blank=True)

    state = models.CharField(max_length=10, choices=RecordState, default=RecordState.DRAFTED)
    withdrawn_because = models.TextField(blank=True, help_text="Readers see it")
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Not known of records withdrawn before it was kept"
    )
    release = models.CharField(max_length=80, help_text="Releases of rules, comparison, reader and taxonomy")
    detected_at = models.DateTimeField()
    revision: models.ForeignKey[ChangeRevision | None, ChangeRevision | None] = models.ForeignKey(
        "ChangeRevision", models.PROTECT, related_name="+", null=True, editable=False, help_text="The newest revision"
    )

    objects = ChangeRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="change_is_between_two_versions", condition=~models.Q(version=models.F("before"))
            ),
            models.CheckConstraint(
                name="change_window_is_in_order", condition=models.Q(observed_after__lte=models.F("observed_before"))
            ),
            models.CheckConstraint(
                name="change_is_withdrawn_just_when_it_says_why",
                condition=models.Q(state="withdrawn") & ~models.Q(withdrawn_because="")
                | ~models.Q(state="withdrawn") & models.Q(withdrawn_because=""),
            ),
            models.CheckConstraint(
                name="change_withdrawn_at_a_time_is_withdrawn",
                condition=models.Q(state="withdrawn") | models.Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="change_alternated_just_when_it_says_when",
                condition=models.Q(alternations=0, last_alternated_at=None)
                | models.Q(alternations__gt=0, last_alternated_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["-observed_before", "-id"], name="change_latest_first"),
            models.Index(fields=["document", "-observed_before"], name="change_by_document"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return reverse("change", args=[self.record_id])

    @property
    def counts(self) -> dict[str, int]:
        """Return how much changed, by name."""
        return {name: getattr(self, name) for name in COUNTS}

    @property
    def record_id(self) -> str:
        """Return the permanent name, such as CA-C-002329."""
        return f"CA-C-{self.pk:06d}"
