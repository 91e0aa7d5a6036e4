"""`evaluate_reader` from file to table, JSON, desk and methodology; a file with a fault leaves nothing behind."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from clauses.acts.evaluate import LabelsFile, load_evaluation, record_evaluation, ship_evaluation, shipped_evaluation
from clauses.acts.load_knowledge import load_knowledge
from clauses.acts.load_taxonomy import load_taxonomy, taxonomy_release
from clauses.evaluation.parts import OUT_OF_FOLD, SEEN, Part, evaluate
from clauses.models import ClauseType, Evaluation
from clauses.text.classify import READER_RELEASE, findings
from tests.clauses.evaluation.labelled import ARB, ARBITRATION, RENEW, RENEWAL, TYPES, WEATHER, made, row, write

AT = datetime(2026, 1, 1, tzinfo=UTC)
LABELS = LabelsFile("written.jsonl", "ab" * 32, "sentences written for a test")


OTHERS = sorted(set(TYPES) - {ARB, RENEW})
"""Left out of the count, so that the figures do not hang on what else a reader may find in a sentence."""


def labels(path: Path) -> Path:
    return write(
        path, row(1, ARBITRATION, ARB), row(2, RENEWAL, ARB, unsure=OTHERS), row(3, WEATHER, ARB, unsure=[ARB])
    )


def part(kind: str = OUT_OF_FOLD) -> Part:
    (measured,) = evaluate([made(1, ARB), made(2, RENEW)], TYPES, predictions=[frozenset({ARB}), frozenset()])
    return Part(kind, measured.figures, measured.errors)


@pytest.mark.django_db
def test_a_file_is_measured_told_and_stored_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, told = labels(tmp_path / "labels.jsonl"), tmp_path / "told.json"
    for _ in range(2):
        call_command("evaluate_reader", path, json=told, about="written for a test")
    report = json.loads(told.read_text(encoding="utf-8"))
    figures = report["parts"][report["figure"]]["figures"]
    assert RENEW in {finding.type for finding in findings(RENEWAL)}
    assert figures["overall"] == {
        "labels": 2, "found": 2, "right": 1, "precision": 0.5, "recall": 0.5, "f1": 0.5,
    }  # fmt: skip
    assert figures["confused"] == [{"missed": ARB, "found": RENEW, "times": 1}]
    stored = Evaluation.objects.get()
    assert (stored.release, stored.rows, stored.figures) == (READER_RELEASE, 3, figures)
    assert [error["text"] for error in stored.errors["false"]] == [RENEWAL]
    out = capsys.readouterr().out
    assert f"labelled {ARB}" in out
    assert RENEWAL in out


@pytest.mark.django_db
def test_a_file_with_a_fault_leaves_nothing(tmp_path: Path) -> None:
    path, told = write(tmp_path / "labels.jsonl", row(1, ARBITRATION, ARB), "{"), tmp_path / "told.json"
    with pytest.raises(CommandError, match=r"nothing was evaluated.\nline 2: no JSON"):
        call_command("evaluate_reader", path, json=told)
    with pytest.raises(CommandError, match=r"gone.jsonl: nothing was evaluated.\ncannot be read"):
        call_command("evaluate_reader", tmp_path / "gone.jsonl")
    with pytest.raises(CommandError, match="No such file"):
        call_command("evaluate_reader", labels(path), json=tmp_path / "no" / "such" / "folder.json")
    assert not told.exists()
    assert not Evaluation.objects.exists()


@pytest.mark.django_db
def test_predictions_are_measured_as_out_of_fold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    predictions = write(tmp_path / "out.jsonl", *({"id": n, "types": [ARB]} for n in (1, 2, 3)))
    call_command("evaluate_reader", labels(tmp_path / "labels.jsonl"), predictions=predictions)
    stored = Evaluation.objects.get()
    assert (stored.kind, stored.figures["overall"]["f1"]) == (OUT_OF_FOLD, 1.0)
    assert "out of fold" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{"ship": True}, {"about": "x"}, {"predictions": Path("x")}])
def test_other_formats_take_no_options_of_paragraphs(tmp_path: Path, options: dict[str, object]) -> None:
    with pytest.raises(CommandError, match="goes without"):
        call_command("evaluate_reader", tmp_path / "x", format="tosdr", **options)


@pytest.mark.django_db
def test_the_database_keeps_words_out_of_what_is_shipped() -> None:
    (stored,) = record_evaluation(parts=[part()], labels=LABELS, at=AT)
    assert stored.errors["missed"]
    stored.shipped = True
    with pytest.raises(IntegrityError, match="what_is_shipped_has_no_words"):
        stored.save()


def test_what_was_learned_is_never_shipped() -> None:
    before = shipped_evaluation()
    with pytest.raises(ValueError, match="no test"):
        ship_evaluation(part=part(SEEN), labels=LABELS, at=AT)
    assert shipped_evaluation() == before


def test_the_release_that_reads_is_the_release_that_was_measured() -> None:
    shipped = shipped_evaluation()
    assert shipped is not None
    assert (shipped["release"], shipped["taxonomy"]) == (READER_RELEASE, taxonomy_release())
    assert shipped["kind"] != SEEN
    assert set(shipped) == {"release", "taxonomy", "kind", "labels", "at", "figures"}
    assert set(shipped["figures"]["types"]) == set(TYPES)


@pytest.mark.django_db
def test_the_methodology_states_what_was_measured_and_nothing_that_was_learned(client: Client) -> None:
    load_taxonomy()
    record_evaluation(parts=[part(SEEN)], labels=LABELS, at=AT)
    assert "has not been evaluated" in client.get("/methodology/").text
    load_knowledge()
    loaded = Evaluation.objects.get(shipped=True)
    assert loaded == load_evaluation()
    page = client.get("/methodology/").text
    assert loaded.labels_sha256 in page
    assert f"micro-F1 of {loaded.figures['overall']['f1']:.2f}" in page
    assert all(f">{escape(name)}</a>" in page for name in ClauseType.objects.values_list("name", flat=True))
    Evaluation.objects.update(release="another")
    assert "has not been evaluated" in client.get("/methodology/").text


@pytest.mark.django_db
def test_what_this_installation_measured_itself_stays() -> None:
    shipped = shipped_evaluation()
    assert shipped is not None
    record_evaluation(parts=[part(shipped["kind"])], labels=LabelsFile(**shipped["labels"]), at=AT)
    loaded = load_evaluation()
    assert loaded is not None
    assert (loaded.shipped, loaded.at, Evaluation.objects.count()) == (False, AT, 1)


@pytest.mark.django_db
def test_the_desk_shows_tables_and_errors_and_changes_nothing(client: Client) -> None:
    load_taxonomy()
    client.force_login(User.objects.create_superuser("anna"))
    (stored,) = record_evaluation(parts=evaluate([made(1, ARB, text=RENEWAL)], TYPES), labels=LABELS, at=AT)
    listed = client.get(reverse("admin:clauses_evaluation_changelist"))
    assert "written.jsonl" in listed.text
    address = reverse("admin:clauses_evaluation_change", args=[stored.pk])
    page = client.get(address).text
    for words in ("Mandatory arbitration", "Automatic renewal", RENEWAL, LABELS.sha256, "Found wrongly"):
        assert words in page
    assert client.post(address, {"rows": 9}).status_code == 403
    assert client.get(reverse("admin:clauses_evaluation_add")).status_code == 403


@pytest.mark.corpus
@pytest.mark.django_db
def test_a_fixed_tenth_of_the_corpus_gives_the_counts_of_a_plain_loop(corpus: Path, tmp_path: Path) -> None:
    lines = (corpus / "labels" / "paragraphs.jsonl").read_text(encoding="utf-8").split("\n")[:-1:10]
    path, told = write(tmp_path / "tenth.jsonl", *lines), tmp_path / "told.json"
    call_command("evaluate_reader", path, json=told, families=corpus / "versions" / "ota-dev.documents.csv")
    right = found = labelled = 0
    for one in map(json.loads, lines):
        types = {finding.type for finding in findings(one["text"], (one["heading"],) if one["heading"] else ())}
        right += len((types & set(one["labels"])) - set(one["unsure"]))
        found += len(types - set(one["unsure"]))
        labelled += len(set(one["labels"]) - set(one["unsure"]))
    overall = [part["figures"]["overall"] for part in json.loads(told.read_text(encoding="utf-8"))["parts"].values()]
    assert len(lines) == 400
    assert sum(one["right"] for one in overall) == right > 0
    assert sum(one["found"] for one in overall) == found
    assert sum(one["labels"] for one in overall) == labelled
