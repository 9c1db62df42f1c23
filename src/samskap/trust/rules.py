"""Who may do what, and the one way to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.utils import timezone

from samskap.trust.access import reader_for
from samskap.trust.doers import Operator
from samskap.trust.models import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from samskap.trust.doers import Doer

P = ParamSpec("P")


class NotPermittedError(Exception):
    """The doer may not do this; the argument names the rule that said no."""


def require(
    rule: Callable[Concatenate[Doer, P], bool], by: Doer, *about: P.args, **named: P.kwargs
) -> None:
    """Raise ``NotPermittedError`` unless ``rule`` says yes; the operator at the machine may."""
    if isinstance(by, Operator):
        return
    if not rule(by, *about, **named):
        raise NotPermittedError(getattr(rule, "__name__", repr(rule)))


def holds(by: Doer, *roles: Role) -> bool:
    """Whether ``by`` has a mandate in one of ``roles`` today, and an account that is open."""
    if isinstance(by, Operator):
        return True
    reader = reader_for(by, on=timezone.localdate())
    return bool(reader.roles & frozenset(roles))


def may_give_mandate(by: Doer) -> bool:
    """The secretariat and the administrators say who acts for whom."""
    return holds(by, Role.SECRETARIAT, Role.ADMINISTRATOR)


def may_keep_accounts(by: Doer) -> bool:
    """Accounts are the administrators' work."""
    return holds(by, Role.ADMINISTRATOR)


def may_read_audit_trail(by: Doer) -> bool:
    """What was done is read by the auditor and the secretariat."""
    return holds(by, Role.AUDITOR, Role.SECRETARIAT)
