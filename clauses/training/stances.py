"""`python -m clauses.training.stances <labels.jsonl> [--quotes <tosdr.jsonl>]`: how often the stances read are right.

Prints the share given, the share of those that is right and the denials read as a practice, by type; and for each
ground of a stance how often it was right: what the `scores` in clauses/data/stances.yaml are set by.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clauses.text.stance import THRESHOLD, Stance, judged, stance
from clauses.text.stance_rules import rules
from platforms.data_files import read_yaml

CASES = Path(__file__).resolve().parent / "stance_cases.yaml"


@dataclass(frozen=True, slots=True)
class Pair:
    """Words, a type that they belong to, and the stance that they take on it."""

    words: str
    type: str
    stance: str


@dataclass(slots=True)
class Measure:
    """Counts of pairs: all, those given a stance, those given the right one, and denials read as a practice."""

    pairs: int = 0
    given: int = 0
    right: int = 0
    reversed: Counter[str] = field(default_factory=Counter)

    @property
    def coverage(self) -> float:
        """Return the share of pairs that are given a stance."""
        return self.given / max(1, self.pairs)

    @property
    def accuracy(self) -> float:
        """Return the share of the stances given that are right."""
        return self.right / max(1, self.given)

    def __str__(self) -> str:
        return f"{self.pairs:5}  {self.coverage:5.3f}  {self.accuracy:5.3f}  {sum(self.reversed.values()):3}"


def stated_types() -> set[str]:
    """Return the types on which a stance can be read."""
    return {*rules().acts, *rules().settled}


def labelled_pairs(labels: Path, seed: int = 0) -> list[Pair]:
    """Return every labelled denial and condition, and as many plain pairs of the types where stance matters."""
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").split("\n") if line]
    stated = [Pair(row["text"], slug, taken) for row in rows for slug, taken in row["stances"].items()]
    known = stated_types()
    plain = [
        Pair(row["text"], slug, Stance.DOES)
        for row in rows
        for slug in row["labels"]
        if slug in known and slug not in row["stances"] and slug not in row["unsure"]
    ]
    return [*stated, *random.Random(seed).sample(plain, len(stated))]  # noqa: S311 - a draw, and no secret


def quoted_pairs(quotes: Path) -> list[Pair]:
    """Return the quotations of the cases that tell a stance."""
    cases: dict[str, tuple[str, str]] = read_yaml(CASES)
    rows = [json.loads(line) for line in quotes.read_text(encoding="utf-8").split("\n") if line]
    return [Pair(row["text"], *cases[case]) for row in rows if (case := row["label"].strip()) in cases]


def measured(pairs: Iterable[Pair]) -> Measure:
    """Return how the stances read compare with those that the pairs take."""
    counts = Measure()
    for pair in pairs:
        taken, score = stance(pair.words, pair.type)
        is_given = score >= THRESHOLD
        counts.pairs += 1
        counts.given += is_given
        counts.right += is_given and taken == pair.stance
        if is_given and pair.stance == Stance.DENIES and taken == Stance.DOES:
            counts.reversed[pair.type] += 1
    return counts


def _report(title: str, pairs: Sequence[Pair]) -> None:
    print(f"{title:36} pairs  given  right  denials read as a practice")
    for slug in sorted({pair.type for pair in pairs}):
        print(f"{slug:36} {measured(pair for pair in pairs if pair.type == slug)}")
    print(f"{'all':36} {measured(pairs)}\n")


def _report_grounds(pairs: Sequence[Pair]) -> None:
    found, right = Counter[str](), Counter[str]()
    for pair in pairs:
        taken, ground = judged(pair.words, pair.type)
        found[ground] += 1
        right[ground] += taken == pair.stance
    print("ground                score  right  pairs")
    for ground in sorted(found):
        share = right[ground] / found[ground]
        print(f"{ground:20}  {rules().scores[ground]:5.2f}  {share:5.2f}  {found[ground]:5}")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--quotes", type=Path, help="quotations with the cases that they illustrate, as JSON lines")
    parser.add_argument("--seed", type=int, default=0, help="of the draw of plain pairs")
    arguments = parser.parse_args()
    pairs = labelled_pairs(arguments.labels, arguments.seed)
    _report("labelled paragraphs", pairs)
    if arguments.quotes:
        quoted = quoted_pairs(arguments.quotes)
        _report("quotations", quoted)
        pairs += quoted
    _report_grounds(pairs)


if __name__ == "__main__":
    main()
