"""The desk over the reader's measured quality: each evaluation with its tables, confusion pairs and worst errors."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from clauses import models
from clauses.text.classify import READER_RELEASE
from platforms.admin_base import ReadOnlyAdmin

PAIRS = 30
"""Confusion pairs shown."""


@admin.register(models.Evaluation)
class EvaluationAdmin(ReadOnlyAdmin):
    """What `evaluate_reader` found; the words of errors are there where this installation measured itself."""

    list_display = ["labels_name", "kind", "release", "rows", "f1", "macro_f1", "precision", "recall", "at"]
    list_filter = ["kind", "release"]
    change_form_template = "desk/evaluation.html"

    @admin.display(description="F1")
    def f1(self, evaluation: models.Evaluation) -> str:
        return _rate(evaluation.figures["overall"]["f1"])

    @admin.display(description="Macro F1")
    def macro_f1(self, evaluation: models.Evaluation) -> str:
        return _rate(evaluation.figures["macro_f1"])

    @admin.display
    def precision(self, evaluation: models.Evaluation) -> str:
        return _rate(evaluation.figures["overall"]["precision"])

    @admin.display
    def recall(self, evaluation: models.Evaluation) -> str:
        return _rate(evaluation.figures["overall"]["recall"])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show one evaluation, its tables already in order."""
        evaluation = self.get_object(request, object_id)
        context = _tables(evaluation) if evaluation is not None else {}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})


def _tables(evaluation: models.Evaluation) -> dict[str, Any]:
    names = dict(models.ClauseType.objects.order_by("position").values_list("slug", "name"))
    figures = evaluation.figures
    confusion = figures["stance"]["all"]["confusion"]
    labelled = [stance for stance in models.Stance if stance in confusion]
    return {
        "title": str(evaluation),
        "subtitle": None,
        "figures": figures,
        "is_current": evaluation.release == READER_RELEASE,
        "by_type": [(name, figures["types"][slug]) for slug, name in names.items() if slug in figures["types"]],
        "confused": [
            (names.get(one["missed"], one["missed"]), names.get(one["found"], one["found"]), one["times"])
            for one in figures["confused"][:PAIRS]
        ],
        "stances": [(one.label, [(taken.label, confusion[one][taken]) for taken in models.Stance]) for one in labelled],
        "errors": [
            (title, [(names.get(row["type"], row["type"]), row) for row in evaluation.errors.get(key, [])])
            for key, title in (("false", "Found wrongly"), ("missed", "Missed"))
        ],
    }


def _rate(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
