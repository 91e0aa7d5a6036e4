"""Secrets and names that an installation makes once."""

import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from conductatlas.embedded.instance import instance_id
from conductatlas.embedded.layout import Layout
from conductatlas.embedded.secret import secret_key


def test_the_secret_key_is_made_once_for_its_owner_only(tmp_path):
    key = secret_key(tmp_path / "var")
    assert len(key) >= 50
    assert secret_key(tmp_path / "var") == key
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_secret_key_that_others_may_read_is_closed_to_them(tmp_path):
    secret_key(tmp_path)
    (tmp_path / "secret_key").chmod(0o644)
    secret_key(tmp_path)
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_an_empty_secret_key_left_by_a_full_disk_is_made_again(tmp_path):
    (tmp_path / "secret_key").touch()
    assert secret_key(tmp_path)


def test_commands_at_once_get_one_id(tmp_path):
    script = "import sys; from pathlib import Path; from conductatlas.embedded.instance import instance_id as i;"
    script += "print(i(Path(sys.argv[1])))"
    command = [sys.executable, "-c", script, str(tmp_path)]
    several = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=settings.BASE_DIR) for _ in range(6)]
    assert len({process.communicate()[0] for process in several}) == 1


def test_a_moved_checkout_keeps_its_id_and_a_copied_one_gets_its_own(tmp_path):
    first = instance_id(tmp_path / "a")
    (tmp_path / "a").rename(tmp_path / "b")
    assert instance_id(tmp_path / "b") == first
    shutil.copytree(tmp_path / "b", tmp_path / "c")
    assert instance_id(tmp_path / "c") != first
    assert instance_id(tmp_path / "c") == instance_id(tmp_path / "c")
    assert instance_id(tmp_path / "b") == first


def test_a_checkout_seen_under_two_names_is_one(tmp_path):
    first = instance_id(tmp_path / "a")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert instance_id(tmp_path / "link") == first


def test_the_socket_has_a_short_path_whatever_the_checkouts_and_tmpdir(tmp_path, monkeypatch):
    deep = tmp_path.joinpath(*["a-very-long-name-of-a-folder"] * 12)
    before = Layout.of(deep).sockets
    assert len(str(before / ".s.PGSQL.5432")) <= 107
    monkeypatch.setenv("TMPDIR", str(Path(deep)))
    assert Layout.of(deep).sockets == before
