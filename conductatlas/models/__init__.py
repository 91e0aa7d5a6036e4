"""What the desk and the readers do across the layers: the audit trail, corrections, and replies."""

from conductatlas.models.audit_entry import AuditEntry, AuditQuerySet, Operation
from conductatlas.models.correction import Correction, CorrectionKind, CorrectionQuerySet, CorrectionState
from conductatlas.models.reply import Reply, ReplyWithdrawal

__all__ = [
    "AuditEntry",
    "AuditQuerySet",
    "Correction",
    "CorrectionKind",
    "CorrectionQuerySet",
    "CorrectionState",
    "Operation",
    "Reply",
    "ReplyWithdrawal",
]
