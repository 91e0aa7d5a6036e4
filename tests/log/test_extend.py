"""The log takes everything once, in order, and PostgreSQL keeps it; killed and run again, or twice at once."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import Error, connection, transaction
from django.utils import timezone

from conductatlas.log import extend, merkle
from conductatlas.log.extend import extend_log, pending
from conductatlas.log.keys import rotate
from conductatlas.log.models import Checkpoint, LogKey, LogLeaf, LogNode
from conductatlas.log.tree import lookup
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.models import Method, Snapshot, Version
from tests.log.kept import AT, keep_document
from tests.log.test_merkle import naive_root


def sound() -> None:
    """Expect a log without gaps, in which everything stands once, with the root that the RFC says."""
    leaves = list(LogLeaf.objects.order_by("index"))
    assert [leaf.index for leaf in leaves] == list(range(len(leaves)))
    assert pending() == []
    latest = Checkpoint.objects.first()
    assert latest is not None
    assert (
        bytes(latest.root) == naive_root([bytes(leaf.content) for leaf in leaves]) == merkle.root(len(leaves), lookup)
    )
    assert latest.size == len(leaves)


@pytest.mark.django_db
def test_killed_between_two_batches_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_document()
    monkeypatch.setattr(extend, "BATCH", 3)

    def killed(done: int, total: int) -> None:
        if done >= 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        extend_log(at=timezone.now(), progress=killed)
    assert LogLeaf.objects.count() == 6
    assert not Checkpoint.objects.exists()
    assert extend_log(at=timezone.now()).size == 9
    assert extend_log(at=timezone.now()).added == 0
    sound()
    values = [leaf.value for leaf in LogLeaf.objects.order_by("index")]
    assert [value["kind"] for value in values] == ["snapshot"] * 4 + ["version"] * 4 + ["key"]
    fetched = Version.objects.select_related("text", "record").get(number=4)
    assert fetched.text is not None
    assert values[7]["text"] == {"sha256": bytes(fetched.text.sha256).hex(), "size": fetched.text.size}
    assert values[7]["sha256"] == bytes(fetched.record.sha256).hex()
    assert values[7]["bytes_sha256"] == bytes(fetched.snapshot.sha256).hex() == values[3]["sha256"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_log_everything_once(monkeypatch: pytest.MonkeyPatch) -> None:
    document = keep_document()
    monkeypatch.setattr(extend, "BATCH", 2)

    def run() -> None:
        try:
            extend_log(at=timezone.now())
        finally:
            connection.close()

    runs = [threading.Thread(target=run) for _ in range(2)]
    for one in runs:
        one.start()
    record_versions([Arrival(document.pk, AT, b"Later.", "test", Provenance(Method.WRITTEN))], recorded_at=AT)
    for one in runs:
        one.join()
    extend_log(at=timezone.now())
    assert LogLeaf.objects.count() == 11
    assert LogKey.objects.count() == 1
    sound()


@pytest.mark.django_db
@pytest.mark.parametrize("model", [LogKey, LogLeaf, LogNode, Checkpoint])
def test_postgresql_keeps_the_log(model) -> None:
    keep_document()
    extend_log(at=timezone.now())
    table = model._meta.db_table
    for attack in (
        f"UPDATE {table} SET {model._meta.pk.column} = {model._meta.pk.column}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)


@pytest.mark.django_db
def test_postgresql_refuses_a_gap_a_second_leaf_and_another_hash() -> None:
    keep_document()
    extend_log(at=timezone.now())
    first = LogLeaf.objects.get(index=0)
    content = json.dumps({"any": 1}).encode()
    right = {"content": content, "sha256": b"0" * 32, "hash": merkle.leaf_hash(content), "kind": "snapshot"}
    for wrong in (
        {**right, "index": 10, "subject": 999},
        {**right, "index": 9, "subject": first.subject},
        {**right, "index": 9, "subject": 999, "hash": b"0" * 32},
    ):
        with pytest.raises(Error), transaction.atomic():
            LogLeaf.objects.create(**wrong)
    LogLeaf.objects.create(**right, index=9, subject=999)


@pytest.mark.django_db
def test_a_lost_or_foreign_key_signs_nothing_and_says_so(tmp_path: Path, settings) -> None:
    keep_document()
    extend_log(at=timezone.now())
    kept = Path(settings.LOG_KEY_FILE)
    assert kept.stat().st_mode & 0o777 == 0o600
    settings.LOG_KEY_FILE = str(tmp_path / "none")
    keep = Snapshot.objects.earliest("pk").document
    record_versions([Arrival(keep.pk, AT, b"New.", "test", Provenance(Method.WRITTEN))], recorded_at=AT)
    done = extend_log(at=timezone.now())
    assert (done.added, "is missing" in done.unsigned, Path(settings.LOG_KEY_FILE).exists()) == (2, True, False)
    assert Checkpoint.objects.count() == 1
    rotate(at=timezone.now() + timedelta(seconds=1), lost=True)
    assert extend_log(at=timezone.now()).unsigned == ""
    assert Checkpoint.objects.earliest("-size").key == LogKey.objects.last()
    sound()


def test_the_key_of_tests_is_not_that_of_the_checkout() -> None:
    assert Path(settings.LOG_KEY_FILE).parent != settings.VAR_DIR
