"""“Stemmer dette?” once a year: every letter that goes is kept, whatever becomes of the next."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from samskap.actors import rules
from samskap.actors.actions.confirming import AskedLatelyError, NoAddressError, ask_actor
from samskap.actors.queries.letters import due_for_a_letter

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from samskap.trust.doers import Doer

A_YEAR: Final = timedelta(days=365)


def ask_those_due(
    *, address_of: Callable[[str, str], str], by: Doer, at: datetime, at_most: int = 100
) -> int:
    """Send the yearly letter to those who had their last a year ago, and count them.

    The first letter to an actor goes by hand; those without an address are passed over, and are
    none of ``at_most``. Each letter is a transaction of its own: stopped half-way, what has gone
    has gone, and the next run goes on with the rest.
    """
    rules.require(rules.may_keep_actors, by)
    sent = 0
    for key in list(due_for_a_letter(before=at - A_YEAR).values_list("pk", flat=True)):
        if sent == at_most:
            break
        sent += _asked(key, address_of=address_of, by=by, at=at)
    return sent


def _asked(key: int, *, address_of: Callable[[str, str], str], by: Doer, at: datetime) -> bool:
    """Ask one, unless it has been merged, closed or asked while the others were."""
    actor = due_for_a_letter(before=at - A_YEAR).filter(pk=key).first()
    if actor is None:
        return False
    try:
        ask_actor(actor=actor, address_of=address_of, by=by, at=at)
    except (NoAddressError, AskedLatelyError):
        return False
    return True
