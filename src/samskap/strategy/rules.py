"""Who may say what the partnership is and wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.trust.models import Role
from samskap.trust.rules import holds, require

if TYPE_CHECKING:
    from samskap.trust.doers import Doer

__all__ = ["may_load_region", "may_load_strategy", "may_publish_strategy", "require"]


def may_load_region(by: Doer) -> bool:
    """The region's own facts are the administrators' and the secretariat's."""
    return holds(by, Role.ADMINISTRATOR, Role.SECRETARIAT)


def may_load_strategy(by: Doer) -> bool:
    """The secretariat keeps the drafts."""
    return holds(by, Role.SECRETARIAT)


def may_publish_strategy(by: Doer) -> bool:
    """The secretariat publishes what has been adopted."""
    return holds(by, Role.SECRETARIAT)
