"""Locks that somebody else must open: whoever lost their phone is let in again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F

from samskap.trust import audit, rules
from samskap.trust.guards import require_impersonal
from samskap.trust.models import User

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.trust.doers import Doer
    from samskap.trust.models import Person


@transaction.atomic
def remove_second_steps(*, person: Person, by: Doer, at: datetime, reason: str = "") -> int:
    """Take passkeys, app and recovery codes from the account of ``person``; return how many.

    Their password alone opens it then, until their role leads them to a new lock. Whoever is signed
    in is out at the next request.
    """
    rules.require(rules.may_remove_second_steps, by, person)
    require_impersonal(reason, person=person)
    locks = Authenticator.objects.filter(user=person.user_id)
    gone: int = locks.count()
    if person.user_id is None or not gone:
        return 0
    # Without the receivers that tell of a change its holder made.
    locks._raw_delete(locks.db)
    User.objects.filter(pk=person.user_id).update(sign_in_changes=F("sign_in_changes") + 1)
    changes = {"second_steps": [gone, 0]}
    audit.record(
        "account.second-steps-removed", about=person, by=by, at=at, changes=changes, reason=reason
    )
    return gone
