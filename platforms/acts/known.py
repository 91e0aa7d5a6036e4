"""What is known of a document before it is visited: loaded at once, then used without a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from platforms.fetching import Conditions
from platforms.models import (
    CaptureState,
    Document,
    ExtractionRule,
    Method,
    Outcome,
    Shortening,
    Snapshot,
    TextProfile,
    Version,
)
from platforms.models.version import VersionQuerySet
from platforms.text.extraction import Declaration
from platforms.text.history import yardstick
from platforms.text.take import Page, Untaken, Wanted, extractor_name, take
from platforms.text.words import fingerprints

BYTES_EVERY = timedelta(days=30)
"""An unchanged page is kept with its bytes when the last one kept is so old (rule 12)."""


@dataclass(frozen=True, slots=True)
class Again:
    """What today's extractor takes from the latest page that was fetched.

    Attributes:
        text: what a new capture is compared with; None where nothing was fetched yet.
        differs: the text is other than what the earlier extractor took: a technical version is due.
        is_apart: the texts before and after cannot be joined within one release, for today's extractor takes nothing
            from that page, or took this text from it long ago (a release was rolled back).
    """

    text: str | None
    differs: bool = False
    is_apart: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A document, the latest fetched version, and how its page is to be read."""

    document: Document
    state: CaptureState
    wanted: Wanted
    extractor: str
    latest: Version | None
    keeps_bytes: bool

    @property
    def is_stale(self) -> bool:
        """Tell whether the latest text was not yet held against today's extractor and rule."""
        return self.latest is not None and self.state.extractor != self.extractor != self.latest.extractor

    def conditions(self, again: Again) -> Conditions:
        """Return what to ask by: nothing where the bytes themselves are wanted."""
        if self.latest is None or self.keeps_bytes or again.is_apart:
            return Conditions()
        return Conditions(etag=self.state.etag, modified=self.state.last_modified)

    def again(self) -> Again:
        """Read the latest page once more where the extractor or the declared rule is another than it was read by."""
        if self.latest is None or self.latest.text is None:
            return Again(None)
        before = self.latest.text.body
        if not self.is_stale:
            return Again(before)
        headers, snapshot = self.latest.snapshot.http_headers or {}, self.latest.snapshot
        page = Page(snapshot.body(), headers.get("content-type", ""), snapshot.final_url or snapshot.url)
        text = take(page, self.unmeasured())
        if isinstance(text, Untaken):
            return Again(before, is_apart=True)
        if text == before:
            return Again(before)
        known_already = Version.objects.filter(snapshot=snapshot, extractor=self.extractor).exists()
        return Again(text, differs=not known_already, is_apart=known_already)

    def measured(self, again: Again) -> Wanted:
        """Return what is wanted, the length of the text to compare with included."""
        if again.differs and again.text is not None:
            return self._with_words(fingerprints(again.text).count)
        return self.unmeasured() if again.is_apart else self.wanted

    def unmeasured(self) -> Wanted:
        """Return what is wanted, whatever its length."""
        # Another rule may rightly take much less.
        return self._with_words(None)

    def _with_words(self, words: int | None) -> Wanted:
        wanted = self.wanted
        return Wanted(wanted.title, wanted.kind, wanted.language, wanted.url, words, wanted.declaration)


def known_of(document: Document, *, at: datetime) -> Known:
    """Load what is known of a document at a time (its state must be there)."""
    rule = ExtractionRule.objects.in_force(document_id=document.pk, at=at)
    good = document.latest_version
    profile = TextProfile.objects.filter(text=good.text_id).first() if good is not None else None
    words = (
        None if good is None or profile is None else yardstick(profile.words, good.captured_at, _shortened(document))
    )
    return Known(
        document=document,
        state=CaptureState.objects.get(document=document),
        wanted=Wanted(
            title=document.title,
            kind=document.kind,
            language=document.language,
            url=document.source_url,
            words_before=words,
            declaration=Declaration(tuple(rule.select), tuple(rule.remove)) if rule is not None else Declaration(),
        ),
        extractor=extractor_name(rule.pk if rule is not None else None),
        latest=latest_fetched(document.pk).select_related("snapshot__text", "snapshot__raw", "text").first(),
        keeps_bytes=not _kept_since(document, at - BYTES_EVERY),
    )


def _shortened(document: Document) -> tuple[datetime, int] | None:
    """Return when the latest refused text came that a curator held for the whole document, and its words."""
    said = Shortening.objects.filter(document=document).order_by("-check_refused__checked_at")
    return said.values_list("check_refused__checked_at", "words").first()


def latest_fetched(document_id: int) -> VersionQuerySet:
    """Return the fetched versions of a document, the latest first; an import beside them changes nothing."""
    return Version.objects.filter(document=document_id).fetched().latest_first()


def _kept_since(document: Document, time: datetime) -> bool:
    kept = Snapshot.objects.filter(document=document, method=Method.FETCHED, captured_at__gt=time)
    return kept.exclude(checks__outcome=Outcome.FAILED).exists()
