"""Who may ask, answer and let go of what is held about people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.trust.models import Role, User
from samskap.trust.rules import holds

if TYPE_CHECKING:
    from samskap.trust.doers import Doer
    from samskap.trust.models import Person


def may_ask_about(by: Doer, person: Person) -> bool:
    """Anyone may ask about themselves, whatever they hold; nobody about another."""
    return isinstance(by, User) and person.user_id == by.pk


def may_answer(by: Doer) -> bool:
    """The secretariat and the administrators answer."""
    return holds(by, Role.SECRETARIAT, Role.ADMINISTRATOR)


def may_let_go(by: Doer) -> bool:
    """What is past its time goes by a job, or by whoever runs the machine: nobody else."""
    return not isinstance(by, User)
