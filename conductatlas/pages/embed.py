"""A quotation to be set into other people's pages: words, whose they are, and the permanent address. No script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from clauses.find import quoted_passages
from clauses.models import Clause
from conductatlas.records.frozen import Fate, Frozen, find_frozen, latest_number
from conductatlas.records.ids import RecordId
from conductatlas.records.named import named
from conductatlas.records.ranges import range_asked
from platforms.models import StoredText
from platforms.text.render import render_block

POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""What the card may load, and that anybody may frame it; every other page may be framed by nobody."""
MOST_WORDS, MOST_PASSAGES = 1200, 2
"""Characters and passages that a card shows; the rest is at the permanent address."""


@require_safe
@xframe_options_exempt
def latest(request: HttpRequest, written: str) -> HttpResponse:
    """Lead to the card of what a record says now; a clause without an analysis is quoted by its document's version."""
    record = named(written)
    number = latest_number(record)
    if number is not None:
        return HttpResponseRedirect(reverse("embed", args=[str(record), number]))
    clause = Clause.objects.filter(pk=record.number).first() if record.letter == "P" else None
    passages = quoted_passages(clause) if clause is not None else []
    if clause is None or clause.last_seen is None or not passages:
        raise Http404(f"There are no words of {record} to quote.")
    version = [str(RecordId("D", clause.document_id)), clause.last_seen.number]
    return HttpResponseRedirect(f"{reverse('embed', args=version)}?at={passages[0].start}-{passages[0].end}")


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, written: str, number: str) -> HttpResponse:
    """Show the card of one revision, from what was stored alone. Raises what find_frozen and range_asked do."""
    frozen = find_frozen(named(written), int(number))
    at = request.GET.get("at", "")
    words = _words(frozen, at)
    address = frozen.get_absolute_url() + (f"?at={at}#words" if at else "")
    context = {
        "frozen": frozen,
        "record": frozen.value,
        "quoted": [_rendered(one) for one in words[:MOST_PASSAGES]],
        "is_cut": len(words) > MOST_PASSAGES or any(len(one) > MOST_WORDS for one in words),
        "permalink": settings.SITE_URL + address,
        "superseded": frozen.fate == Fate.SUPERSEDED,
        "retracted": frozen.fate == Fate.RETRACTED,
    }
    answer = render(request, "pages/embed.html", context)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _words(frozen: Frozen, at: str) -> Sequence[str]:
    """Return the words that a card quotes, as they are stored."""
    value: dict[str, Any] = frozen.value
    asked = range_asked(frozen, at)
    if asked is not None:
        text = StoredText.objects.body_of(value["text"]["sha256"])
        return [text[asked[0] : asked[1]]]
    if frozen.record.letter == "P":
        return [passage["quotation"] for passage in value["passages"]]
    return []


def _rendered(words: str) -> SafeString:
    """Return words as a reader sees them; a long passage ends at a word, with an ellipsis."""
    if len(words) > MOST_WORDS:
        words = words[:MOST_WORDS].rsplit(" ", 1)[0] + " …"
    return mark_safe(render_block(words))  # noqa: S308 - nh3 made it
