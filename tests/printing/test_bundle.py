"""Evidence bundles: the same bytes each time, whole, and checked by the commands that their guide names."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from zipfile import ZipFile

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from clauses.acts.publish import retract
from clauses.models import Clause
from conductatlas.log.models import Checkpoint
from conductatlas.printing.bundle import rests_on
from conductatlas.printing.declaration import declaration_pdf
from conductatlas.printing.readme import readme
from platforms.models import Takedown, Version
from tests.printing.revisions import one_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
PAPERS = {"LICENCE.txt", "README.txt", "SHA256SUMS", "declaration.pdf", "declaration.txt", "record.json", "record.pdf"}
EVIDENCE = {"record.json", "raw.bin", "text.txt"}


def address_of(frozen) -> str:
    return reverse("bundle", args=[str(frozen.record), frozen.number])


def take_down(version: int) -> None:
    by, at = User.objects.earliest("pk"), timezone.now()
    said = "A court ordered it."
    Takedown.objects.create(version_id=version, ground="legal_demand", public_reason=said, decided_at=at, decided_by=by)


def test_bundles_are_the_same_each_time_and_check_in_a_shell(client, tmp_path):
    for frozen in one_of_each():
        first, second = client.get(address_of(frozen)), client.get(address_of(frozen))
        assert first["Content-Type"] == "application/zip"
        assert first.content == second.content
        ZipFile(io.BytesIO(first.content)).extractall(tmp_path)
        folder = tmp_path / f"{frozen.record}-v{frozen.number}"
        checked = subprocess.run(
            ["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=True
        )
        files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        assert {line.split(": ")[0] for line in checked.stdout.splitlines()} == files - {"SHA256SUMS"}
        assert (folder / "record.json").read_bytes() == frozen.content
        assert files >= PAPERS
        (folder / "record.json").write_bytes(b"{}")
        assert subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True).returncode == 1


def test_a_bundle_has_the_evidence_that_its_record_states(client):
    for frozen in one_of_each():
        packed = ZipFile(io.BytesIO(client.get(address_of(frozen)).content))
        top = f"{frozen.record}-v{frozen.number}/"
        records = [name for name in packed.namelist() if name.endswith("record.json")]
        assert len(records) == {"P": 2, "C": 3, "D": 1}[frozen.record.letter]
        for name in records:
            value = json.loads(packed.read(name))
            if value["schema"].startswith("conductatlas.version/"):
                folder = name.removesuffix("record.json")
                sha256 = {end: hashlib.sha256(packed.read(f"{folder}{end}")).hexdigest() for end in EVIDENCE}
                assert sha256["text.txt"] == value["version"]["text_sha256"]
                assert sha256["raw.bin"] == value["version"]["raw_sha256"]
        guide = packed.read(f"{top}README.txt").decode()
        assert all(name.removeprefix(top) in guide for name in packed.namelist())
        assert packed.namelist() == sorted(packed.namelist())
        assert value["document"]["title"] in packed.read(f"{top}LICENCE.txt").decode()


def test_a_bundle_has_a_proof_that_the_program_in_it_accepts_and_that_stays_when_the_log_grows(client, tmp_path):
    frozen = one_of_each()[0]
    call_command("extend_log", verbosity=0)
    logged = client.get(address_of(frozen)).content
    ZipFile(io.BytesIO(logged)).extractall(tmp_path)
    folder = tmp_path / f"{frozen.record}-v{frozen.number}"
    key = client.get(reverse("log_key")).content.decode().strip()
    command = [sys.executable, "verify_log.py", "record", "record.json", "--proof", "proof.json", "--key", key]
    checked = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert all((version / "proof.json").exists() for version in (folder / "versions").iterdir())
    size = Checkpoint.objects.latest("size").size
    take_down(Version.objects.latest("pk").pk)
    call_command("extend_log", verbosity=0)
    assert Checkpoint.objects.latest("size").size > size
    assert client.get(address_of(frozen)).content == logged
    (folder / "record.json").write_bytes(frozen.content.replace(b"a", b"b", 1))
    assert subprocess.run(command, cwd=folder, capture_output=True).returncode == 1


def test_a_guide_says_where_there_is_no_proof():
    frozen = one_of_each()[0]
    assert "There is no proof.json" in readme(frozen, rests_on(frozen), {"record.json"})


def test_a_declaration_is_filled_from_the_record_and_says_that_it_is_a_template(readers):
    frozen = one_of_each()[0]
    words = readers.words(declaration_pdf(frozen, {"record.json": frozen.sha256}))
    for said in (
        "902(13)",
        "902(14)",
        "28 U.S.C. § 1746",
        "no legal advice",
        frozen.name,
        f"record.json {frozen.sha256}",
    ):
        assert said in words
    assert "Signature: ____" in words


def test_a_retracted_record_is_still_there_and_says_so_and_one_taken_down_is_not(client, readers):
    frozen = one_of_each()[0]
    clause = Clause.objects.get(pk=frozen.record.number)
    retract(clause=clause, reason="We misread it.", by=User.objects.earliest("pk"), at=timezone.now())
    packed = ZipFile(io.BytesIO(client.get(address_of(frozen)).content))
    assert "We misread it." in packed.read(f"{frozen.record}-v{frozen.number}/README.txt").decode()
    pdf = client.get(reverse("record_pdf", args=[str(frozen.record), frozen.number])).content
    assert "Retracted on" in readers.words(pdf)
    take_down(frozen.versions[0])
    for name in ("record_pdf", "bundle", "card"):
        assert client.get(reverse(name, args=[str(frozen.record), frozen.number])).status_code == 451
