"""Figures agree on every page and with a recount from the base tables, whatever curators do."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from clauses.acts import derive_clauses as derive_act
from clauses.acts import read_versions as read_versions_act
from clauses.acts.cover import cover_platform
from clauses.acts.merge import merge
from clauses.acts.publish import retract
from clauses.acts.read import read
from clauses.figures import RARITY_FROM, Tally, severities, tallies, tallies_of
from clauses.models import Analysis, Basis, Clause, ClauseType, Coverage, Severity, Stance, Standing, State
from clauses.models.coverage import FOUND
from platforms.models import Document, Platform, Takedown, TakedownGround, Version
from tests.clauses.law import person, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
AT = datetime(2026, 12, 1, tzinfo=UTC)
ORDER = [Stance.DOES, Stance.CONDITIONAL, Stance.DENIES, Stance.UNSTATED]
STANDING = [Standing.VERBATIM, Standing.MOVED, Standing.ALTERED]


def recount(clause_type: ClauseType, basis: Basis) -> dict[str, int]:
    """Count platforms by state from clauses, analyses and documents alone."""
    states = [State.PUBLISHED] if basis == Basis.PUBLISHED else [State.PUBLISHED, State.PROPOSED]
    counts: Counter[str] = Counter()
    for platform in Platform.objects.all():
        documents = [
            d
            for d in Document.objects.filter(platform=platform).exclude(latest_version=None)
            if d.kind_group in clause_type.kind_groups
        ]
        clauses = Clause.objects.filter(
            document__in=documents, type=clause_type, state__in=states, standing__in=STANDING
        )
        stances = [Stance(c.stance if basis == Basis.PUBLISHED else c.found_stance) for c in clauses]
        if not documents:
            counts["unread"] += 1
        else:
            counts[min(stances, key=ORDER.index).value if stances else "none"] += 1
    return dict(counts)


def test_figures_are_right_with_nothing_published() -> None:
    for clause_type in ClauseType.objects.all():
        tally = tallies_of(clause_type).machine
        assert {s.value: n for s, n in tally.parts() if n} == recount(clause_type, Basis.MACHINE)


class Curators:
    """People who do things at random, each by the act that does it."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def act(self) -> None:
        self.chance.choice([*[self.publish] * 6, self.retract, self.merge, self.reject, self.hide])()

    def _one(self, *states: State) -> Clause | None:
        clauses = list(Clause.objects.filter(state__in=states).exclude(last_seen=None).order_by("pk"))
        return self.chance.choice(clauses) if clauses else None

    def publish(self) -> None:
        clause = self._one(State.PROPOSED, State.PUBLISHED, State.RETRACTED)
        if clause is not None and clause.position is not None:
            stance = self.chance.choice([Stance.DOES, Stance.CONDITIONAL, Stance.DENIES]).value
            published(clause, fields={"stance": stance, "rights": self.chance.choice([0, 1, 2]), "choice": 0})

    def retract(self) -> None:
        clause = self._one(State.PUBLISHED)
        if clause is not None:
            retract(clause=clause, reason="It was wrong.", by=person("bert"), at=AT)

    def merge(self) -> None:
        clause = self._one(State.PROPOSED)
        if clause is None:
            return
        others = Clause.objects.filter(document=clause.document).shown().exclude(pk=clause.pk).order_by("pk")
        try:
            merge(clause=clause, into=self.chance.choice(list(others)), at=AT)
        except ValidationError:
            return

    def reject(self) -> None:
        clause = self._one(State.PROPOSED)
        if clause is not None:
            clause.state, clause.rejected_because, clause.curated_at = State.REJECTED, "No such clause.", AT
            clause.save(update_fields=["state", "rejected_because", "curated_at"])
            cover_platform(platform_id=clause.document.platform_id)

    def hide(self) -> None:
        version = self.chance.choice(list(Version.objects.order_by("pk")))
        if not Takedown.objects.filter(version=version).exists():
            Takedown.objects.create(
                version=version,
                ground=TakedownGround.WITHDRAWN,
                public_reason="A test.",
                decided_at=AT,
                decided_by=person("bert"),
            )


@pytest.mark.parametrize("seed", range(3))
def test_figures_agree_after_random_acts(client: Client, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    curators = Curators(seed)
    for turn in range(30):
        curators.act()
        if turn in (12, 24):  # and a new release of the reader reads everything again
            for module in (read_versions_act, derive_act):
                monkeypatch.setattr(module, "READER_RELEASE", f"2099.{turn}")
            read(at=AT)
    assert Analysis.objects.published().exists()
    for clause_type in curators.chance.sample(list(ClauseType.objects.all()), 20):
        for basis in Basis:
            tally = getattr(tallies_of(clause_type), basis.value)
            assert {s.value: n for s, n in tally.parts() if n} == recount(clause_type, basis)
            assert tally.platforms == Platform.objects.count()
        split = severities(types=[clause_type.pk]).get(clause_type.pk, {})
        for severity in Severity:
            standing = Clause.objects.filter(type=clause_type, state=State.PUBLISHED, severity=severity)
            assert split.get(severity, 0) == standing.filter(standing__in=STANDING).count()
    _pages_agree(client, curators.chance)


def _pages_agree(client: Client, chance: random.Random) -> None:
    """Hold the numbers that pages print against each other and the base tables."""
    home = _numbers(client.get("/").content.decode())
    assert home["clauses-published"] == Clause.objects.filter(state=State.PUBLISHED).count()
    for clause in chance.sample(list(Clause.objects.shown().select_related("type").order_by("pk")), 12):
        page = client.get(clause.get_absolute_url()).content.decode()
        tally = tallies_of(clause.type).machine
        shown = _numbers(page)
        assert shown["does"] == tally.does
        assert shown["found"] == tally.found
        assert shown["read"] == tally.read
        kind = _numbers(client.get(clause.type.get_absolute_url()).content.decode())
        for name in ("does", "conditional", "denies", "unstated", "none", "unread"):
            assert shown[name] == kind[name] == getattr(tally, name)
        assert f"{tally.found} of {tally.read} platforms" in page.replace("\n", " ")  # the answer in the questions
    for clause_type in chance.sample(list(ClauseType.objects.all()), 6):
        listed = client.get("/registry/", {"type": clause_type.slug}).content.decode()
        assert _numbers(listed)["total"] == Clause.objects.shown().filter(type=clause_type).count()
        for severity in Severity:
            some = client.get("/registry/", {"type": clause_type.slug, "severity": severity.value}).content.decode()
            assert _numbers(some)["total"] == Clause.objects.filter(type=clause_type, severity=severity).count()
    for platform in Platform.objects.all():
        shown = _numbers(client.get(platform.get_absolute_url()).content.decode())
        for severity in Severity:
            own = Clause.objects.filter(document__platform=platform, severity=severity)
            assert shown.get(f"severity-{severity.value}", 0) == own.count()


def _numbers(page: str) -> dict[str, int]:
    """Return the figures of a page by the name that its markup gives them."""
    found: dict[str, int] = {}
    for name, number in re.findall(r'data-figure="([a-z-]+)"[^>]*>([\d,]+)<', page):
        value = int(number.replace(",", ""))
        assert found.setdefault(name, value) == value, f"{name} is {found[name]} and {value} on one page"
    return found


def test_tallies_are_one_query(django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        tallies()


@pytest.mark.parametrize(
    ("tally", "label"),
    [
        (Tally(does=1, none=RARITY_FROM), "Singular"),
        (Tally(does=1, none=RARITY_FROM - 2), ""),
        (Tally(does=2, none=98), "Rare"),
        (Tally(does=5, none=95), "Uncommon"),
        (Tally(does=19, none=81), "Uncommon"),
        (Tally(does=20, none=80), "Common"),
        (Tally(does=59, none=41), "Common"),
        (Tally(does=60, none=40), "Prevalent"),
        (Tally(none=40), ""),
        (Tally(), ""),
    ],
)
def test_a_label_is_said_by_its_share(tally: Tally, label: str) -> None:
    assert tally.rarity == label


def test_a_coverage_row_names_a_clause_just_where_it_found_one() -> None:
    for row in Coverage.objects.select_related("clause"):
        assert (row.clause is not None) == (row.state in FOUND)
