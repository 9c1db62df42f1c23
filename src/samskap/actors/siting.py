"""Where an actor works beside its address: its sites, kept as they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.actors.facts import SiteFacts
from samskap.actors.models import Site
from samskap.evidence.facts import PlaceCode
from samskap.evidence.models import Place
from samskap.evidence.queries import place_by_code
from samskap.kernel.identifiers import clean_organisation_number
from samskap.kernel.loading import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from samskap.actors.models import Actor

_TOLD = (
    "name",
    "organisation_number",
    "place",
    "street",
    "postcode",
    "post_town",
    "latitude",
    "longitude",
    "employees",
)


def site_changes(actor: Actor, sites: Iterable[SiteFacts]) -> dict[str, list[Any]]:
    """Return ``[before, after]`` when ``sites`` are not those that ``actor`` has.

    Raises ``UnknownPlaceError`` for a place that is not here.
    """
    before, after = sites_of(actor), _in_order(_site(actor, facts) for facts in sites)
    return {"sites": [before, after]} if before != after else {}


def sites_of(actor: Actor) -> list[dict[str, Any]]:
    """Return the sites of ``actor`` as the log keeps them: what is said, the place by its key."""
    return _in_order(actor.sites.select_related("place"))


def said_again(sites: Iterable[Mapping[str, Any]]) -> tuple[SiteFacts, ...]:
    """Return ``sites`` of the log as a document would say them.

    Raises ``Place.DoesNotExist`` when a place is not here any more.
    """
    return tuple(
        SiteFacts(**{**site, "place": _code_of(Place.objects.get(key=site["place"]))})
        for site in sites
    )


def keep_sites(actor: Actor, sites: Iterable[SiteFacts]) -> None:
    """Let ``actor`` have ``sites`` and no others; one that is known keeps its key.

    Raises ``ValidationError`` when a number cannot be.
    """
    known = list(actor.sites.all())
    kept = []
    for facts in sites:
        site = _site(actor, facts)
        before = next((each for each in known if _is_same(each, site)), None)
        if before is not None:
            known.remove(before)
            site = _moved(before, site)
        kept.append(site)
    for gone in known:
        gone.delete()
    for site in kept:
        site.full_clean()
        site.save()


def _is_same(one: Site, other: Site) -> bool:
    if one.organisation_number or other.organisation_number:
        return one.organisation_number == other.organisation_number
    return one.name == other.name


def _moved(before: Site, after: Site) -> Site:
    for field in (*_TOLD, "source"):
        setattr(before, field, getattr(after, field))
    return before


def _site(actor: Actor, facts: SiteFacts) -> Site:
    fields = {field: getattr(facts, field) for field in _TOLD}
    country = facts.place.country
    if facts.organisation_number:
        number = clean_organisation_number(facts.organisation_number, country=country)
        fields["organisation_number"] = number
    fields["place"] = place_by_code(facts.place.code, on=facts.place.on, country=country)
    return Site(actor=actor, source=actor.source, **fields)


def _in_order(sites: Iterable[Site]) -> list[dict[str, Any]]:
    told = [{field: plain(getattr(site, field)) for field in _TOLD} for site in sites]
    return sorted(told, key=lambda site: (site["organisation_number"], site["name"]))


def _code_of(place: Place) -> PlaceCode:
    return PlaceCode(place.code, on=place.valid_from, country=place.country)
