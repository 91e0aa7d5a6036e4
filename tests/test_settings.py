"""Settings, Makefile, scripts and compose.yaml read exactly the variables that .env.example explains."""

import ast
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from django.conf import settings

ROOT = settings.BASE_DIR
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
PACKAGES = ("conductatlas", "changes", "clauses", "platforms", "tests")
DEFAULTS = {
    "SITE_URL": "http://127.0.0.1:8000",
    "DEBUG": "0",
    "DEMO": "1",
    "WORKER": "1",
    "WAYBACK_SAVE": "0",
    "SOLE_CURATOR": "0",
}  # written otherwise in the settings


def explained() -> dict[str, str]:
    return dict(re.findall(r"^#([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))


def read_by(path: Path) -> Iterator[tuple[str, object]]:
    """Give the name and literal default of each env.<type>(...), os.environ.get(...) and os.environ[...] read."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of, method, name = ast.unparse(node.func.value), node.func.attr, node.args[0]
            wanted = (of == "env" and method != "read_env") or (of == "os.environ" and method == "get")
            if wanted and isinstance(name, ast.Constant):
                default = node.args[1] if len(node.args) > 1 else None
                yield str(name.value), default.value if isinstance(default, ast.Constant) else None
        elif (
            isinstance(node, ast.Subscript)
            and isinstance(node.ctx, ast.Load)
            and isinstance(node.slice, ast.Constant)
            and ast.unparse(node.value) == "os.environ"
        ):
            yield str(node.slice.value), None


def read_anywhere() -> set[str]:
    names = {name for package in PACKAGES for path in (ROOT / package).rglob("*.py") for name, _ in read_by(path)}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")  # what it is only told, as FILE, is explained there
    names |= set(re.findall(r"^([A-Z_]+) \?=", makefile, re.MULTILINE))
    names |= set(re.findall(r"filter 1,\$\((\w+)\)", makefile))
    for shell in (*(ROOT / "scripts").iterdir(), ROOT / "compose.yaml"):
        names |= set(re.findall(r"\$\{([A-Z_]+)[:}-]", shell.read_text(encoding="utf-8")))
    return names


def test_the_example_explains_exactly_what_is_read():
    assert set(explained()) == read_anywhere()


def test_the_example_shows_the_defaults_of_the_settings():
    shown = explained()
    for name, default in read_by(ROOT / "conductatlas" / "settings.py"):
        assert shown[name] == DEFAULTS.get(name, str(default)), name


def test_each_variable_has_a_line_that_explains_it():
    lines = EXAMPLE.splitlines()
    for before, line in pairwise(lines):
        if re.match(r"#[A-Z_]+=", line):
            assert re.match(r"# (?!---).", before), line


def test_the_example_changes_nothing_when_copied():
    assert all(not line or line.startswith("#") for line in EXAMPLE.splitlines())
