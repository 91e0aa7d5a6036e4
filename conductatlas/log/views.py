"""The log for people at /log/, and for programs beneath it. Nothing here changes anything."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from changes.models import ChangeRevision
from clauses.models import Analysis
from conductatlas.log.models import Checkpoint, LogKey, LogLeaf
from conductatlas.log.note import fingerprint, verifier_key
from conductatlas.log.proofs import consistency_of, leaf_of_hash, leaf_of_revision, proof_of
from conductatlas.records.ids import RecordId
from conductatlas.records.named import named
from platforms.keyset import keyset_page
from platforms.models import Erasure, VersionRecord

SHOWN = 40
"""Leaves on a page of the list."""
MOST = 1000
"""Entries in one answer."""
NOT_YET = "It is not in a signed checkpoint yet: what is recorded enters the log some minutes later."
_RECORDED: dict[str, tuple[str, Any, tuple[str, str]]] = {
    "version": ("D", VersionRecord.objects.all, ("version__document", "version__number")),
    "analysis": ("P", Analysis.objects.numbered, ("clause", "number")),
    "change": ("C", ChangeRevision.objects.all, ("record", "number")),
}


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Say what the log is, how long it is, and how to check it; list its leaves, the latest first."""
    page = keyset_page(LogLeaf.objects.all(), order=["-index"], after=request.GET.get("after", ""), size=SHOWN)
    key = LogKey.objects.last()
    context = {
        "page": page,
        "size": LogLeaf.objects.size(),
        "shown": SHOWN,
        "checkpoint": Checkpoint.objects.select_related("key").first(),
        "key": verifier_key(key.origin, bytes(key.public)) if key is not None else "",
        "fingerprint": fingerprint(bytes(key.public)) if key is not None else "",
        "is_filtered_page": bool(request.GET),
    }
    return render(request, "log/log.html", context)


@require_safe
def checkpoint(request: HttpRequest, size: int | None = None) -> HttpResponse:
    """Answer with the latest checkpoint, or with that of a size, exactly as it was signed."""
    kept = Checkpoint.objects.all() if size is None else Checkpoint.objects.filter(size=size)
    found = kept.first()
    if found is None:
        raise Http404(
            "No checkpoint was signed yet." if size is None else f"No checkpoint was signed at {size} leaves."
        )
    return HttpResponse(found.note, content_type="text/plain; charset=utf-8")


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """Answer with the public keys, the one in force first, each with the statement that names it."""
    rows = list(LogKey.objects.order_by("-pk"))
    if not rows:
        raise Http404("This log has no key yet: it is made when the first leaf is added.")
    parts = [f"{verifier_key(row.origin, bytes(row.public))}\n\n{row.statement}" for row in rows]
    return HttpResponse("\n".join(parts), content_type="text/plain; charset=utf-8")


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Answer with leaves from a place on: exactly the text that each hash of a leaf is of."""
    start, count = _number(request, "start", 0), _number(request, "count", MOST)
    rows = LogLeaf.objects.filter(index__gte=start).order_by("index")[: min(count, MOST)]
    found = [{"index": row.index, "leaf": bytes(row.content).decode()} for row in rows]
    return JsonResponse({"start": start, "size": LogLeaf.objects.size(), "entries": found})


@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """Answer with the proof that the log of one size is the beginning of the log of another."""
    old, new, size = _number(request, "from"), _number(request, "to"), LogLeaf.objects.size()
    if new > size:
        raise Http404(f"The log has {size} leaves, no {new}.")
    try:
        return JsonResponse(consistency_of(old, new))
    except ValueError as error:
        raise BadRequest("Give ?from= and ?to= with 1 or more, the smaller first.") from error


@require_safe
def proof(request: HttpRequest) -> HttpResponse:
    """Answer with the proof that a hash is in the log."""
    written = request.GET.get("hash", "").strip().lower()
    try:
        sha256 = bytes.fromhex(written)
    except ValueError:
        sha256 = b""
    if len(sha256) != 32:
        raise BadRequest("Give ?hash= with the 64 hexadecimal digits of a SHA-256.")
    found = leaf_of_hash(sha256)
    if found is None:
        raise Http404(f"No leaf of the log is about {written}. What was recorded minutes ago may not be in it yet.")
    return _proved(found)


@require_safe
def revision_proof(request: HttpRequest, written: str, number: str) -> HttpResponse:
    """Answer with the proof that a revision of a record is in the log; what was taken down or erased stays provable."""
    record = named(written)
    if request.path != (right := reverse("revision_proof", args=[str(record), int(number)])):
        return HttpResponsePermanentRedirect(right)
    found = leaf_of_revision(record, int(number))
    if found is None:
        raise Http404(f"The log has no leaf of {record}/v{int(number)}. {NOT_YET}")
    return _proved(found)


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """Answer with the revisions that the site holds, from its own tables and not from the log: whoever audits compares.

    `kind` is version, analysis or change; `after` the number that the answer before gave as `next`.
    """
    kind = request.GET.get("kind", "")
    if kind not in _RECORDED:
        raise BadRequest(f"Give ?kind= with one of: {', '.join(_RECORDED)}.")
    letter, subjects, names = _RECORDED[kind]
    held: QuerySet[Any] = subjects().filter(pk__gt=_number(request, "after", 0)).order_by("pk")
    rows = list(held.values_list("pk", *names, "sha256")[: MOST + 1])
    found = [
        {"id": str(RecordId(letter, of)), "number": number, "sha256": bytes(sha256).hex()}
        for _, of, number, sha256 in rows[:MOST]
    ]
    return JsonResponse({"kind": kind, "records": found, "next": rows[MOST - 1][0] if len(rows) > MOST else None})


@require_safe
def erasure(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with the record of a lawful erasure, exactly: which hashes were destroyed, on which ground, and why."""
    found = Erasure.objects.filter(pk=number).first()
    if found is None:
        raise Http404(f"There is no erasure {number}.")
    return HttpResponse(bytes(found.content), content_type="application/json")


def _proved(leaf: LogLeaf) -> HttpResponse:
    latest = Checkpoint.objects.first()
    if latest is None or leaf.index >= latest.size:
        raise Http404(NOT_YET)
    return JsonResponse(proof_of(leaf, latest))


def _number(request: HttpRequest, name: str, default: int | None = None) -> int:
    written = request.GET.get(name, "" if default is None else str(default))
    if not (written.isascii() and written.isdigit() and len(written) < 16):
        raise BadRequest(f"Give ?{name}= with a number of 0 or more.")
    return int(written)
