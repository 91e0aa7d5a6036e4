"""Whatever curators and machines do, what was published says the same for ever, and every address goes on answering.

One invented platform, two people, 200 acts at random; after each the addresses that there are now are noted, with the
hash of each revision on the day that it came.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.template import Template
from django.test import Client
from django.urls import reverse

import changes.acts.detect as detect_act
import clauses.acts.derive_clauses as derive_act
import clauses.acts.read_versions as read_versions_act
from changes.acts.detect import detect
from changes.acts.publish import revise, withdraw
from changes.models import ChangeRecord, ChangeRevision
from clauses.acts.decide import propose_again, reject, retype
from clauses.acts.merge import merge
from clauses.acts.publish import retract
from clauses.acts.read import read
from clauses.models import Analysis, Clause, ClauseType, State
from platforms.acts.record_versions import Arrival, Provenance, record_versions
from platforms.models import Document, Method, Platform, Takedown, Version, VersionRecord
from tests.clauses.law import AT, person, published
from tests.records.reading import RecordReader, at, leaves

ACTS = 200
ENDS = {200, 301, 410, 451}
NOT_SAID = re.compile(
    r"/schema|.*/(slug|anchor|code|key|other_names/\d+|category/slug|law|is_demonstration)|/document/(id|source_url)"
    r"|/(type|platform)/slug|/actions/\d+/(rests_on|where)/.*|/provenance/.*|/text/.*|/version/(number|.*_sha256)"
    r"|/counts/passages_moved|/clauses/\d+/(clause_severity/.*|direction|passages/\d+/(old|new)/(start|end))"
)
"""What a page says in other words, by a link or not at all; everything else of a record is read off it."""


class World:
    """People and machines that act at random, each by the act that does it; it notes what was given out."""

    def __init__(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.chance, self.monkeypatch = random.Random(seed), monkeypatch
        self.addresses: set[str] = set()
        self.hashes: dict[str, str] = {}
        self.done: Counter[str] = Counter()
        self.now, self.turn = AT, 0

    def act(self) -> None:
        """Do one thing that can be done; time goes on."""
        self.turn += 1
        self.now += timedelta(days=1)
        often = [
            *[self.publish] * 8,
            *[self.rename] * 5,
            *[self.retract] * 2,
            *[self.add_version] * 3,
            *[self.revise] * 3,
        ]
        rarely = [self.withdraw, self.merge, self.reject, self.retype, self.propose_again, self.hide, self.read_again]
        while not (chosen := self.chance.choice([*often, *rarely]))():
            continue
        self.done[chosen.__name__] += 1

    def note(self) -> None:
        """Note every address and every revision that there is now."""
        for platform in Platform.objects.all():
            self.addresses |= {platform.get_absolute_url(), f"{platform.get_absolute_url()}timeline/"}
            self.addresses.add(reverse("feed_platform", args=[platform.slug]))
        for document in Document.objects.select_related("platform"):
            here = document.get_absolute_url()
            self.addresses |= {here, f"{here}history/", f"/r/{document.record_id}", f"/r/{document.record_id}.json"}
            self.addresses.add(reverse("feed_document", args=[document.platform.slug, document.slug]))
            for number in document.versions.values_list("number", flat=True):
                self.addresses |= {f"{here}versions/{number}/{tail}" for tail in ("", "text/", "raw/")}
                if number > 1:
                    self.addresses |= {f"{here}diff/{number - 1}/{number}/{tail}" for tail in ("", "json/")}
        for clause in Clause.objects.exclude(state=State.MERGED).select_related("document__platform"):
            self.addresses |= {clause.get_absolute_url(), f"/r/{clause.record_id}", f"/r/{clause.record_id}.json"}
            self.addresses.add(reverse("feed_clause", args=[f"{clause.pk:06d}"]))
        for change in ChangeRecord.objects.all():
            self.addresses |= {change.get_absolute_url(), f"/r/{change.record_id}", f"/r/{change.record_id}.json"}
        revisions: Iterable[tuple[str, Any]] = (
            ("CA-P-{:06d}/v{}", Analysis.objects.numbered().values_list("clause", "number", "sha256")),
            ("CA-D-{:05d}/v{}", VersionRecord.objects.values_list("version__document", "version__number", "sha256")),
            ("CA-C-{:06d}/v{}", ChangeRevision.objects.values_list("record", "number", "sha256")),
        )
        for prefix, rows in revisions:
            for record, number, sha256 in rows:
                name = prefix.format(record, number)
                assert (
                    self.hashes.setdefault(name, bytes(sha256).hex()) == bytes(sha256).hex()
                )  # as on the day it was published
                self.addresses |= {f"/r/{name}", f"/r/{name}.json"}

    def _clause(self, *states: State) -> Clause | None:
        found = list(Clause.objects.filter(state__in=states).exclude(position=None).order_by("pk"))
        return self.chance.choice(found) if found else None

    def publish(self) -> bool:
        clause = self._clause(State.PROPOSED, State.PUBLISHED, State.RETRACTED)
        if clause is None:
            return False
        said = f"Said on turn {self.turn}: <b>a & b</b>\r\nas the Example Act has it."
        points = {name: self.chance.randrange(3) for name in ("rights", "choice", "reach", "sensitivity")}
        published(clause, title=f"Title {self.turn}", fields={"why": said, **points})
        return True

    def retract(self) -> bool:
        clause = self._clause(State.PUBLISHED)
        if clause is not None:
            retract(clause=clause, reason=f"Wrong on turn {self.turn}.", by=person("bert"), at=self.now)
        return clause is not None

    def rename(self) -> bool:
        kept = self.chance.choice([Platform, Document, Clause])
        one: Any = self.chance.choice(list(kept._default_manager.exclude(slug="").order_by("pk")))
        title = "name" if isinstance(one, Platform) else "title"
        setattr(one, title, f"Renamed {self.turn}")
        if self.chance.random() < 0.4:
            one.slug = f"renamed-{self.turn}"
        one.save(update_fields=[title, "slug"])
        return True

    def add_version(self) -> bool:
        document = self.chance.choice(list(Document.objects.exclude(latest_version=None).order_by("pk")))
        text = Version.objects.get(pk=document.latest_version_id or 0).body
        blocks = text.split("\n\n")
        if self.chance.random() < 0.6:
            blocks.insert(self.chance.randrange(len(blocks)), f"On turn {self.turn} we may change **anything** & all.")
        elif len(blocks) > 3:
            del blocks[self.chance.randrange(1, len(blocks))]
        arrival = Arrival(
            document.pk, self.now, "\n\n".join(blocks).encode(), "demo 1.0", Provenance(method=Method.WRITTEN)
        )
        record_versions([arrival], recorded_at=self.now)
        read(at=self.now)
        detect(at=self.now)
        return True

    def read_again(self) -> bool:
        for module in (read_versions_act, derive_act, detect_act):
            self.monkeypatch.setattr(module, "READER_RELEASE", f"2099.{self.turn}")
        read(at=self.now)
        detect(at=self.now)
        return True

    def _change(self) -> ChangeRecord | None:
        found = list(ChangeRecord.objects.shown().order_by("pk"))
        return self.chance.choice(found) if found else None

    def revise(self) -> bool:
        change = self._change()
        if change is not None:
            revise(
                record=change, title=f"Change {self.turn}", summary=f"One.\nTwo & {self.turn}.", severity="low",
                direction="mixed", by=person("ada"), at=self.now,
            )  # fmt: skip
        return change is not None

    def withdraw(self) -> bool:
        change = self._change()
        if change is not None:
            withdraw(record=change, reason="It was a menu.", at=self.now)
        return change is not None

    def merge(self) -> bool:
        clause = self._clause(State.PROPOSED, State.RETRACTED)
        if clause is None:
            return False
        others = Clause.objects.filter(document=clause.document_id).shown().exclude(pk=clause.pk).order_by("pk")
        if not others:
            return False
        merge(clause=clause, into=self.chance.choice(list(others)), at=self.now)
        return True

    def reject(self) -> bool:
        clause = self._clause(State.PROPOSED)
        if clause is not None:
            reject(clauses=[clause.pk], because="These words are a menu.", at=self.now)
        return clause is not None

    def propose_again(self) -> bool:
        rejected = list(Clause.objects.filter(state=State.REJECTED).order_by("pk"))
        if rejected and self.chance.random() < 0.3:
            propose_again(clauses=[self.chance.choice(rejected).pk], at=self.now)
        return bool(rejected)

    def retype(self) -> bool:
        clause, to = self._clause(State.PROPOSED), self.chance.choice(list(ClauseType.objects.order_by("pk")))
        try:
            return clause is not None and bool(retype(clauses=[clause.pk], to=to, at=self.now))
        except ValidationError:
            return False

    def hide(self) -> bool:
        versions = list(Version.objects.filter(takedowns=None).order_by("pk"))
        if Takedown.objects.count() < 4:
            Takedown.objects.create(
                version=self.chance.choice(versions), ground=self.chance.choice(["withdrawn", "legal_demand"]),
                public_reason="A court said so.", decided_at=self.now, decided_by=person("bert"),
            )  # fmt: skip
        return Takedown.objects.count() < 4


@pytest.mark.django_db
def test_what_was_published_says_the_same_and_every_address_goes_on_answering(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test client copies the context of every template that is included; nothing here looks at one.
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
    call_command("load_demo", platform=["murmurloft"], verbosity=0)
    world = World(6, monkeypatch)
    world.note()
    for _ in range(ACTS):
        world.act()
        world.note()
    assert {"read_again", "hide", "merge", "reject", "withdraw", "revise", "retract", "rename"} <= set(world.done)
    read_off = [_read(client, name, sha256) for name, sha256 in sorted(world.hashes.items())]
    assert {letter for letter in read_off if letter} == {"P", "D", "C"}
    assert read_off.count("P") > 20
    _walk(client, world.addresses)


def _read(client: Client, name: str, sha256: str) -> str:
    """Hold the page of a revision to its bytes, and these to the hash of the day; return the letter, "" if hidden."""
    page, stored = client.get(f"/r/{name}"), client.get(f"/r/{name}.json")
    if stored.status_code in (410, 451):
        assert page.status_code == stored.status_code
        return ""
    assert (page.status_code, stored.status_code) == (200, 200), name
    assert hashlib.sha256(stored.content).hexdigest() == sha256
    reader, record = RecordReader(page.content.decode()), stored.json()
    assert reader.sha256 == sha256
    for pointer, said in reader.said.items():
        assert said == {str(at(record, pointer))}, (name, pointer)
    missing = {pointer for pointer in leaves(record) if pointer not in reader.said and not NOT_SAID.fullmatch(pointer)}
    assert missing == set(), name
    assert page["Content-Type"].startswith("text/html")
    assert f'<link rel="canonical" href="{settings.SITE_URL}/r/{name}">' in page.content.decode()
    return name[3]


def _walk(client: Client, addresses: set[str]) -> None:
    """Ask for each address once; where it leads elsewhere the way ends on an answer too."""
    answers: dict[str, tuple[int, str]] = {}

    def ask(address: str) -> tuple[int, str]:
        if address not in answers:
            answer = client.get(address)
            answers[address] = answer.status_code, answer.get("Location", "")
        return answers[address]

    odd = []
    for address in sorted(addresses):
        status, onward = ask(address)
        if status not in ENDS | ({302} if address.startswith("/r/") else set()):
            odd.append((address, status))
        for _ in range(9):
            if not onward:
                break
            status, onward = ask(onward)
        if status not in ENDS - {301}:
            odd.append((address, status))
    assert odd == []
    assert {200, 301, 302, 410} <= {status for status, _ in answers.values()}
