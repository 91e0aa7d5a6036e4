"""The methodology page says what the running code does: its figures are the constants."""

from __future__ import annotations

import re
from types import ModuleType

import pytest
from django.test import Client
from django.utils.html import strip_tags

from changes.text import moves, pairing, touched
from conductatlas.pages import refusals
from platforms.acts import known
from platforms.models import FailureReason
from platforms.text import faults, gate, variants
from platforms.text.extraction import main_text
from platforms.text.gate import Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def words_of(client: Client, section: str) -> str:
    """Return the words of one section of the page."""
    page = client.get("/methodology/").content.decode()
    found = re.search(rf'<section[^>]* id="{section}".*?</section>', page, re.DOTALL)
    assert found, section
    return " ".join(strip_tags(found.group()).split())


@pytest.mark.parametrize(
    ("section", "module", "name", "value", "said"),
    [
        ("extraction", main_text, "CORE_SHARE", 0.77, "77 % of its prose"),
        ("extraction", main_text, "BESIDE_WORDS", 61, "at least 61 words of prose"),
        ("extraction", main_text, "BESIDE_SHARE", 0.13, "13 % of all prose"),
        ("extraction", main_text, "BESIDE_LINKS", 0.37, "no more than 37 %"),
        ("refused", gate, "WALL_WORDS", 417, "fewer than 417 words"),
        ("refused", gate, "SOFT_ERROR_WORDS", 1717, "fewer than 1,717 words"),
        ("refused", gate, "HEADING_WORDS", 17, "no more than 17 words"),
        ("refused", gate, "OPENING", 717, "first 717 characters"),
        ("refused", gate, "JUDGED_LANGUAGE_WORDS", 171, "a text of 171 words or more is in another"),
        ("refused", gate, "POLICY_SHARE", 0.017, "less than 1.7 %"),
        ("refused", gate, "GOVERNING", frozenset({"imprint", "ai-terms"}), "one of these kinds: AI terms"),
        ("refused", faults, "NEAR_EMPTY_WORDS", 37, "fewer than 37 words"),
        ("refused", faults, "SHORT_WORDS", 177, "a text of fewer than 177 words"),
        ("refused", faults, "SHELL_SHARE", 0.57, "at least 57 % of the lines"),
        ("refused", faults, "TRUNCATED_SHARE", 0.27, "fewer than 27 % of the words"),
        ("refused", faults, "TRUNCATED_FROM_WORDS", 370, "at least 370"),
        ("refused", variants, "SEGMENTS", 7, "the first 7 parts of the path"),
        ("changes", pairing, "REWORDED", 0.47, "share 47 % of their words"),
        ("changes", pairing, "REWORDED_IN_PLACE", 0.27, "or 27 % where there is no other"),
        ("changes", pairing, "CONTAINED", 0.67, "if 67 % of its words"),
        ("changes", moves, "LEAST_WORDS", 17, "fewer than 17 words moves only along"),
        ("changes", moves, "SIMILARITY", 0.87, "at least 87 % are the same"),
        ("changes", touched, "SAME_PLACE", 57.0, "at least 57 % alike"),
    ],
)
def test_a_figure_follows_its_constant(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    section: str,
    module: ModuleType,
    name: str,
    value: object,
    said: str,
) -> None:
    assert said not in words_of(client, section)
    monkeypatch.setattr(module, name, value)
    assert said in words_of(client, section)


def test_bytes_are_kept_as_often_as_the_page_says(client: Client) -> None:
    assert f"every {known.BYTES_EVERY.days} days" in words_of(client, "extraction")


def test_every_reason_of_the_gate_has_its_rule_on_the_page(client: Client) -> None:
    assert [rule.reason for rule in refusals.rules()] == list(dict.fromkeys(rule.reason for rule in refusals.rules()))
    assert {rule.reason.value for rule in refusals.rules()} == {refusal.value for refusal in Refusal}
    words = words_of(client, "refused")
    assert all(FailureReason(refusal.value).label in words for refusal in Refusal)
