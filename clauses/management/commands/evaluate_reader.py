"""`evaluate_reader`: how well the reader of this release does on labelled paragraphs."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from clauses.acts.evaluate import LabelsFile, record_evaluation, ship_evaluation
from clauses.acts.load_taxonomy import taxonomy, taxonomy_release
from clauses.evaluation import claudette, tosdr
from clauses.evaluation.parts import SEEN, Part, evaluate
from clauses.evaluation.rows import BadLabels, read_families, read_predictions, read_rows
from clauses.evaluation.tables import claudette_report, errors_as_text, report, tosdr_report
from clauses.text.classify import READER_RELEASE
from platforms.progress import ProgressLine


class Command(BaseCommand):
    help = (
        "Read labelled paragraphs (JSON lines with id, platform, document, heading, text, labels, stances, unsure) "
        "with the current reader, and print precision, recall and F1 per type and over all, stances, confusion pairs "
        "and the worst errors. The result is stored and shown on the desk. Words that the weights learned from never "
        "count as a test. Nothing is written when the file has a fault."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("labels", type=Path)
        for name, kind, meaning in (
            ("--predictions", Path, "out-of-fold predictions of this release, as `python -m clauses.training "
             "--predictions` writes them: measured instead of a reading"),
            ("--families", Path, "csv with service and family: adds a 95 %% interval by company; with another format "
             "leaves out what is of these companies, of which the weights learned"),
            ("--json", Path, "write everything to this file as well"),
            ("--about", str, "where the labels come from, shown beside the figures"),
        ):  # fmt: skip
            parser.add_argument(name, type=kind, help=meaning)
        parser.add_argument("--limit-errors", type=int, default=10, help="errors shown of each kind (10)")
        shipped = "write the figures, without words, to clauses/data/reader-evaluation.json"
        parser.add_argument("--ship", action="store_true", help=shipped)
        mapped = "claudette and tosdr: measured by clauses/data/label-mappings.yaml, not stored"
        parser.add_argument("--format", choices=["paragraphs", "claudette", "tosdr"], default="paragraphs", help=mapped)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit_errors"] < 0:
            raise CommandError("--limit-errors is a number from 0.")
        mapped = options["format"] != "paragraphs"
        if mapped and any(options[name] for name in ("predictions", "ship", "about")):
            raise CommandError(f"--format {options['format']} goes without --predictions, --about, --ship.")
        try:
            if mapped:
                self._mapped(options)
            else:
                self._paragraphs(options)
        except (BadLabels, OSError) as fault:
            raise CommandError(str(fault)) from fault

    def _paragraphs(self, options: dict[str, Any]) -> None:
        types = [row["slug"] for category in taxonomy()["categories"] for row in category["types"]]
        rows = read_rows(options["labels"], types)
        given = options["predictions"]
        predictions = read_predictions(given, rows, types) if given else None
        families = read_families(options["families"]) if options["families"] else None
        with ProgressLine(self.stderr) as progress:
            parts = evaluate(
                rows,
                types,
                predictions=predictions,
                families=families,
                limit_errors=options["limit_errors"],
                progress=lambda done: progress("Paragraphs read", done, len(rows)),
            )
        if options["ship"] and not parts[0].is_test:
            raise CommandError("The weights learned from all of these paragraphs: no test to ship. Give --predictions.")
        labels = LabelsFile.of(options["labels"], options["about"] or "")
        self._keep(parts, labels, options)
        self._print(parts, labels)

    def _keep(self, parts: list[Part], labels: LabelsFile, options: dict[str, Any]) -> None:
        """Store the result, or nothing at all where a file cannot be written."""
        at = timezone.now()
        with transaction.atomic():
            record_evaluation(parts=parts, labels=labels, at=at)
            content = {part.kind: {"figures": part.figures, "errors": part.errors} for part in parts}
            self._write(options["json"], {"labels": asdict(labels), "figure": parts[0].kind, "parts": content})
            if options["ship"]:
                ship_evaluation(part=parts[0], labels=labels, at=at)

    def _write(self, path: Path | None, content: dict[str, Any]) -> None:
        if path:
            stated = {"release": READER_RELEASE, "taxonomy": taxonomy_release(), **content}
            path.write_text(json.dumps(stated, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    def _print(self, parts: list[Part], labels: LabelsFile) -> None:
        self.stdout.write(
            f"Reader {READER_RELEASE}, taxonomy {taxonomy_release()}, on {labels.name} ({labels.sha256})\n"
        )
        seen = sum(part.figures["rows"] for part in parts if part.kind == SEEN)
        if seen:
            rows = sum(part.figures["rows"] for part in parts)
            told = (
                "the figures of the others, which come first, are the ones that count" if len(parts) > 1 else "no test"
            )
            self.stdout.write(f"The weights learned from {seen:,} of these {rows:,} paragraphs: {told}.\n")
        for part in parts:
            self.stdout.write(report(part.figures, part.kind))
            self.stdout.write(errors_as_text(part.errors) + "\n")
        first = parts[0]
        self.stdout.write(f"Micro-F1 {first.figures['overall']['f1']}, {first.kind.replace('-', ' ')}; stored.")

    def _mapped(self, options: dict[str, Any]) -> None:
        path, limit = options["labels"], options["limit_errors"]
        known = frozenset(read_families(options["families"]).values()) if options["families"] else frozenset()
        with ProgressLine(self.stderr) as progress:
            if options["format"] == "claudette":
                sentences = claudette.read_claudette(path, without=known)
                figures = claudette.claudette_figures(
                    sentences, lambda n: progress("Sentences read", n, len(sentences))
                )
                errors, table = claudette.claudette_errors(sentences, limit), claudette_report(figures)
            else:
                quotes = tosdr.read_tosdr(path, without=known)
                figures, missed = tosdr.tosdr_figures(quotes, lambda n: progress("Quotes read", n, len(quotes)), limit)
                errors, table = {"missed": missed}, tosdr_report(figures)
        if known:
            table = f"Without the {len(known)} companies of {options['families'].name}\n{table}"
        self._write(options["json"], {"labels": path.name, "figures": figures, "errors": errors})
        self.stdout.write(f"Reader {READER_RELEASE} on {path.name}\n")
        self.stdout.write(table)
        self.stdout.write(errors_as_text(errors))
