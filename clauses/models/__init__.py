"""The taxonomy, what a reader finds, and what is known of platforms."""

from clauses.models.clause import Clause, State
from clauses.models.clause_type import Category, ClauseType
from clauses.models.confidence import Confidence
from clauses.models.coverage import Basis, Coverage, CoverageState
from clauses.models.derivation import Derivation
from clauses.models.passage import Match, Passage
from clauses.models.provision import Provision
from clauses.models.reading import Reading
from clauses.models.stance import Stance
from clauses.models.standing import Standing

__all__ = [
    "Basis",
    "Category",
    "Clause",
    "ClauseType",
    "Confidence",
    "Coverage",
    "CoverageState",
    "Derivation",
    "Match",
    "Passage",
    "Provision",
    "Reading",
    "Stance",
    "Standing",
    "State",
]
