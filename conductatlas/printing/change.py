"""A published change record in print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from changes.models import Direction, Nature, Touch
from clauses.models import Severity, Stance
from conductatlas.printing.blocks import Block, facts, heading, paragraph, quotation, severe
from conductatlas.printing.evidence import version_facts

Value = dict[str, Any]


def blocks(value: Value) -> list[Block]:
    """Return what is printed of a change record."""
    window, counts = value["window"], value["counts"]
    return [
        facts(
            [
                ("Document", f"{value['document']['title']}, versions {_numbers(value)}"),
                ("Platform", f"{value['platform']['name']}, of {value['platform']['operator']}"),
                ("Window", f"between {window['after']} ({window['after_is']}) and {window['before']}"),
                ("Severity", severe(value["severity"], str(Severity(value["severity"]).label))),
                ("Direction", str(Direction(value["direction"]).label)),
                ("Nature", str(Nature(value["nature"]).label)),
                ("Counted", ", ".join(f"{key.replace('_', ' ')} {number}" for key, number in counts.items())),
            ]
        ),
        heading("What changed"),
        *([paragraph(value["summary"])] if value["summary"] else []),
        *[block for touch in value["clauses"] for block in _touch(touch, value.get("language", ""))],
        heading("Evidence"),
        facts([*version_facts(value["before"], "Version before"), *version_facts(value["since"], "Version since")]),
        facts(
            [
                ("Made by", value["made_by"]),
                ("Published by", value["published_by"]),
                ("Published", f"{value['published_at']}, as revision {value['revision']}"),
            ]
        ),
    ]


def _touch(touch: Value, language: str) -> Iterable[Block]:
    yield heading(touch["title"], 3)
    stances = [str(Stance(one).label) if one else "not there" for one in (touch["old_stance"], touch["new_stance"])]
    yield facts(
        [
            ("Clause", f"{touch['id']}, {touch['type']['name']}"),
            ("What happened to it", str(Touch(touch["touch"]).label)),
            ("Stance", stances[0] if stances[0] == stances[1] else f"{stances[0]}, then {stances[1]}"),
            ("Weight", severe(touch["severity"], str(Severity(touch["severity"]).label))),
            ("Direction", str(Direction(touch["direction"]).label)),
        ]
    )
    for passage in touch["passages"]:
        for name, words in (("Before", passage["old"]), ("Since", passage["new"])):
            if words is not None:
                place = f"{name}\n{words['start']:,}–{words['end']:,}"
                yield quotation(words["quotation"], mark=place, language=language, was=name == "Before")


def _numbers(value: Value) -> str:
    return f"{value['before']['number']} and {value['since']['number']}"
