"""What curators say about a clause: written as a draft, reviewed, published as a numbered revision for good."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models

from clauses.models.clause import Clause
from clauses.models.confidence import Confidence
from clauses.models.severity import Exposure, Severity
from clauses.models.stance import Stance
from clauses.rubric import MOST_POINTS
from platforms.models import Erasure, Version


class AnalysisState(models.TextChoices):
    """Where an analysis is on its way. From published on, its content is fixed by the database."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    SUPERSEDED = "superseded", "Superseded"
    RETRACTED = "retracted", "Retracted"


NUMBERED = [AnalysisState.PUBLISHED, AnalysisState.SUPERSEDED, AnalysisState.RETRACTED]


class Ground(models.TextChoices):
    """On what in the document an analysis rests."""

    EXPLICIT = "explicit", "Explicit words"
    INFERRED = "inferred", "Drawn from context"
    ABSENCE = "absence", "Silence"


class Refusal(models.TextChoices):
    """How somebody can refuse what the clause does."""

    NONE_NAMED = "none_named", "None named"
    IN_SETTINGS = "in_settings", "In settings"
    ON_REQUEST = "on_request", "On request"
    ASKED_FIRST = "asked_first", "Asked first"
    NOT_NEEDED = "not_needed", "Not needed"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class Anonymised(models.TextChoices):
    """Whether names are taken out of the data first."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_SAID = "not_said", "Not said"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class ReviewRule(models.TextChoices):
    """Who may review an analysis (the setting SOLE_CURATOR); a page says which rule was used."""

    TWO_PERSONS = "two_persons", "Reviewed by another person"
    SOLE_CURATOR = "sole_curator", "Reviewed by its author alone"


class AnalysisQuerySet(models.QuerySet["Analysis"]):
    """Analyses as pages and acts want them."""

    def published(self) -> AnalysisQuerySet:
        """Keep the revisions that stand."""
        return self.filter(state=AnalysisState.PUBLISHED)

    def in_review(self) -> AnalysisQuerySet:
        """Keep what was handed to review, the oldest first."""
        return self.filter(state=AnalysisState.IN_REVIEW).order_by("drafted_at", "pk")

    def with_names(self) -> AnalysisQuerySet:
        """Fetch what a row of a list names: clause, type, document, platform, author and reviewer."""
        return self.select_related(
            "clause__type__category", "clause__document__platform__operator", "version", "drafted_by", "reviewed_by"
        )

    def next_number(self) -> int:
        """Return the number that the next revision among these gets."""
        return (self.aggregate(n=models.Max("number"))["n"] or 0) + 1

    def numbered(self) -> AnalysisQuerySet:
        """Keep revisions that were ever published, the earliest first."""
        return self.filter(state__in=NUMBERED).order_by("number")


def _points() -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(default=0, help_text=f"0 to {MOST_POINTS}; the rubric says what they mean")


def _finding() -> models.CharField[str, str]:
    return models.CharField(max_length=200, blank=True)


class Analysis(models.Model):
    """One analysis of one clause. Published, it is stored by value in `record` (rule 10), and PostgreSQL keeps it."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="analyses")
    number = models.PositiveIntegerField(null=True, blank=True, editable=False, help_text="Given at publication")
    state = models.CharField(max_length=10, choices=AnalysisState, default=AnalysisState.DRAFT)
    title = models.CharField(max_length=200, help_text="What the clause is called on its page")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", help_text="The version it is written for")
    is_machine_drafted = models.BooleanField(default=False, help_text="A machine wrote the first draft")

    stance = models.CharField(max_length=12, choices=Stance)
    ground = models.CharField("basis", max_length=10, choices=Ground)
    confidence = models.CharField(max_length=6, choices=Confidence)
    confidence_reason = models.CharField(max_length=300)
    refusal = models.CharField("way to refuse", max_length=15, choices=Refusal)
    anonymised = models.CharField("made anonymous", max_length=15, choices=Anonymised)

    summary = models.TextField("what it is")
    why = models.TextField("why it matters")
    note = models.TextField("interpretive note")
    impact = models.TextField("consumer impact")
    landscape = models.TextField("regulatory landscape")
    exposure = models.CharField("governance exposure", max_length=6, choices=Exposure)
    exposure_text = models.TextField("why this exposure")
    jurisdictions = models.TextField("jurisdiction flags")
    contracts = models.TextField("contract and vendor implications")
    compliance = models.TextField("compliance considerations")

    rights = _points()
    rights_finding = _finding()
    choice = _points()
    choice_finding = _finding()
    reach = _points()
    reach_finding = _finding()
    exposure_points = _points()
    exposure_finding = _finding()
    discretion = _points()
    discretion_finding = _finding()
    sensitivity = _points()
    sensitivity_finding = _finding()
    severity = models.CharField(max_length=6, choices=Severity, editable=False, help_text="Computed by the rubric")
    rubric = models.CharField(max_length=20, editable=False, help_text="Release of the rubric")

    edition = models.PositiveIntegerField(
        default=1, editable=False, help_text="Raised by each save of the draft: two people never overwrite each other"
    )
    interests = models.CharField(
        "conflict of interest",
        max_length=300,
        blank=True,
        help_text="What ties the author to the platform or a rival, as readers see it; empty means none",
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="assigned_analyses", null=True, blank=True
    )
    review_rule = models.CharField(
        max_length=12,
        choices=ReviewRule,
        default=ReviewRule.TWO_PERSONS,
        editable=False,
        help_text="The rule under which it was reviewed",
    )

    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    retracted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    retracted_at = models.DateTimeField(null=True, blank=True, editable=False)
    retraction_reason = models.TextField(blank=True, editable=False)

    record = models.BinaryField(null=True, editable=False, help_text="Canonical JSON as published (RFC 8785)")
    sha256 = models.BinaryField(null=True, editable=False, max_length=32, help_text="SHA-256 of the record")
    erasure = models.ForeignKey(
        Erasure, models.PROTECT, related_name="+", null=True, editable=False, help_text="What destroyed the record"
    )

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "analyses"
        permissions = [
            ("review_analysis", "Can sign the review of an analysis or send it back"),
            ("publish_analysis", "Can publish a reviewed analysis"),
            ("retract_analysis", "Can retract what is published"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["clause", "number"], name="analysis_number_is_given_once_in_its_clause"),
            models.UniqueConstraint(
                fields=["clause"],
                condition=models.Q(state="published"),
                name="clause_has_one_published_analysis",
            ),
            models.CheckConstraint(
                name="analysis_is_published_just_when_it_is_stored_by_value",
                condition=models.Q(
                    state__in=NUMBERED,
                    number__gte=1,
                    published_at__isnull=False,
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                    record__isnull=False,
                    sha256__isnull=False,
                )
                | ~models.Q(state__in=NUMBERED) & models.Q(number=None, published_at=None, record=None, sha256=None),
            ),
            models.CheckConstraint(
                name="analysis_is_retracted_just_when_it_says_why_and_by_whom",
                condition=models.Q(state="retracted", retracted_by__isnull=False, retracted_at__isnull=False)
                & ~models.Q(retraction_reason="")
                | ~models.Q(state="retracted") & models.Q(retracted_by=None, retracted_at=None, retraction_reason=""),
            ),
            models.CheckConstraint(
                name="analysis_is_reviewed_by_another_person_unless_a_sole_curator_may",
                condition=models.Q(reviewed_by=None)
                | models.Q(review_rule="sole_curator", reviewed_by=models.F("drafted_by"))
                | models.Q(review_rule="two_persons") & ~models.Q(reviewed_by=models.F("drafted_by")),
            ),
            models.CheckConstraint(
                name="analysis_factors_have_from_0_to_2_points",
                condition=models.Q(
                    rights__lte=MOST_POINTS,
                    choice__lte=MOST_POINTS,
                    reach__lte=MOST_POINTS,
                    exposure_points__lte=MOST_POINTS,
                    discretion__lte=MOST_POINTS,
                    sensitivity__lte=MOST_POINTS,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_state_display()}{f', revision {self.number}' if self.number else ''})"

    def others_who_wrote(self) -> list[User]:
        """Return who saved the draft beside the one who began it, by their names. One query."""
        wrote = User.objects.filter(pk__in=self.saves.values("by")).exclude(pk=self.drafted_by_id)
        return list(wrote.order_by("last_name", "first_name", "username"))

    def lock(self) -> None:
        """Lock the row until the transaction ends and read it as it is now: what another did meanwhile counts."""
        self.refresh_from_db(from_queryset=Analysis.objects.select_for_update(no_key=True))

    def reopen(self) -> None:
        """Make a draft of it again; a signature that it has is void."""
        self.state, self.review_rule = AnalysisState.DRAFT, ReviewRule.TWO_PERSONS
        self.reviewed_by, self.reviewed_at = None, None
        self.save(update_fields=["state", "review_rule", "reviewed_by", "reviewed_at", "assigned_to"])

    @property
    def points(self) -> dict[str, int]:
        """Return the points of each factor by its key in the rubric."""
        return {
            "rights": self.rights,
            "choice": self.choice,
            "reach": self.reach,
            "exposure": self.exposure_points,
            "discretion": self.discretion,
            "sensitivity": self.sensitivity,
        }

    @property
    def findings(self) -> dict[str, str]:
        """Return what was found for each factor by its key in the rubric."""
        return {
            "rights": self.rights_finding,
            "choice": self.choice_finding,
            "reach": self.reach_finding,
            "exposure": self.exposure_finding,
            "discretion": self.discretion_finding,
            "sensitivity": self.sensitivity_finding,
        }
