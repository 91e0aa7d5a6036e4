"""Methodology and about: what is said there is generated from the constants that the code uses."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from changes import rules
from changes.models import Direction, Touch
from changes.text import moves, pairing, touched
from changes.text.compare import COMPARISON_RELEASE
from changes.text.weighty import MANY_WORDS
from clauses.acts.load_taxonomy import taxonomy_release
from clauses.acts.read_versions import SUPPORTED_LANGUAGES
from clauses.figures import RARITY, RARITY_FROM
from clauses.models import (
    Category,
    ClauseType,
    CoverageState,
    Evaluation,
    Explanation,
    Exposure,
    Ground,
    Severity,
    Standing,
)
from clauses.models.confidence import HIGH_FROM, MEDIUM_FROM
from clauses.rubric import FACTORS, MOST, MOST_POINTS, RUBRIC_RELEASE
from clauses.rubric import HIGH_FROM as RUBRIC_HIGH_FROM
from clauses.rubric import MEDIUM_FROM as RUBRIC_MEDIUM_FROM
from clauses.text import blocks, classify, copied, matching, menus, quotations, reading_level, stance
from clauses.text.anchor import SHORTEST_ANCHOR
from conductatlas.pages import refusals
from platforms.acts import known
from platforms.models import AILING_AFTER, Collection, FailureReason, Fault
from platforms.text import faults, history
from platforms.text.extraction import EXTRACTOR_RELEASE, main_text


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    """Show the rules, with the thresholds in force."""
    context = {
        "classifier": history.CLASSIFIER_RELEASE,
        "flap_days": history.FLAP_WINDOW.days,
        "faults": [fault.label[0].lower() + fault.label[1:] for fault in Fault if fault],
        "near_empty": faults.NEAR_EMPTY_WORDS,
        "short": faults.SHORT_WORDS,
        "shell": faults.SHELL_SHARE,
        "truncated": faults.TRUNCATED_SHARE,
        "truncated_from": faults.TRUNCATED_FROM_WORDS,
        "reader": classify.READER_RELEASE,
        "fewest_words": classify.FEWEST_WORDS,
        "links_share": menus.LINKS_SHARE,
        "longest_list": blocks.LONGEST_LIST_WORDS,
        "stance_threshold": stance.THRESHOLD,
        "overlap": matching.OVERLAP,
        "similarity": matching.SIMILARITY,
        "shortest_anchor": SHORTEST_ANCHOR,
        "high_from": HIGH_FROM,
        "medium_from": MEDIUM_FROM,
        "taxonomy": taxonomy_release(),
        "type_total": ClauseType.objects.count(),
        "category_total": Category.objects.count(),
        "languages": SUPPORTED_LANGUAGES,
        "standings": list(Standing),
        "states": list(CoverageState),
        "rarity": [(label, limit) for limit, label in RARITY],
        "rarity_from": RARITY_FROM,
        "grounds": list(Ground),
        "rubric": RUBRIC_RELEASE,
        "copied_words": copied.RUN,
        "quoted_words": quotations.FEWEST_QUOTED,
        "highest_grade": reading_level.HIGHEST_GRADE,
        **_of_captures(),
        **_of_the_reader(),
        **_of_changes(),
    }
    return render(request, "pages/methodology.html", context)


def _of_captures() -> dict[str, Any]:
    """Return what is in force of how texts are taken from pages, and when they are refused."""
    return {
        "extractor": EXTRACTOR_RELEASE,
        "main_share": main_text.CORE_SHARE,
        "beside_words": main_text.BESIDE_WORDS,
        "beside_share": main_text.BESIDE_SHARE,
        "beside_links": main_text.BESIDE_LINKS,
        "bytes_every": known.BYTES_EVERY.days,
        "refusals": list(refusals.rules()),
        "selectors_miss": FailureReason.SELECTORS_MISS,
        "ailing_after": AILING_AFTER,
    }


def _of_the_reader() -> dict[str, Any]:
    """Return the last test of the reader in force, and its figures in the order of the taxonomy. Two queries."""
    measured = Evaluation.objects.tests().of(classify.READER_RELEASE, taxonomy_release()).first()
    if measured is None:
        return {"measured": None}
    rows = measured.figures["types"]
    types = ClauseType.objects.filter(slug__in=rows).order_by("position")
    return {"measured": measured, "measured_types": [(one, rows[one.slug]) for one in types]}


def _of_changes() -> dict[str, Any]:
    """Return what is in force of how changes are told. One query."""
    names = dict(ClauseType.objects.values_list("slug", "name"))
    return {
        "comparison": COMPARISON_RELEASE,
        "rules_release": rules.RULES_RELEASE,
        "rules": rules.RULES,
        "rights": sorted(names.get(slug, slug) for slug in rules.RIGHTS),
        "neither": sorted(names.get(slug, slug) for slug in rules.NEITHER),
        "many_words": MANY_WORDS,
        "touches": list(Touch),
        "directions": list(Direction),
        "reworded": pairing.REWORDED,
        "reworded_alone": pairing.REWORDED_IN_PLACE,
        "contained": pairing.CONTAINED,
        "moved_words": moves.LEAST_WORDS,
        "moved_likeness": moves.SIMILARITY,
        "same_passage": touched.SAME_PLACE / 100,
    }


@require_safe
def rubric(request: HttpRequest) -> HttpResponse:
    """Show the rubric by which severity is computed, and what is usual for each type."""
    explanations = Explanation.objects.select_related("type__category").order_by("type__position")
    context = {
        "release": RUBRIC_RELEASE,
        "factors": FACTORS,
        "most": MOST,
        "most_points": MOST_POINTS,
        "high_from": RUBRIC_HIGH_FROM,
        "medium_from": RUBRIC_MEDIUM_FROM,
        "levels": [(point, [factor.levels[point] for factor in FACTORS]) for point in range(MOST_POINTS + 1)],
        "usual": [(one, [(factor, one.points[factor.key]) for factor in FACTORS]) for one in explanations],
        "grounds": list(Ground),
        "exposures": list(Exposure),
        "severities": list(Severity),
    }
    return render(request, "pages/rubric.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is, how that is tested, and whom to tell where it is not."""
    return render(request, "pages/accessibility.html", {"contact": settings.OPERATOR_CONTACT})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say who runs this installation, and where its texts come from."""
    context = {
        "collections": Collection.objects.all(),
        "operator": settings.OPERATOR_NAME,
        "contact": settings.OPERATOR_CONTACT,
    }
    return render(request, "pages/about.html", context)
