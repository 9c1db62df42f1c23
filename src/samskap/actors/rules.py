"""Who may keep the register of actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.trust.models import Role
from samskap.trust.rules import holds, require

if TYPE_CHECKING:
    from samskap.trust.access import Reader
    from samskap.trust.doers import Doer

__all__ = ["may_keep_actors", "require"]


def may_keep_actors(by: Doer) -> bool:
    """The secretariat says who is here."""
    return holds(by, Role.SECRETARIAT)


def may_keep_contacts(by: Doer) -> bool:
    """Whom we talk with, and what was said, is the secretariat's own."""
    return holds(by, Role.SECRETARIAT)


def may_keep_memberships(by: Doer) -> bool:
    """The secretariat writes down who belongs, and on what terms."""
    return holds(by, Role.SECRETARIAT)


def may_keep_bodies(by: Doer) -> bool:
    """The secretariat writes down who sits where."""
    return holds(by, Role.SECRETARIAT)


def may_know_freshness(reader: Reader) -> bool:
    """How old what we say is, is for those who sit at the desk to know and to mend."""
    return bool(reader.roles)


def may_answer_letters(_by: Doer) -> bool:
    """Whoever holds a letter's link, for whom the door acts; nobody by their account."""
    return False
