"""A change is weighed by written rules."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from changes.rules import NEITHER, RIGHTS, SEVERITIES, Weighed, heaviest, weigh, whole_direction
from clauses.knowledge import DATA

BURDEN, RIGHT = "sale-of-personal-data", "data-subject-rights"


def weighed(**changes: Any) -> Weighed:
    given: dict[str, Any] = {
        "type_slug": BURDEN,
        "clause_severity": "medium",
        "old_stance": "does",
        "new_stance": "does",
        "moved": False,
        "rewording": ["we may keep"],
    }
    return weigh(**given | changes)


def test_the_types_named_by_the_rules_are_types() -> None:
    taxonomy = yaml.safe_load((DATA / "taxonomy.yaml").read_text(encoding="utf-8"))
    slugs = {one["slug"] for category in taxonomy["categories"] for one in category["types"]}
    assert slugs >= RIGHTS | NEITHER
    assert not RIGHTS & NEITHER


@pytest.mark.parametrize("old", ["does", "conditional", "denies"])
@pytest.mark.parametrize("new", ["does", "conditional", "denies"])
@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_change_of_stance_is_high_and_named_so(old: str, new: str, severity: str) -> None:
    one = weighed(old_stance=old, new_stance=new, clause_severity=severity)
    assert (one.touch == "stance_changed") == (old != new)
    if old != new:
        assert one.severity == "high"
        assert one.direction in ("people", "operator")


@pytest.mark.parametrize("other", ["unstated", "does"])
def test_a_stance_that_was_not_read_before_is_no_change_of_stance(other: str) -> None:
    assert weighed(old_stance="unstated", new_stance=other).touch == "reworded"


@pytest.mark.parametrize(
    ("type_slug", "old", "new", "direction"),
    [
        (BURDEN, "", "does", "operator"),
        (BURDEN, "does", "", "people"),
        (BURDEN, "", "denies", "people"),
        (BURDEN, "denies", "", "operator"),
        (BURDEN, "conditional", "does", "operator"),
        (BURDEN, "does", "conditional", "people"),
        (RIGHT, "", "does", "people"),
        (RIGHT, "does", "", "operator"),
        (RIGHT, "conditional", "does", "people"),
        ("data-retention", "", "does", "unclear"),
        (BURDEN, "", "unstated", "unclear"),
    ],
)
def test_a_clause_favours_by_its_type_and_how_far_it_goes(type_slug: str, old: str, new: str, direction: str) -> None:
    assert weighed(type_slug=type_slug, old_stance=old, new_stance=new).direction == direction


@pytest.mark.parametrize(
    ("rewording", "severity"),
    [
        (["12", "24"], "medium"),
        (["will", "may"], "medium"),
        (["colour"], "low"),
        (["our partners and other firms", "their friends and such other helpers"], "medium"),
    ],
)
def test_a_rewording_weighs_by_its_words(rewording: list[str], severity: str) -> None:
    assert weighed(rewording=rewording).severity == severity
    assert weighed(rewording=rewording).direction == "unclear"


def test_what_only_moved_is_low_and_a_change_weighs_its_heaviest() -> None:
    moved = weighed(moved=True, rewording=[], clause_severity="high")
    assert (moved.touch, moved.severity) == ("moved", "low")
    assert heaviest(["low", "high", "medium"]) == "high"
    assert heaviest([]) == "low"


@pytest.mark.parametrize(
    ("directions", "whole"),
    [([], "unclear"), (["unclear", "people"], "people"), (["people", "operator"], "mixed"), (["unclear"], "unclear")],
)
def test_whom_a_change_favours(directions: list[str], whole: str) -> None:
    assert whole_direction(directions) == whole
