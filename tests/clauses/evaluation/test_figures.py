"""The figures, against ones counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.evaluation.figures import figures_of, worst_errors
from clauses.evaluation.parts import SEEN, UNSEEN, evaluate
from clauses.evaluation.reading import Judged, as_predicted
from tests.clauses.evaluation.labelled import ARB, ARBITRATION, PRICE, RENEW, RENEWAL, TYPES, WEATHER, made

JUDGED = [
    Judged(made(1, ARB), {ARB: 0.9}),  # right
    Judged(made(2, ARB), {ARB: 0.8, RENEW: 0.7}),  # right, and one false
    Judged(made(3, ARB, RENEW), {PRICE: 0.95}),  # two missed, one false
    Judged(made(4, RENEW, unsure=(ARB, RENEW)), {ARB: 0.9}),  # both pairs unsure: out of the count
    Judged(made(5), {}),
]


def test_counts_and_rates_are_those_counted_by_hand() -> None:
    figures = figures_of(JUDGED, TYPES)
    assert figures["overall"] == {
        "labels": 4, "found": 4, "right": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5,
    }  # fmt: skip
    assert figures["types"][ARB] == {
        "labels": 3, "found": 2, "right": 2, "precision": 1.0, "recall": 0.6667, "f1": 0.8,
    }  # fmt: skip
    assert figures["types"][RENEW] == {
        "labels": 1, "found": 1, "right": 0, "precision": 0.0, "recall": 0.0, "f1": 0.0,
    }  # fmt: skip
    assert figures["types"][PRICE]["recall"] is None
    assert set(figures["types"]) == {ARB, RENEW, PRICE}
    assert (figures["rows"], figures["labels"], figures["unsure_left_out"]) == (5, 4, 2)
    assert (figures["macro_f1_of_all"], figures["macro_types_of_all"]) == (0.4, 2)
    assert (figures["macro_f1"], figures["macro_types"]) == (None, 0)


def test_types_are_confused_within_a_paragraph_alone() -> None:
    assert figures_of(JUDGED, TYPES)["confused"] == [
        {"missed": RENEW, "found": PRICE, "times": 1},
        {"missed": ARB, "found": PRICE, "times": 1},
    ]


def test_the_surest_false_finding_comes_first_and_no_unsure_pair_is_an_error() -> None:
    errors = worst_errors(JUDGED, 10)
    assert [(error["id"], error["type"]) for error in errors["false"]] == [("3", PRICE), ("2", RENEW)]
    assert [(error["id"], error["type"]) for error in errors["missed"]] == [("3", RENEW), ("3", ARB)]
    assert worst_errors(JUDGED, 1)["false"] == errors["false"][:1]


def test_the_macro_figure_is_over_types_with_eight_labels() -> None:
    judged = as_predicted([made(n, ARB) for n in range(8)] + [made(9, RENEW)], [frozenset({ARB})] * 8 + [frozenset()])
    figures = figures_of(judged, TYPES)
    assert (figures["macro_f1"], figures["macro_types"]) == (1.0, 1)
    assert (figures["macro_f1_of_all"], figures["macro_types_of_all"]) == (0.5, 2)


def test_an_interval_is_by_company_and_the_same_each_time() -> None:
    judged = [
        Judged(made(n, ARB, platform=f"P{n % 10}"), {ARB: 1.0} if n % 10 < 6 else {RENEW: 1.0}) for n in range(60)
    ]
    families = {f"P{n}": f"F{n // 2}" for n in range(10)}
    interval = figures_of(judged, TYPES, families)["interval"]
    low, high = interval["f1"]
    assert interval == figures_of(judged, TYPES, families)["interval"]
    assert interval["companies"] == 5
    assert low < figures_of(judged, TYPES)["overall"]["f1"] < high
    one = figures_of(judged, TYPES, dict.fromkeys(families, "all"))
    assert one["interval"]["f1"] == [one["overall"]["f1"]] * 2


SLUGS = st.frozensets(st.sampled_from([ARB, RENEW, PRICE]))


@given(st.lists(st.tuples(SLUGS, SLUGS, SLUGS), min_size=1, max_size=12))
def test_the_overall_counts_are_the_sum_over_types_and_over_rows(rows: list[tuple[frozenset[str], ...]]) -> None:
    judged = as_predicted(
        [made(n, *labels, unsure=tuple(unsure)) for n, (labels, unsure, _) in enumerate(rows)],
        [found for *_, found in rows],
    )
    figures = figures_of(judged, TYPES)
    for name in ("labels", "found", "right"):
        assert figures["overall"][name] == sum(one[name] for one in figures["types"].values())
    assert figures["overall"]["right"] == sum(len((labels & found) - unsure) for labels, unsure, found in rows)
    assert figures["overall"]["found"] == sum(len(found - unsure) for _, unsure, found in rows)


def test_what_the_weights_learned_from_is_measured_apart_and_comes_last() -> None:
    rows = [made(1, ARB, text=ARBITRATION), made(2, RENEW, text=RENEWAL), made(3)]
    parts = evaluate(rows, TYPES, learned=lambda words: words == RENEWAL)
    assert [(part.kind, part.figures["rows"], part.is_test) for part in parts] == [(UNSEEN, 2, True), (SEEN, 1, False)]
    assert parts[0].figures["overall"]["f1"] == 1.0
    assert evaluate(rows, TYPES, learned=lambda words: True)[0].kind == SEEN


@pytest.mark.parametrize("learned", [True, False])
def test_predictions_out_of_fold_are_a_test_whatever_was_learned(learned: bool) -> None:
    rows = [made(1, ARB, text=WEATHER)]
    (part,) = evaluate(rows, TYPES, predictions=[frozenset({ARB})], learned=lambda words: learned)
    assert (part.kind, part.is_test, part.figures["overall"]["f1"]) == ("out-of-fold", True, 1.0)
