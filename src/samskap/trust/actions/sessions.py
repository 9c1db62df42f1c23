"""Being signed in, ended from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from samskap.trust import audit, rules
from samskap.trust.sessions import open_sessions

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from samskap.trust.doers import Doer
    from samskap.trust.models import Person


@transaction.atomic
def end_sessions(*, person: Person, digests: Collection[str], by: Doer, at: datetime) -> int:
    """Sign ``person`` out where ``digests`` say; return of how many places.

    One's own sessions are one's own to end; an administrator ends anyone's.
    """
    rules.require(rules.may_end_sessions_of, by, person)
    if person.user is None:
        return 0
    ended = [one.row for one in open_sessions(person.user) if one.digest in digests]
    for row in ended:
        row.delete()
    if ended:
        changes = {"sessions": [len(ended), 0]}
        audit.record("account.signed-out-elsewhere", about=person, by=by, at=at, changes=changes)
    return len(ended)
