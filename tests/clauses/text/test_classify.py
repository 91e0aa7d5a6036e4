"""What the reader makes of sentences written for this project."""

from __future__ import annotations

import pytest

from clauses.knowledge import DATA
from clauses.text.classify import findings, findings_of, stated_by, was_learned
from clauses.text.menus import is_menu
from clauses.text.quote import key_sentence
from clauses.text.stance import Stance, stance
from platforms.data_files import read_yaml

POSITIVE = [
    ("mandatory-arbitration", "Any dispute between you and us will be settled by binding arbitration under the rules of the American Arbitration Association, and not in court."),
    ("class-action-waiver", "You agree to bring claims only on an individual basis and waive any right to take part in a class action or representative proceeding."),
    ("governing-law-and-venue", "These terms are governed by the laws of the State of Delaware, and the courts located in Wilmington have exclusive jurisdiction."),
    ("limitation-of-liability", "In no event shall we be liable for any indirect, incidental or consequential damages, and our total liability shall not exceed 100 dollars."),
    ("indemnification", "You agree to indemnify, defend and hold us harmless from any claim arising out of your use of the service."),
    ("automatic-renewal", "Your subscription renews automatically at the end of each month unless you cancel before the renewal date."),
    ("childrens-data", "We do not knowingly collect personal information from children under 13 without the consent of a parent."),
    ("ai-training-on-user-content", "We may use the prompts and images you submit to train our artificial intelligence models."),
    ("international-data-transfer", "We transfer personal data to countries outside the European Economic Area under standard contractual clauses."),
    ("business-transfer", "If we are involved in a merger, acquisition or bankruptcy, your personal information may be transferred to the buyer."),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "words"), POSITIVE)
def test_a_plain_case_is_found(slug: str, words: str) -> None:
    assert slug in {finding.type for finding in findings(words)}


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("mandatory-arbitration", "If you have a complaint, write to our support team and we will try to solve it informally within 30 days."),
        ("ai-training-on-user-content", "We use what you tell us to improve our service and to make it easier to use for everybody."),
        ("class-action-waiver", "Any dispute will be settled by binding arbitration before a single arbitrator."),
    ],
)  # fmt: skip
def test_a_near_miss_is_not(slug: str, words: str) -> None:
    assert slug not in {finding.type for finding in findings(words)}


@pytest.mark.parametrize(
    ("slug", "expected", "words"),
    [
        ("sale-of-personal-data", Stance.DENIES, "We do not sell your personal information to anybody."),
        ("sale-of-personal-data", Stance.DENIES, "We have never sold, and will not sell, personal data."),
        ("sale-of-personal-data", Stance.DOES, "Some of these disclosures may be considered a sale under California law."),
        ("sale-of-personal-data", Stance.UNSTATED, "You have the right to opt out of the sale of your personal information."),
        ("ai-training-on-user-content", Stance.DOES, "We use your photos to train our machine learning models."),
        ("ai-training-on-user-content", Stance.DENIES, "We never use your files to train AI models."),
        ("ai-training-on-user-content", Stance.CONDITIONAL, "Unless you opt out, we use your chats to train our models."),
        ("ai-training-on-user-content", Stance.CONDITIONAL, "We train our models on your content only with your consent."),
        ("ai-training-on-user-content", Stance.CONDITIONAL, "Prompts are used to train our models only if an organisation owner turns on the setting."),
        ("mandatory-arbitration", Stance.DOES, "All disputes shall be resolved by final and binding arbitration."),
        ("governing-law-and-venue", Stance.DOES, "Irish law governs these terms."),
    ],
)  # fmt: skip
def test_stance(slug: str, expected: Stance, words: str) -> None:
    assert stance(words, slug)[0] == expected


def test_menus_and_fragments_belong_to_no_type() -> None:
    menu = "\n".join(f"*   [Arbitration agreement {n}](#a{n})" for n in range(8))
    assert findings(menu) == ()
    assert findings("Arbitration") == ()
    assert findings("") == ()


def test_a_table_of_contents_states_nothing_and_a_list_of_data_does() -> None:
    titles = ("What we collect", "How we use cookies", "Your privacy rights", "Changes to this notice", "Contact us")
    bulleted = " ".join(f"* {title}" for title in titles)
    numbered = "\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1))
    assert is_menu(bulleted)
    assert is_menu(numbered)
    assert findings(bulleted, ("Privacy notice",)) == ()
    assert not is_menu("* your name\n* your phone number\n* your address\n* your IP address\n* your browser")
    assert not is_menu(" ".join(f"* {title}. We say more about it below." for title in titles))


def test_many_at_once_give_what_one_at_a_time_gives() -> None:
    paragraphs = [(words, ("Terms",)) for _, words in POSITIVE]
    assert findings_of(paragraphs) == [findings(*paragraph) for paragraph in paragraphs]
    assert findings_of(paragraphs) == findings_of(paragraphs)


def test_the_sentence_that_says_it_is_given_in_full() -> None:
    words = "Thank you for reading. We may use your posts to train our AI models. You can write to us at any time."
    span = stated_by(words, "ai-training-on-user-content")
    assert span is not None
    assert key_sentence(words, "ai-training-on-user-content") == "We may use your posts to train our AI models."


def test_words_that_were_learned_are_known_whatever_their_dress() -> None:
    words = read_yaml(sorted((DATA / "sentences").glob("*.yaml"))[0])[0]["text"]
    assert was_learned(words)
    assert was_learned(f"  **{words.upper()}** ")
    assert not was_learned(words + " And one thing more that nobody wrote.")
    assert not was_learned("")


def test_a_finding_says_why_and_how_sure() -> None:
    found = {finding.type: finding for finding in findings(POSITIVE[0][1])}["mandatory-arbitration"]
    assert 0.5 < found.score <= 1
    assert any("arbitration" in reason for reason in found.why)
