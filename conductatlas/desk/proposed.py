"""The queue of proposed clauses: in the order of priority, narrowed by what a curator asks for, decided in bulk."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clauses.models import ClauseType, Severity
from conductatlas.desk.access import needs
from conductatlas.desk.deciding import REASONS, decide, people
from conductatlas.desk.pages import page, refuse
from conductatlas.desk.proposals import ORDER, asked
from conductatlas.desk.undoing import KEPT
from platforms.keyset import keyset_page

SIZE = 25


@needs("clauses.change_clause")
@require_http_methods(["GET", "POST"])
def proposed(request: HttpRequest) -> HttpResponse:
    """Show the queue, or decide the chosen clauses and show it again."""
    if request.method == "POST":
        try:
            chosen = [int(pk) for pk in request.POST.getlist("clause") if pk.isdecimal()]
            messages.success(request, decide(request, chosen))
        except ValidationError as fault:
            refuse(request, fault)
        return HttpResponseRedirect(request.get_full_path())
    what = asked(request)
    clauses = what.clauses().with_names().select_related("assigned_to", "type__explanation")
    rows = keyset_page(clauses, order=ORDER, after=request.GET.get("after", ""), size=SIZE)
    return page(
        request,
        "desk/proposed.html",
        "Proposed clauses",
        page=rows,
        asked=what,
        first=f"{reverse('admin:desk:proposed')}?{what.query}",
        next=f"{reverse('admin:desk:proposed')}?{what.query}&after={rows.next_after}",
        size=SIZE,
        types=ClauseType.objects.order_by("name"),
        people=people(),
        reasons=REASONS,
        significances=Severity.choices,
        can_undo=KEPT in request.session,
    )
