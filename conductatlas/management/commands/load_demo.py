"""`load_demo`: the demonstration corpus, through the same acts as real data."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from clauses.acts.load_taxonomy import load_taxonomy
from clauses.acts.read import read
from conductatlas.demonstration import CheckEvent, VersionEvent, history, platforms
from platforms.acts.record_check import record_check
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.models import Document, Method, Operator, Outcome, Platform, PlatformAlias, Sector
from platforms.progress import ProgressLine


class Command(BaseCommand):
    help = "Load the invented platforms of the demonstration, where they are not there yet, and read them."

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        data = platforms()
        load_taxonomy()
        with transaction.atomic():
            made = [self._platform(row, data, at) for row in data["platforms"]]
        versions = sum(self._document(row, at) for row in data["documents"])
        with ProgressLine(self.stderr) as progress:
            account = read(at=at, progress=progress)
        self.stdout.write(
            f"Demonstration: {len(made)} platforms, {len(data['documents'])} documents, {versions} versions added, "
            f"{account.clauses} clauses found."
        )

    def _platform(self, row: dict[str, Any], data: dict[str, Any], at: datetime) -> Platform:
        found = Platform.objects.filter(slug=row["slug"]).first()
        if found is not None:
            if not found.is_demonstration:
                raise CommandError(f"A real platform is called {row['slug']}; the demonstration is left out.")
            return found
        operator_row = next(o for o in data["operators"] if o["slug"] == row["operator"])
        operator, _ = Operator.objects.get_or_create(
            slug=operator_row["slug"], defaults={"name": operator_row["name"], "country": operator_row["country"]}
        )
        names = {sector["slug"]: sector["name"] for sector in data["sectors"]}
        sector, _ = Sector.objects.get_or_create(slug=row["sector"], defaults={"name": names[row["sector"]]})
        platform = Platform.objects.create(
            slug=row["slug"],
            name=row["name"],
            operator=operator,
            sector=sector,
            homepage=row["homepage"],
            description=row["description"],
            is_demonstration=True,
            added_at=at,
        )
        for alias in row.get("aliases", []):
            PlatformAlias.objects.create(platform=platform, name=alias["name"], kind=alias["kind"])
        return platform

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
