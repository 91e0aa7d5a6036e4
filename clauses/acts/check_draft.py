"""Checks a draft before it is handed to review: each check with what is at fault, where, and what to do.

The page on which it is written shows them; `submit` and `publish` refuse a draft with a fault. A warning is no fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from clauses.acts.write_analysis import IncompleteAnalysis
from clauses.drafted import CHOICES, FINDINGS, POINTS, Content, Known, current_content
from clauses.models import Analysis, Explanation, Regulation
from clauses.published import PROSE
from clauses.rubric import FACTORS, severity_of
from clauses.text.copied import copied
from clauses.text.laws import LawNames
from clauses.text.quotations import MARKS, unfounded
from clauses.text.reading_level import HIGHEST_GRADE, grade
from platforms.models import StoredText

READ_BY_ALL = ("summary", "why", "impact")
"""The sections that everybody reads, whose reading level is measured."""
ABOUT_THE_LAW = ("landscape", "jurisdictions", "compliance")
"""The sections that may quote a law. Actions may quote what to write; elsewhere a quotation is the document's."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where (the name of a field, such as summary or laws-0-reason), and so what to do."""

    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Check:
    """One rule with the faults that were found; a check that only warns keeps nobody from submitting."""

    key: str
    rule: str
    faults: tuple[Fault, ...]
    only_warns: bool = False

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing was found."""
        return not self.faults

    @property
    def refuses(self) -> bool:
        """Tell whether it keeps the draft from being submitted."""
        return bool(self.faults) and not self.only_warns


@dataclass(frozen=True, slots=True)
class _Subject:
    analysis: Analysis
    content: Content
    known: Known
    prose: dict[str, str]


def check_draft(analysis: Analysis, content: Content | None = None) -> list[Check]:
    """Return every check of a draft as it was saved last, or of another content of it."""
    content = current_content(analysis) if content is None else content
    subject = _Subject(analysis, content, Known.of(content), _prose(content))
    return [Check(key, rule, tuple(find(subject)), key in _WARNINGS) for key, rule, find in _CHECKS]


def require_sound(analysis: Analysis) -> None:
    """Raise IncompleteAnalysis with all that keeps an analysis from being submitted."""
    faults = [fault.what for check in check_draft(analysis) if check.refuses for fault in check.faults]
    if faults:
        raise IncompleteAnalysis(" ".join(faults))


def law_names() -> LawNames:
    """Return the names of all laws that are known here."""
    laws = Regulation.objects.only("slug", "name", "short_name", "other_names").order_by("pk")
    return _compiled(tuple((law.slug, tuple(law.names)) for law in laws))


@lru_cache(maxsize=2)
def _compiled(names: tuple[tuple[str, tuple[str, ...]], ...]) -> LawNames:
    return LawNames(dict(names))


def _prose(content: Content) -> dict[str, str]:
    """Return every piece of running text by its place."""
    places = {name: content[name] for name in (*PROSE, "confidence_reason", *FINDINGS.values())}
    for part, names in (("actions", ("title", "steps")), ("laws", ("reason",)), ("agencies", ("reason",))):
        for number, row in enumerate(content[part]):
            places |= {f"{part}-{number}-{name}": row[name] for name in names}
    return places


def label_of(name: str) -> str:
    """Return what a field of an analysis is called."""
    return str(getattr(Analysis._meta.get_field(name), "verbose_name", name))


def _empty(subject: _Subject) -> Iterator[Fault]:
    for name in ("title", *PROSE, "confidence_reason"):
        if not subject.content[name].strip():
            yield Fault(name, f"Still empty: {label_of(name)}.")


def _not_chosen(subject: _Subject) -> Iterator[Fault]:
    for name in CHOICES:
        if not subject.content[name]:
            yield Fault(name, f"Not chosen yet: {label_of(name)}.")


def _not_judged(subject: _Subject) -> Iterator[Fault]:
    for factor in FACTORS:
        if subject.content[POINTS[factor.key]] is None:
            yield Fault(POINTS[factor.key], f"Not judged yet: {factor.name}.")
        if not subject.content[FINDINGS[factor.key]].strip():
            yield Fault(FINDINGS[factor.key], f"Say what was found for this factor: {factor.name}.")
    if subject.analysis.severity != severity_of(subject.analysis.points):
        yield Fault(POINTS["rights"], "The severity is not what the rubric makes of the points: save the draft again.")


def _unfinished(subject: _Subject) -> Iterator[Fault]:
    content, known = subject.content, subject.known
    for number, row in enumerate(content["actions"]):
        for name in ("title", "steps"):
            if not row[name].strip():
                yield Fault(f"actions-{number}-{name}", f"Action {number + 1} has no {name}.")
        for typed in row["rests_on"]:
            if known.article(typed) is None:
                yield Fault(f"actions-{number}-rests_on", f"No article is called “{typed}”: choose one of the list.")
        for typed in row["where"]:
            if known.place(typed) is None:
                yield Fault(f"actions-{number}-where", f"No place is called “{typed}”: choose one of the list.")
    yield from _unfinished_links(content, "laws", "article", known.article)
    yield from _unfinished_links(content, "agencies", "agency", known.agency)


def _unfinished_links(content: Content, part: str, name: str, find: Callable[[str], object | None]) -> Iterator[Fault]:
    seen: set[object] = set()
    for number, row in enumerate(content[part]):
        found = find(row[name])
        if found is None:
            yield Fault(f"{part}-{number}-{name}", f"No {name} is called “{row[name]}”: choose one of the list.")
        elif found in seen:
            yield Fault(f"{part}-{number}-{name}", f"{row[name]} stands in the list twice: take one out.")
        if not row["reason"].strip():
            yield Fault(f"{part}-{number}-reason", f"Say why {row[name] or f'this {name}'} is here.")
        seen.add(found)


def _missing(subject: _Subject) -> Iterator[Fault]:
    if not subject.analysis.pins.exists():
        yield Fault("passages", "It names no passage yet: pin it to the words of the clause.")
    for part, what in (("actions", "action"), ("laws", "law"), ("agencies", "agency")):
        if not subject.content[part]:
            yield Fault(part, f"It names no {what} yet.")


def _laws(subject: _Subject) -> Iterator[Fault]:
    named = law_names().named("\n".join(subject.prose.values()))
    articles = [subject.known.article(row["article"]) for row in subject.content["laws"]]
    listed = {article.regulation.slug for article in articles if article is not None}
    short = dict(Regulation.objects.filter(slug__in=named ^ listed).values_list("slug", "short_name"))
    for slug in sorted(named - listed):
        yield Fault("laws", f"The text names {short[slug]}, which is not in the list of laws: add its article.")
    for slug in sorted(listed - named):
        yield Fault("landscape", f"{short[slug]} is in the list of laws, and the text does not name it.")


def _resting(subject: _Subject) -> Iterator[Fault]:
    find = subject.known.article
    listed = {find(row["article"]) for row in subject.content["laws"]}
    for number, row in enumerate(subject.content["actions"]):
        for typed in row["rests_on"]:
            if find(typed) is not None and find(typed) not in listed:
                yield Fault(
                    f"actions-{number}-rests_on",
                    f"Action {number + 1} rests on {typed}, which is not among the laws of the analysis: add it there.",
                )


def _copied(subject: _Subject) -> Iterator[Fault]:
    general = Explanation.objects.filter(type=subject.analysis.clause.type_id).first()
    if general is None:
        return
    sources = [general.does, general.matters, general.look_for, general.can_do, general.because]
    for place, words in subject.prose.items():
        if run := copied(words, sources):
            yield Fault(place, f"“{run}” stands in the general text of the type: say what these words do.")


def _not_in_the_document(subject: _Subject) -> Iterator[Fault]:
    version = subject.analysis.version
    said = StoredText.objects.filter(versions=version.pk).values_list("body", flat=True)
    earlier = StoredText.objects.filter(
        versions__document=version.document_id, versions__captured_at__lt=version.captured_at
    ).distinct()
    for place, words in subject.prose.items():
        if place in ABOUT_THE_LAW or place.startswith("actions-") or not any(mark in words for mark in MARKS):
            continue
        left = unfounded(words, said.get())
        for body in earlier.values_list("body", flat=True).iterator(chunk_size=10) if left else ():
            left = [quotation for quotation in left if unfounded(f"“{quotation}”", body)]
        for quotation in left:
            what = f"Neither this version nor an earlier one says “{quotation}”: quote word for word, or not at all."
            yield Fault(place, what)


def _hard_to_read(subject: _Subject) -> Iterator[Fault]:
    for name in READ_BY_ALL:
        level = grade(subject.content[name])
        if level > HIGHEST_GRADE:
            yield Fault(
                name,
                f"{label_of(name).capitalize()} reads at grade {level:.0f}, above {HIGHEST_GRADE}: "
                "shorter sentences and shorter words would help.",
            )


_CHECKS: tuple[tuple[str, str, Callable[[_Subject], Iterator[Fault]]], ...] = (
    ("written", "No section is empty", _empty),
    ("chosen", "Every choice is made", _not_chosen),
    ("judged", "Each factor has its points and a finding, and the severity is computed from them", _not_judged),
    ("parts", "It has a passage, an action, a law and an agency", _missing),
    ("rows", "Every row is finished", _unfinished),
    ("laws", "Every law that the text names is listed, and the other way round", _laws),
    ("rests", "Actions rest on articles that are listed", _resting),
    ("copied", "Nothing is copied from the general text of the type", _copied),
    ("quoted", "What is quoted stands in the document, in this version or an earlier one", _not_in_the_document),
    ("level", f"What everybody reads is at grade {HIGHEST_GRADE} or below", _hard_to_read),
)
_WARNINGS = ("level",)
