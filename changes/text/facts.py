"""Drafts title and summary of a change from facts alone: what came, went and was reworded, where, which numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from changes.text.compare import Comparison
from changes.text.counts import NOTHING, Counts, count_hunk
from changes.text.quantities import shifts
from changes.text.rows import Headings

TITLE_LIMIT = 200
NAMED_CLAUSES = 2
"""Clauses that a title names; the others are counted."""
NAMED_SECTIONS = 3
"""Sections that a summary names; the others are counted."""
LONGEST_SECTION = 60
"""Characters of a heading that a summary quotes."""

SUBJECTS = {
    "data-retention": "the retention period",
    "minimum-age": "the minimum age",
    "notice-of-changes": "the notice period",
    "time-limit-on-claims": "the time for claims",
}
"""What a quantity in a clause of a type is, in a summary."""
STANCES = {"does": "does", "conditional": "on conditions", "denies": "denied", "unstated": "no stance read"}
_VERBS = {"added": "Adds", "removed": "Removes", "reworded": "Rewords", "moved": "Moves"}
_DONE = {"added": "Added", "removed": "Removed", "reworded": "Reworded", "moved": "Moved"}


@dataclass(frozen=True, slots=True)
class ClauseFact:
    """What a change did to one clause, for its title and summary."""

    name: str
    type_slug: str
    touch: str
    old_stance: str
    new_stance: str
    wordings: tuple[tuple[str, str], ...]


def title_of(clauses: Sequence[ClauseFact], sections: Sections, *, went_back_to: str = "") -> str:
    """Return the drafted title. `went_back_to` says to which version's words the document returned."""
    if went_back_to:
        return _cut(f"Goes back to the words of {went_back_to}")
    stances = [one for one in clauses if one.touch == "stance_changed"]
    if stances:
        first, more = stances[0], len(clauses) - 1
        said = f"{first.name}: {STANCES[first.old_stance]} before, {STANCES[first.new_stance]} since"
        return _cut(f"{said}, and {_count(more, 'more clause')}" if more else said)
    for touch, verb in _VERBS.items():
        names = _names(clauses, touch)
        if names:
            return _cut(f"{verb} {_listed(names, NAMED_CLAUSES, len(clauses))}")
    where = sections.named()
    return _cut(f"Changes {_count(sections.total, 'sentence')}{f' under {where[0]}' if len(where) == 1 else ''}")


def summary_of(clauses: Sequence[ClauseFact], sections: Sections) -> str:
    """Return the drafted summary: paragraphs of facts, divided by blank lines."""
    said = [
        f"{one.name}: {STANCES[one.old_stance]} before, {STANCES[one.new_stance]} since (as the machine reads it)."
        for one in clauses
        if one.touch == "stance_changed"
    ]
    said += [
        f"{done}: {_listed(names, len(names), len(names))}."
        for touch, done in _DONE.items()
        if (names := _names(clauses, touch))
    ]
    quantities = dict.fromkeys(line for one in clauses for line in _quantities(one))
    told = " ".join(quantities)
    quantities |= dict.fromkeys(
        f"{f'Under {_section(heading)}, ' if heading else ''}{shift.old} became {shift.new}."
        for heading, old, new in sections.reworded
        for shift in shifts(old, new)
        if f"from {shift.old} to {shift.new}" not in told
    )
    return "\n\n".join(
        paragraph for paragraph in (" ".join(said), " ".join(quantities), sections.sentence()) if paragraph
    )


@dataclass(frozen=True, slots=True)
class Sections:
    """How much changed in all, under which heading, in the order of the text, and the wordings that changed."""

    all: Counts
    counts: dict[str, Counts]
    reworded: tuple[tuple[str, str, str], ...]

    @property
    def total(self) -> int:
        """Return how many sentences were touched in all."""
        return sum(one.sentences_added + one.sentences_removed + one.sentences_changed for one in self.counts.values())

    def named(self) -> list[str]:
        """Return the headings in quotation marks, those without one left out."""
        return [_section(heading) for heading in self.counts if heading]

    def sentence(self) -> str:
        """Say the counts in one sentence; nothing where no sentence was touched."""
        parts = []
        for kind, verb in (("added", "added"), ("removed", "removed"), ("changed", "reworded")):
            by_section = Counter({heading: getattr(one, f"sentences_{kind}") for heading, one in self.counts.items()})
            number = sum(by_section.values())
            if number:
                parts.append(f"{_count(number, 'sentence')} {verb}{_where(by_section)}")
        return f"{'; '.join(parts)}." if parts else ""


def sections_of(comparison: Comparison) -> Sections:
    """Return the sections that a comparison found other words in; what moved alone is in none."""
    headings = Headings(comparison.old), Headings(comparison.new)
    counts: dict[str, Counts] = {}
    reworded = []
    total = NOTHING
    for hunk in comparison.hunks:
        one = count_hunk(comparison, hunk)
        total += one
        if not hunk.has_words:
            continue
        removed = hunk.kind == "removed"
        heading = headings[0].over(hunk.old_start) if removed else headings[1].over(hunk.new_start)
        counts[heading] = counts.get(heading, NOTHING) + one
        if hunk.kind == "reworded":
            old = comparison.old[hunk.old_start : hunk.old_end]
            reworded.append((heading, old, comparison.new[hunk.new_start : hunk.new_end]))
    return Sections(total, counts, tuple(reworded))


def _where(by_section: Counter[str]) -> str:
    named = [heading for heading, number in by_section.most_common() if number and heading]
    if not named or any(number for heading, number in by_section.items() if not heading):
        return ""
    return f" under {_listed([_section(heading) for heading in named], NAMED_SECTIONS, len(named), 'more heading')}"


def _quantities(one: ClauseFact) -> list[str]:
    subject = SUBJECTS.get(one.type_slug, f"a figure in {one.name}")
    return [
        f"{subject[0].upper()}{subject[1:]} changed from {shift.old} to {shift.new}."
        for old, new in one.wordings
        for shift in shifts(old, new)
    ]


def _names(clauses: Sequence[ClauseFact], touch: str) -> list[str]:
    return [one.name for one in clauses if one.touch == touch]


def _listed(names: Sequence[str], shown: int, total: int, more: str = "more clause") -> str:
    kept = list(names[:shown])
    rest = total - len(kept)
    if rest:
        return f"{', '.join(kept)} and {_count(rest, more)}"
    return kept[0] if len(kept) == 1 else f"{', '.join(kept[:-1])} and {kept[-1]}"


def _section(heading: str) -> str:
    return f"“{heading if len(heading) <= LONGEST_SECTION else heading[: LONGEST_SECTION - 1].rstrip() + '…'}”"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _cut(title: str) -> str:
    return title if len(title) <= TITLE_LIMIT else f"{title[: TITLE_LIMIT - 1]}…"
