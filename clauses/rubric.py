"""The rubric by which severity is computed. The rubric page is generated from these constants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

RUBRIC_RELEASE = "2026.1"
MOST_POINTS = 2
"""Points that one factor can have."""
HIGH_FROM = 8
MEDIUM_FROM = 4


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that makes a clause heavy or light, with what each number of points means."""

    key: str
    name: str
    question: str
    levels: tuple[str, str, str]


FACTORS = (
    Factor(
        "rights",
        "Rights given up",
        "What does the reader give up by this clause that law or custom would otherwise leave?",
        (
            "Nothing, or it gives a right",
            "Something that can be taken back or is usual",
            "A right for good, or one few would give up knowingly",
        ),
    ),
    Factor(
        "choice",
        "Way to refuse",
        "Can somebody go on using the service without this clause?",
        ("Asked first, or free to refuse", "Only in part, late, or with effort", "No way but to leave"),
    ),
    Factor(
        "reach",
        "Reach",
        "Whom does it touch?",
        ("Few, in rare cases", "Those who use one part of the service", "Everybody who uses it, or people who do not"),
    ),
    Factor(
        "exposure",
        "Exposure",
        "How much money, safety or privacy can it cost?",
        ("Little", "A loss that can be made good", "A loss that is large or cannot be undone"),
    ),
    Factor(
        "discretion",
        "Discretion kept",
        "How freely may the platform use the clause?",
        ("By stated rules", "Within a stated purpose", "As it sees fit"),
    ),
    Factor(
        "sensitivity",
        "Sensitivity",
        "How sensitive is the data, or how dear the good at stake?",
        ("Ordinary", "Personal", "Intimate, special by law, or of children"),
    ),
)
KEYS = tuple(factor.key for factor in FACTORS)
MOST = MOST_POINTS * len(FACTORS)


def severity_of(points: Mapping[str, int]) -> str:
    """Return low, medium or high for the points of the factors, each from 0 to 2.

    Raises ValueError where a factor is missing or unknown, or has other points.
    """
    if set(points) != set(KEYS):
        raise ValueError(f"factors are {', '.join(KEYS)}; given were {', '.join(sorted(points)) or 'none'}")
    odd = [f"{key}: {value}" for key, value in points.items() if value not in range(MOST_POINTS + 1)]
    if odd:
        raise ValueError(f"a factor has from 0 to {MOST_POINTS} points; given were {', '.join(odd)}")
    total = sum(points.values())
    return "high" if total >= HIGH_FROM else "medium" if total >= MEDIUM_FROM else "low"
