"""Who may keep the register of actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.trust.models import Role
from samskap.trust.rules import holds, require

if TYPE_CHECKING:
    from samskap.trust.doers import Doer

__all__ = ["may_keep_actors", "require"]


def may_keep_actors(by: Doer) -> bool:
    """The secretariat says who is here."""
    return holds(by, Role.SECRETARIAT)
