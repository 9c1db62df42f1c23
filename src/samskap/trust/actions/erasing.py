"""Erasing somebody: what says who they are goes, what they did stays under their pseudonym."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext

from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.trust import audit, rules
from samskap.trust.actions.mandates import end_mandate
from samskap.trust.guards import keep_an_administrator
from samskap.trust.models import Mandate, Person, User
from samskap.trust.models.privacy import Erasure
from samskap.trust.privacy import erasures
from samskap.trust.privacy.subjects import subject_of

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.kernel.personal import Subject
    from samskap.trust.doers import Doer
    from samskap.trust.privacy.erasures import Erasing


@transaction.atomic
def erase_person(
    *, person: Person, by: Doer, at: datetime, may_be_the_last: bool = False
) -> Erasing:
    """Let go, for good, of everything that says who ``person`` is, here and as a contact.

    Account, name, addresses, ways to sign in, sessions, letters, and where they are named in texts,
    files and logs. Mandates end today; those that have been, and the trail, stay with someone who
    has no name. Run again, it changes nothing. Raises ``LastAdministratorError`` for the last
    administrator, unless they ``may_be_the_last``: after a restore nobody comes back for that.
    """
    rules.require(rules.may_erase, by, person)
    erased = Person.objects.select_for_update().get(pk=person.pk)
    if erased.is_erased:
        return erasures.Erasing()
    if not may_be_the_last:
        keep_an_administrator(besides=Mandate.objects.filter(person=erased))
    subject = subject_of(erased)
    # First, so that what goes with the account is not told as something its holder did.
    if erased.user_id:
        _close_for_good(erased.user_id)
    _end_mandates(erased, by=by, at=at)
    done = erasures.erase(subject, by=by, at=at)
    with translation.override(DEFAULT_LANGUAGE):
        erased.name = gettext("Erased person")
    erased.language, erased.erased_at = DEFAULT_LANGUAGE, at
    erased.save(update_fields=["name", "language", "erased_at"])
    audit.record(
        "person.erased",
        about=erased,
        by=by,
        at=at,
        changes={"name": [], "email": []} if subject.addresses else {"name": []},
    )
    return done


@transaction.atomic
def erase_subject(*, subject: Subject, by: Doer, at: datetime) -> Erasing:
    """Let go of whoever ``subject`` is: with an account, as a contact, or only named in a text.

    Who has an account is erased as ``erase_person`` does. The trail tells of each row that goes,
    and of an address that stood in texts alone by its key in the ledger.
    """
    rules.require(rules.may_keep_accounts, by)
    people = Person.objects.filter(pk__in=subject.of("trust.Person"), erased_at=None)
    for person in people.order_by("id"):
        erase_person(person=person, by=by, at=at)
    done = erasures.erase(subject, by=by, at=at)
    if not subject.is_known:
        for row in Erasure.objects.filter(kind="address", erased_at=at).order_by("id"):
            audit.record("address.erased", about=row, by=by, at=at)
    return done


def _end_mandates(person: Person, *, by: Doer, at: datetime) -> None:
    today = timezone.localdate()
    still_hold = Mandate.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today), person=person)
    for mandate in still_hold.order_by("id"):
        end_mandate(mandate=mandate, on=today, by=by, at=at)


def _close_for_good(account: int) -> None:
    """Empty the account of everything but its pseudonym; what hangs on it goes with the rest."""
    user = User.objects.select_for_update().get(pk=account)
    user.email, user.is_active, user.last_login = _nobodys(user), False, None
    user.set_unusable_password()
    user.save(update_fields=["email", "is_active", "last_login", "password"])


def _nobodys(user: User) -> str:
    """Return an address that no mail server will ever have (RFC 2606)."""
    return f"{user.pseudonym}@erased.invalid"
