"""The evidence and what it is evidence of, one model a file."""

from platforms.models.capture_state import AILING_AFTER, CaptureState
from platforms.models.check import Check, FailureReason, Outcome
from platforms.models.collection import Collection
from platforms.models.document import Document, DocumentKind, KindGroup, Nature
from platforms.models.erasure import Erasure
from platforms.models.extraction_rule import ExtractionRule
from platforms.models.host_turn import HostTurn
from platforms.models.issued_slug import IssuedSlug
from platforms.models.look import Finding, Look
from platforms.models.operator import Operator
from platforms.models.platform import AliasKind, Platform, PlatformAlias
from platforms.models.sector import Sector
from platforms.models.shortening import Shortening
from platforms.models.snapshot import ClaimedKind, Method, Snapshot
from platforms.models.stored import StoredBytes, StoredText
from platforms.models.takedown import Takedown, TakedownGround
from platforms.models.text_pieces import Piece, TextPieces
from platforms.models.text_profile import Fault, TextProfile
from platforms.models.verification import Verification, VerifiedPart
from platforms.models.version import Version
from platforms.models.version_class import Class, VersionClass
from platforms.models.version_record import VersionRecord

__all__ = [
    "AILING_AFTER",
    "AliasKind",
    "CaptureState",
    "Check",
    "ClaimedKind",
    "Class",
    "Collection",
    "Document",
    "DocumentKind",
    "Erasure",
    "ExtractionRule",
    "FailureReason",
    "Fault",
    "Finding",
    "HostTurn",
    "IssuedSlug",
    "KindGroup",
    "Look",
    "Method",
    "Nature",
    "Operator",
    "Outcome",
    "Piece",
    "Platform",
    "PlatformAlias",
    "Sector",
    "Shortening",
    "Snapshot",
    "StoredBytes",
    "StoredText",
    "Takedown",
    "TakedownGround",
    "TextPieces",
    "TextProfile",
    "Verification",
    "VerifiedPart",
    "Version",
    "VersionClass",
    "VersionRecord",
]
