"""People, parties, mandates, visibility and the audit trail."""

from samskap.trust.models.audit import AuditEntry
from samskap.trust.models.entrance import Identity, Invitation
from samskap.trust.models.people import Person, User
from samskap.trust.models.privacy import Erasure, PrivacyRequest, RetentionRun, Wish
from samskap.trust.models.rights import Mandate, Party, Role, Standing
from samskap.trust.models.seals import AuditSeal, LogHead, LogPractice
from samskap.trust.models.sessions import Session
from samskap.trust.models.visibility import Visibility, Visible

__all__ = [
    "AuditEntry",
    "AuditSeal",
    "Erasure",
    "Identity",
    "Invitation",
    "LogHead",
    "LogPractice",
    "Mandate",
    "Party",
    "Person",
    "PrivacyRequest",
    "RetentionRun",
    "Role",
    "Session",
    "Standing",
    "User",
    "Visibility",
    "Visible",
    "Wish",
]
