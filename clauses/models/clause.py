"""What endures: a document's clause of a type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse

from clauses.models.clause_type import ClauseType
from clauses.models.severity import Severity
from clauses.models.stance import Stance
from clauses.models.standing import Standing
from platforms.models import Document, Platform, Version

if TYPE_CHECKING:
    from clauses.models.analysis import Analysis
    from clauses.models.provision import Provision


class State(models.TextChoices):
    """Where a clause is between the machine that found it and the curators who answer for it."""

    PROPOSED = "proposed", "Machine-found"
    PUBLISHED = "published", "Published"
    RETRACTED = "retracted", "Retracted"
    REJECTED = "rejected", "Rejected"
    MERGED = "merged", "Merged"


class ClauseQuerySet(models.QuerySet["Clause"]):
    """Clauses as pages and acts want them."""

    def shown(self) -> ClauseQuerySet:
        """Keep clauses that lists show: proposed and published."""
        return self.filter(state__in=[State.PROPOSED, State.PUBLISHED])

    def standing_now(self) -> ClauseQuerySet:
        """Keep clauses whose words stand in the latest good version of their document."""
        return self.shown().filter(standing__in=[Standing.VERBATIM, Standing.MOVED, Standing.ALTERED])

    def waiting(self) -> ClauseQuerySet:
        """Keep proposals whose words stand: what a curator accepts, changes or rejects."""
        return self.standing_now().filter(state=State.PROPOSED)

    def to_judge(self) -> ClauseQuerySet:
        """Keep published clauses whose words were altered, moved or gone, and not judged as they are now.

        A judgement holds until the latest good version has other wordings of the clause than the one it was made for.
        """
        from clauses.models.desk import Judgement
        from clauses.models.passage import Passage

        mine, up = models.OuterRef(models.OuterRef("pk")), models.OuterRef
        latest = up(up("document__latest_version"))
        now = Passage.objects.filter(provision__clause=mine, version=latest)
        then = Passage.objects.filter(provision__clause=mine, version=up("version"))
        stood = Passage.objects.filter(provision=up("provision"), version=up(up("version")))
        stands = Passage.objects.filter(provision=up("provision"), version=up(latest))
        judged = Judgement.objects.filter(analysis=up("analysis")).filter(
            ~models.Exists(now.filter(~models.Exists(stood))), ~models.Exists(then.filter(~models.Exists(stands)))
        )
        changed = [Standing.ALTERED, Standing.MOVED, Standing.GONE]
        return self.filter(~models.Exists(judged), state=State.PUBLISHED, standing__in=changed)

    def counted(self) -> ClauseQuerySet:
        """Keep clauses of the platforms that figures are about."""
        return self.filter(document__platform__in=Platform.objects.counted())

    def with_names(self) -> ClauseQuerySet:
        """Fetch what a row of a list names: type, category, document, platform, operator and the quoted words."""
        return self.select_related(
            "type__category", "document__platform__operator", "document__latest_version", "quoted"
        )

    def in_document_order(self) -> ClauseQuerySet:
        """Order by where the words stand in the latest good version, those that do not stand last."""
        return self.order_by(models.F("position").asc(nulls_last=True), "pk")


class Clause(models.Model):
    """A clause, cited as CA-P-010005. Id, slug and a curator's acts outlive every re-reading."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="clauses")
    type = models.ForeignKey(ClauseType, models.PROTECT, related_name="clauses")
    found_as = models.ForeignKey(
        ClauseType,
        models.PROTECT,
        related_name="+",
        help_text="The type that the reader found; a curator's may differ",
    )
    slug = models.SlugField(max_length=120)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True, blank=True)
    found_at = models.DateTimeField()
    curated_at = models.DateTimeField(null=True, blank=True, help_text="When a curator last set type, title or state")
    rejected_because = models.CharField(max_length=300, blank=True, help_text="Why these words are no such clause")
    significance = models.CharField(
        max_length=6, choices=Severity, blank=True, help_text="How much it matters, as a curator sees it"
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="assigned_clauses", null=True, blank=True
    )

    analysis: models.ForeignKey[Analysis | None, Analysis | None] = models.ForeignKey(
        "Analysis",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        help_text="The newest revision that was published",
    )
    severity = models.CharField(
        max_length=6, choices=Severity, blank=True, editable=False, help_text="That of the published analysis"
    )

    # Derived from passages by the act that anchors; rebuilt at any time, kept here so that lists can filter.
    found_stance = models.CharField(
        max_length=12, choices=Stance, default=Stance.UNSTATED, editable=False, help_text="What the reader reads"
    )
    stance = models.CharField(max_length=12, choices=Stance, default=Stance.UNSTATED, editable=False)
    standing = models.CharField(max_length=14, choices=Standing, default=Standing.NOT_CHECKABLE, editable=False)
    position = models.PositiveIntegerField(null=True, editable=False, help_text="Offset of the first passage")
    priority = models.PositiveSmallIntegerField(
        default=0,
        editable=False,
        help_text="Order in the queue of proposals, computed; more is sooner",
    )
    quoted: models.ForeignKey[Provision | None, Provision | None] = models.ForeignKey(
        "Provision",
        models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
        help_text="The wording lists show",
    )
    first_seen = models.ForeignKey(Version, models.SET_NULL, related_name="+", null=True, editable=False)
    last_seen = models.ForeignKey(Version, models.SET_NULL, related_name="+", null=True, editable=False)
    gone_since = models.ForeignKey(
        Version,
        models.SET_NULL,
        related_name="+",
        null=True,
        editable=False,
        help_text="The first good version after the last that carried it",
    )

    objects = ClauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "slug"], name="clause_slug_is_unique_in_its_document"),
            models.CheckConstraint(
                name="clause_slug_is_lower_case_words_and_not_a_page",
                condition=models.Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$")
                & ~models.Q(slug__in=["history", "versions", "diff"]),
            ),
            models.CheckConstraint(
                name="clause_is_merged_just_when_it_names_another",
                condition=models.Q(state="merged", merged_into__isnull=False)
                | ~models.Q(state="merged") & models.Q(merged_into=None),
            ),
            models.CheckConstraint(
                name="clause_is_published_just_when_it_has_an_analysis_that_stands",
                condition=models.Q(state="published", analysis__isnull=False) & ~models.Q(severity="")
                | ~models.Q(state="published") & models.Q(severity=""),
            ),
            models.CheckConstraint(
                name="clause_is_rejected_just_when_it_says_why",
                condition=models.Q(state="rejected") & ~models.Q(rejected_because="")
                | ~models.Q(state="rejected") & models.Q(rejected_because=""),
            ),
            models.CheckConstraint(
                name="clause_is_not_merged_into_itself",
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("pk")),
            ),
        ]
        indexes = [
            models.Index(fields=["type", "state", "standing", "stance"], name="clause_by_type"),
            models.Index(fields=["document", "position"], name="clause_in_document"),
            models.Index(fields=["state", "-priority", "id"], name="clause_in_queue"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.title}"

    def get_absolute_url(self) -> str:
        """Return the address of the clause page (needs document and platform)."""
        return reverse("clause", args=[self.document.platform.slug, self.document.slug, self.slug])

    @property
    def record_id(self) -> str:
        """Return the permanent name, such as CA-P-010005."""
        return f"CA-P-{self.pk:06d}"
