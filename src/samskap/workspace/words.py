"""What the desk calls things: actions of the trail, roles, and small numbers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.words import choice_name
from samskap.kernel.dates import day_in_words
from samskap.kernel.identifiers import Country
from samskap.kernel.languages import LANGUAGES
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

VERBS: Final[dict[str, _StrPromise]] = {
    "account.address-changed": _("Changed the address of an account"),
    "account.closed": _("Closed an account"),
    "account.entered-with-service": _("Signed in with a service"),
    "account.opened": _("Opened an account"),
    "account.passkey-added": _("Added a passkey to an account"),
    "account.passkey-removed": _("Removed a passkey from an account"),
    "account.password-changed": _("Gave an account a new password"),
    "account.recovery-codes-made": _("Made new recovery codes"),
    "account.reopened": _("Opened an account again"),
    "account.second-step-off": _("Removed an authenticator app"),
    "account.signed-out-elsewhere": _("Signed out somewhere else"),
    "account.second-step-on": _("Added an authenticator app"),
    "account.second-steps-removed": _("Removed the second lock of an account"),
    "account.service-connected": _("Connected a sign-in service to an account"),
    "account.service-disconnected": _("Let go of a sign-in service"),
    "actor.confirmed": _("Confirmed what is said of an actor"),
    "actor.edited": _("Changed an actor"),
    "actor.merge-undone": _("Parted two actors again"),
    "actor.merged": _("Merged two actors"),
    "actor.registered": _("Registered an actor"),
    "actor.told-apart": _("Told two actors apart"),
    "address.erased": _("Struck out an address"),
    "body.edited": _("Changed a body"),
    "body.set-up": _("Made a body"),
    "boundary.edited": _("Changed a boundary"),
    "boundary.registered": _("Registered a boundary"),
    "contact.added": _("Kept a contact"),
    "contact.edited": _("Changed a contact"),
    "contact.erased": _("Forgot a contact"),
    "contact.left": _("Said that a contact has left"),
    "import.applied": _("Brought a file of organisations in"),
    "import.asked-for": _("Asked for a file to be brought in"),
    "import.cancelled": _("Put a file of organisations away"),
    "import.changed": _("Chose how a file is to be read"),
    "import.given-up": _("Could not bring a file of organisations in"),
    "import.read": _("Read a file of organisations"),
    "import.received": _("Received a file of organisations"),
    "import.refused": _("Could not read a file of organisations"),
    "invitation.accepted": _("Accepted an invitation"),
    "invitation.sent": _("Invited a person"),
    "invitation.withdrawn": _("Withdrew an invitation"),
    "letter.answered": _("An actor answered its letter"),
    "letter.sent": _("Asked an actor whether we are right"),
    "log.head-mailing-chosen": _("Chose whether the seal of the log is mailed"),
    "log.head-signed": _("Signed the seal of the log"),
    "mandate.ended": _("Ended a mandate"),
    "mandate.given": _("Gave a mandate"),
    "mandate.taken-back": _("Took a mandate back"),
    "membership.agreement-kept": _("Kept an agreement"),
    "membership.agreement-removed": _("Took an agreement’s file away"),
    "membership.edited": _("Changed a membership"),
    "membership.ended": _("Ended a membership"),
    "membership.started": _("Let an actor belong"),
    "membership.taken-back": _("Took a membership back"),
    "neighbour.registered": _("Registered neighbours"),
    "next-step.done": _("Did what was the next step"),
    "next-step.reopened": _("Opened a next step again"),
    "party.partnership-founded": _("Founded the partnership"),
    "person.edited": _("Changed a person"),
    "person.erased": _("Erased a person"),
    "person.registered": _("Registered a person"),
    "place.edited": _("Changed a place"),
    "place.registered": _("Registered a place"),
    "privacy.answered": _("Answered about personal data"),
    "privacy.asked": _("Asked about personal data"),
    "region.loaded": _("Loaded the region"),
    "retention.done": _("Let go of what was past its time"),
    "seat.ended": _("Ended a seat"),
    "seat.given": _("Gave a seat"),
    "seat.taken-back": _("Took a seat back"),
    "source.edited": _("Changed a source"),
    "source.registered": _("Registered a source"),
    "strategy.loaded": _("Loaded a strategy"),
    "strategy.published": _("Published a strategy"),
    "suggestion.accepted": _("Accepted a suggestion"),
    "suggestion.declined": _("Declined a suggestion"),
    "talk.edited": _("Corrected a talk"),
    "talk.removed": _("Took a talk out of the log"),
    "talk.written-up": _("Wrote up a talk"),
    "tie.edited": _("Changed a tie"),
    "tie.ended": _("Ended a tie"),
    "tie.made": _("Tied two actors"),
    "tie.removed": _("Removed a tie"),
    "visibility.widened": _("Let more people see it"),
}

KINDS: Final = (
    "actors.actor",
    "actors.body",
    "actors.contact",
    "actors.contactentry",
    "actors.membership",
    "actors.tie",
    "evidence.place",
    "evidence.source",
    "strategy.partnership",
    "strategy.strategyversion",
    "trust.loghead",
    "trust.logpractice",
    "trust.mandate",
    "trust.party",
    "trust.person",
)

NUMBERS: Final = (
    pgettext_lazy("number", "No"),
    pgettext_lazy("number", "One"),
    pgettext_lazy("number", "Two"),
    pgettext_lazy("number", "Three"),
    pgettext_lazy("number", "Four"),
    pgettext_lazy("number", "Five"),
    pgettext_lazy("number", "Six"),
    pgettext_lazy("number", "Seven"),
    pgettext_lazy("number", "Eight"),
    pgettext_lazy("number", "Nine"),
    pgettext_lazy("number", "Ten"),
    pgettext_lazy("number", "Eleven"),
    pgettext_lazy("number", "Twelve"),
)


def verb_in_words(verb: str) -> str:
    """Say what an entry of the trail tells of, in the reader's language."""
    return str(VERBS.get(verb, verb))


def kind_in_words(kind: str) -> str:
    """Say what sort of thing an entry is about ('actors.actor' is an actor)."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except LookupError:
        return kind


_FIELDS: Final[dict[str, _StrPromise]] = {
    "absorbed": _("became part of this one"),
    "capacity": _("role"),
    "digest": _("fingerprint"),
    "email": _("e-mail address"),
    "employees_are_few": _("fewer than five employees"),
    "factors": _("factors"),
    "focus_areas": _("focus areas"),
    "from_actor": _("the first of the two"),
    "home_country": _("home country"),
    "home_place": _("home county"),
    "industry_codes": _("industry codes"),
    "is_active": _("open"),
    "is_demo": _("invented"),
    "key": _("key"),
    "members": _("municipalities"),
    "municipalities": _("municipalities"),
    "neighbours": _("neighbouring regions"),
    "other": _("the other one"),
    "parent": _("part of"),
    "place": _("place"),
    "predecessors": _("took over from"),
    "sites": _("sites"),
    "source": _("source"),
    "standing": _("where the mandate comes from"),
    "sub_regions": _("sub-regions"),
    "taken": _("taken over"),
    "to_actor": _("the second of the two"),
    "undoes": _("undoes number"),
    "valid_from": pgettext_lazy("first day", "from"),
    "valid_to": _("first day without it"),
    "visible_to_party": _("the one organisation"),
}


_COUNTRIES: Final[dict[str, _StrPromise]] = {
    Country.NORWAY.value: _("Norway"),
    Country.SWEDEN.value: _("Sweden"),
}


def field_in_words(kind: str, field: str) -> str:
    """Say which field of a thing was changed."""
    if field in _FIELDS:
        return str(_FIELDS[field])
    found = _field(kind, field)
    return str(getattr(found, "verbose_name", field))


def value_in_words(kind: str, field: str, value: Any) -> str:
    """Say a value of the trail as a person would: nothing is a dash, a key is what it means."""
    if field == "taken":
        return ", ".join(map(choice_name, value or ())) or "\N{EN DASH}"
    found = _field(kind, field)
    choices = dict(getattr(found, "flatchoices", None) or ())
    if field in {"country", "home_country"}:
        choices = _COUNTRIES
    if isinstance(value, str) and value in choices:
        return str(choices[value])
    if isinstance(value, str) and isinstance(found, models.DateField):
        return day_in_words(date.fromisoformat(value))
    return _plainly(value)


def _field(kind: str, field: str) -> Any:
    try:
        return apps.get_model(kind)._meta.get_field(field)
    except (LookupError, FieldDoesNotExist):
        return None


def _plainly(value: Any) -> str:
    if value in (None, "", [], {}):
        return "\N{EN DASH}"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, dict) and value.keys() <= set(LANGUAGES):
        return str(LocalisedText(value))
    if isinstance(value, dict):
        labels = dict(Factor.choices)
        return ". ".join(f"{labels.get(key, key)}: {_plainly(text)}" for key, text in value.items())
    if isinstance(value, list):
        return ", ".join(_plainly(inner) for inner in value)
    return str(value)


def number_in_words(number: int) -> str:
    """Write a small number as a sentence begins with it ('Five'); a large one in digits."""
    return str(NUMBERS[number]) if number < len(NUMBERS) else str(number)
