"""Which proposals a curator asks for, in the order in which they wait."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest

from clauses.models import Clause, ClauseType, Severity
from clauses.models.clause import ClauseQuerySet
from clauses.registry import Filter
from conductatlas.desk.pages import person
from conductatlas.records.ids import parse_record_id
from platforms.text.slugs import sort_key

ORDER = ("-priority", "pk")
ASSIGNED = [("me", "Me"), ("nobody", "Nobody"), ("others", "Somebody else")]
SIGNIFICANCE = [*Severity.choices, ("none", "Not yet said")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a curator asked for: selects, and words that name a platform or a document."""

    filters: list[Filter]
    platform: str
    document: str
    me: int

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything was asked for at all."""
        return bool(self.query)

    @property
    def query(self) -> str:
        """Return what was asked for, for an address."""
        chosen = {f.name: f.chosen for f in self.filters if f.chosen}
        words = {"platform": self.platform, "document": self.document}
        return urlencode(chosen | {name: said for name, said in words.items() if said})

    def clauses(self) -> ClauseQuerySet:
        """Return the proposals that answer."""
        chosen = {f.name: f.chosen for f in self.filters if f.chosen}
        clauses = Clause.objects.waiting().counted()
        if slug := chosen.get("type"):
            clauses = clauses.filter(type__slug=slug)
        if weight := chosen.get("significance"):
            clauses = clauses.filter(significance="" if weight == "none" else weight)
        if to := chosen.get("assigned"):
            others = Q(assigned_to__isnull=False) & ~Q(assigned_to=self.me)
            clauses = clauses.filter({"me": Q(assigned_to=self.me), "nobody": Q(assigned_to=None)}.get(to, others))
        if self.platform:
            clauses = clauses.filter(document__platform__sort_name__startswith=sort_key(self.platform))
        if self.document:
            clauses = clauses.filter(document=document_id(self.document))
        return clauses

    def after(self, clause: Clause) -> Clause | None:
        """Return the proposal that waits next after one, the first where there is none after it."""
        waiting = self.clauses().exclude(pk=clause.pk).order_by(*ORDER)
        later = Q(priority__lt=clause.priority) | Q(priority=clause.priority, pk__gt=clause.pk)
        return waiting.filter(later).first() or waiting.first()

    def before(self, clause: Clause) -> Clause | None:
        """Return the proposal that waits just before one."""
        sooner = Q(priority__gt=clause.priority) | Q(priority=clause.priority, pk__lt=clause.pk)
        return self.clauses().filter(sooner).order_by("priority", "-pk").first()


def asked(request: HttpRequest) -> Asked:
    """Return what the words of an address ask for. Raises BadRequest on a value that there is not."""
    choices = {
        "type": ("Type", list(ClauseType.objects.order_by("name").values_list("slug", "name"))),
        "assigned": ("Assigned to", ASSIGNED),
        "significance": ("Significance", SIGNIFICANCE),
    }
    filters = []
    for name, (label, options) in choices.items():
        chosen = request.GET.get(name, "").strip()
        if chosen and chosen not in dict(options):
            raise BadRequest(f"There is no {label.lower()} called “{chosen}”. Choose one from the list.")
        filters.append(Filter(name, label, options, chosen))
    platform = request.GET.get("platform", "").strip()[:100]
    document = request.GET.get("document", "").strip()[:20]
    if document:
        document_id(document)
    return Asked(filters, platform, document, person(request).pk)


def document_id(written: str) -> int:
    """Return the number of a document's record id. Raises BadRequest where it is none."""
    found = parse_record_id(written)
    if found is None or found.letter != "D":
        raise BadRequest(f"“{written}” is no record id of a document, such as CA-D-00490.")
    return found.number
