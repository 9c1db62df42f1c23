"""Let an actor belong to the partnership, on the terms of an agreement, and leave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samskap.actors import rules
from samskap.actors.agreements import check_agreement, name_of_agreement
from samskap.actors.models import Membership
from samskap.kernel.kept_files import keep_with_rows
from samskap.kernel.loading import plain
from samskap.trust import audit
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from samskap.actors.models import Actor, MembershipKind
    from samskap.trust.doers import Doer

# For the secretariat and the auditor alone: the trail names it, and leaves the figure out.
_KEPT_BACK = frozenset({"contribution_nok"})


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """On what terms an actor belongs, from ``valid_from`` until, not including, ``valid_to``.

    ``contribution_nok`` is kroner a year; none, when nothing is agreed.
    """

    kind: MembershipKind
    valid_from: date
    valid_to: date | None = None
    contribution_nok: Decimal | None = None
    agreement_ends_on: date | None = None
    visibility: Visibility = Visibility.SECRETARIAT


@transaction.atomic
def start_membership(
    *, actor: Actor, facts: MembershipFacts, by: Doer, at: datetime, is_demo: bool = False
) -> Membership:
    """Let ``actor`` belong. Raises ``ValidationError`` when it does already in that time."""
    rules.require(rules.may_keep_memberships, by)
    fields = _fields(actor, facts)
    membership = Membership(actor=actor, is_demo=is_demo, **fields)
    _check(membership)
    membership.save()
    changes = {"actor": [None, str(actor.key)]} | {
        name: [] if name in _KEPT_BACK else [None, plain(fact)]
        for name, fact in fields.items()
        if fact is not None
    }
    audit.record("membership.started", **_of(membership), by=by, at=at, changes=changes)
    return membership


@transaction.atomic
def edit_membership(
    *,
    membership: Membership,
    facts: MembershipFacts,
    by: Doer,
    at: datetime,
    reason: str = "",
) -> Membership:
    """Let the terms be as ``facts`` say; no trace when they were so. Raises as starting does."""
    rules.require(rules.may_keep_memberships, by)
    membership = _held(membership)
    fields = _fields(membership.actor, facts)
    changes = {
        name: [] if name in _KEPT_BACK else [plain(getattr(membership, name)), plain(fact)]
        for name, fact in fields.items()
        if getattr(membership, name) != fact
    }
    if not changes:
        return membership
    for name, fact in fields.items():
        setattr(membership, name, fact)
    _check(membership)
    membership.save(update_fields=list(fields))
    verb = audit.verb_of_edit("membership.edited", changes)
    audit.record(verb, **_of(membership), by=by, at=at, changes=changes, reason=reason)
    return membership


@transaction.atomic
def end_membership(
    *, membership: Membership, on: date, by: Doer, at: datetime, reason: str = ""
) -> Membership | None:
    """Let ``membership`` hold until, not including, ``on``: the actor is a former one then.

    One that has not lasted a day by then is taken back with its agreement, and nothing is
    returned. Raises ``ValidationError`` when it ends by ``on`` already.
    """
    rules.require(rules.may_keep_memberships, by)
    membership = _held(membership)
    if membership.valid_to is not None and membership.valid_to <= on:
        raise ValidationError({"on": _("It ends by then already. Choose an earlier day.")})
    changes = {"valid_to": [plain(membership.valid_to), plain(on)]}
    if on <= membership.valid_from:
        changes = {"valid_from": [plain(membership.valid_from), None]}
        audit.record(
            "membership.taken-back", **_of(membership), by=by, at=at, changes=changes, reason=reason
        )
        _forget_file(membership, membership.agreement.name)
        membership.delete()
        return None
    membership.valid_to = on
    membership.save(update_fields=["valid_to"])
    audit.record(
        "membership.ended", **_of(membership), by=by, at=at, changes=changes, reason=reason
    )
    return membership


@transaction.atomic
def attach_agreement(
    *, membership: Membership, content: bytes, name: str, by: Doer, at: datetime
) -> Membership:
    """Keep the signed agreement in place of the one that was there; ``name`` is the sender's.

    Raises ``ValidationError`` when ``content`` is not a whole PDF of at most 10 MB.
    """
    rules.require(rules.may_keep_memberships, by)
    check_agreement(content)
    membership = _held(membership)
    before, old = membership.agreement_name, membership.agreement.name
    keep_with_rows(membership.agreement, "agreement.pdf", content)
    membership.agreement_name = name_of_agreement(name)
    membership.save(update_fields=["agreement", "agreement_name"])
    changes = {"agreement": [before or None, membership.agreement_name]}
    audit.record("membership.agreement-kept", **_of(membership), by=by, at=at, changes=changes)
    _forget_file(membership, old)
    return membership


@transaction.atomic
def remove_agreement(*, membership: Membership, by: Doer, at: datetime) -> Membership:
    """Take the agreement's file away; does nothing when there is none."""
    rules.require(rules.may_keep_memberships, by)
    membership = _held(membership)
    if not membership.agreement:
        return membership
    changes = {"agreement": [membership.agreement_name, None]}
    _forget_file(membership, membership.agreement.name)
    membership.agreement, membership.agreement_name = "", ""
    membership.save(update_fields=["agreement", "agreement_name"])
    audit.record("membership.agreement-removed", **_of(membership), by=by, at=at, changes=changes)
    return membership


def _held(membership: Membership) -> Membership:
    locked = Membership.objects.select_for_update(of=("self",)).select_related("actor__party")
    return locked.get(pk=membership.pk)


def _forget_file(membership: Membership, name: str | None) -> None:
    """Delete a file when, and only when, the rows that say so are kept."""
    if name:
        storage = membership.agreement.storage
        transaction.on_commit(lambda: storage.delete(name))


def _check(membership: Membership) -> None:
    if membership.valid_to is not None and membership.valid_to <= membership.valid_from:
        raise ValidationError(
            {"valid_to": _("A membership ends after the day it begins. Choose a later day.")}
        )
    membership.full_clean(exclude=["agreement"])


def _fields(actor: Actor, facts: MembershipFacts) -> dict[str, Any]:
    is_for_one = facts.visibility == Visibility.PARTY
    return {
        "kind": facts.kind,
        "valid_from": facts.valid_from,
        "valid_to": facts.valid_to,
        "contribution_nok": facts.contribution_nok,
        "agreement_ends_on": facts.agreement_ends_on,
        "visibility": facts.visibility,
        "visible_to_party": actor.party if is_for_one else None,
    }


def _of(membership: Membership) -> dict[str, Any]:
    return {"about": membership, "on_behalf_of": membership.actor.party}
