"""What this room keeps about people: accounts, persons, mandates, the log and what is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast, Lower, StrIndex
from django.utils.translation import gettext_lazy as _

from samskap.kernel.personal import (
    Activity,
    Basis,
    Erased,
    Personal,
    RoomPrivacy,
    Rule,
    Subject,
    Table,
    Whose,
    each,
    fields,
)
from samskap.trust.models import AuditEntry, Identity, Invitation, Mandate, Person, User
from samskap.trust.models.privacy import PrivacyRequest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from samskap.kernel.personal import Rows

KEEP_INVITATIONS: Final = timedelta(days=90)
KEEP_REQUESTS: Final = timedelta(days=365)
KEEP_TRACES: Final = timedelta(days=730)
_NOBODYS: Final = "@erased.invalid"
_USER: Final = "trust.User"
_PERSON: Final = "trust.Person"

_NO_NAME: Final = _("It leads to someone who has no name any more.")
_LOG_LASTS: Final = _(
    "The log must tell what was done for as long as it can be asked about; it holds a pseudonym"
    " and no name."
)
_HELD: Final = Personal("mandates", Erased.KEPT, _NO_NAME, tells_who=False)
_OTHERS_PART: Final = Personal(
    "mandates", Erased.KEPT, _NO_NAME, is_exported=False, tells_who=False
)
_LOGGED: Final = Personal("log", Erased.KEPT, _LOG_LASTS, tells_who=False)
_INVITED: Final = Personal("accounts", Erased.DELETED)
_SECRET: Final = Personal("accounts", Erased.DELETED, is_exported=False)
_ASKED: Final = Personal("requests", Erased.DELETED)
_ASKED_WHEN: Final = Personal("requests", Erased.DELETED, tells_who=False)
_ERASED_KEY: Final = Personal(
    "requests",
    Erased.KEPT,
    _("Somebody who comes back with a restored copy must be erased again; a key names nobody."),
    is_exported=False,
    tells_who=False,
)


def identify(subject: Subject) -> Subject:
    """Add the account, the person and their addresses to what is known of ``subject``."""
    addresses = list(subject.addresses)
    by_address = EmailAddress.objects.annotate(small=Lower("email")).filter(small__in=addresses)
    people = Person.objects.filter(
        Q(pk__in=subject.of(_PERSON))
        | Q(user__in=subject.of(_USER))
        | Q(user__in=by_address.values("user"))
        | Q(user__in=_accounts_at(addresses))
    ).order_by("pk")
    found = Subject()
    for person in people.select_related("user"):
        found |= _known_of(person)
    return subject | found


def known_in(text: str) -> Subject:
    """Return the names of those who work here that stand in ``text``."""
    named = Person.objects.filter(erased_at=None).annotate(
        place=StrIndex(Lower(Value(text, TextField())), Lower("name"))
    )
    return Subject(names=frozenset(named.filter(place__gt=0).values_list("name", flat=True)))


def _accounts_at(addresses: list[str]) -> Rows:
    return User.objects.annotate(small=Lower("email")).filter(small__in=addresses).values("pk")


def _known_of(person: Person) -> Subject:
    invited = Invitation.objects.filter(person=person).values_list("email", flat=True)
    known = Subject(
        rows={_PERSON: frozenset({person.pk})},
        addresses=_their_own(invited),
        names=frozenset() if person.is_erased else frozenset({person.name}),
    )
    if person.user is None:
        return known
    given = EmailAddress.objects.filter(user=person.user).values_list("email", flat=True)
    return known | Subject(
        rows={_USER: frozenset({person.user.pk})},
        pseudonyms=frozenset({person.user.pseudonym}),
        addresses=_their_own([person.user.email, *given]),
    )


def _their_own(addresses: Iterable[str]) -> frozenset[str]:
    small = {address.lower() for address in addresses}
    return frozenset(address for address in small if not address.endswith(_NOBODYS))


def _entries(subject: Subject) -> Rows:
    """Return what they did, and what was done to them."""
    people = Person.objects.filter(pk__in=subject.of(_PERSON))
    keys = people.annotate(text=Cast("key", TextField())).values("text")
    return AuditEntry.objects.filter(
        Q(by__in=subject.pseudonyms) | Q(about_kind="trust.person", about_key__in=keys)
    ).order_by("-id")


def _users(subject: Subject) -> Rows:
    return User.objects.filter(pk__in=subject.of(_USER)).order_by("pk")


def _people(subject: Subject) -> Rows:
    return Person.objects.filter(pk__in=subject.of(_PERSON)).order_by("pk")


def _mandates(subject: Subject) -> Rows:
    return Mandate.objects.filter(person__in=subject.of(_PERSON)).order_by("valid_from", "pk")


def _invitations(subject: Subject) -> Rows:
    return Invitation.objects.filter(person__in=subject.of(_PERSON)).order_by("pk")


def _identities(subject: Subject) -> Rows:
    return Identity.objects.filter(user__in=subject.of(_USER)).order_by("pk")


def _requests(subject: Subject) -> Rows:
    return PrivacyRequest.objects.filter(person__in=subject.of(_PERSON)).order_by("asked_at", "pk")


def _past_invitations(at: datetime) -> Rows:
    before = at - KEEP_INVITATIONS
    return Invitation.objects.filter(
        Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    ).order_by("pk")


def _forget_sign_in(rows: Any, _at: datetime) -> int:
    return int(rows.update(last_login=None))


def _forget_use(rows: Any, _at: datetime) -> int:
    return int(rows.update(last_used_at=None))


_TABLES: Final = (
    Table(
        "trust.User",
        title=_("Account"),
        impersonal=fields(
            "id is_superuser is_active is_demo sign_in_changes groups user_permissions"
        ),
        personal={
            "email": Personal("accounts", Erased.REPLACED),
            "password": Personal("accounts", Erased.REPLACED, is_exported=False),
            "last_login": Personal("sign-in-traces", Erased.BLANKED, tells_who=False),
            "pseudonym": Personal("log", Erased.KEPT, _LOG_LASTS, tells_who=False),
        },
        rows=_users,
    ),
    Table("trust.User_groups", impersonal=fields("id user group")),
    Table("trust.User_user_permissions", impersonal=fields("id user permission")),
    Table(
        "trust.Person",
        title=_("Person"),
        impersonal=fields("id key user is_demo erased_at"),
        personal={
            "name": Personal("mandates", Erased.REPLACED),
            "language": Personal("mandates", Erased.REPLACED, tells_who=False),
        },
        rows=_people,
        called="name",
    ),
    Table("trust.Party", impersonal=fields("id key is_partnership")),
    Table(
        "trust.Mandate",
        title=_("Mandates"),
        impersonal=fields("id key"),
        personal={
            "person": _OTHERS_PART,
            **each(
                fields("party capacity standing is_substitute given_through valid_from valid_to"),
                _HELD,
            ),
            "given_by": _OTHERS_PART,
        },
        rows=_mandates,
    ),
    Table(
        "trust.Invitation",
        title=_("Invitations"),
        impersonal=fields("id key"),
        personal={
            "person": _SECRET,
            "email": _INVITED,
            "digest": _SECRET,
            "invited_at": _INVITED,
            "expires_at": _INVITED,
            "invited_by": _SECRET,
            "accepted_at": _INVITED,
            "withdrawn_at": _INVITED,
        },
        rows=_invitations,
    ),
    Table(
        "trust.Identity",
        title=_("Sign-in services"),
        impersonal=fields("id key user"),
        personal={
            "service": _INVITED,
            "issuer": _INVITED,
            "subject": _INVITED,
            "claims": _INVITED,
            "connected_at": Personal("sign-in-traces", Erased.DELETED, tells_who=False),
            "last_used_at": Personal("sign-in-traces", Erased.DELETED, tells_who=False),
        },
        rows=_identities,
    ),
    Table(
        "trust.AuditEntry",
        title=_("What you have done, and what was done about you"),
        impersonal=fields("id recorded_at on_behalf_of"),
        personal={
            **each(fields("verb about_kind about_key at door"), _LOGGED),
            "by": Personal("log", Erased.KEPT, _LOG_LASTS, is_exported=False, tells_who=False),
            "changes": Personal("log", Erased.KEPT, _LOG_LASTS, is_exported=False, tells_who=False),
            "reason": Personal("log", Erased.KEPT, _LOG_LASTS, tells_who=False),
        },
        rows=_entries,
    ),
    Table("trust.AuditSeal", impersonal=fields("sequence entry settled sealed_at hash")),
    Table(
        "trust.LogHead",
        impersonal=fields("id sequence hash made_at site public_key signature"),
    ),
    Table("trust.LogPractice", impersonal=fields("id is_the_one mails_heads")),
    Table(
        "trust.Erasure",
        impersonal=fields("id key"),
        personal=each(fields("kind subject erased_at"), _ERASED_KEY),
    ),
    Table(
        "trust.PrivacyRequest",
        title=_("What you have asked of us"),
        impersonal=fields("id key"),
        personal={
            "person": Personal("requests", Erased.DELETED, is_exported=False, tells_who=False),
            **each(fields("text answer"), _ASKED),
            **each(fields("wish asked_at answered_at"), _ASKED_WHEN),
            "answered_by": Personal("requests", Erased.DELETED, is_exported=False, tells_who=False),
        },
        rows=_requests,
    ),
    Table("trust.RetentionRun", impersonal=fields("id key ran_at counts")),
)

PRIVACY: Final = RoomPrivacy(
    tables=_TABLES,
    activities=(
        Activity(
            key="mandates",
            title=_("Persons and mandates"),
            purpose=_("To know who acts for which organisation, in what role, from when to when."),
            basis=Basis.LEGITIMATE_INTEREST,
            why=_("Others must be able to trust that a decision was made by one who could."),
            whose=(Whose.ACCOUNT,),
            seen_by=_(
                "The secretariat, the auditor, the administrators, and those who act for the same"
                " organisation."
            ),
            kept_for=_(
                "Until somebody asks us to erase it. Then the mandates stay, with someone who has"
                " no name."
            ),
            rules=("invitations",),
        ),
        Activity(
            key="log",
            title=_("Log of actions"),
            purpose=_("To show who did what and when, so that nobody can change it unseen."),
            basis=Basis.LEGAL_OBLIGATION,
            why=_(
                "We must be able to show that the rules are kept and that what is here is safe"
                " (GDPR articles 5.2 and 32)."
            ),
            whose=(Whose.ACCOUNT,),
            seen_by=_("The auditor and the secretariat; anyone their own entries."),
            kept_for=_(
                "For good, and nobody can change it. People stand there under a pseudonym, so that"
                " a name can be erased while the log stays."
            ),
        ),
        Activity(
            key="requests",
            title=_("What people ask about themselves"),
            purpose=_("To answer within a month, and to erase again what a restore brings back."),
            basis=Basis.LEGAL_OBLIGATION,
            why=_("People have rights to what is kept about them (GDPR articles 12 to 21)."),
            whose=(Whose.ACCOUNT, Whose.CONTACT),
            seen_by=_("The secretariat and the administrators."),
            kept_for=_("A year after the answer. Keys of what was erased, for good."),
            rules=("requests",),
        ),
    ),
    rules=(
        Rule(
            "invitations",
            _("Invitations are deleted ninety days after they were used, withdrawn or too old."),
            _past_invitations,
        ),
        Rule(
            "requests",
            _("Requests about personal data are deleted a year after they were answered."),
            lambda at: PrivacyRequest.objects.filter(answered_at__lt=at - KEEP_REQUESTS).order_by(
                "pk"
            ),
        ),
        Rule(
            "last-sign-in",
            _("When someone last signed in is emptied after two years."),
            lambda at: User.objects.filter(last_login__lt=at - KEEP_TRACES).order_by("pk"),
            _forget_sign_in,
        ),
        Rule(
            "service-last-used",
            _("When a sign-in service was last used is emptied after two years."),
            lambda at: Identity.objects.filter(last_used_at__lt=at - KEEP_TRACES).order_by("pk"),
            _forget_use,
        ),
    ),
    identify=identify,
    known_in=known_in,
)
