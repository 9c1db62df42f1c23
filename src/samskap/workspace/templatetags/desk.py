"""Template tags of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import pgettext

from samskap.kernel.dates import day_in_words
from samskap.trust import queries
from samskap.trust.access import PUBLIC, reader_for
from samskap.trust.models import Mandate, Role, User
from samskap.workspace.acting import choices_of
from samskap.workspace.words import kind_in_words, verb_in_words

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from django.template.context import RequestContext

    from samskap.trust.access import Reader
    from samskap.trust.privacy.exports import Said
    from samskap.workspace.acting import ActsFor

register = template.Library()


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone invented whom a visitor can be."""

    role: str
    role_name: str
    name: str
    email: str


@register.simple_tag
def demo_roles() -> list[DemoPerson]:
    """Return the invented people of a demonstration, in the order of the roles; else none."""
    if not settings.DEMO:
        return []
    held = (
        Mandate.objects.filter(person__user__in=queries.demo_accounts(), person__is_demo=True)
        .select_related("person__user")
        .order_by("id")
    )
    by_role = {row.capacity: row.person for row in held if row.is_valid_on(timezone.localdate())}
    return [
        DemoPerson(role.value, str(role.label), person.name, person.user.email)
        for role in Role
        if (person := by_role.get(role)) and person.user
    ]


@register.simple_tag(takes_context=True)
def reader_of(context: RequestContext) -> Reader:
    """Return what whoever reads this page is: the view's own answer, or asked anew."""
    desk = context.get("desk")
    if desk is not None:
        reader: Reader = desk.reader
        return reader
    user = context.get("user")
    return reader_for(user, on=timezone.localdate()) if isinstance(user, User) else PUBLIC


@register.simple_tag(takes_context=True)
def acts_for(context: RequestContext) -> list[ActsFor]:
    """Return those whoever reads this page may act for today, one of which is chosen."""
    return choices_of(context["request"])


@register.filter
def chosen(choices: list[ActsFor]) -> ActsFor | None:
    """Return the one that is acted for; nothing, when there is no mandate."""
    return next((one for one in choices if one.is_chosen), None)


@register.simple_tag
def first_role(reader: Reader) -> str:
    """Return what ``reader`` is first of all; nothing, when they hold no mandate."""
    return next((str(role.label) for role in Role if role in reader.roles), "")


@register.filter
def weekday(day: date) -> str:
    """Write a day with its weekday, as a page of today begins."""
    return capfirst(date_format(day, pgettext("date format", "l j F")))


@register.filter
def day(on: date) -> str:
    """Write a day with its year."""
    return day_in_words(on)


@register.filter
def day_of_year(on: date) -> str:
    """Write a day without its year."""
    return date_format(on, pgettext("date format", "j F"))


@register.filter
def clock(at: datetime) -> str:
    """Write the time of day where the partnership is."""
    return date_format(timezone.localtime(at), pgettext("date format", "H:i"))


@register.filter
def days_until(on: date, today: date) -> int:
    """Return how many days it is from ``today`` to ``on``."""
    return (on - today).days


@register.filter
def days_since(on: date, today: date) -> int:
    """Return how many days it is since ``on``."""
    return (today - on).days


@register.filter
def kroner(amount: Decimal) -> str:
    """Write an amount in Norwegian kroner, with øre when there are any."""
    decimals = 0 if amount == amount.to_integral_value() else 2
    shown = number_format(amount, decimals, force_grouping=True)
    return pgettext("an amount", "NOK %(amount)s") % {"amount": shown}


@register.filter
def holds(reader: Reader, roles: str) -> bool:
    """Whether ``reader`` holds one of ``roles``, written with spaces between."""
    return bool(reader.roles & set(roles.split()))


@register.filter
def role_name(role: Any) -> str:
    """Return what a role is called."""
    return str(Role(role).label)


@register.filter
def said_in_words(said: Said) -> str:
    """Return what is held in a field: what was done, and about what, as the log says it."""
    if said.field == "verb":
        return verb_in_words(said.value)
    return capfirst(kind_in_words(said.value)) if said.field == "about_kind" else said.value
