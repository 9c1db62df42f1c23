"""Who may do what, and the one way to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Concatenate, Final, ParamSpec

from django.utils import timezone

from samskap.trust.access import reader_for
from samskap.trust.doers import Operator
from samskap.trust.models import Mandate, Role, User

if TYPE_CHECKING:
    from collections.abc import Callable

    from samskap.trust.doers import Doer
    from samskap.trust.models import Person

P = ParamSpec("P")

KEEPS_THE_HOUSE: Final = frozenset({Role.SECRETARIAT, Role.AUDITOR, Role.ADMINISTRATOR})
# More than a password is asked of these; docs/guides/sign-in.md.
MUST_HAVE_SECOND_STEP: Final = frozenset({Role.SECRETARIAT, Role.ADMINISTRATOR})
# These act for the partnership itself; the others for an organisation of their own.
FOR_THE_PARTNERSHIP: Final = KEEPS_THE_HOUSE | {Role.BOARD_MEMBER}


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
    """Whether ``by`` has a mandate in one of ``roles`` today, and an account that is open.

    Today by the house's own clock, whatever moment an action is said to have happened at:
    docs/decisions/0009-authority-is-asked-for-now.md.
    """
    if isinstance(by, Operator):
        return True
    reader = reader_for(by, on=timezone.localdate())
    return bool(reader.roles & frozenset(roles))


def may_give_mandate(by: Doer) -> bool:
    """The secretariat and the administrators say who acts for whom."""
    return holds(by, Role.SECRETARIAT, Role.ADMINISTRATOR)


def may_give_mandate_to(by: Doer, person: Person, capacity: Role) -> bool:
    """Nobody gives themselves a mandate, and only administrators choose who keeps the house.

    The secretariat gives mandates to representatives, members and the board; secretariat,
    auditor and administrator are given by an administrator.
    """
    if isinstance(by, User) and person.user_id == by.pk:
        return False
    if capacity in KEEPS_THE_HOUSE:
        return holds(by, Role.ADMINISTRATOR)
    return may_give_mandate(by)


def may_keep_accounts(by: Doer) -> bool:
    """Accounts are the administrators' work."""
    return holds(by, Role.ADMINISTRATOR)


def may_invite(by: Doer, person: Person) -> bool:
    """Inviting is the administrators' work, and the secretariat's for those who keep no house."""
    if holds(by, Role.ADMINISTRATOR):
        return True
    keeps = Mandate.objects.filter(person=person, capacity__in=KEEPS_THE_HOUSE)
    return holds(by, Role.SECRETARIAT) and not keeps.exists()


def may_remove_second_steps(by: Doer, person: Person) -> bool:
    """Who lost their locks asks an administrator; one's own are removed where they were added."""
    if isinstance(by, User) and person.user_id == by.pk:
        return False
    return may_keep_accounts(by)


def may_change_sign_in(by: Doer, user: User) -> bool:
    """How someone signs in is theirs alone to change."""
    return isinstance(by, User) and by.pk == user.pk and by.is_active


def may_erase(by: Doer, person: Person) -> bool:
    """Erasing is the administrators' work, and nobody's on themselves: there is no way back."""
    if isinstance(by, User) and person.user_id == by.pk:
        return False
    return may_keep_accounts(by)


def may_read_audit_trail(by: Doer) -> bool:
    """What was done is read by the auditor and the secretariat."""
    return holds(by, Role.AUDITOR, Role.SECRETARIAT)


def may_share_the_log(by: Doer) -> bool:
    """That the log is sealed is for everyone to know; who is told is for those who keep it."""
    return holds(by, Role.SECRETARIAT, Role.ADMINISTRATOR)


def may_end_sessions_of(by: Doer, person: Person) -> bool:
    """One's own are one's own to end; administrators end anyone's."""
    is_own = isinstance(by, User) and person.user_id == by.pk
    return is_own or may_keep_accounts(by)
