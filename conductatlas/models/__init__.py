"""What concerns all layers: the audit trail, corrections and replies, and the evidence log."""

from conductatlas.log.models import Checkpoint, LeafKind, LogKey, LogLeaf, LogNode
from conductatlas.models.audit_entry import AuditEntry, AuditQuerySet, Operation
from conductatlas.models.correction import Correction, CorrectionKind, CorrectionQuerySet, CorrectionState
from conductatlas.models.reply import Reply, ReplyWithdrawal

__all__ = [
    "AuditEntry",
    "AuditQuerySet",
    "Checkpoint",
    "Correction",
    "CorrectionKind",
    "CorrectionQuerySet",
    "CorrectionState",
    "LeafKind",
    "LogKey",
    "LogLeaf",
    "LogNode",
    "Operation",
    "Reply",
    "ReplyWithdrawal",
]
