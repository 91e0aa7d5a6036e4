"""Everything is recomputed, on several cores, and a run that was stopped goes on where it was."""

import hashlib
import os
import signal
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from changes.models import ChangeRevision
from clauses.models import Analysis, Passage
from conductatlas import verification
from conductatlas.database import as_owner
from platforms.models import Snapshot, StoredBytes, StoredText, Verification, VerifiedPart, Version
from tests.capture.forking import Forks

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 23, 4, 10, tzinfo=UTC)


def run(processes=1, progress=lambda label, done, total: None):
    return verification.run(processes=processes, now=lambda: AT, progress=progress)


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr("platforms.acts.verify.LARGEST_PART", 20_000)
    monkeypatch.setattr("platforms.acts.verify.MOST_ROWS", 7)


@pytest.fixture
def kept(taxonomy, small_parts):
    call_command("load_demo", platform=["norrick"], verbosity=0)


def test_everything_is_recomputed_the_same_on_two_cores_and_on_one(kept):
    one, two = run(), run(processes=2)
    assert one.faults == two.faults == 0
    for done in (one, two):
        assert done.texts == StoredText.objects.count() + StoredBytes.objects.count()
        assert (done.snapshots, done.versions) == (Snapshot.objects.count(), Version.objects.count())
        assert done.passages == Passage.objects.count() > 0
        assert done.records == done.versions + Analysis.objects.numbered().count() + ChangeRevision.objects.count()
    assert one.size == two.size


def test_a_run_that_was_stopped_goes_on_where_it_was(kept, monkeypatch):
    def stop(label, done, total):
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(progress=stop)
    stopped = Verification.objects.get()
    assert stopped.finished_at is None
    assert stopped.parts.exclude(counts__isnull=True).count() == 3
    seen = []
    went_on = run(progress=lambda label, done, total: seen.append((done, total)))
    assert went_on.pk == stopped.pk
    assert seen[0][0] == 4
    assert seen[-1][0] == seen[-1][1]
    assert went_on.versions == Version.objects.count()
    assert Verification.objects.latest_sound() == went_on
    Verification.objects.create(started_at=AT - timedelta(days=2))  # stopped too long ago to go on with
    assert run().started_at == AT
    assert VerifiedPart.objects.values("verification").distinct().count() == 1


TAMPERING = [
    ("platforms_storedtext", "UPDATE platforms_storedtext SET body = replace(body, 'a', 'e')", "has not the hash it"),
    ("platforms_storedtext", "UPDATE platforms_storedtext SET length = length + 1", "characters, not"),
    ("platforms_snapshot", "UPDATE platforms_snapshot SET sha256 = sha256('x')", "has not the hash of its body"),
    ("platforms_versionrecord", "UPDATE platforms_versionrecord SET content = content || ' '", "record of version"),
    ("clauses_passage", "UPDATE clauses_passage SET start = start - 1", "has not the words it claims"),
    ("clauses_analysis", "UPDATE clauses_analysis SET sha256 = sha256('x') WHERE number > 0", "record of analysis"),
    ("changes_changerevision", "UPDATE changes_changerevision SET content = '{}'", "of a change record"),
]


def tampered(table, statement):
    """Tamper with triggers and constraints out of the way, as somebody would who has the owner's password."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(statement)


def test_what_was_tampered_with_is_named_and_no_run_is_sound(kept):
    for table, statement, says in TAMPERING:
        with as_owner(), transaction.atomic():
            tampered(table, statement)
            done = run()
            assert done.faults > 0
            assert any(says in fault for fault in verification.faults_of(done)), statement
            assert Verification.objects.latest_sound() is None
            transaction.set_rollback(True)


def test_the_command_fails_where_something_does_not_hold(kept, monkeypatch, capsys):
    monkeypatch.setattr("platforms.acts.verify.hashlib.sha256", lambda body: hashlib.md5(body, usedforsecurity=False))
    with pytest.raises(CommandError, match="do not hold"):
        call_command("verify_evidence", processes=1)
    assert "has not the hash it claims" in capsys.readouterr().err


def test_a_run_that_was_killed_goes_on_and_leaves_no_worker_behind(kept, monkeypatch):
    monkeypatch.setattr("platforms.acts.verify.MOST_ROWS", 1)
    with Forks() as forks:
        process = forks.begin("verify_evidence --processes 2")
        while not VerifiedPart.objects.filter(counts__isnull=False).exists():
            pass
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        forks.end()
    begun = Verification.objects.get()
    done = run(processes=2)  # the lock of the killed process is free: none of its workers holds its connection
    assert done == begun or begun.finished_at is not None
    assert done.versions == Version.objects.count()
    assert done.faults == 0
