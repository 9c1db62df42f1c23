"""People, parties, mandates, visibility and the audit trail."""

from samskap.trust.models.audit import AuditEntry
from samskap.trust.models.entrance import Identity, Invitation
from samskap.trust.models.people import Person, User
from samskap.trust.models.rights import Mandate, Party, Role, Standing
from samskap.trust.models.visibility import Visibility, Visible

__all__ = [
    "AuditEntry",
    "Identity",
    "Invitation",
    "Mandate",
    "Party",
    "Person",
    "Role",
    "Standing",
    "User",
    "Visibility",
    "Visible",
]
