"""A published analysis in print: the words first, then what we say of them and who answers for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from clauses.models import Severity, Stance
from clauses.models.analysis import Anonymised, Ground, Refusal
from clauses.models.severity import Exposure
from conductatlas.printing.blocks import Block, facts, heading, mono, paragraph, quotation, severe, table
from conductatlas.printing.evidence import version_facts

Value = dict[str, Any]


def blocks(value: Value) -> list[Block]:
    """Return what is printed of an analysis."""
    return [*_head(value), *_words(value), *_meaning(value), *_institutional(value), *_law(value), *_evidence(value)]


def _head(value: Value) -> Iterable[Block]:
    severity = value["severity"]
    return [
        facts(
            [
                ("Document", f"{value['document']['title']}, version {value['version']['number']}"),
                ("Platform", f"{value['platform']['name']}, of {value['platform']['operator']}"),
                ("Type of clause", f"{value['type']['name']} ({value['type']['category']['name']})"),
                ("Stance", str(Stance(value["stance"]).label)),
                ("Severity", severe(severity["level"], _severity(severity))),
                ("Confidence", f"{value['confidence']['level'].capitalize()}. {value['confidence']['reason']}"),
                ("Basis", str(Ground(value["basis"]).label)),
            ]
        )
    ]


def _severity(severity: Value) -> str:
    level = Severity(severity["level"]).label
    return f"{level}: {severity['points']} of {severity['of']} by rubric {severity['rubric']}"


def _words(value: Value) -> Iterable[Block]:
    yield heading("The words it was written for")
    for passage in value["passages"]:
        yield quotation(
            passage["quotation"],
            mark=f"¶ {passage['paragraph']}\n{passage['start']:,}–{passage['end']:,}",
            language=value.get("language", ""),
        )
    if not value["passages"]:
        yield paragraph("The analysis is of what the document does not say: no words are quoted.")
    else:
        yield paragraph(
            f"{value['document']['title']}, version {value['version']['number']}, character for character as the text"
            " is stored (Markdown). Beside the words: their paragraph, and their first and last character in the text.",
            small=True,
        )


def _meaning(value: Value) -> Iterable[Block]:
    yield heading("What it means")
    for name, key in (("What it is", "summary"), ("Why it matters", "why"), ("For you", "impact")):
        if value[key]:
            yield heading(name, 3)
            yield paragraph(value[key])
    if value["note"]:
        yield paragraph(f"Interpretive note. {value['note']}")
    refusal, anonymised = Refusal(value["refusal"]).label, Anonymised(value["anonymised"]).label
    yield facts([("To refuse", str(refusal)), ("Made anonymous first", str(anonymised))])
    rows = [[one["name"], str(one["points"]), one["finding"]] for one in value["severity"]["factors"]]
    yield heading("How severe: the factors", 3)
    yield table([5, 2, 13], ["Factor", "Points", "What was found"], rows)
    if value["actions"]:
        yield heading("What you can do")
    for action in value["actions"]:
        yield heading(action["title"], 3)
        yield paragraph(action["steps"])
        if rests := ", ".join(f"{one['short_name']} {one['article']}" for one in action["rests_on"]):
            yield paragraph(f"Rests on {rests}.", small=True)


def _institutional(value: Value) -> Iterable[Block]:
    said = value["institutional"]
    exposure = f"{Exposure(said['exposure']['level']).label}. " if said["exposure"]["level"] else ""
    parts = (
        ("Regulatory landscape", said["landscape"]),
        ("Governance exposure", f"{exposure}{said['exposure']['text']}"),
        ("Jurisdiction flags", said["jurisdictions"]),
        ("Contract and vendor implications", said["contracts"]),
        ("Compliance considerations", said["compliance"]),
    )
    yield heading("For institutions")
    for name, words in parts:
        if words:
            yield heading(name, 3)
            yield paragraph(words)


def _law(value: Value) -> Iterable[Block]:
    if value["laws"]:
        yield heading("Law, as the record names it")
        rows = [
            [f"{law['short_name']} ({law['jurisdiction']['name']})", f"{one['label']}, {one['title']}", one["reason"]]
            for law in value["laws"]
            for one in law["articles"]
        ]
        yield table([4, 5, 9], ["Law", "Provision", "Why it is here"], rows)
    if value["agencies"]:
        yield heading("Where to complain")
        places = [[one["name"], one["reason"], mono(one["complaint_url"])] for one in value["agencies"]]
        yield table([5, 7, 6], ["Agency", "Why it", "Complaint"], places)


def _evidence(value: Value) -> Iterable[Block]:
    drafted, reviewed = value["drafted"], value["reviewed"]
    others = "".join(f" with {name}" for name in drafted.get("with", []))
    machine = ", from a machine’s first draft" if drafted["by_machine_first"] else ""
    alone = "its author alone, since a sole curator keeps the site"
    reviewer = alone if reviewed.get("rule") == "sole_curator" else reviewed["by"]
    yield heading("Evidence")
    hashes = [(f"SHA-256 of ¶ {one['paragraph']}", mono(one["sha256"])) for one in value["passages"]]
    yield facts([*version_facts(value["version"]), *hashes])
    yield facts(
        [
            ("Drafted by", f"{drafted['by']}{others}, {drafted['at']}{machine}"),
            ("Ties of the author", drafted.get("interests", "")),
            ("Reviewed by", f"{reviewer}, {reviewed['at']}"),
            ("Published", f"{value['published_at']}, as revision {value['revision']}"),
        ]
    )
    yield paragraph(
        "An analysis says what the document states, allows or keeps open. It is no finding of law.", small=True
    )
