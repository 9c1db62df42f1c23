"""Actors and what hangs on them: facts, ties, membership, bodies, contacts, imports, merges."""

from samskap.actors.models.actor import Actor, ActorFactor, ActorKind, ActorStatus, Size, size_of
from samskap.actors.models.body import Body, BodyKind, Seat, SeatRole
from samskap.actors.models.change import DirectoryChange
from samskap.actors.models.confirmation import (
    ConfirmationLetter,
    Suggestion,
    SuggestionKind,
    SuggestionState,
)
from samskap.actors.models.contact import Basis, Contact, ContactEntry, ContactKind
from samskap.actors.models.facts import (
    ActorFocusArea,
    CodeStandard,
    Confirmed,
    FieldOrigin,
    IndustryCode,
    Site,
)
from samskap.actors.models.imports import (
    ColumnMapping,
    ImportRow,
    ImportRun,
    ImportState,
    RowOutcome,
)
from samskap.actors.models.membership import Membership, MembershipKind
from samskap.actors.models.merge import Merge, NotTheSame
from samskap.actors.models.network import NetworkPosition, NetworkRun, NetworkScope
from samskap.actors.models.tie import MUTUAL, Confidence, Tie, TieKind

__all__ = [
    "MUTUAL",
    "Actor",
    "ActorFactor",
    "ActorFocusArea",
    "ActorKind",
    "ActorStatus",
    "Basis",
    "Body",
    "BodyKind",
    "CodeStandard",
    "ColumnMapping",
    "Confidence",
    "ConfirmationLetter",
    "Confirmed",
    "Contact",
    "ContactEntry",
    "ContactKind",
    "DirectoryChange",
    "FieldOrigin",
    "ImportRow",
    "ImportRun",
    "ImportState",
    "IndustryCode",
    "Membership",
    "MembershipKind",
    "Merge",
    "NetworkPosition",
    "NetworkRun",
    "NetworkScope",
    "NotTheSame",
    "RowOutcome",
    "Seat",
    "SeatRole",
    "Site",
    "Size",
    "Suggestion",
    "SuggestionKind",
    "SuggestionState",
    "Tie",
    "TieKind",
    "size_of",
]
