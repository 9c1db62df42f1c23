"""Who may keep the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.trust.models import Role
from samskap.trust.rules import holds, require

if TYPE_CHECKING:
    from samskap.trust.doers import Doer

__all__ = ["may_keep_places", "may_keep_sources", "require"]


def may_keep_places(by: Doer) -> bool:
    """Places follow official decisions: whoever runs the installation brings them in."""
    return holds(by, Role.SECRETARIAT, Role.ADMINISTRATOR)


def may_keep_sources(by: Doer) -> bool:
    """The secretariat says where our facts come from; an administrator loads a region's."""
    return holds(by, Role.SECRETARIAT, Role.ADMINISTRATOR)
