"""What a record states of the evidence beneath it, in print."""

from __future__ import annotations

import re
from typing import Any

from conductatlas.printing.blocks import Block, mono

Rows = list[tuple[str, str | Block]]


def version_facts(version: dict[str, Any], name: str = "Version") -> Rows:
    """Return a version with the hashes of its text and of the bytes that it was extracted from."""
    return [
        (name, f"{version['number']}, captured {version['captured_at']}, extractor {version['extractor']}"),
        ("SHA-256 of its text", mono(version["text_sha256"] or "")),
        ("SHA-256 of its bytes", mono(version["raw_sha256"])),
    ]


def provenance_facts(provenance: dict[str, Any]) -> Rows:
    """Return where bytes come from, as the record has it."""
    rows: Rows = []
    for name, said in provenance.items():
        if isinstance(said, dict):
            rows += [(f"{name}: {key}".replace("_", " "), mono(str(one))) for key, one in sorted(said.items())]
        elif said not in ("", None):
            label = re.sub("url", "URL", name.replace("_", " ").capitalize(), flags=re.IGNORECASE)
            rows.append((label, mono(str(said))))
    return rows
