"""Tells what words do about the subject of their type: whether they do it, deny it, or do it on conditions.

A sentence counts where it speaks of the act itself. Rights and choices about an act ("you may opt out of the sale")
do not say that the act takes place. Unsure means unstated (rule 9).
"""

from __future__ import annotations

import re
from enum import StrEnum

from clauses.text.plain import plain
from clauses.text.sentences import sentences

THRESHOLD = 0.6
"""A stance with a lower score is not given."""


class Stance(StrEnum):
    """What words do about the subject of their type."""

    DOES = "does"
    CONDITIONAL = "conditional"
    DENIES = "denies"
    UNSTATED = "unstated"


_ACTS = {
    "sale-of-personal-data": r"\b(?:sell|sells|selling|sold|resell|rent|rents|trade|monetize|sales?)\b|cross-context",
    "ai-training-on-user-content": r"\btrain(?:s|ed|ing)?\b|\bfine-?tun|(?:improv|develop|enhanc|refin|build)\w*[^.]{0,80}(?:\bai\b|models?|machine learning|algorithms?|\bml\b)|(?:\bai\b|models?|machine learning|algorithms?)[^.]{0,50}(?:improve|learn)",
    "sensitive-data-collection": r"\b(?:collect|process|request|ask|use|store|gather|obtain|receive|seek|require|provide|submit|disclose|share)\w*",
    "targeted-advertising": r"\bads?\b|advert|retarget|remarket|marketing",
    "profiling-and-automated-decisions": r"profil|automat\w+|infer|predict|personali[sz]|algorithm",
    "cookies-and-tracking": r"cookies?|track\w*|beacons?|pixels?|analytics|identifiers?|fingerprint",
    "precise-location": r"locat\w+|\bgps\b|geo\w+",
    "personal-data-collection": r"\b(?:collect|gather|receive|obtain|record|store|log|process|ask|require|request)\w*",
    "data-sharing-with-third-parties": r"\b(?:shar|disclos|provid|transfer|transmit|pass|sell|sold|rent|give|send|releas|make)\w*",
    "data-from-third-parties": r"\b(?:receive|obtain|collect|get|gather|acquire|combine|provide|share|give)\w*",
    "international-data-transfer": r"\b(?:transfer|stor|process|locat|host|access|mov|send|transmit)\w*",
    "marketing-communications": r"\b(?:market|promot|newsletter|e-?mail|text|sms|send|contact|communicat|offers?|notif|call)\w*",
    "monitoring-of-content": r"\b(?:monitor|review|scan|screen|read|moderat|inspect|filter|access|view|analy|listen|look|watch|eavesdrop)\w*",
    "data-retention": r"\b(?:retain|retention|keep|kept|stor|delet|hold|archiv|log)\w*",
    "mandatory-arbitration": r"arbitrat\w+",
    "class-action-waiver": r"\b(?:class|collective|representative|jury)\b",
    "business-transfer": r"\b(?:transfer|disclos|shar|assign|sell|sold|pass|merg|acqui)\w*",
    "law-enforcement-disclosure": r"\b(?:disclos|shar|provid|releas|comply|respond|report|access|preserv|transfer)\w*",
}
_ACT = {slug: re.compile(pattern, re.IGNORECASE) for slug, pattern in _ACTS.items()}
_NEGATION = (
    r"(?:\b(?:not|never|nor|neither|cannot|none|no longer|refrain(?:s)? from|prohibit\w* from|without)\b|n't\b"
    r"|\bno (?:\w+ ){0,3}(?:data|information|content|cookies|tracking|personal|third|inputs?|ads?|advertising|biometric)\b)"
)
_NEGATED = re.compile(_NEGATION, re.IGNORECASE)
_REACH = 200
"""Code points that a negation reaches forward."""
_BREAK = re.compile(r"[.;:]")
_AFTER = re.compile(r"^[^.;:]{0,40}\b(?:is|are|will be|be|does|do|has|have|was)? ?(?:not|never)\b", re.IGNORECASE)
_NOT_NEGATION = re.compile(
    r"not (?:limited to|only|just|necessarily)|whether or not|if (?:you|we) (?:do|are|have|choose|prefer|would)(?: |')?n[o']t"
    r"|(?:may|might|can|could) not be able|if not\b|not (?:be )?(?:responsible|liable)|do not (?:agree|want|wish)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:unless you|unless we (?:have|receive|obtain)|if you (?:choose|opt|consent|agree|enable|turn|give|allow|have (?:consented|opted|agreed"
    r"|given|enabled)|grant|permit|decide|elect|subscribe|sign up|provide (?:us )?(?:with )?(?:your )?(?:consent|feedback))"
    r"|with(?: your)?(?: prior| express| explicit| affirmative| separate)*,? (?:consent|permission|authori[sz]ation|opt-in)|without (?:your|the user's|their|\w+)?"
    r" ?(?:prior |express |explicit |affirmative |written )*(?:consent|permission|opt-in|authori[sz]ation)|(?:where|when|once) you (?:have )?"
    r"(?:consent\w*|opt\w*|agree\w*|g[ia]ve\w*|enable\w*|choose|allow\w*)|opt(?:ed)?[- ]in\b|based on your consent|you can (?:opt[- ]out|turn|disable|choose|control|object)"
    r"|you (?:may|have the (?:right|ability) to) (?:opt[- ]out|object|choose|disable|control)|only (?:if|where|with|when) you|except (?:with|where|if) (?:your|you)"
    r"|subject to your (?:consent|choices|settings|preferences)|(?:obtain\w*|request\w*|ask\w* for|having obtained|give us) [^.]{0,30}consent|your consent (?:is|for)|opt[- ]out (?:of|at))\b",
    re.IGNORECASE,
)
_TURN = re.compile(r"[;,] (?=however\b|but\b)|; ", re.IGNORECASE)
"""Where a sentence turns to something else: "we do not sell data, but some disclosures may be a sale"."""
_RIGHTS = re.compile(
    r"\b(?:right to|opt[- ]?(?:out|ing)|request (?:that|to)|ask us|object to|do not sell|limit the use|your choices?|unsubscribe|how to|manage your)\b",
    re.IGNORECASE,
)
_SALE_DONE = re.compile(
    r"\b(?:we|may|might|could|also|does|do|will|has|have|our)\b[^.]{0,60}\b(?:sells?|sold|selling|rent|share for cross)\b"
    r"|(?:considered|constitute|deemed|be|regarded as|qualify as|meaning of|amount to|treated as)[^.]{0,30}\b(?:a )?[\"“]?(?:sale|sales|sell|selling|sold|sharing)\b"
    r"|\bsold\b[^.]{0,20}\bto\b",
    re.IGNORECASE,
)
_AI_RESTRICTS_USERS = re.compile(r"\byou (?:may|must|shall|will|agree|should|can)(?: not|not|n't)", re.IGNORECASE)
_ALWAYS = Stance.DOES, 0.9


def stance(words: str, clause_type: str) -> tuple[Stance, float]:
    """Return the stance of words (Markdown or plain) on a type, and how sure that is, from 0 to 1.

    Types that no one would deny (a governing law, a payment duty) always do what they are.
    """
    act = _ACT.get(clause_type)
    if act is None:
        return _ALWAYS
    said = plain(words).replace("’", "'")
    parts = [part for start, end in sentences(said) for part in _TURN.split(said[start:end])]
    votes = [vote for part in parts if (vote := _vote(part, act, clause_type))]
    if not votes:
        return Stance.UNSTATED, 0.0
    if clause_type in ("mandatory-arbitration", "class-action-waiver"):
        return _of_disputes(said, clause_type)
    for candidate in (Stance.DOES, Stance.CONDITIONAL, Stance.DENIES):
        if candidate in votes:
            mixed = len(set(votes)) > 1
            return _settled(candidate, votes, clause_type, mixed=mixed)
    return Stance.UNSTATED, 0.3


def _settled(candidate: Stance, votes: list[Stance], clause_type: str, *, mixed: bool) -> tuple[Stance, float]:
    """A denial beside a doing sentence of a loose subject is still a denial where denials come first."""
    loose = clause_type not in ("sale-of-personal-data", "ai-training-on-user-content")
    if mixed and candidate == Stance.DOES and votes[0] == Stance.DENIES:
        if loose and votes.count(Stance.DENIES) >= votes.count(Stance.DOES):
            return Stance.DENIES, 0.62
        return (Stance.UNSTATED, 0.5) if not loose else (Stance.DOES, 0.65)
    if mixed and candidate == Stance.DOES and Stance.CONDITIONAL in votes and not loose:
        return Stance.CONDITIONAL, 0.7
    return candidate, 0.7 if mixed else 0.9


def _vote(sentence: str, act: re.Pattern[str], clause_type: str) -> Stance | None:
    found = list(act.finditer(sentence))
    if not found:
        return None
    conditional = bool(_CONDITION.search(sentence))
    if any(_is_negated(sentence, m) for m in found):
        return Stance.CONDITIONAL if conditional else Stance.DENIES
    if clause_type == "sale-of-personal-data":
        if not _SALE_DONE.search(sentence) or re.search(r"right to|business|assets|merger", sentence, re.IGNORECASE):
            return None
        return Stance.CONDITIONAL if conditional else Stance.DOES
    if clause_type == "ai-training-on-user-content":
        if _AI_RESTRICTS_USERS.search(sentence):
            return None
        return Stance.CONDITIONAL if conditional or _RIGHTS.search(sentence) else Stance.DOES
    if conditional:
        return Stance.CONDITIONAL
    return None if _RIGHTS.search(sentence) and clause_type != "marketing-communications" else Stance.DOES


def _is_negated(sentence: str, act: re.Match[str]) -> bool:
    before = _BREAK.split(sentence[max(0, act.start() - _REACH) : act.start()])[-1]
    if _NEGATED.search(_NOT_NEGATION.sub(" ", before)):
        return True
    return bool(_AFTER.search(_NOT_NEGATION.sub(" ", sentence[act.end() : act.end() + 80])))


_NO_ARBITRATION = re.compile(
    r"(?:(?:do|does|shall|will|is|are) not|not|never|n't) (?:\w+ ){0,4}(?:require|oblig|willing|participat|prepared|subject|agree|bound|resort|engage)\w*"
    r"[^.]{0,60}arbitrat|no (?:mandatory |binding |forced )?arbitration|arbitration[^.]{0,40}(?:does|shall|will) not apply",
    re.IGNORECASE,
)
_NO_WAIVER = re.compile(
    r"(?:not|n't) (?:\w+ ){0,3}(?:waive|prevent|prohibit|limit|exclude)[^.]{0,40}class", re.IGNORECASE
)


def _of_disputes(said: str, clause_type: str) -> tuple[Stance, float]:
    """Arbitration that may be opted out of is arbitration still; a waiver full of "not" is a waiver."""
    denial = _NO_ARBITRATION if clause_type == "mandatory-arbitration" else _NO_WAIVER
    if denial.search(said) and not re.search(r"\bexcept|binding|individual", said, re.IGNORECASE):
        return Stance.DENIES, 0.75
    return Stance.DOES, 0.9
