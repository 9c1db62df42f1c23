"""Where an actor works beside its address: its sites, kept as they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samskap.actors.models import Site
from samskap.evidence.queries import place_by_code
from samskap.kernel.identifiers import clean_organisation_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samskap.actors.facts import SiteFacts
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
    before = sorted(map(_in_words, actor.sites.select_related("place")))
    after = sorted(_in_words(_site(actor, facts)) for facts in sites)
    return {"sites": [before, after]} if before != after else {}


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


def _in_words(site: Site) -> str:
    told: list[Any] = [
        site.name,
        site.organisation_number,
        site.street,
        f"{site.postcode} {site.post_town}".strip(),
        site.place.name.in_language(None),
        "" if site.latitude is None else f"{site.latitude}° N {site.longitude}° E",
        "" if site.employees is None else str(site.employees),
    ]
    return ", ".join(part for part in told if part)
