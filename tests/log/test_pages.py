"""What /log/ and the addresses beneath it answer, and what they refuse."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.test import Client
from django.utils import timezone

from conductatlas.log import merkle, views
from conductatlas.log.extend import extend_log
from conductatlas.log.models import Checkpoint, LogLeaf
from platforms.models import Version
from tests.log.kept import keep_document

pytestmark = pytest.mark.django_db


def test_an_empty_log_says_so(client: Client) -> None:
    assert "Nothing was recorded yet." in client.get("/log/").content.decode()
    for path in ("/log/checkpoint", "/log/key"):
        assert client.get(path).status_code == 404


def test_the_log_is_paged_and_every_address_answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    document = keep_document()
    extend_log(at=timezone.now())
    monkeypatch.setattr(views, "SHOWN", 4)
    first = client.get("/log/").content.decode()
    assert f'<a href="/r/{document.record_id}/v4">' in first
    following = first.split('rel="next" href="')[1].split('"')[0]
    assert '<th scope="row" class="num">4</th>' in client.get(f"/log/{following}").content.decode()
    latest = Checkpoint.objects.get()
    assert client.get("/log/checkpoint").content == client.get("/log/checkpoints/9").content == latest.note.encode()
    entries = client.get("/log/entries.json?start=2&count=3").json()
    assert [row["index"] for row in entries["entries"]] == [2, 3, 4]
    for row in entries["entries"]:
        assert merkle.leaf_hash(row["leaf"].encode()) == bytes(LogLeaf.objects.get(index=row["index"]).hash)
    version = Version.objects.select_related("text").get(number=4)
    assert version.text is not None
    text, raw = bytes(version.text.sha256).hex(), bytes(version.snapshot.sha256).hex()
    by_text, by_raw = (client.get(f"/log/proof.json?hash={sha256}").json() for sha256 in (text, raw))
    revision = client.get(f"/evidence/{document.record_id}/v4/proof.json").json()
    assert by_text == revision
    assert json.loads(by_raw["leaf"])["kind"] == "snapshot"
    record = client.get(f"/r/{document.record_id}/v4.json").content
    assert json.loads(revision["leaf"])["sha256"] == hashlib.sha256(record).hexdigest()
    path = [bytes.fromhex(part) for part in revision["path"]]
    hashed = merkle.leaf_hash(revision["leaf"].encode())
    assert merkle.is_included(hashed, revision["index"], revision["size"], path, bytes(latest.root))
    spelled = client.get(f"/evidence/ca-d-{document.pk}/v4/proof.json")
    assert (spelled.status_code, spelled["Location"]) == (301, f"/evidence/{document.record_id}/v4/proof.json")
    assert len(client.get("/log/records.json?kind=version").json()["records"]) == 4


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/log/?after=nonsense", 400),
        ("/log/checkpoints/8", 404),
        ("/log/entries.json?start=-1", 400),
        ("/log/entries.json?count=x", 400),
        ("/log/entries.json?start=99999999999999999999", 400),
        ("/log/consistency.json?from=0&to=9", 400),
        ("/log/consistency.json?from=5&to=4", 400),
        ("/log/consistency.json?from=5", 400),
        ("/log/consistency.json?from=5&to=10", 404),
        ("/log/proof.json", 400),
        ("/log/proof.json?hash=abc", 400),
        (f"/log/proof.json?hash={'0' * 64}", 404),
        ("/log/records.json?kind=people", 400),
        ("/log/erasures/1.json", 404),
        ("/evidence/CA-D-00001/v999/proof.json", 404),
        ("/evidence/nothing/v1/proof.json", 404),
    ],
)
def test_what_there_is_not_is_refused(client: Client, path: str, status: int) -> None:
    keep_document()
    extend_log(at=timezone.now())
    assert client.get(path).status_code == status


def test_what_waits_for_a_checkpoint_has_no_proof_yet(client: Client) -> None:
    document = keep_document()
    answer = client.get(f"/evidence/{document.record_id}/v1/proof.json")
    assert answer.status_code == 404
    assert "some minutes later" in answer.content.decode()
