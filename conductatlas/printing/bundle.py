"""The evidence of a revision as one ZIP file that can be kept, sent and checked without this site.

Names are sorted, times are those of the format's first day, and nothing is compressed (two programs, or two releases
of one, compress differently): the same evidence is always the same file.
"""

from __future__ import annotations

import hashlib
import io
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings

from conductatlas.printing.beside import citations_of, proof_of
from conductatlas.printing.declaration import declaration_pdf, declaration_text
from conductatlas.printing.readme import licence, readme
from conductatlas.printing.record import printed
from conductatlas.records.frozen import Frozen, find_frozen
from conductatlas.records.ids import RecordId
from platforms.models import StoredText, VersionRecord

Files = dict[str, bytes]
LOG_SCRIPT = settings.BASE_DIR / "docs" / "verify_log.py"


def bundle(frozen: Frozen) -> bytes:
    """Return the ZIP file of a revision."""
    versions = rests_on(frozen)
    files = _of_record(frozen)
    for version in versions:
        folder = "" if version.record == frozen.record else f"versions/{version.record}-v{version.number}/"
        own = _of_record(version) if folder else {}
        files |= {f"{folder}{name}": body for name, body in (own | _of_version(version)).items()}
    files["record.pdf"] = printed(frozen)
    files["LICENCE.txt"] = licence(frozen, versions).encode()
    files["citation.csl.json"] = citations_of(frozen)
    if "proof.json" in files:
        files["verify_log.py"] = LOG_SCRIPT.read_bytes()
    files["declaration.txt"] = declaration_text(frozen, _sums(files)).encode()
    files["declaration.pdf"] = declaration_pdf(frozen, _sums(files))
    files["README.txt"] = readme(frozen, versions, {*files, "README.txt", "SHA256SUMS"}).encode()
    sums = "".join(f"{sha256}  {name}\n" for name, sha256 in _sums(files).items())
    return _zipped(f"{frozen.record}-v{frozen.number}/", files | {"SHA256SUMS": sums.encode()})


def rests_on(frozen: Frozen) -> list[Frozen]:
    """Return the versions whose words a revision holds, a version itself, in order."""
    if frozen.record.letter == "D":
        return [frozen]
    kept = VersionRecord.objects.filter(version__in=frozen.versions).order_by("version__number")
    named = kept.values_list("version__document", "version__number")
    return [find_frozen(RecordId("D", document), number) for document, number in named]


def _of_record(frozen: Frozen) -> Files:
    files = {"record.json": frozen.content}
    if proof := proof_of(frozen):
        files["proof.json"] = proof
    return files


def _of_version(frozen: Frozen) -> Files:
    """Return the text, by the hash that the record states, and the bytes that it was extracted from."""
    kept = VersionRecord.objects.select_related("version__snapshot__text", "version__snapshot__raw")
    files: dict[str, Any] = {"raw.bin": kept.get(version=frozen.versions[-1]).version.snapshot.body()}
    if (text := frozen.value["text"]) is not None:
        files["text.txt"] = StoredText.objects.body_of(text["sha256"]).encode()
    return files


def _sums(files: Files) -> dict[str, str]:
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}


def _zipped(folder: str, files: Files) -> bytes:
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            entry = ZipInfo(folder + name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, files[name])
    return packed.getvalue()
