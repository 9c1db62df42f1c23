"""For which organisation someone acts while they are answered: one of those their mandates name."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.trust.doers import Doer


class _Acting(NamedTuple):
    user: int
    party: int


_acting: ContextVar[_Acting | None] = ContextVar("samskap_acting", default=None)


@contextmanager
def acting_for(user: int, party: int | None) -> Iterator[None]:
    """Let the account ``user`` act for ``party`` alone inside; both are database keys.

    With no ``party`` the account acts with all its mandates. Nobody gets a right by this: what is
    held for other parties is left out, and what is not held stays so.
    """
    token = _acting.set(None if party is None else _Acting(user, party))
    try:
        yield
    finally:
        _acting.reset(token)


def party_acted_for(by: Doer | None) -> int | None:
    """Return the database key of the party ``by`` acts for here; ``None`` when nobody said."""
    acting = _acting.get()
    if acting is None or getattr(by, "pk", None) != acting.user:
        return None
    return acting.party
