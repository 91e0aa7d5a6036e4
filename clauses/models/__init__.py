"""The taxonomy, the law, what a reader finds, what curators publish, and what is known of platforms."""

from clauses.models.agency import Agency
from clauses.models.analysis import Analysis, AnalysisState, Anonymised, Ground, Refusal, ReviewRule
from clauses.models.analysis_parts import Action, AgencyLink, LawLink, Pin
from clauses.models.clause import Clause, State
from clauses.models.clause_type import Category, ClauseType
from clauses.models.confidence import Confidence
from clauses.models.coverage import Basis, Coverage, CoverageState
from clauses.models.derivation import Derivation
from clauses.models.desk import Judgement, Note, SavedDraft, Verdict
from clauses.models.evaluation import Evaluation, EvaluationKind
from clauses.models.explanation import Explanation, TypeLaw
from clauses.models.passage import Match, Passage
from clauses.models.provision import Provision
from clauses.models.reading import Reading
from clauses.models.regulation import Article, Jurisdiction, Regulation, RegulationKind, RegulationStatus
from clauses.models.severity import Exposure, Severity
from clauses.models.stance import Stance
from clauses.models.standing import Standing

__all__ = [
    "Action",
    "Agency",
    "AgencyLink",
    "Analysis",
    "AnalysisState",
    "Anonymised",
    "Article",
    "Basis",
    "Category",
    "Clause",
    "ClauseType",
    "Confidence",
    "Coverage",
    "CoverageState",
    "Derivation",
    "Evaluation",
    "EvaluationKind",
    "Explanation",
    "Exposure",
    "Ground",
    "Judgement",
    "Jurisdiction",
    "LawLink",
    "Match",
    "Note",
    "Passage",
    "Pin",
    "Provision",
    "Reading",
    "Refusal",
    "Regulation",
    "RegulationKind",
    "RegulationStatus",
    "ReviewRule",
    "SavedDraft",
    "Severity",
    "Stance",
    "Standing",
    "State",
    "TypeLaw",
    "Verdict",
]
