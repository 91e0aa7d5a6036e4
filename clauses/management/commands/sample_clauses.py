"""`sample_clauses`: draw machine-found clauses to be read by eye, some of each type."""

import random
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from clauses.models import Clause, ClauseType, Passage, State

CONTEXT = 160
"""Code points shown before and after the words."""


class Command(BaseCommand):
    help = "Print proposed clauses drawn by chance, as many of each type, with their words in context."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--n", type=int, default=200, help="how many in all (200)")
        parser.add_argument("--seed", type=int, default=20261124, help="the same seed draws the same clauses")
        parser.add_argument("--type", dest="types", action="append", help="slug of a type; several may be given")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = ClauseType.objects.order_by("slug")
        if options["types"]:
            chosen = chosen.filter(slug__in=options["types"])
        types = list(chosen)
        drawn = 0
        for place, clause_type in enumerate(types):
            share = options["n"] * (place + 1) // len(types) - options["n"] * place // len(types)
            for clause in self._drawn(clause_type, share, options["seed"]):
                drawn += 1
                self._show(clause)
        self.stdout.write(f"{drawn} clauses of {len(types)} types, seed {options['seed']}.")

    def _drawn(self, clause_type: ClauseType, count: int, seed: int) -> list[Clause]:
        clauses = Clause.objects.standing_now().counted().filter(type=clause_type, state=State.PROPOSED)
        pks = list(clauses.order_by("document__platform__slug", "document__slug", "slug").values_list("pk", flat=True))
        chosen = random.Random(f"{seed} {clause_type.slug}").sample(pks, min(count, len(pks)))  # noqa: S311
        return list(
            clauses.filter(pk__in=chosen).with_names().order_by("pk").select_related("document__latest_version__text")
        )

    def _show(self, clause: Clause) -> None:
        version = clause.document.latest_version
        if version is None or version.text is None:
            return
        passages = Passage.objects.filter(version=version, provision__clause=clause)
        quoted = passages.filter(provision=clause.quoted_id).select_related("provision").earliest("start")
        text = version.text.body
        before = " ".join(text[max(0, quoted.start - CONTEXT) : quoted.start].split())
        after = " ".join(text[quoted.end : quoted.end + CONTEXT].split())
        self.stdout.write(
            f"{clause.record_id} {clause.type.slug}: {clause.stance}, score {quoted.provision.score:.2f}, "
            f"1 of {passages.count()} passages\n"
            f"  {clause.document.platform.name}, {clause.document.title}; {quoted.heading}\n"
            f"  … {before}\n  >>> {' '.join(quoted.provision.words.split())} <<<\n  {after} …\n"
        )
