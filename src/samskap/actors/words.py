"""What the facts of an actor are called, the same on every page and in every letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# The order is that in which a page tells them.
FACT_NAMES: Final[dict[str, _StrPromise]] = {
    "name": _("Name"),
    "official_name": _("Name in the register"),
    "organisation_number": _("Organisation number"),
    "kind": _("Kind"),
    "legal_form": _("Legal form"),
    "status": pgettext_lazy("fact of an actor", "Status"),
    "founded_on": pgettext_lazy("fact of an actor", "Founded"),
    "description": _("What it does"),
    "factors": _("Factors"),
    "side": _("Side in working life"),
    "focus_areas": _("Focus areas"),
    "industry_codes": _("Codes of industry"),
    "employees": pgettext_lazy("fact of an actor", "Employees"),
    "place": _("Place"),
    "street": pgettext_lazy("fact of an actor", "Address"),
    "sites": pgettext_lazy("fact of an actor", "Sites"),
    "web": _("Web page"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "written_norm": _("Written norm"),
    "source": _("Where we have it from"),
}


def fact_name(fact: str) -> str:
    """Return what ``fact`` is called in the reader's language; the key itself when it is none."""
    return str(FACT_NAMES.get(fact, fact))


def choice_name(choice: str) -> str:
    """Return what one of ``rewiring.CHOICES`` is called: an address goes by its street."""
    return fact_name("street" if choice == "address" else choice)
