"""The figures of stances, against ones counted by hand."""

from __future__ import annotations

from clauses.evaluation.rows import Row
from clauses.evaluation.stances import stance_figures

SALE, LAW = "sale-of-personal-data", "governing-law-and-venue"
DENIAL = "We do not sell your personal information to anybody."
PRACTICE = "Some of these disclosures may be considered a sale under California law."
RIGHT = "You have the right to opt out of the sale of your personal information."


def labelled(number: int, text: str, stance: str | None = None, unsure: bool = False, slug: str = SALE) -> Row:
    given = {} if stance is None else {slug: stance}
    return Row(number, str(number), "Acme", "", text, frozenset({slug}), frozenset({slug} if unsure else ()), given)


def test_shares_and_confusion_are_those_counted_by_hand() -> None:
    rows = [
        labelled(1, DENIAL, "denies"),
        labelled(2, PRACTICE),
        labelled(3, PRACTICE, "denies"),  # labelled wrongly on purpose
        labelled(4, RIGHT),  # takes no stance
        labelled(5, DENIAL, "denies", unsure=True),  # left out
        labelled(6, "Irish law governs these terms.", slug=LAW),  # not of a type where stance matters
    ]
    figures = stance_figures(rows)
    every = figures["all"]
    assert figures["denials_read_as_does"] == {SALE: 1}
    assert figures["balanced_with_unsure"]["pairs"] == figures["balanced"]["pairs"] + 1 == 5
    assert (every["pairs"], every["given"], every["accuracy_where_given"]) == (4, 0.75, 0.6667)
    assert every["confusion"]["denies"] == {"does": 1, "conditional": 0, "denies": 1, "unstated": 0}
    assert every["confusion"]["does"] == {"does": 1, "conditional": 0, "denies": 0, "unstated": 1}


def test_the_harder_figure_has_as_many_plain_pairs_as_denials_and_conditions() -> None:
    rows = [labelled(1, DENIAL, "denies"), *(labelled(n, PRACTICE) for n in range(2, 9))]
    figures = stance_figures(rows)
    assert (figures["all"]["pairs"], figures["balanced"]["pairs"]) == (8, 2)
    assert figures == stance_figures(rows)


def test_without_labels_there_is_no_share() -> None:
    assert stance_figures([])["balanced"]["accuracy_where_given"] is None
