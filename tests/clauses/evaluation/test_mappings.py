"""The mapping of others' labels is complete, gives a reason for each, and is counted as it says."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from clauses.evaluation.claudette import GAP, Sentence, claudette_figures, rates_by_unit, read_claudette
from clauses.evaluation.mappings import Mapping, claudette_codes, mapping_rows, tosdr_cases
from clauses.evaluation.rows import BadLabels
from clauses.evaluation.tosdr import read_tosdr, tosdr_figures
from tests.clauses.evaluation.labelled import ARB, ARBITRATION, TYPES, WEATHER, write

MEANS = Mapping(ARB, frozenset({ARB, "class-action-waiver"}))
FILED = "This service forces users into binding arbitration in the case of disputes"


def marked(place: int, *marks: Mapping, document: str = "Terms", text: str = WEATHER) -> Sentence:
    return Sentence(place + 1, str(place), ("Acme", document), place, text, marks)


def counts(rates: dict[str, float]) -> tuple[float, float, float]:
    """Return right, false and missed."""
    return rates["right"], rates["found"] - rates["right"], rates["labels"] - rates["right"]


def test_each_row_of_the_mapping_has_a_reason_and_known_types_and_no_case_stands_twice() -> None:
    rows = [*mapping_rows()["claudette"]["codes"].values(), *mapping_rows()["tosdr"]["cases"]]
    for row in rows:
        assert len(row["because"]) > 10
        assert set(row) <= {"type", "also", "because", "cases"}
        assert ({row["type"]} if "type" in row else set()) | set(row.get("also", ())) <= set(TYPES)
        assert row.get("type") not in row.get("also", ())
    cases = Counter(case for row in mapping_rows()["tosdr"]["cases"] for case in row["cases"])
    assert set(cases.values()) == {1}


def test_sentences_clauses_and_documents_are_counted_as_by_hand() -> None:
    sentences = [
        marked(0, MEANS),  # found: right
        marked(GAP, text="found, unmarked, near enough to be of the same clause"),
        marked(3 * GAP, MEANS),  # missed
        marked(5 * GAP, text="found, unmarked, alone"),
        marked(7 * GAP, MEANS),  # met by a type the mark accepts
        marked(0, document="Other"),  # found, unmarked, alone in its document
    ]
    arbitration = frozenset({ARB})
    found = [arbitration, arbitration, frozenset(), arbitration, frozenset({"class-action-waiver"}), arbitration]
    rates = rates_by_unit(sentences, found, ARB)
    assert counts(rates["sentence"]) == (2, 3, 1)
    assert counts(rates["clause"]) == (2, 2, 1)
    assert counts(rates["document"]) == (1, 1, 0)


def test_a_type_that_a_mark_accepts_is_never_false_beside_it() -> None:
    accepting = Mapping("consent-by-use", frozenset({"consent-by-use", ARB}))
    rates = rates_by_unit([marked(0, accepting)], [frozenset({ARB})], ARB)
    assert counts(rates["sentence"]) == (0, 0, 0)
    assert counts(rates_by_unit([marked(0, accepting)], [frozenset({ARB})], "consent-by-use")["sentence"]) == (1, 0, 0)


def test_marks_are_read_without_their_grade_and_in_the_order_of_the_document(tmp_path: Path) -> None:
    def line(place: int, text: str, *codes: str) -> dict[str, object]:
        labels = [{"code": code} for code in codes]
        return {
            "id": f"x:{place}",
            "platform": "Acme",
            "document": "Terms",
            "line": place,
            "text": text,
            "labels": labels,
        }

    path = write(tmp_path / "c.jsonl", line(9, WEATHER, "pinc2"), line(4, ARBITRATION, "a3", "j1"))
    sentences = read_claudette(path)
    assert [[mark.type for mark in one.marks] for one in sentences] == [[ARB, "governing-law-and-venue"], []]
    figures = claudette_figures(sentences, lambda done: None)
    assert counts(figures["types"][ARB]["sentence"]) == (1, 0, 0)
    with pytest.raises(BadLabels, match="line 1: labels: there is no code zz9"):
        read_claudette(write(tmp_path / "bad.jsonl", line(1, WEATHER, "zz9")))


def test_companies_that_the_weights_learned_from_can_be_left_out(tmp_path: Path) -> None:
    def line(number: int, family: str) -> dict[str, object]:
        return {"id": f"t:{number}", "text": ARBITRATION, "label": FILED, "pending": None, "family": family}

    path = write(tmp_path / "t.jsonl", line(1, "acme"), line(2, "other"))
    assert [quote.id for quote in read_tosdr(path, without={"acme"})] == ["t:2"]
    with pytest.raises(BadLabels, match="every row is of a company"):
        read_tosdr(path, without={"acme", "other"})


def test_quotes_have_recall_alone_and_leave_out_other_languages_and_other_cases(tmp_path: Path) -> None:
    german = "Alle Streitigkeiten aus diesem Vertrag werden durch ein Schiedsgericht nach dessen Regeln entschieden."
    rows = [(FILED, ARBITRATION, None), (FILED, WEATHER, False), (FILED, ARBITRATION, True), (FILED, german, None),
            ("The service allows you to use pseudonyms", WEATHER, None)]  # fmt: skip
    path = write(
        tmp_path / "t.jsonl",
        *({"id": f"t:{n}", "text": text, "label": case, "pending": pending}
          for n, (case, text, pending) in enumerate(rows)),
    )  # fmt: skip
    figures, missed = tosdr_figures(read_tosdr(path), lambda done: None, 5)
    assert (figures["case_left_out"], figures["language_left_out"]) == (1, 1)
    assert figures["overall"] == {"labels": 3, "right": 2, "recall": 0.6667}
    assert figures["approved"] == {"labels": 2, "right": 1, "recall": 0.5}
    assert [error["id"] for error in missed] == ["t:1"]
    with pytest.raises(BadLabels, match="line 1: label: the case 'No such case' is not in"):
        read_tosdr(write(tmp_path / "bad.jsonl", {"id": 1, "text": WEATHER, "label": "No such case"}))


@pytest.mark.corpus
def test_the_real_sets_are_read_at_least_as_well_as_when_this_was_written(corpus: Path) -> None:
    """Floors beneath the figures in docs/measurements.md; raise them with the reader, never lower them."""
    sentences = read_claudette(corpus / "labels" / "labels-claudette.jsonl")
    types = claudette_figures(sentences, lambda done: None)["types"]
    assert all(row["document"]["f1"] >= 0.86 for row in types.values())
    assert all(row["clause"]["f1"] >= 0.6 for row in types.values())
    figures, _ = tosdr_figures(read_tosdr(corpus / "labels" / "labels-tosdr.jsonl"), lambda done: None)
    assert figures["overall"]["recall"] >= 0.71
    assert figures["approved"]["recall"] >= 0.73


@pytest.mark.corpus
def test_every_code_and_case_of_the_real_sets_is_mapped_or_left_out_with_a_reason(corpus: Path) -> None:
    def lines(name: str) -> list[dict[str, object]]:
        return [json.loads(one) for one in (corpus / "labels" / name).read_text(encoding="utf-8").split("\n") if one]

    codes = {label["code"].rstrip("0123456789") for row in lines("labels-claudette.jsonl") for label in row["labels"]}  # type: ignore[attr-defined]
    assert codes == set(claudette_codes())
    assert {row["label"] for row in lines("labels-tosdr.jsonl")} == set(tosdr_cases())
