"""Importing a collection: everything comes out as it went in, once, whatever happens in between."""

from __future__ import annotations

import csv
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from platforms.acts.record_versions import record_versions
from platforms.models import Document, Platform, Snapshot, Version, VersionClass
from tests.platforms.archive import ORIGIN, Commit, policy, write_archive

pytestmark = pytest.mark.django_db


def take(source: Path, **options: str) -> str:
    """Run the command and return its account."""
    from io import StringIO

    out = StringIO()
    call_command(
        "import_collection", str(source), licence="CC0", attribution="Example", stdout=out, stderr=StringIO(), **options
    )
    return out.getvalue()


def test_a_version_keeps_bytes_time_kind_and_origin(tmp_path: Path) -> None:
    body = policy("We keep logs for 12 months.")
    take(write_archive(tmp_path / "a.git", [Commit(b"Acme/Privacy Policy.md", body, 1.5, "Start tracking Acme")]))
    version = Version.objects.select_related("snapshot", "document__platform").get()
    assert version.snapshot.body() == body
    assert version.captured_at.isoformat() == "2024-01-02T18:00:00+00:00"
    assert (version.snapshot.claimed_kind, version.snapshot.repository) == ("first", ORIGIN)
    assert (version.document.platform.name, version.document.kind) == ("Acme", "privacy-policy")
    assert version.document.latest_version == version


def test_importing_again_adds_nothing(tmp_path: Path) -> None:
    source = write_archive(
        tmp_path / "a.git", [Commit(b"Acme/Terms of Service.md", policy(f"Rule {n}."), n) for n in range(5)]
    )
    take(source)
    assert "0 versions added, 5 known" in take(source)
    assert Version.objects.count() == 5


def test_an_import_goes_on_where_it_was_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from platforms.acts import import_collection as act

    source = write_archive(
        tmp_path / "a.git", [Commit(b"Acme/Terms of Service.md", policy(f"Rule {n}."), n) for n in range(9)]
    )
    done: list[int] = []

    def stopped(arrivals, *, recorded_at):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(1)
        return record_versions(arrivals, recorded_at=recorded_at)

    monkeypatch.setattr(act, "BATCH_VERSIONS", 2)
    monkeypatch.setattr(act, "record_versions", stopped)
    with pytest.raises(KeyboardInterrupt):
        take(source)
    assert Version.objects.count() == 4
    monkeypatch.setattr(act, "record_versions", record_versions)
    take(source)
    numbers = Version.objects.in_order().values_list("number", flat=True)
    assert list(numbers) == list(range(1, 10))
    assert VersionClass.objects.count() == 9


def test_odd_files_are_refused_by_name_and_the_rest_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write_archive(
        tmp_path / "a.git",
        [
            Commit(b"README.md", b"hello"),
            Commit(b"Deep/er/Privacy Policy.md", policy()),
            Commit(b"Bad\xff/Privacy Policy.md", policy()),
            Commit(b"Acme/Link.md", b"elsewhere", mode="120000"),
            Commit(b"x" * 160 + b"/Terms.md", policy()),
            Commit("Übung „1“/Privacy Policy.md".encode(), policy()),
            Commit("文档/Privacy Policy.md".encode(), policy()),
        ],
    )
    account = take(source)
    assert "2 versions added" in account
    assert "5 files left out" in account
    slugs = set(Platform.objects.values_list("slug", flat=True))
    assert "ubung-1" in slugs
    assert any(slug.startswith("platform-") for slug in slugs)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (b"", "near_empty"),
        (b"caf\xe9 " * 200, "undecodable"),
        (b"nul \x00 byte " * 200, "undecodable"),
        (b".a{color:red}\n" * 300, "page_shell"),
        (b"## Access denied\n\n" + b"Please enable cookies and try again. " * 6, "error_page"),
    ],
)
def test_a_bad_text_is_kept_and_never_the_latest(tmp_path: Path, body: bytes, fault: str) -> None:
    good = policy("We keep logs for 12 months.")
    path = b"Acme/Privacy Policy.md"
    take(write_archive(tmp_path / "a.git", [Commit(path, good), Commit(path, body, 1)]))
    bad = Version.objects.select_related("snapshot", "version_class").get(number=2)
    assert bad.snapshot.body() == body
    assert (bad.version_class.kind, bad.version_class.fault, bad.version_class.is_good) == ("suspect", fault, False)
    assert Document.objects.get().latest_version.number == 1  # type: ignore[union-attr]


def test_a_byte_order_mark_and_line_separators_come_out_again(tmp_path: Path) -> None:
    body = "\ufeff".encode() + policy("One\u2028two\x0cthree\u0085four \U0001f600.")
    take(write_archive(tmp_path / "a.git", [Commit(b"Acme/Privacy Policy.md", body)]))
    version = Version.objects.select_related("text").get()
    assert version.text is not None
    assert version.text.body.encode() == body


def test_without_a_trailer_the_commit_itself_is_the_origin(tmp_path: Path) -> None:
    take(write_archive(tmp_path / "plain.git", [Commit(b"Acme/Privacy Policy.md", policy())], trailer=False))
    snapshot = Snapshot.objects.get()
    assert snapshot.repository == "plain"
    assert len(snapshot.commit) == 40


@pytest.mark.parametrize("make", ["missing", "file", "folder", "empty"])
def test_what_is_no_repository_is_refused_with_a_sentence(tmp_path: Path, make: str) -> None:
    source = tmp_path / "x"
    if make == "file":
        source.write_bytes(b"no bundle")
    elif make == "folder":
        source.mkdir()
    elif make == "empty":
        write_archive(source, [])
    with pytest.raises(CommandError, match="Nothing more was imported"):
        take(source)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder to somebody else")
def test_a_repository_of_somebody_else_is_read(tmp_path: Path) -> None:
    source = write_archive(tmp_path / "a.git", [Commit(b"Acme/Privacy Policy.md", policy())])
    for path in [source, *source.rglob("*")]:
        os.chown(path, 65534, 65534)
    refused = subprocess.run(["git", "-C", str(source), "log"], capture_output=True, text=True, check=False)
    assert "dubious ownership" in refused.stderr
    assert "1 versions added" in take(source)


def test_a_collection_keeps_its_licence(tmp_path: Path) -> None:
    source = write_archive(tmp_path / "a.git", [Commit(b"Acme/Privacy Policy.md", policy())])
    take(source)
    with pytest.raises(CommandError, match="under the licence"):
        call_command("import_collection", str(source), licence="Other", attribution="Example")


@pytest.mark.corpus
def test_every_row_of_the_mini_collection_comes_out_again(corpus: Path) -> None:
    expect_rows(corpus / "versions", "ota-dev-mini")


@pytest.mark.whole_corpus
def test_every_row_of_the_whole_collection_comes_out_again(corpus: Path) -> None:
    expect_rows(corpus / "versions", "ota-dev")


def expect_rows(folder: Path, name: str) -> None:
    """Import a bundle and compare the database with its list of rows, as multisets."""
    take(folder / f"{name}.bundle")
    with (folder / f"{name}.versions.csv").open(encoding="utf-8", newline="") as stream:
        wanted = Counter(
            (row["service"], row["document"], row["fetched_at"], row["sha256"], row["kind"], row["source_commit"])
            for row in csv.DictReader(stream)
        )
    rows = Snapshot.objects.filter(collection__name=name).values_list(
        "document__platform__name", "document__title", "captured_at", "sha256", "claimed_kind", "commit"
    )
    found = Counter(
        (s, d, f"{at:%Y-%m-%dT%H:%M:%SZ}", bytes(sha).hex(), kind, commit) for s, d, at, sha, kind, commit in rows
    )
    assert found == wanted
    technical = VersionClass.objects.filter(version__snapshot__claimed_kind="technical")
    assert set(technical.values_list("kind", flat=True)) <= {"technical", "first", "suspect"}
