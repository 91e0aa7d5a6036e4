"""The locks are exact, name no place, and hold what the project asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-train.txt"])
def test_locks_are_exact_and_name_no_place(name):
    text = (ROOT / name).read_text()
    wanted = re.findall(r"^[A-Za-z0-9]\S*", text, re.MULTILINE)
    assert wanted
    assert all("==" in package for package in wanted)
    assert text.count("--hash=sha256:") >= len(wanted)
    assert not re.search(r"://|--(index|extra|find|trusted)|^/|file:", text, re.MULTILINE)


def test_the_development_lock_holds_the_other():
    base, dev = ((ROOT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt"))
    pinned = r"^\S+==\S+"
    assert set(re.findall(pinned, base, re.MULTILINE)) <= set(re.findall(pinned, dev, re.MULTILINE))


def test_the_locks_hold_what_the_project_asks_for():
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        "requirements.txt": asked["project"]["dependencies"],
        "requirements-dev.txt": [*asked["project"]["dependencies"], *asked["dependency-groups"]["dev"]],
        "requirements-train.txt": [*asked["project"]["dependencies"], *asked["dependency-groups"]["train"]],
    }
    for lock, packages in wanted.items():
        locked = set(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / lock).read_text(), re.MULTILINE))
        names = {re.split(r"[^A-Za-z0-9._-]", package)[0].lower().replace("_", "-") for package in packages}
        assert names <= locked, f"make lock: {lock} lacks {names - locked}"
