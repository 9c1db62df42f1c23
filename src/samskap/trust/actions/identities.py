"""Signing in with a service: who that is here, for whom they act, and what their groups mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from samskap.kernel.period import valid_on
from samskap.trust import audit, rules
from samskap.trust.actions.invitations import accept_invitation
from samskap.trust.actions.mandates import end_mandate, give_mandate
from samskap.trust.actions.people import open_account, register_person
from samskap.trust.guards import LastAdministratorError
from samskap.trust.models import Identity, Mandate, Party, Person, Role, User
from samskap.trust.sign_in.claims import (
    groups,
    is_national_identity_number,
    kept,
    organisations,
)
from samskap.trust.sign_in.refusals import (
    IdentityNumberError,
    IdentityTakenError,
    NoMandateError,
    NoRoleForGroupsError,
    UnknownIdentityError,
    UnknownOrganisationError,
    WrongAddressError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from typing import TypeAlias

    from samskap.trust.doers import Doer
    from samskap.trust.sign_in.services import GroupRole, Service

    PartyOf: TypeAlias = Callable[[str], Party | None]
    Claims: TypeAlias = Mapping[str, Any]

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Entered:
    """Who signed in with a service, and the organisation they chose there, if it asks."""

    user: User
    party: Party | None = None


@transaction.atomic
def enter_with_service(
    *, service: Service, claims: Claims, party_of: PartyOf, by: Doer, at: datetime
) -> Entered:
    """Return who ``claims``, an answer of ``service`` that was checked, tells of.

    ``party_of`` finds the party of an organisation number, or nothing. Where groups mean roles,
    mandates follow them, and who is new gets an account, from ``by``: the installation itself.
    Raises a kind of ``SignInRefusedError``.
    """
    rules.require(rules.may_keep_accounts, by)
    chosen = _chosen_parties(service, claims, party_of)
    meant = _meant_roles(service, claims)
    identity = _known(service, claims) or _connected_by_address(service, claims, at=at)
    if identity is None and meant:
        identity = _newcomer(service, claims, by=by, at=at)
    if identity is None:
        raise UnknownIdentityError
    if service.groups:
        _follow_groups(identity.user, service, meant, party_of, by=by, at=at)
    identity.claims, identity.last_used_at = kept(claims, service.keeps), at
    identity.save(update_fields=["claims", "last_used_at"])
    user, party = identity.user, _acted_for(identity.user, chosen)
    audit.record(
        "account.entered-with-service", about=_person(user), by=user, at=at, on_behalf_of=party
    )
    return Entered(user, party)


@transaction.atomic
def accept_invitation_with_service(
    *,
    secret: str,
    service: Service,
    claims: Claims,
    party_of: PartyOf,
    by: Doer,
    at: datetime,
) -> Entered:
    """Open the account of an invitation for whom ``claims`` tell of, and let them in as ever after.

    Organisations and groups mean what they mean at any sign-in: whoever would be refused then is
    refused now, and the invitation stays open. Raises what ``accept_invitation`` and
    ``enter_with_service`` raise, and ``WrongAddressError``.
    """
    rules.require(rules.may_keep_accounts, by)
    user = accept_invitation(secret=secret, by=by, at=at)
    address = claims.get("email")
    if isinstance(address, str) and address.lower() != user.email:
        raise WrongAddressError
    connect_identity(user=user, service=service, claims=claims, by=user, at=at)
    return enter_with_service(service=service, claims=claims, party_of=party_of, by=by, at=at)


@transaction.atomic
def connect_identity(
    *, user: User, service: Service, claims: Claims, by: Doer, at: datetime
) -> Identity:
    """Let ``user`` sign in as whom ``service`` knows from now on; one before it is let go.

    Raises ``IdentityTakenError`` when another account is known so, and ``IdentityNumberError``.
    """
    rules.require(rules.may_change_sign_in, by, user)
    found = _known(service, claims)
    if found is not None and found.user_id != user.pk:
        raise IdentityTakenError
    if found is not None:
        return found
    Identity.objects.filter(user=user, service=service.key).delete()
    identity = Identity.objects.create(
        user=user,
        service=service.key,
        issuer=service.issuer,
        subject=_subject(claims),
        claims=kept(claims, service.keeps),
        connected_at=at,
    )
    changes = {"service": [None, service.key]}
    audit.record("account.service-connected", about=_person(user), by=by, at=at, changes=changes)
    return identity


@transaction.atomic
def disconnect_identity(*, user: User, service_key: str, by: Doer, at: datetime) -> bool:
    """Let ``user`` sign in with the service no more; return whether they could."""
    rules.require(rules.may_change_sign_in, by, user)
    gone, _ = Identity.objects.filter(user=user, service=service_key).delete()
    if gone:
        changes = {"service": [service_key, None]}
        verb = "account.service-disconnected"
        audit.record(verb, about=_person(user), by=by, at=at, changes=changes)
    return bool(gone)


def _person(user: User) -> Person:
    return Person.objects.get(user=user)


def _subject(claims: Claims) -> str:
    subject = str(claims["sub"])
    if is_national_identity_number(subject):
        raise IdentityNumberError
    return subject


def _known(service: Service, claims: Claims) -> Identity | None:
    found = Identity.objects.filter(issuer=service.issuer, subject=_subject(claims))
    return found.select_related("user").first()


def _connected_by_address(service: Service, claims: Claims, *, at: datetime) -> Identity | None:
    """Connect whose verified address here is the one that ``service`` vouches for.

    Not whom the service knows by another subject: an address may have gone to somebody else since.
    """
    address = _address(claims)
    if not service.links_by_email or not address:
        return None
    found = EmailAddress.objects.filter(email__iexact=address, verified=True).first()
    if found is None or not found.user.is_active:
        return None
    owner: User = found.user
    if owner.identities.filter(service=service.key).exists():
        return None
    return connect_identity(user=owner, service=service, claims=claims, by=owner, at=at)


def _address(claims: Claims) -> str:
    """Return the address in ``claims``, unless the service says that it never saw it work."""
    address = claims.get("email")
    if not isinstance(address, str) or claims.get("email_verified") is False:
        return ""
    return address


def _newcomer(service: Service, claims: Claims, *, by: Doer, at: datetime) -> Identity | None:
    """Let in someone whose groups mean a role: the service is who says that they belong."""
    address = _address(claims)
    if not address or User.objects.filter(email__iexact=address).exists():
        return None
    name = claims.get("name")
    person = register_person(
        name=name if isinstance(name, str) and name.strip() else address, by=by, at=at
    )
    user = open_account(
        person=person, email=address, is_verified=service.links_by_email, by=by, at=at
    )
    return connect_identity(user=user, service=service, claims=claims, by=by, at=at)


def _chosen_parties(service: Service, claims: Claims, party_of: PartyOf) -> list[Party]:
    """Return the parties of the organisations chosen; none, where the service lets choose none."""
    if not service.resource:
        return []
    numbers = organisations(claims, resource=service.resource)
    found = [party for number in numbers if (party := party_of(number))]
    if not found:
        raise UnknownOrganisationError(", ".join(numbers))
    return found


def _acted_for(user: User, chosen: Iterable[Party]) -> Party | None:
    parties = list(chosen)
    if not parties:
        return None
    held = Mandate.objects.filter(
        valid_on(timezone.localdate()), person__user=user, party__in=parties
    )
    first = held.select_related("party").order_by("id").first()
    if first is None:
        raise NoMandateError
    return first.party


def _meant_roles(service: Service, claims: Claims) -> list[GroupRole]:
    if not service.groups:
        return []
    named = groups(claims, claim=service.groups_claim)
    meant = [each for each in service.groups if each.group in named]
    if not meant:
        raise NoRoleForGroupsError
    return meant


def _follow_groups(
    user: User,
    service: Service,
    meant: Iterable[GroupRole],
    party_of: PartyOf,
    *,
    by: Doer,
    at: datetime,
) -> None:
    """Give the mandates that the groups mean, and end those given for a group that was left.

    Mandates that people gave are left alone.
    """
    today = timezone.localdate()
    person = Person.objects.select_for_update().get(user=user)
    wanted = {(Role(each.role), _party_meant(each, party_of).pk) for each in meant}
    held = Mandate.objects.filter(valid_on(today), person=person).select_related("person", "party")
    for mandate in held.filter(given_through=service.key).order_by("id"):
        if (Role(mandate.capacity), mandate.party_id) not in wanted:
            _end(mandate, service, by=by, at=at)
    has = {(Role(one.capacity), one.party_id) for one in held}
    for role, party in sorted(wanted - has):
        given = give_mandate(
            person=person,
            party=Party.objects.get(pk=party),
            capacity=role,
            valid_from=today,
            by=by,
            at=at,
        )
        given.given_through = service.key
        given.save(update_fields=["given_through"])


def _party_meant(meant: GroupRole, party_of: PartyOf) -> Party:
    if not meant.organisation:
        return Party.objects.get(is_partnership=True)
    found = party_of(meant.organisation)
    if found is None:
        raise UnknownOrganisationError(meant.organisation)
    return found


def _end(mandate: Mandate, service: Service, *, by: Doer, at: datetime) -> None:
    try:
        end_mandate(mandate=mandate, on=timezone.localdate(), by=by, at=at)
    except LastAdministratorError:
        # Somebody must be able to open accounts until another is named.
        _log.warning("The last administrator left the group.", service=service.key)
