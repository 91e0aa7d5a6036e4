"""Every table goes out and in again without a change; what is wrong is named by row and column, and nothing is lost."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from clauses.models import Analysis, Clause, Explanation, Regulation, State
from conductatlas.exchange import TABLES
from conductatlas.exchange.files import Row, read_table, write_csv, write_json
from conductatlas.exchange.plan import NotTaken, take_table, try_table
from conductatlas.models import AuditEntry
from platforms.models import Document, IssuedSlug, Platform, PlatformAlias
from tests.clauses.law import published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def boss() -> User:
    return User.objects.create_superuser("boss")


@pytest.fixture
def analysis() -> Analysis:
    """A published analysis with laws, actions and agencies."""
    return published(Clause.objects.filter(state=State.PROPOSED).order_by("pk")[0])


def rows(*cells: dict[str, Any]) -> list[Row]:
    return [Row(number, one) for number, one in enumerate(cells, start=2)]


@pytest.mark.parametrize("write", [write_csv, write_json])
@pytest.mark.parametrize("name", TABLES)
def test_what_was_taken_out_changes_nothing_when_it_is_taken_in(
    name: str, write: Any, boss: User, analysis: Analysis
) -> None:
    table = TABLES[name]
    body = "".join(write(table.columns(), table.every_row())).encode()
    plan = try_table(table, read_table(body, table.columns(), table.key), by=boss)
    assert plan.rows or name == "addresses"  # of which the demonstration has none
    assert [(row.label, row.changes, row.faults) for row in plan.rows if row.state != "unchanged"] == []


def test_platforms_with_their_names_and_documents_go_into_an_empty_place(boss: User) -> None:
    kept = {name: list(TABLES[name].every_row()) for name in ("platforms", "documents")}
    for place, row in enumerate(kept["platforms"]):
        row |= {"slug": f"{row['slug']}-again", "name": f"{row['name']} again", "is_demonstration": "no"}
        row["aliases"] = f"Alias {place} | Other {place}"
    for row in kept["documents"]:
        row["platform"] += "-again"
    for name, cells in kept.items():
        plan = take_table(TABLES[name], rows(*cells), by=boss)
        assert plan.count("new") == len(cells)
        mine = [row for row in TABLES[name].every_row() if any("-again" in cell for cell in row.values())]
        assert mine == cells
    platform = Platform.objects.get(slug=kept["platforms"][0]["slug"])
    assert not platform.is_demonstration
    assert {alias.name for alias in platform.aliases.all()} == {"Alias 0", "Other 0"}
    assert IssuedSlug.objects.filter(slug=platform.slug).exists()
    assert AuditEntry.objects.filter(table="platforms_platform", row=platform.pk, person=boss).exists()
    captured = Document.objects.filter(platform__slug__endswith="-again").captured()
    assert captured.count() == sum(bool(row["source_url"]) for row in kept["documents"])


def test_every_fault_is_named_by_row_and_column_and_nothing_is_taken_in(boss: User) -> None:
    platform = Platform.objects.all()[0]
    given = rows(
        {"slug": platform.slug, "description": "New words."},
        {"slug": "Not A Slug", "name": "x", "operator": "nobody"},
        {"slug": "fine", "name": "", "operator": platform.operator.slug, "homepage": "no address"},
        {"slug": platform.slug, "description": "Twice."},
        {"slug": platform.slug.replace("a", "b") + "x", "name": "N", "operator": platform.operator.slug,
         "is_demonstration": "yes"},
    )  # fmt: skip
    before = list(TABLES["platforms"].every_row())
    plan = try_table(TABLES["platforms"], given, by=boss)
    found = {(row.number, fault.column) for row in plan.rows for fault in row.faults}
    assert {(3, "slug"), (3, "operator"), (4, "name"), (4, "homepage"), (5, "slug")} <= found
    assert "There is no “nobody” in the table operators." in [f.sentence for f in plan.rows[1].faults]
    assert plan.rows[0].state == "changed"
    assert [column for column, _, _ in plan.rows[0].changes] == ["description"]
    with pytest.raises(NotTaken, match="rows are wrong"):
        take_table(TABLES["platforms"], given, by=boss)
    assert list(TABLES["platforms"].every_row()) == before


def test_a_demonstration_platform_stays_one(boss: User) -> None:
    platform = Platform.objects.filter(is_demonstration=True)[0]
    plan = try_table(TABLES["platforms"], rows({"slug": platform.slug, "is_demonstration": "no"}), by=boss)
    assert [(fault.column, row.state) for row in plan.rows for fault in row.faults] == [("is_demonstration", "wrong")]


def test_a_column_that_is_not_there_keeps_what_is_there(boss: User) -> None:
    platform = Platform.objects.all()[0]
    platform.aliases.all().delete()
    PlatformAlias.objects.create(platform=platform, name="Kept")
    take_table(TABLES["platforms"], rows({"slug": platform.slug, "name": "Renamed"}), by=boss)
    platform.refresh_from_db()
    assert (platform.name, [alias.name for alias in platform.aliases.all()]) == ("Renamed", ["Kept"])


def test_what_changed_since_the_trial_is_not_taken_in(boss: User) -> None:
    platform = Platform.objects.all()[0]
    given = rows({"slug": platform.slug, "name": "Renamed"})
    plan = try_table(TABLES["platforms"], given, by=boss)
    Platform.objects.filter(pk=platform.pk).update(name="Renamed by somebody else")
    with pytest.raises(NotTaken, match="changed since the trial"):
        take_table(TABLES["platforms"], given, by=boss, digest=plan.digest)
    platform.refresh_from_db()
    assert platform.name == "Renamed by somebody else"
    again = try_table(TABLES["platforms"], given, by=boss)
    take_table(TABLES["platforms"], given, by=boss, digest=again.digest)


def test_a_law_in_force_says_since_when(boss: User) -> None:
    law = Regulation.objects.filter(applies_from__isnull=False, status="in_force")[0]
    plan = try_table(TABLES["regulations"], rows({"slug": law.slug, "applies_from": ""}), by=boss)
    assert plan.rows[0].state == "wrong"
    assert "regulation_in_force_says_since_when" in plan.rows[0].faults[0].sentence


def test_the_definition_of_a_type_is_the_taxonomys_and_its_explanation_the_curators(boss: User) -> None:
    kind = Explanation.objects.select_related("type")[0]
    plan = try_table(TABLES["types"], rows({"slug": kind.type.slug, "name": "Other", "does": "New."}), by=boss)
    assert [fault.column for fault in plan.rows[0].faults] == ["name"]
    assert try_table(TABLES["types"], rows({"slug": "no-such-type"}), by=boss).rows[0].state == "wrong"
    take_table(TABLES["types"], rows({"slug": kind.type.slug, "does": "New words."}), by=boss)
    kind.refresh_from_db()
    assert kind.does == "New words."


def test_an_analysis_that_is_taken_in_is_a_draft_of_who_took_it_in(boss: User, analysis: Analysis) -> None:
    (cells,) = [row for row in TABLES["analyses"].every_row() if row["clause"] == analysis.clause.record_id]
    given = rows(cells | {"summary": "It says more.", "state": "published", "revision": "9"})
    assert take_table(TABLES["analyses"], given, by=boss).count("changed") == 1
    made = Analysis.objects.filter(clause=analysis.clause).latest("pk")
    assert (made.state, made.number, made.drafted_by, made.summary) == ("draft", None, boss, "It says more.")
    assert list(made.laws.values_list("article")) == list(analysis.laws.values_list("article"))
    assert made.actions.get().rests_on.count() == analysis.actions.get().rests_on.count()
    plan = try_table(TABLES["analyses"], rows(cells | {"summary": "Again other."}), by=boss)
    assert "A draft of this clause is being written" in plan.rows[0].faults[0].sentence


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"clause": "CA-P-999999"}, "clause"),
        ({"stance": "perhaps"}, "stance"),
        ({"rights": "3"}, "rights"),
        ({"version": "77"}, "version"),
        ({"actions": "{"}, "actions"),
        ({"actions": '[{"title": "x"}]'}, "actions"),
        ({"laws": '["GDPR"]'}, "laws"),
        ({"laws": '[{"law": "gdpr", "articles": ["Article 999"], "reason": "x"}]'}, ""),
        ({"title": "t" * 201}, "title"),
    ],
)
def test_what_is_wrong_with_an_analysis_is_named(
    boss: User, analysis: Analysis, change: dict[str, str], column: str
) -> None:
    (cells,) = [row for row in TABLES["analyses"].every_row() if row["clause"] == analysis.clause.record_id]
    plan = try_table(TABLES["analyses"], rows(cells | change), by=boss)
    assert column in [fault.column for fault in plan.rows[0].faults]


def test_the_commands_write_try_and_take(boss: User, tmp_path: Path) -> None:
    path, out = tmp_path / "sectors.csv", io.StringIO()
    call_command("export_table", "sectors", str(path))
    path.write_text(path.read_text(encoding="utf-8") + "new-trade,New trade\n", encoding="utf-8")
    call_command("import_table", "sectors", str(path), "--as", "boss", "--dry-run", stdout=out)
    assert "1 new" in out.getvalue()
    assert "nothing was changed" in out.getvalue()
    with pytest.raises(CommandError, match="no user"):
        call_command("import_table", "sectors", str(path), "--as", "nobody")
    User.objects.create_user("guest")
    with pytest.raises(CommandError, match=r"platforms\.add_sector"):
        call_command("import_table", "sectors", str(path), "--as", "guest")
    call_command("import_table", "sectors", str(path), "--as", "boss", stdout=out)
    call_command("export_table", "sectors", "--format", "json", stdout=(again := io.StringIO()))
    assert {"slug": "new-trade", "name": "New trade"} in json.loads(again.getvalue())
    path.write_text("slug,name\nBad Slug,x\n", encoding="utf-8")
    with pytest.raises(CommandError, match="rows are wrong"):
        call_command("import_table", "sectors", str(path), "--as", "boss", stderr=(told := io.StringIO()))
    assert "row 2, column slug" in told.getvalue()


def test_addresses_are_added_in_bulk(boss: User) -> None:
    given = rows(
        {
            "platform": "new-one",
            "url": "https://new.example/privacy",
            "title": "Privacy Policy",
            "platform_name": "New",
        },
        {"platform": "new-one", "url": "https://new.example/terms", "title": "Terms of Service"},
        {"platform": "nobody", "url": "https://new.example/x", "title": "Terms"},
        {"platform": "new-one", "url": "no address", "title": "Terms"},
        {"platform": "new-one", "url": "https://new.example/y", "title": "Y", "kind": "poem"},
    )
    plan = try_table(TABLES["addresses"], given, by=boss)
    assert [row.state for row in plan.rows] == ["new", "new", "wrong", "wrong", "wrong"]
    assert [row.faults[0].column for row in plan.rows[2:]] == ["platform", "url", "kind"]
    take_table(TABLES["addresses"], given[:2], by=boss)
    assert Document.objects.filter(platform__slug="new-one").captured().count() == 2
    assert [row.state for row in try_table(TABLES["addresses"], given[:2], by=boss).rows] == ["unchanged"] * 2
