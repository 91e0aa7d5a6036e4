"""Writes figures as tables for people: plain text, one fact a line, the same numbers as the JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_NAMES = {
    "out-of-fold": "out of fold: each paragraph judged by weights that learned from other companies alone",
    "unseen": "unseen: the weights learned from none of these paragraphs",
    "seen": "seen: the weights learned from these very paragraphs, so this is no test",
}
_WIDTH = 34


def report(figures: Mapping[str, Any], kind: str, *, confused: int = 15) -> str:
    """Return the tables of one part of an evaluation."""
    lines = [_NAMES[kind], "", *_types(figures), "", *_interval(figures), *_stances(figures["stance"])]
    if pairs := figures["confused"][:confused]:
        lines += ["", "times  labelled and missed           found wrongly in the same paragraph"]
        lines += [f"{one['times']:5}  {one['missed']:30}  {one['found']}" for one in pairs]
    return "\n".join(lines)


def errors_as_text(errors: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Return the worst errors with their words."""
    titles = {"false": "Found wrongly", "missed": "Missed"}
    lines: list[str] = []
    for kind, rows in errors.items():
        if rows:
            lines += ["", titles[kind]]
        for row in rows:
            sure = "" if row.get("score") is None else f", score {row['score']:.2f}"
            lines += [f"  line {row['line']}, id {row['id']}: {row['type']}{sure}"]
            lines += [f"    labelled {', '.join(row['labels']) or 'none'}"] if "labels" in row else []
            lines += [f"    found {', '.join(row['found']) or 'none'}"] if "found" in row else []
            lines += ["    " + " ".join(row["text"].split())]
    return "\n".join(lines)


def claudette_report(figures: Mapping[str, Any]) -> str:
    """Return the table of the sentences marked by subject."""
    units = ("sentence", "clause", "document")
    lines = [f"{figures['rows']:,} sentences, each read alone; sentences with at most {figures['gap'] - 1} others "
             "between them make one clause", "", " " * _WIDTH + "".join(f"{unit:>28}" for unit in units),
             f"{'type':{_WIDTH}}" + f"{'labels  prec.  recall  F1':>28}" * len(units)]  # fmt: skip
    for slug, row in figures["types"].items():
        cells = (
            f"{row[unit]['labels']:9}   {_rate(row[unit]['precision'])}  {_rate(row[unit]['recall'])}  "
            f"{_rate(row[unit]['f1'])}"
            for unit in units
        )
        lines.append(f"{slug:{_WIDTH}}" + "".join(f"{cell:>28}" for cell in cells))
    return "\n".join(lines)


def tosdr_report(figures: Mapping[str, Any]) -> str:
    """Return the table of the quotes filed under cases."""
    lines = [f"{figures['rows']:,} quotes: {figures['case_left_out']:,} of cases that are no type of ours and "
             f"{figures['language_left_out']:,} in other languages left out", "",
             f"{'type':{_WIDTH}}  quotes  recall   approved  recall"]  # fmt: skip
    for slug, row in [*figures["types"].items(), ("all", {**figures["overall"], "approved": figures["approved"]})]:
        lines.append(
            f"{slug:{_WIDTH}}  {row['labels']:6}  {_rate(row['recall']):>6}  {row['approved']['labels']:9}  "
            f"{_rate(row['approved']['recall']):>6}"
        )
    return "\n".join(lines)


def _types(figures: Mapping[str, Any]) -> list[str]:
    lines = [f"{'type':{_WIDTH}}  labels   found  precision  recall     F1"]
    for slug, row in [*figures["types"].items(), ("all (micro)", figures["overall"])]:
        lines.append(
            f"{slug:{_WIDTH}}  {row['labels']:6}  {row['found']:6}  {_rate(row['precision']):>9}  "
            f"{_rate(row['recall']):>6}  {_rate(row['f1']):>5}"
        )
    for name, macro, types in (
        ("macro, types with 8 labels or more", "macro_f1", "macro_types"),
        ("macro, types with a label", "macro_f1_of_all", "macro_types_of_all"),
    ):
        lines.append(f"{name} ({figures[types]}){_rate(figures[macro]):>{69 - len(name) - len(str(figures[types]))}}")
    lines.append(f"{figures['rows']:,} paragraphs; {figures['unsure_left_out']:,} unsure pairs left out")
    return lines


def _interval(figures: Mapping[str, Any]) -> list[str]:
    interval = figures.get("interval")
    if not interval:
        return []
    parts = [
        f"{label} {_rate(interval[name][0])} to {_rate(interval[name][1])}"
        for name, label in (("precision", "precision"), ("recall", "recall"), ("f1", "F1"), ("macro_f1", "macro F1"))
        if name in interval
    ]
    return [f"{100 * interval['level']:.0f} % interval over {interval['companies']} companies: {', '.join(parts)}", ""]


def _stances(stance: Mapping[str, Any]) -> list[str]:
    lines = []
    for name, words in (
        ("all", "every labelled pair"),
        ("balanced", "denials, conditions and as many plain ones"),
        ("balanced_with_unsure", "the same with unsure pairs"),
    ):
        part = stance[name]
        if part["pairs"]:
            lines.append(
                f"stance, {words} ({part['pairs']:,}): right where given {_rate(part['accuracy_where_given'])}, "
                f"given {_rate(part['given'])}"
            )
    if wrong := stance["denials_read_as_does"]:
        lines.append("denials read as doing it: " + ", ".join(f"{slug} {times}" for slug, times in wrong.items()))
    if stance["all"]["pairs"]:
        columns = list(stance["all"]["confusion"]["does"])
        lines.append(f"{'  labelled':14}" + "".join(f"{column:>13}" for column in columns))
        for labelled, row in stance["all"]["confusion"].items():
            lines.append(f"  {labelled:12}" + "".join(f"{row[column]:13}" for column in columns))
    return lines


def _rate(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
