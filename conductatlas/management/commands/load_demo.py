"""`load_demo`: the demonstration corpus, through the same acts as real data."""

from argparse import ArgumentParser
from collections import Counter
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from changes.acts.detect import detect
from clauses.acts.load_knowledge import load_knowledge
from clauses.acts.load_taxonomy import load_taxonomy
from clauses.acts.publish import publish, review, submit
from clauses.acts.read import read
from clauses.acts.settle import settle_document
from clauses.acts.write_analysis import IncompleteAnalysis, write_analysis
from clauses.models import Analysis, Clause
from conductatlas.demonstration import (
    CheckEvent,
    RevisionText,
    VersionEvent,
    documents,
    history,
    platforms,
    revisions,
    time_of,
)
from conductatlas.demonstration_drafts import curators, draft_of
from conductatlas.log.extend import extend_log
from platforms.acts.index_texts import index_texts
from platforms.acts.record_check import record_check
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.models import Document, Method, Operator, Outcome, Platform, PlatformAlias, Sector, Version
from platforms.progress import ProgressLine


class Command(BaseCommand):
    help = "Load the invented platforms of the demonstration, where they are not there yet, and read them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--platform", action="append", default=[], metavar="SLUG", help="load these alone")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        load_taxonomy()
        load_knowledge()
        rows, kept = platforms(), documents()
        if wanted := set(options["platform"]):
            rows = [row for row in rows if row["platform"]["slug"] in wanted]
            kept = [row for row in kept if row["platform"] in wanted]
            if missing := wanted - {row["platform"]["slug"] for row in rows}:
                raise CommandError(f"The demonstration has no platform {', '.join(sorted(missing))}.")
        with transaction.atomic():
            for row in rows:
                self._platform(row, at)
        versions = sum(self._document(row, at) for row in kept)
        with ProgressLine(self.stderr) as progress:
            account = read(at=at, progress=progress)
            published = self._publish(kept, progress)
            changes = detect(
                at=at,
                documents=Document.objects.filter(platform__is_demonstration=True),
                progress=lambda done, total: progress("documents compared", done, total),
            )
            index_texts(progress=lambda done, total: progress("texts indexed", done, total))
            extend_log(at=timezone.now(), progress=lambda done, total: progress("leaves added to the log", done, total))
        self.stdout.write(
            f"Demonstration: {len(rows)} platforms, {len(kept)} documents, {versions} versions added, "
            f"{account.clauses} clauses found, {published} analyses published, "
            f"{changes.made} change records made."
        )

    def _platform(self, row: dict[str, Any], at: datetime) -> None:
        shown, runs, trade = row["platform"], row["operator"], row["platform"]["sector"]
        found = Platform.objects.filter(slug=shown["slug"]).first()
        if found is not None:
            if not found.is_demonstration:
                raise CommandError(f"A real platform is called {shown['slug']}; the demonstration is left out.")
            return
        operator, _ = Operator.objects.get_or_create(
            slug=runs["slug"], defaults={"name": runs["name"], "country": runs["country"]}
        )
        sector, _ = Sector.objects.get_or_create(slug=trade["slug"], defaults={"name": trade["name"]})
        platform = Platform.objects.create(
            slug=shown["slug"],
            name=shown["name"],
            operator=operator,
            sector=sector,
            homepage=shown["homepage"],
            description=shown["description"],
            is_demonstration=True,
            added_at=at,
        )
        for alias in shown.get("aliases", []):
            PlatformAlias.objects.create(platform=platform, name=alias["name"], kind=alias["kind"])

    def _document(self, row: dict[str, Any], at: datetime) -> int:
        """Record the whole history of one document in one transaction, once."""
        platform = Platform.objects.get(slug=row["platform"])
        with transaction.atomic():
            document, made = Document.objects.get_or_create(
                platform=platform,
                slug=row["slug"],
                defaults={
                    "title": row["title"],
                    "kind": row["kind"],
                    "nature": row["nature"],
                    "language": row["language"],
                    "region": row.get("region") or "",
                    "source_url": row["source_url"],
                    "added_at": at,
                },
            )
            if not made:
                return 0
            events = list(history(row["platform"], row["slug"]))
            arrivals = [self._arrival(document, event) for event in events if isinstance(event, VersionEvent)]
            for event in events:
                if isinstance(event, CheckEvent):
                    record_check(
                        document=document,
                        checked_at=event.at,
                        outcome=Outcome(event.outcome),
                        reason=event.reason,
                        note=event.note,
                    )
            for arrival in arrivals:
                record_check(document=document, checked_at=arrival.captured_at, outcome=Outcome.CHANGED)
            return len(record_versions(arrivals, recorded_at=at))

    def _arrival(self, document: Document, event: VersionEvent) -> Arrival:
        return Arrival(
            document_id=document.pk,
            captured_at=event.at,
            body=event.text.encode(),
            extractor=event.extractor,
            provenance=Provenance(method=Method.WRITTEN, claimed_kind=event.claims, url=document.source_url),
        )

    def _publish(self, kept: list[dict[str, Any]], progress: Any) -> int:
        """Write, review and publish the analyses that are not published yet; each document is one transaction."""
        signers, total = curators(), 0
        for done, row in enumerate(kept, start=1):
            with transaction.atomic():
                document = Document.objects.get(platform__slug=row["platform"], slug=row["slug"])
                numbered = Analysis.objects.numbered().filter(clause__document=document)
                there = Counter(numbered.values_list("clause__slug", flat=True))
                waiting = []
                for revision in revisions(row["platform"], row["slug"]):
                    there[revision.clause] -= 1
                    if there[revision.clause] < 0:
                        waiting.append(revision)
                for revision in waiting:
                    self._publish_one(document, revision, signers)
                if waiting:
                    settle_document(document_id=document.pk)
            total += len(waiting)
            progress("documents analysed", done, len(kept))
        return total

    def _publish_one(self, document: Document, revision: RevisionText, signers: dict[str, Any]) -> None:
        values = revision.values
        try:
            clause = Clause.objects.get(document=document, slug=revision.clause)
            version = Version.objects.get(document=document, number=values["version"])
            drafted, reviewed = values["drafted"], values["reviewed"]
            analysis = write_analysis(
                clause=clause,
                version=version,
                draft=draft_of(revision),
                by=signers[drafted["by"]],
                at=time_of(drafted["at"]),
            )
            submit(analysis=analysis)
            review(analysis=analysis, by=signers[reviewed["by"]], at=time_of(reviewed["at"]))
            publish(analysis=analysis, at=revision.published_at, settles=False)
        except (IncompleteAnalysis, Clause.DoesNotExist, Version.DoesNotExist, KeyError) as error:
            raise CommandError(f"{document.slug}/analyses/{revision.clause}.yaml: {error}") from error
