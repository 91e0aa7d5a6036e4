"""Dockerfile and compose.yaml, read for tests."""

from __future__ import annotations

import re
from typing import Any

import yaml
from django.conf import settings

ROOT = settings.BASE_DIR


def steps() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions, each with what follows it."""
    lines = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [(word, rest) for word, rest in re.findall(r"^(\S+) (.+)$", lines.replace("\\\n", ""), re.MULTILINE)]


def compose() -> dict[str, Any]:
    """Return what compose.yaml says, its variables as they stand."""
    said: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return said
