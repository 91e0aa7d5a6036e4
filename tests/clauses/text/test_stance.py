"""What the reader takes words to do about their subject, on sentences written for this project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clauses.text.stance import THRESHOLD, Stance, judged, stance
from clauses.text.stance_rules import rules
from clauses.training.stances import Measure, Pair, labelled_pairs, measured, quoted_pairs, stated_types

PASSAGES = Path(__file__).parent / "stances"
SALE, AI = "sale-of-personal-data", "ai-training-on-user-content"
ARBITRATION, CLASS = "mandatory-arbitration", "class-action-waiver"
SHARING, TRACKING, ADS = "data-sharing-with-third-parties", "cookies-and-tracking", "targeted-advertising"
RETENTION, CHILDREN, MONITORING = "data-retention", "childrens-data", "monitoring-of-content"
NEVER_REVERSED = (SALE, AI, ARBITRATION)
"""Types on which a denial must not be read as a practice."""


def taken(words: str, clause_type: str) -> Stance:
    """Return the stance that is given, as the reader gives it."""
    found, score = stance(words, clause_type)
    return found if score >= THRESHOLD else Stance.UNSTATED


def passages(name: str) -> Iterator[Pair]:
    """Yield the passages of a file, each with the type and stance of its group."""
    clause_type = expected = ""
    for line in (PASSAGES / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            clause_type, expected = line.strip("[]").split()
        elif line and not line.startswith("#"):
            yield Pair(line, clause_type, expected)


FOR_SOME_ALONE = [
    (SALE, "We do not sell the data of users under 16."),
    (SALE, "We have no actual knowledge of selling personal information of consumers younger than 16."),
    (SHARING, "We do not share the details of children with third parties."),
    (ADS, "We do not show targeted advertising to users under 18."),
]


@pytest.mark.parametrize(("slug", "words"), FOR_SOME_ALONE)
def test_a_denial_for_minors_speaks_for_nobody_else(slug: str, words: str) -> None:
    assert taken(words, slug) == Stance.UNSTATED


TABLES = [
    (
        SHARING,
        "| Data | Who receives it |\n| --- | --- |\n| Name | We share it with couriers |\n| Card | We share it with the bank |\n"
        "| Photo | We share it with partners |\n| Diary | We do not share it with third parties |",
        Stance.DOES,
    ),
    (
        SHARING,
        "We share your data with:\n* couriers that bring your parcels\n* banks that take payments\n* partners, never for their "
        "own advertising to third parties",
        Stance.DOES,
    ),
    (TRACKING, "We do not use:\n* tracking cookies\n* pixels\n* device fingerprinting", Stance.DENIES),
    (TRACKING, "Only with your consent do we set:\n* statistics cookies\n* marketing cookies", Stance.CONDITIONAL),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "words", "expected"), TABLES)
def test_one_row_does_not_speak_for_all_and_a_lead_in_governs_its_items(
    slug: str, words: str, expected: Stance
) -> None:
    assert taken(words, slug) == expected


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        (SALE, "No Sale of Personal Data"),
        (SALE, "Do Not Sell My Personal Information"),
        (AI, "No AI Training"),
        (TRACKING, "No Tracking Cookies"),
    ],
)
def test_a_heading_takes_no_stance(slug: str, words: str) -> None:
    assert taken(words, slug) == Stance.UNSTATED


EXCEPTIONS = [
    (SHARING, "We do not share your information, except with the vendors and partners named below.", Stance.DOES),
    (SHARING, "We disclose nothing to third parties unless a court orders it by law.", Stance.DENIES),
    (SHARING, "We will not share your number with other companies unless you allow it.", Stance.CONDITIONAL),
    (SALE, "Except as described below, we do not sell your personal information.", Stance.UNSTATED),
    (SALE, "We do not sell your data except where you have opted in.", Stance.CONDITIONAL),
    (RETENTION, "We do not keep logs for any purpose other than security.", Stance.UNSTATED),
]


@pytest.mark.parametrize(("slug", "words", "expected"), EXCEPTIONS)
def test_an_exception_takes_a_denial_back_or_leaves_it_open(slug: str, words: str, expected: Stance) -> None:
    assert taken(words, slug) == expected


SOMEBODY_ELSE = [
    (MONITORING, "We are not required to monitor what members post.", Stance.DENIES),
    (SALE, "You may not sell, rent or copy the app.", Stance.DENIES),
    (SALE, "You agree not to sell or resell access to the data in the service.", Stance.DENIES),
    (AI, "You may not use our images to train machine learning models.", Stance.DENIES),
    (AI, "Users must not train AI models with content from this site.", Stance.DENIES),
    (AI, "It is forbidden to use the output to train a competing model.", Stance.DENIES),
    (SHARING, "Our vendors are not allowed to disclose your data to others.", Stance.DENIES),
    (TRACKING, "Please do not set cookies on our domains.", Stance.DENIES),
]


@pytest.mark.parametrize(("slug", "words", "other"), SOMEBODY_ELSE)
def test_what_others_must_not_do_is_no_denial_of_the_platform(slug: str, words: str, other: Stance) -> None:
    assert taken(words, slug) != other


ARBITRATION_DENIED = [
    "We neither have to nor want to take part in dispute settlement before a consumer arbitration board.",
    "The company does not take part in consumer arbitration.",
    "We will never make you arbitrate.",
    "This agreement does not contain an arbitration clause.",
    "Nothing here requires you to submit a claim to arbitration.",
]


@pytest.mark.parametrize("words", ARBITRATION_DENIED)
def test_a_refusal_to_arbitrate_is_no_arbitration(words: str) -> None:
    assert taken(words, ARBITRATION) == Stance.DENIES


@pytest.mark.parametrize(
    "words",
    [
        "You may reject this agreement to arbitrate within 30 days; otherwise disputes are settled by binding arbitration.",
        "Either of us may bring a small claim in court, and every other dispute will be resolved by an arbitrator.",
        "Arbitration does not apply to claims about patents. All else will be decided by arbitration.",
    ],
)  # fmt: skip
def test_exceptions_to_arbitration_are_no_denial(words: str) -> None:
    assert taken(words, ARBITRATION) == Stance.DOES


CONDITIONS = [
    (SALE, "We take no money for your data, but if you allow it in the settings we share it for cross-context behavioral advertising.", Stance.CONDITIONAL),
    (AI, "Prompts train our models only where the workspace owner has switched this on.", Stance.CONDITIONAL),
    (AI, "An administrator decides whether your team's documents may be used to train our models.", Stance.CONDITIONAL),
    (RETENTION, "Transcripts are stored only if your administrator enables history.", Stance.CONDITIONAL),
    (AI, "If you opt in, we use your recordings to train speech models.", Stance.CONDITIONAL),
    (AI, "We use your recordings to train speech models unless you opt out.", Stance.CONDITIONAL),
    (ADS, "We tailor advertising to you. You can opt out in your settings.", Stance.DOES),
    (AI, "We may use your posts to train our models.", Stance.DOES),
    (SHARING, "We may share your details with partners.", Stance.DOES),
    (SHARING, "We may share your details with partners without your consent.", Stance.DOES),
    (TRACKING, "Cookies that measure use are placed on your device. They are set only with your consent.", Stance.CONDITIONAL),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "words", "expected"), CONDITIONS)
def test_a_condition_is_what_people_govern_and_may_is_none(slug: str, words: str, expected: Stance) -> None:
    assert taken(words, slug) == expected


NEGATIONS = [
    (SHARING, "We cannot deliver your order without giving your address to the carrier.", Stance.DOES),
    (SHARING, "Nothing in this notice stops us from sharing your data with our partners.", Stance.DOES),
    (SALE, "We have not sold personal information in the last twelve months.", Stance.DENIES),
    (SALE, "In the preceding year we sold identifiers to advertising networks, and not only to those.", Stance.DOES),
    (RETENTION, "We never keep your data longer than the law allows.", Stance.DOES),
    (RETENTION, "Even so, deleted posts are not removed at once, and we keep them for 30 days.", Stance.DOES),
    (TRACKING, "We do not respond to Do Not Track signals.", Stance.DOES),
    (TRACKING, "This policy does not cover the cookies of other sites. Our own site uses cookies to follow visits.", Stance.DOES),
    (SALE, "Do you sell my data? No.", Stance.DENIES),
    (SALE, "We will not sell your details, and we will ask for your consent before we collect any.", Stance.DENIES),
    (SALE, "While we do not sell data for cash, we let ad partners read it in ways that the law calls a sale.", Stance.DOES),
    (SALE, "Although we do not sell personal data, residents of Nevada may write to us about sales.", Stance.DENIES),
    (SALE, "Although we do not sell data for money, we do sell it in the sense of the law of California.", Stance.DOES),
    (SALE, "You may request that we tell you the categories of personal information that we sold.", Stance.UNSTATED),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "words", "expected"), NEGATIONS)
def test_a_negation_counts_where_it_negates_the_act(slug: str, words: str, expected: Stance) -> None:
    assert taken(words, slug) == expected


@pytest.mark.parametrize(
    "words",
    ["We do not knowingly collect data from children.", "We collect a child's data only if a parent agrees."],
)
def test_a_stance_that_readers_dispute_is_not_given(words: str) -> None:
    found, score = stance(words, CHILDREN)
    assert found in (Stance.DENIES, Stance.CONDITIONAL)
    assert score < THRESHOLD


@pytest.mark.parametrize("name", ["unseen.txt", "later.txt", "final.txt"])
def test_most_passages_of_the_project_are_read_right_and_no_denial_as_a_practice(name: str) -> None:
    counts = measured(pair for pair in passages(name) if pair.type != CHILDREN)
    assert counts.pairs > 50
    assert counts.coverage >= 0.9
    assert counts.accuracy >= 0.95
    assert not any(counts.reversed[slug] for slug in NEVER_REVERSED)


def test_every_ground_has_a_score_and_a_type_without_rules_does_what_it_is() -> None:
    assert all(0 <= score <= 1 for score in rules().scores.values())
    assert stance("Irish law governs these terms, and no other.", "governing-law-and-venue")[0] == Stance.DOES


@given(st.text(max_size=400), st.sampled_from(sorted(stated_types())))
def test_any_text_gets_a_stance_always_the_same(words: str, slug: str) -> None:
    found, ground = judged(words, slug)
    assert rules().scores[ground] >= 0
    assert (found, ground) == judged(words, slug)


@pytest.mark.corpus
@pytest.mark.parametrize("seed", [0, 1])
def test_labelled_denials_conditions_and_plain_passages(corpus: Path, seed: int) -> None:
    counts = measured(labelled_pairs(corpus / "labels" / "paragraphs.jsonl", seed))
    assert counts.pairs == 482
    assert counts.accuracy >= 0.92
    assert counts.coverage >= 0.85
    assert not any(counts.reversed[slug] for slug in NEVER_REVERSED)


@pytest.mark.corpus
def test_quotations_that_volunteers_filed_under_a_stance(corpus: Path) -> None:
    counts: Measure = measured(quoted_pairs(corpus / "labels" / "labels-tosdr.jsonl"))
    assert counts.accuracy >= 0.93
    assert counts.coverage >= 0.9
