"""What an entry of ``actors.yaml`` may say beside what it must."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from samskap.actors.facts import CodedIndustry, MoreFacts, SiteFacts
from samskap.actors.models import ActorStatus
from samskap.evidence.facts import PlaceCode
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import FocusAreaKey

if TYPE_CHECKING:
    from collections.abc import Callable


def more_of(entry: dict[str, Any], *, country: str, on: dt.date) -> MoreFacts:
    """Return what a checked ``entry`` says more; a key that is left out is unsaid.

    Codes of places are of ``country`` and are understood on ``on``.
    """

    def said(key: str, turned: Callable[[Any], Any]) -> Any:
        return turned(entry[key]) if key in entry else None

    return MoreFacts(
        legal_form=entry.get("legal-form"),
        description=said("description", LocalisedText),
        web=entry.get("web"),
        email=entry.get("email"),
        phone=entry.get("phone"),
        founded_on=said("founded-on", dt.date.fromisoformat),
        status=said("status", ActorStatus),
        written_norm=entry.get("written-norm"),
        focus_areas=said("focus-areas", lambda keys: tuple(map(FocusAreaKey, keys))),
        industry_codes=said("industry-codes", lambda codes: tuple(map(_coded, codes))),
        sites=said("sites", lambda sites: tuple(_site(each, country, on) for each in sites)),
        **(said("address", _address) or {}),
        **(said("employees", _employees) or {}),
    )


def _coded(written: str) -> CodedIndustry:
    standard, code = written.split()
    return CodedIndustry(standard, code)


def _address(told: dict[str, Any]) -> dict[str, Any]:
    """Return an address as a whole: a part that is left out of it is empty."""
    return {
        "street": told.get("street", ""),
        "postcode": told.get("postcode", ""),
        "post_town": told.get("post-town", ""),
        "latitude": told.get("latitude"),
        "longitude": told.get("longitude"),
    }


def _employees(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "employees": told.get("number"),
        "employees_are_few": told.get("few", False),
        "employees_on": dt.date.fromisoformat(told["on"]) if "on" in told else None,
    }


def _site(told: dict[str, Any], country: str, on: dt.date) -> SiteFacts:
    return SiteFacts(
        name=told["name"],
        place=PlaceCode(told["place"], on=on, country=country),
        organisation_number=told.get("organisation-number", ""),
        employees=told.get("employees"),
        **_address(told.get("address", {})),
    )
