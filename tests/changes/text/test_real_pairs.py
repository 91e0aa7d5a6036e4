"""What holds of any two texts holds of real policies too."""

from __future__ import annotations

from itertools import chain, islice
from pathlib import Path

import pytest

from changes.text.rows import rows
from tests.changes.text.real_pairs import real_pairs
from tests.changes.text.sound import expect_sound

PAIRS = 500
BUNDLES = ("ota-dev-mini", "free-licence-dev")
"""The mini collection has fewer pairs than that; the second makes up for it."""


@pytest.mark.corpus
def test_real_policies_are_compared_exactly(corpus: Path) -> None:
    bundles = (real_pairs(corpus / "versions" / f"{name}.bundle") for name in BUNDLES)
    compared = 0
    for old, new in islice(chain.from_iterable(bundles), PAIRS):
        shown = rows(expect_sound(old, new), context=None)
        assert "".join("".join(run.words for row in shown for run in row.old).split()) == "".join(old.split())
        assert "".join("".join(run.words for row in shown for run in row.new).split()) == "".join(new.split())
        compared += 1
    assert compared == PAIRS
