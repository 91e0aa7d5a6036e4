"""Figures agree on every page and with a recount from the base tables, whatever curators do."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.test import Client

from clauses.acts.cover import cover_platform
from clauses.figures import Tally, tallies, tally_of
from clauses.models import Basis, Clause, ClauseType, Coverage, CoverageState, Stance, Standing, State
from clauses.models.coverage import FOUND
from platforms.models import Document, Platform

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
AT = datetime(2026, 12, 1, tzinfo=UTC)
ORDER = [Stance.DOES, Stance.CONDITIONAL, Stance.DENIES, Stance.UNSTATED]


def recount(clause_type: ClauseType, state: State) -> Counter[str]:
    """Count platforms by state from clauses and documents alone."""
    counts: Counter[str] = Counter()
    for platform in Platform.objects.all():
        documents = [
            d
            for d in Document.objects.filter(platform=platform).exclude(latest_version=None)
            if d.kind_group in clause_type.kind_groups
        ]
        standing = Clause.objects.filter(
            document__in=documents,
            type=clause_type,
            state=state,
            standing__in=[Standing.VERBATIM, Standing.MOVED, Standing.ALTERED],
        )
        stances = [Stance(s) for s in standing.values_list("stance", flat=True)]
        if not documents:
            counts["unread"] += 1
        else:
            counts[min(stances, key=ORDER.index).value if stances else "none"] += 1
    return counts


@pytest.mark.parametrize("seed", range(4))
def test_figures_agree_after_random_acts(client: Client, seed: int) -> None:
    chance = random.Random(seed)
    clauses = list(Clause.objects.order_by("pk"))
    for _ in range(25):
        clause = chance.choice(clauses)
        state = chance.choice([State.PUBLISHED, State.PROPOSED, State.REJECTED, State.RETRACTED])
        Clause.objects.filter(pk=clause.pk).update(state=state, curated_at=AT)
        cover_platform(platform_id=clause.document.platform_id)
    for clause_type in chance.sample(list(ClauseType.objects.all()), 12):
        for basis, state in ((Basis.MACHINE, State.PROPOSED), (Basis.PUBLISHED, State.PUBLISHED)):
            tally = tally_of(clause_type, basis=basis)
            assert {s.value: n for s, n in tally.parts() if n} == dict(recount(clause_type, state))
            assert tally.platforms == Platform.objects.count()
        page = client.get(clause_type.get_absolute_url()).content.decode()
        shown = [int(n.replace(",", "")) for n in re.findall(r"<dd><a href=\"\?state=[^\"]*\">([\d,]+)</a></dd>", page)]
        assert shown == [n for _, n in tally_of(clause_type).parts()]
        shown_clause = Clause.objects.shown().filter(type=clause_type, state=State.PROPOSED).first()
        if shown_clause is not None:
            line = client.get(shown_clause.get_absolute_url()).content.decode()
            tally = tally_of(clause_type)
            assert f">{tally.found} of {tally.read}</a>" in line
    home = client.get("/").content.decode()
    for clause_type, tally in ((t, tallies().get(t.pk, Tally())) for t in ClauseType.objects.all()):
        row = re.search(rf'<a href="{clause_type.get_absolute_url()}">(\d+)</a></td>\s*<td class="num">(\d+)', home)
        if row:
            assert (int(row.group(1)), int(row.group(2))) == (tally.do, tally.read)


def test_lists_behind_the_numbers_have_as_many_rows(client: Client) -> None:
    for clause_type in ClauseType.objects.all()[::7]:
        for state, number in tally_of(clause_type).parts():
            page = client.get(f"{clause_type.get_absolute_url()}?state={state.value}").content.decode()
            assert page.count('<th scope="row">') == min(number, 25)


def test_coverage_of_a_platform_has_a_row_for_each_type_and_basis() -> None:
    whole = ClauseType.objects.count() * len(Basis)
    for platform in Platform.objects.all():
        assert Coverage.objects.filter(platform=platform).count() == whole


def test_a_conflict_between_documents_is_told() -> None:
    for row in Coverage.objects.filter(basis=Basis.MACHINE, state__in=FOUND).select_related("platform"):
        stances = set(
            Clause.objects.standing_now()
            .filter(document__platform=row.platform, type=row.type_id, state=State.PROPOSED)
            .values_list("stance", flat=True)
        )
        assert row.has_conflict == (len(stances - {Stance.UNSTATED}) > 1)


@pytest.mark.parametrize(
    ("found", "read", "label"),
    [(5, 11, ""), (1, 12, "Singular"), (1, 500, "Singular"), (4, 100, "Rare"), (5, 100, "Uncommon"), (19, 100, "Uncommon"),
     (20, 100, "Common"), (59, 100, "Common"), (60, 100, "Prevalent"), (100, 100, "Prevalent"), (0, 100, "")],
)  # fmt: skip
def test_rarity_has_the_printed_thresholds(found: int, read: int, label: str) -> None:
    assert Tally(does=found, none=read - found).rarity == label


def test_states_of_coverage_are_the_parts_of_a_tally() -> None:
    assert [state.value for state, _ in Tally().parts()] == CoverageState.values
