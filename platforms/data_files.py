"""Reads the project's own data files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# libyaml's loader where it is there: ten times as fast, and as safe.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """Return what a YAML file says."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
