"""The last decision of a person, which one press takes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from clauses.acts.undo import decided
from clauses.acts.undo import undo as take_back
from conductatlas.desk.access import needs
from conductatlas.desk.pages import back_to, refuse

KEPT = "desk_undo"
"""Under which name the session keeps it."""


@contextmanager
def undoable(request: HttpRequest, clauses: Iterable[int]) -> Iterator[None]:
    """Keep what an act inside the block decides, so that it can be taken back."""
    pks = list(clauses)
    before = decided(pks)
    yield
    request.session[KEPT] = {"before": before, "after": decided(pks)}


@needs("clauses.change_clause")
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last decision back."""
    kept = request.session.pop(KEPT, None)
    if kept is None:
        messages.error(request, "There is nothing to take back.")
    else:
        try:
            clauses = take_back(before=kept["before"], after=kept["after"])
            messages.success(request, f"Taken back: {', '.join(clause.record_id for clause in clauses)}.")
        except ValidationError as fault:
            refuse(request, fault)
    return HttpResponseRedirect(back_to(request, reverse("admin:desk:proposed")))
