"""A lawful erasure destroys the words wherever they are kept, and leaves hash, length, leaf, ground and reason."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import Error, connection
from django.test import Client
from django.utils import timezone

from changes.models import ChangeRecord, ChangeRevision
from clauses.models import Analysis, Clause, Provision
from conductatlas.database import as_owner
from conductatlas.log.models import LogLeaf
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.models import Erasure, Method, Piece, StoredText, Version
from platforms.text.pieces import pieces
from tests.log.kept import keep_document
from tests.log.test_audit import Reader

RUN = 60
"""Characters of a text that are looked for everywhere."""


def where(words: str) -> list[str]:
    """Return every column of the database in which words stand, as text, as JSON or as bytes."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'bytea')"
        )
        for table, column, kind in cursor.fetchall():
            written = {"bytea": f"encode(\"{column}\", 'escape')"}.get(kind, f'"{column}"::text')
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE position(%s in {written}) > 0', [words])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


@pytest.mark.django_db(transaction=True)
def test_the_words_are_nowhere_and_the_hashes_everywhere(
    persons: tuple[User, User], live_server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("load_demo", platform=["forkwharf"], verbosity=0, stdout=io.StringIO(), stderr=io.StringIO())
    reader = Reader(live_server.url, tmp_path)
    reader.keep("key.txt", "/log/key")
    reader.keep("older.txt", "/log/checkpoint")
    analysis = Analysis.objects.published().earliest("pk")
    version = Version.objects.select_related("text", "document__platform").get(pk=analysis.version_id)
    body, sha256 = version.body, bytes(version.text.sha256)  # type: ignore[union-attr]
    quoted = json.loads(bytes(analysis.record or b""))["passages"][0]["quotation"]
    words = next(line for line in quoted.split("\n") if len(line) > RUN)[:RUN]
    sharing = list(Version.objects.filter(text__body__contains=words).exclude(text=version.text_id))
    assert {"platforms_storedtext.body", "clauses_provision.words", "clauses_analysis.record"} <= set(where(words))
    folded = [word for piece in pieces(words) for word in piece][1:-1]  # the first and the last may be cut
    assert Piece.objects.saying(folded).exists()
    arguments = [version.record_id, "--ground", "Art. 17 GDPR, order 3 O 12/26", "--reason", "A person is named in it."]
    people = ["--ordered-by", "ada", "--confirmed-by", "bertha"]
    monkeypatch.setattr("builtins.input", lambda _: "CA-D-99999/v1")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_evidence", *arguments, *people, stdout=io.StringIO())
    for one in [version, *sharing]:  # each version with the words is ordered
        arguments[0] = one.record_id
        monkeypatch.setattr("builtins.input", lambda _, typed=one.record_id: typed)
        if one == version or not Erasure.objects.of_version(one.pk).exists():
            call_command("erase_evidence", *arguments, *people, stdout=io.StringIO())
    assert where(words) == []
    assert not Piece.objects.saying(folded).exists()
    assert (StoredText.objects.get(sha256=sha256).body, StoredText.objects.get(sha256=sha256).size) == (
        "", len(body.encode())
    )  # fmt: skip
    analysis.refresh_from_db()
    assert (analysis.state, analysis.record is not None and bytes(analysis.record)) == ("retracted", b"")
    assert LogLeaf.objects.filter(kind="erasure").count() == Erasure.objects.count()
    _pages_say_so(version, analysis)
    report = io.StringIO()
    call_command("verify_evidence", stdout=report, stderr=io.StringIO())
    assert "bodies lawfully erased: all hold" in report.getvalue()
    code, said = reader.audits()
    assert (code, "text lawfully erased" in said, "record lawfully erased" in said) == (0, True, True), said
    again = Arrival(version.document_id, version.captured_at, body.encode(), "x", Provenance(Method.WRITTEN))
    assert record_versions([again], recorded_at=timezone.now()) == []
    assert where(words) == []


def _pages_say_so(version: Version, analysis: Analysis) -> None:
    client = Client(SERVER_NAME="localhost")
    base = f"/platform/{version.document.platform.slug}/{version.document.slug}/versions/{version.number}"
    clause = Clause.objects.select_related("document__platform").get(pk=analysis.clause_id)
    for path in (f"{base}/", f"{base}/text/", f"{base}/raw/", f"/r/{version.record_id}",
                 f"/r/{clause.record_id}/v{analysis.number}.json"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 451, path
        assert b"lawfully erased" in answer.content
        assert b"Art. 17 GDPR" in answer.content
        assert b"A person is named in it." in answer.content
    for row in Clause.objects.filter(document=version.document_id):
        kept = Provision.objects.filter(clause=row).exists()
        assert client.get(row.get_absolute_url()).status_code == (200 if kept else 451), row
        assert client.get(f"/r/{row.record_id}.json").status_code == (200 if kept else 451), row
    assert client.get(version.document.get_absolute_url()).status_code == 200
    assert client.get(f"{version.document.get_absolute_url()}history/").status_code == 200
    assert client.get(f"/evidence/{clause.record_id}/v{analysis.number}/proof.json").status_code == 200
    erasure = Erasure.objects.earliest("pk")
    record = client.get(f"/log/erasures/{erasure.pk}.json").json()
    assert {one["sha256"] for one in record["erased"]} >= {bytes(version.text.sha256).hex()}  # type: ignore[union-attr]
    assert not {"ada", "bertha"} & set(json.dumps(record).split('"'))
    for change in ChangeRecord.objects.filter(before=version):
        assert ChangeRevision.objects.filter(record=change).exclude(content=b"").count() == 0
    assert not Provision.objects.filter(passages=None, clause__document=version.document_id).exists()


@pytest.mark.django_db(transaction=True)
def test_the_owner_too_needs_another_person_and_cannot_call_a_new_text_erased(persons: tuple[User, User]) -> None:
    keep_document()
    version = Version.objects.earliest("pk")
    with as_owner():
        for one in (persons[0], persons[1]):
            with pytest.raises(Error, match=r"erasure_is_ordered_by_two_persons|erasure_gives_ground"):
                Erasure.objects.create(version=version, ground="" if one == persons[1] else "x", reason="x", ordered_by=one,
                                       confirmed_by=persons[0], erased_at=timezone.now(), content=b"x",
                                       sha256=bytes.fromhex("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"))  # fmt: skip
