"""Sets a template of this directory by typst: the same data always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from conductatlas.printing.fonts import fonts

FOLDER = Path(__file__).parent


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Return a PDF (PDF/UA-1, ISO 14289-1: tagged, with title and language), dated nowhere."""
    return _set(template, data, format="pdf", pdf_standards="ua-1")


def png(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the one page of a template as a picture, a point of it as a pixel."""
    return _set(template, data, format="png", ppi=72.0)


def _set(template: str, data: Mapping[str, Any], **options: Any) -> bytes:
    """Data goes in beside the source, never into it; nothing outside this directory can be read."""
    found = typst.compile(
        FOLDER / template,
        root=FOLDER,
        font_paths=fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        **options,
    )
    assert isinstance(found, bytes)  # a list only of pictures of several pages
    return found
