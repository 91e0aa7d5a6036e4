"""Every variable that is read stands in .env.example, and none stands there that is not read; locks name no place."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
READ = [
    r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"',  # environs
    r'environ(?:\.get\(|\[)\s*"([A-Z_]+)"',
    r"^([A-Z_]+) \?=",  # Makefile
    r"filter 1,\$\(([A-Z_]+)\)",
    r"\$\{([A-Z_]+):-",  # shell
]
NOT_FOR_PEOPLE = {"DJANGO_SETTINGS_MODULE", "BASH_SOURCE"}


def sources() -> list[Path]:
    python = [*(ROOT / "conductatlas").rglob("*.py"), *(ROOT / "tests" / "fixtures").glob("*.py")]
    return [*python, ROOT / "Makefile", *(ROOT / "scripts").iterdir()]


def test_the_example_lists_what_is_read():
    texts = [path.read_text() for path in sources()]
    read = {name for text in texts for pattern in READ for name in re.findall(pattern, text, re.MULTILINE)}
    listed = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == read - NOT_FOR_PEOPLE


def test_each_variable_is_explained():
    lines = (ROOT / ".env.example").read_text().splitlines()
    for before, line in pairwise(lines):
        if re.match(r"#?[A-Z_]+=", line):
            assert before.startswith("# "), line


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
