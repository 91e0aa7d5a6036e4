"""The stand-alone script, as a reader runs it: against a site that serves what a forger made of its tables."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from conductatlas.database import as_owner
from conductatlas.log.extend import extend_log
from conductatlas.log.keys import rotate
from conductatlas.log.models import Checkpoint
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.models import Document, Method
from tests.log.kept import AT, keep_document

SCRIPT = Path(settings.BASE_DIR) / "docs" / "verify_log.py"


class Reader:
    """Somebody who keeps the key and an older checkpoint, and has the script."""

    def __init__(self, site: str, folder: Path) -> None:
        self.site, self.folder = site, folder

    def keep(self, name: str, path: str) -> Path:
        """Save what an address answers."""
        kept = self.folder / name
        kept.write_bytes(Client(SERVER_NAME="localhost").get(path).content)
        return kept

    def runs(self, *arguments: object) -> tuple[int, str]:
        """Run the script; return its exit code and what it said."""
        done = subprocess.run(
            [sys.executable, "-I", str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, check=False
        )
        assert not done.stderr, done.stderr
        return done.returncode, done.stdout

    def audits(self, *more: object) -> tuple[int, str]:
        """Audit the site against what is kept."""
        key, older = self.folder / "key.txt", self.folder / "older.txt"
        return self.runs("audit", self.site, "--key", key, "--older", older, *more)


@pytest.fixture
def document(transactional_db: None) -> Document:
    """The small body of evidence, logged."""
    made = keep_document()
    extend_log(at=timezone.now())
    return made


@pytest.fixture
def reader(document: Document, live_server, tmp_path: Path) -> Iterator[Reader]:
    """A reader who kept key and checkpoint while all was well."""
    made = Reader(live_server.url, tmp_path)
    made.keep("key.txt", "/log/key")
    made.keep("older.txt", "/log/checkpoint")
    yield made
    connection.close()


def forge(*statements: str) -> None:
    """Do as a forger who is the owner: with every trigger switched off."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


OTHER = "sha256 = sha256(convert_to('Other.', 'UTF8')), size = 6"
OF = "(SELECT {column} FROM platforms_version WHERE number = {number})"


def test_each_forgery_is_found_by_who_holds_an_older_checkpoint(reader: Reader, document: Document) -> None:
    code, said = reader.audits("--save", reader.folder / "saved.txt")
    assert (code, "ALL HOLDS" in said) == (0, True), said
    assert (reader.folder / "saved.txt").read_text() == (reader.folder / "older.txt").read_text()
    forge(
        f"UPDATE platforms_storedtext SET body = 'Other.', length = 6, {OTHER}"
        f" WHERE id = {OF.format(column='text_id', number=1)}",
        "UPDATE platforms_storedbytes SET body = 'Other.', size = 6, sha256 = sha256('Other.')",
        "UPDATE platforms_versionrecord SET content = replace(convert_from(content, 'UTF8'), 'Terms', 'Forged')::bytea,"
        " sha256 = sha256(replace(convert_from(content, 'UTF8'), 'Terms', 'Forged')::bytea)"
        f" WHERE version_id = {OF.format(column='id', number=2)}",
        f"DELETE FROM platforms_versionrecord WHERE version_id = {OF.format(column='id', number=3)}",
        "DELETE FROM platforms_version WHERE number = 3",
    )
    record_versions([Arrival(document.pk, AT, b"Slipped in.", "test", Provenance(Method.WRITTEN))], recorded_at=AT)
    name = document.record_id
    code, said = reader.audits()
    assert code == 1
    for fault in (
        f"version {name}/v1, text: changed",
        f"version {name}/v1, bytes: changed",
        f"version {name}/v4, bytes: changed",
        f"version {name}/v2, record: changed",
        f"version {name}/v2 has another hash than the log says",
        f"version {name}/v3, record: gone without an erasure",
        f"version {name}/v3 is in the log but no more on the site",
        f"version {name}/v5 is on the site but not in the log",
    ):
        assert f"FAULT: {fault}" in said, (fault, said)
    extend_log(at=timezone.now())  # the forger has the key, and logs what was slipped in
    code, said = reader.audits()
    assert code == 1
    assert "does not have it: slipped in" in said


def test_a_history_rewritten_and_signed_again_is_found(reader: Reader) -> None:
    older = Checkpoint.objects.get()
    forge(
        "TRUNCATE conductatlas_logleaf, conductatlas_lognode, conductatlas_checkpoint",
        f"UPDATE platforms_storedtext SET body = 'Other.', length = 6, {OTHER}"
        f" WHERE id = {OF.format(column='text_id', number=1)}",
        f"UPDATE platforms_snapshot SET {OTHER} WHERE id = {OF.format(column='snapshot_id', number=1)}",
        f"DELETE FROM platforms_versionrecord WHERE version_id = {OF.format(column='id', number=1)}",
    )
    extend_log(at=timezone.now())  # seals the record anew, logs and signs it all: the site is in order with itself
    again = Checkpoint.objects.get()
    assert (again.size, again.root) != (older.size, bytes(older.root))
    alone = reader.runs("audit", reader.site, "--key", reader.folder / "key.txt")
    assert (alone[0], "NO OLDER CHECKPOINT GIVEN" in alone[1]) == (0, True), alone[1]
    code, said = reader.audits()
    assert (code, "FAULT: the log was rewritten" in said) == (1, True), said
    forge("DELETE FROM conductatlas_logleaf WHERE index >= 5", "DELETE FROM conductatlas_checkpoint",
          "DELETE FROM conductatlas_lognode WHERE (place + 1) << level > 5",
          "ALTER TABLE conductatlas_checkpoint ADD COLUMN IF NOT EXISTS gone int",
          "ALTER TABLE conductatlas_checkpoint DROP COLUMN gone")  # fmt: skip
    from conductatlas.log.extend import sign

    sign(at=timezone.now())
    code, said = reader.audits()
    assert (code, "FAULT: the log was cut: 5 entries" in said) == (1, True), said


def test_a_record_a_checkpoint_and_two_checkpoints_are_checked_alone(reader: Reader, document: Document) -> None:
    key, older, name = reader.folder / "key.txt", reader.folder / "older.txt", document.record_id
    record = reader.keep("record.json", f"/r/{name}/v4.json")
    proof = reader.keep("proof.json", f"/evidence/{name}/v4/proof.json")
    page = reader.keep("page", "/platform/ferry/terms/versions/4/raw/")
    for file in (record, page):
        code, said = reader.runs("record", file, "--proof", proof, "--key", key)
        assert (code, f"version {name}/v4 is entry" in said) == (0, True), said
    record.write_bytes(record.read_bytes().replace(b"Terms", b"Other"))
    assert reader.runs("record", record, "--proof", proof, "--key", key)[0] == 1
    assert reader.runs("checkpoint", older, "--key", key)[0] == 0
    extend_log(at=timezone.now())
    rotated_from = older.read_text()
    assert reader.runs("consistency", older, older, "--proof", _consistency(reader, 9, 9), "--key", key)[0] == 0
    forged = reader.folder / "forged.txt"
    forged.write_text(rotated_from.replace("\n9\n", "\n8\n"))
    assert reader.runs("checkpoint", forged, "--key", key)[0] == 1
    assert reader.runs("checkpoint", reader.folder / "none", "--key", key)[0] == 2
    record_versions(
        [Arrival(document.pk, AT, b"More.", "test", Provenance(Method.WRITTEN))], recorded_at=timezone.now()
    )
    extend_log(at=timezone.now())
    newer = reader.keep("newer.txt", "/log/checkpoint")
    path = _consistency(reader, 9, int(newer.read_text().splitlines()[1]))
    assert reader.runs("consistency", older, newer, "--proof", path, "--key", key)[0] == 0
    broken = json.loads(path.read_text())
    broken["path"][0] = "00" * 32
    path.write_text(json.dumps(broken))
    assert reader.runs("consistency", older, newer, "--proof", path, "--key", key)[0] == 1


def test_a_key_that_was_passed_on_is_followed_and_a_new_one_alone_is_not(reader: Reader) -> None:
    rotate(at=datetime.now(UTC))
    extend_log(at=timezone.now())
    code, said = reader.audits()
    assert (code, "passed the log on to" in said) == (0, True), said
    rotate(at=datetime.now(UTC), lost=True)
    extend_log(at=timezone.now())
    code, said = reader.audits()
    assert (code, "not signed by the key given" in said) == (1, True), said


def _consistency(reader: Reader, old: int, new: int) -> Path:
    return reader.keep("consistency.json", f"/log/consistency.json?from={old}&to={new}")
