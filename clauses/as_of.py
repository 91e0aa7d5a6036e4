"""Clauses as they stood in one version: their words there, and what curators published about those very words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from clauses.acts.derive_clauses import principal
from clauses.models import Analysis, AnalysisState, Clause, Passage, Stance, State
from clauses.text.precedence import strongest
from clauses.text.quote import key_sentence
from platforms.models import Version


@dataclass(frozen=True, slots=True)
class ClauseThen:
    """A clause in one version: its passages there in order, and the newest revision that is of these words."""

    clause: Clause
    passages: list[Passage]
    analysis: Analysis | None

    @property
    def title(self) -> str:
        """Return what the clause is called for these words: what their analysis calls it, else its type's name.

        The clause's own title is of the words that it has now.
        """
        return self.analysis.title if self.analysis is not None else self.clause.type.name

    @property
    def has_standing_analysis(self) -> bool:
        """Tell whether the analysis was not retracted."""
        return self.analysis is not None and self.analysis.state != AnalysisState.RETRACTED

    @property
    def principal(self) -> Passage:
        """Return the passage that the clause is quoted by."""
        pinned = {bytes(pin.sha256) for pin in self.analysis.pins.all()} if self.analysis is not None else set()
        first = principal(self.passages, pinned)
        assert first is not None  # a clause without a passage did not stand
        return first

    @property
    def ordered(self) -> list[Passage]:
        """Return the passages as a page quotes them: the principal one first, then in order."""
        first = self.principal
        return [first, *(one for one in self.passages if one is not first)]

    @property
    def stance(self) -> str:
        """Return the stance that curators read in these words, else the reader's."""
        if self.analysis is not None and self.has_standing_analysis:
            return self.analysis.stance
        return strongest(passage.provision.stance for passage in self.passages)

    @property
    def sentence(self) -> str:
        """Return the sentence by which lists quote it."""
        quoted = self.principal.provision
        return key_sentence(quoted.words, self.clause.type.slug, Stance(quoted.stance))


def clauses_then(version: Version) -> list[ClauseThen]:
    """Return the clauses that stood in a version, in its order: those that lists show now. Three queries."""
    found = _then(version, [State.PROPOSED, State.PUBLISHED])
    return sorted(found, key=lambda then: (then.principal.start, then.clause.pk))


def clause_then(clause: Clause, version: Version) -> ClauseThen | None:
    """Return a clause as it stood in a version; None where it has no words there. Three queries."""
    return next(iter(_then(version, State.values, clause)), None)


def _then(version: Version, states: list[State] | list[str], clause: Clause | None = None) -> list[ClauseThen]:
    rows = Passage.objects.filter(version=version, provision__clause__state__in=states)
    if clause is not None:
        rows = rows.filter(provision__clause=clause)
    passages: dict[int, list[Passage]] = defaultdict(list)
    for passage in rows.select_related("provision__clause__type").order_by("start", "pk"):
        passage.provision.clause.document = version.document
        passages[passage.provision.clause_id].append(passage)
    analyses: dict[int, list[Analysis]] = defaultdict(list)
    numbered = Analysis.objects.numbered().filter(clause__in=passages).defer("record").prefetch_related("pins")
    for analysis in numbered:
        analyses[analysis.clause_id].append(analysis)
    return [
        ClauseThen(
            clause or some[0].provision.clause,
            some,
            next((one for one in analyses[key][::-1] if _is_of(one, version, some)), None),
        )
        for key, some in passages.items()
    ]


def _is_of(analysis: Analysis, version: Version, passages: list[Passage]) -> bool:
    """Tell whether an analysis was written for these words: for this version, or for the same words in another."""
    pinned = {bytes(pin.sha256) for pin in analysis.pins.all()}
    return analysis.version_id == version.pk or (bool(pinned) and pinned <= {bytes(one.sha256) for one in passages})
