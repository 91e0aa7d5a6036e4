"""`generate_corpus`: invented platforms in any number for measurements, read like real ones, then copied in bulk."""

from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from clauses.acts.load_knowledge import load_knowledge
from clauses.acts.load_taxonomy import load_taxonomy
from clauses.acts.read_versions import read_versions
from clauses.acts.settle import settle
from clauses.models import Clause
from conductatlas.copying import Original, copy, original
from conductatlas.generated import GeneratedPlatform, platform
from platforms.acts.classify import classify_document
from platforms.acts.record_check import record_check
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.models import Document, Method, Operator, Outcome, Platform, Version
from platforms.progress import ProgressLine

READ = 60
"""Platforms that are read; each has two documents."""


class Command(BaseCommand):
    help = (
        f"Add invented platforms until the database has so many clauses. The first {READ} go through the same acts as "
        "real data; the others are copies of them, inserted in bulk. They are marked as a demonstration. The same seed "
        "makes the same platforms; stopped at any moment and run again, it goes on where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clauses", type=int, required=True, metavar="N", help="how many clauses there shall be")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="which platforms (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        at, wanted = timezone.now(), options["clauses"]
        load_taxonomy()
        load_knowledge()
        seed, number = options["seed"], 0
        there = before = Clause.objects.count()
        with ProgressLine(self.stderr) as progress:
            while there < wanted and number < READ:
                number += 1
                there += self._platform(platform(number, seed=seed), at)
                progress("clauses", min(there, wanted), wanted)
            settle(progress=lambda done, total: progress("platforms covered", done, total))
            originals = self._originals(seed) if there < wanted else []
            while there < wanted:
                number += 1
                slug, name = f"generated-{seed}-{number:05d}", f"Generated {seed}-{number:05d}"
                if not Platform.objects.filter(slug=slug).exists():
                    there += copy(originals[number % len(originals)], slug=slug, name=name)
                progress("clauses", min(there, wanted), wanted)
        self.stdout.write(f"Generated: {there - before:,} clauses; there are {there:,} now.")

    def _originals(self, seed: int) -> list[Original]:
        slugs = [platform(number, seed=seed).slug for number in range(1, READ + 1)]
        return [original(one) for one in Platform.objects.filter(slug__in=slugs).order_by("slug")]

    @transaction.atomic
    def _platform(self, wanted: GeneratedPlatform, at: datetime) -> int:
        """Make one platform and read its documents; return how many clauses that brought."""
        if Platform.objects.filter(slug=wanted.slug).exists():
            return 0
        operator = Operator.objects.create(slug=wanted.slug, name=f"{wanted.name} Ltd")
        kept = Platform.objects.create(
            slug=wanted.slug, name=wanted.name, operator=operator, is_demonstration=True, added_at=at
        )
        brought = 0
        for one in wanted.documents:
            document = Document.objects.create(
                platform=kept, slug=one.slug, title=one.title, kind=one.kind, nature=one.nature, language="en",
                added_at=at,
            )  # fmt: skip
            captured_at = at - timedelta(days=1)
            arrival = Arrival(
                document.pk, captured_at, one.text.encode(), "generated 1.0", Provenance(method=Method.WRITTEN)
            )
            [version] = record_versions([arrival], recorded_at=at)
            record_check(document=document, checked_at=captured_at, outcome=Outcome.CHANGED)
            classify_document(document_id=document.pk)
            good = Version.objects.good().filter(pk=version.pk).select_related("text")
            read_versions(document=document, versions=list(good), at=at)
            brought += Clause.objects.filter(document=document).count()
        return brought
