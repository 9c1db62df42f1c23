"""Register actors, and keep what is said of them right."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskap.actors import rules
from samskap.actors.classifying import classification_changes, classify
from samskap.actors.compute.freshness import fact_of
from samskap.actors.models import Actor, ActorFactor, Confirmed
from samskap.actors.models.actor import RESERVED_SLUGS
from samskap.actors.origins import Said, begin_freshness, keep_first_origins, keep_origins
from samskap.actors.queries import home_region
from samskap.evidence.actions import UnknownSourceError, load_places, load_sources
from samskap.evidence.facts import Geography, PlaceFacts, SourceFacts
from samskap.evidence.models import Level, Source
from samskap.evidence.queries import place_by_code
from samskap.kernel.folding import slug_of
from samskap.kernel.identifiers import clean_organisation_number
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.loading import Loaded, differences, first_values
from samskap.kernel.text import LocalisedText
from samskap.strategy.queries import the_partnership
from samskap.trust import audit
from samskap.trust.models import Party, Person, User

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from samskap.actors.facts import ActorFacts, Roster
    from samskap.evidence.queries import Region
    from samskap.strategy.keys import Factor
    from samskap.trust.doers import Doer


_SLUG_LENGTH: Final = 64


class NotADemonstrationError(Exception):
    """Invented actors exist only where someone asked for a demonstration."""


@transaction.atomic
def register_actor(
    *, facts: ActorFacts, by: Doer, at: datetime, by_whom: Confirmed = Confirmed.SECRETARIAT
) -> Actor:
    """Write down an organisation, with a party of its own and the factors it counts under.

    ``by_whom`` says who vouches for the facts: the secretariat today, or a file or a register on
    the day its source was looked up.

    Raises ``ValidationError`` when the number is wrong or another's, or when no factor is given
    with its reason; ``UnknownPlaceError`` and ``UnknownSourceError`` when ``facts`` point to what
    is not here.
    """
    rules.require(rules.may_keep_actors, by)
    _require_reasons(facts.factors)
    fields = _fields(facts)
    actor = Actor(slug=facts.slug or _free_slug(facts), party=Party.objects.create(), **fields)
    if by_whom == Confirmed.FILE:
        # A document tells of those we knew before it was written, and does not say since when.
        actor.known_since = None
    said = [_said(actor, _told(facts), by=by, by_whom=by_whom, at=at)]
    actor.full_clean()
    begin_freshness(said)
    actor.save()
    _add_factors(actor, facts.factors)
    changes = first_values(fields) | {"factors": [None, _reasons(facts.factors)]}
    changes |= classify(actor, facts.more, is_new=True)
    keep_first_origins(said)
    audit.record("actor.registered", about=actor, by=by, at=at, changes=changes)
    return actor


@transaction.atomic
def edit_actor(
    *,
    actor: Actor,
    facts: ActorFacts,
    by: Doer,
    at: datetime,
    by_whom: Confirmed = Confirmed.SECRETARIAT,
    source: str = "",
    reason: str = "",
) -> Actor:
    """Let ``actor`` be as ``facts`` say, under the address it has.

    What changes is known from the source with the key ``source``, by default the actor's own.
    Leaves no trace when it was so already. Raises as ``register_actor`` does.
    """
    rules.require(rules.may_keep_actors, by)
    _require_reasons(facts.factors)
    # Two at once: the second waits, and compares with what the first one left.
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    changes = _changes(actor, facts)
    if not changes:
        return actor
    for field, value in _fields(facts).items():
        setattr(actor, field, value)
    actor.full_clean()
    actor.save()
    _set_factors(actor, facts.factors)
    classify(actor, facts.more)
    said = _said(actor, tuple(changes), by=by, by_whom=by_whom, at=at)
    keep_origins([replace(said, source=_source(source)) if source else said])
    verb = audit.verb_of_edit("actor.edited", changes)
    audit.record(verb, about=actor, by=by, at=at, changes=changes, reason=reason)
    return actor


@transaction.atomic
def load_actors(*, roster: Roster, by: Doer, at: datetime, demo: bool = False) -> Loaded:
    """Bring in the actors of a document, all of them or none; run again, it changes what differs.

    An actor is known by its organisation number, else by its key. Each that is new or changed
    leaves one entry in the audit trail. Raises ``NotADemonstrationError`` when one is invented and
    ``demo`` is not said, and else as ``register_actor`` does.
    """
    rules.require(rules.may_keep_actors, by)
    load_sources(sources=roster.sources, by=by, at=at)
    loaded = Loaded()
    for facts in roster.actors:
        if facts.is_demo and not demo:
            raise NotADemonstrationError(facts.slug)
        loaded += _load_actor(facts, by=by, at=at)
    return loaded


@transaction.atomic
def gather_sub_regions(*, by: Doer, at: datetime) -> Loaded:
    """Make the partnership's sub-regions places, each with the municipalities it is made of.

    Run again, it changes only what differs. Does nothing before the region and its places are
    loaded. Raises ``UnknownPlaceError`` when a sub-region names a code that means nothing today.
    """
    rules.require(rules.may_keep_actors, by)
    partnership, home = the_partnership(), home_region(on=timezone.localdate(at))
    if partnership is None or home is None:
        return Loaded()
    source = SourceFacts(
        key=f"{partnership.key}-sub-regions",
        title=partnership.name,
        publisher=partnership.name.in_language(DEFAULT_LANGUAGE),
    )
    places = [_sub_region(entry, home, source=source.key) for entry in partnership.sub_regions]
    return load_places(geography=Geography((source,), tuple(places)), by=by, at=at)


def _sub_region(entry: dict[str, Any], home: Region, *, source: str) -> PlaceFacts:
    members = [place for place in home.municipalities if place.code in entry["municipalities"]]
    return PlaceFacts(
        country=home.county.country,
        code=entry["key"],
        level=Level.SUB_REGION,
        name=LocalisedText(entry["name"]),
        valid_from=max(place.valid_from for place in (home.county, *members)),
        parent=home.county.code,
        members=tuple(entry["municipalities"]),
        source=source,
    )


def _load_actor(facts: ActorFacts, *, by: Doer, at: datetime) -> Loaded:
    actor, of_a_file = _recognised(facts), Confirmed.FILE
    if actor is None:
        register_actor(facts=facts, by=by, at=at, by_whom=of_a_file)
        return Loaded(created=1)
    if _changes(actor, facts):
        edit_actor(actor=actor, facts=facts, by=by, at=at, by_whom=of_a_file)
        return Loaded(changed=1)
    said = _said(actor, _unsaid(actor, facts), by=by, by_whom=of_a_file, at=at)
    keep_origins([replace(said, are_new=False)])
    return Loaded(unchanged=1)


def _said(
    actor: Actor, fields: tuple[str, ...], *, by: Doer, by_whom: Confirmed, at: datetime
) -> Said:
    """Say of ``fields``, written just now, where they are from."""
    today = timezone.localdate(at)
    is_ours = by_whom in {Confirmed.SECRETARIAT, Confirmed.ACTOR}
    return Said(
        actor=actor,
        fields=fields,
        source=actor.source,
        by_whom=by_whom,
        on=today if is_ours else min(actor.source.retrieved_on or today, today),
        person=Person.objects.filter(user=by).first() if isinstance(by, User) else None,
        are_new=True,
    )


def _told(facts: ActorFacts) -> tuple[str, ...]:
    """Return the names of the fields that ``facts`` speak of."""
    always = ("name", "official_name", "organisation_number", "kind", "place", "side", "factors")
    return (*always, *facts.more.fields(), *facts.more.hangs_on())


def _unsaid(actor: Actor, facts: ActorFacts) -> tuple[str, ...]:
    """Return the fields of ``facts`` that nobody vouches for, or only an older look at the source.

    A source that does not say when it was looked up is not newer than itself.
    """
    if actor.source.retrieved_on:
        return _told(facts)
    known = set(actor.origins.values_list("field", flat=True))
    return tuple(field for field in _told(facts) if fact_of(field) not in known)


def _recognised(facts: ActorFacts) -> Actor | None:
    if facts.organisation_number:
        number = clean_organisation_number(facts.organisation_number, country=facts.country)
        found = Actor.objects.filter(country=facts.country, organisation_number=number).first()
        if found is not None:
            return found
    return Actor.objects.filter(slug=facts.slug).first() if facts.slug else None


def _fields(facts: ActorFacts) -> dict[str, Any]:
    source, place = _source(facts.source), facts.place
    return {
        "kind": facts.kind,
        "country": facts.country,
        "organisation_number": _number(facts),
        "name": facts.name,
        "official_name": facts.official_name or facts.name.in_language(DEFAULT_LANGUAGE),
        "place": place_by_code(place.code, on=place.on, country=place.country),
        "side": facts.side or "",
        "source": source,
        "source_note": facts.source_note,
        "is_demo": facts.is_demo,
        "visibility": facts.visibility,
        "visible_to_party": facts.visible_to,
        **facts.more.fields(),
    }


def _source(key: str) -> Source:
    source = Source.objects.filter(key=key).first()
    if source is None:
        raise UnknownSourceError(key)
    return source


def _number(facts: ActorFacts) -> str:
    if not facts.organisation_number:
        return ""
    return clean_organisation_number(facts.organisation_number, country=facts.country)


def _changes(actor: Actor, facts: ActorFacts) -> dict[str, list[Any]]:
    changes = differences(actor, _fields(facts)) | classification_changes(actor, facts.more)
    before = {row.factor: row.reason for row in actor.factors.order_by("factor")}
    after = _reasons(facts.factors)
    return changes if before == after else changes | {"factors": [before, after]}


def _reasons(factors: Mapping[Factor, LocalisedText]) -> dict[str, LocalisedText]:
    return {str(factor): factors[factor] for factor in sorted(factors)}


def _require_reasons(factors: Mapping[Factor, LocalisedText]) -> None:
    if not factors or not all(reason.language_for(None) for reason in factors.values()):
        raise ValidationError({"factors": _("Name at least one factor, and say why for each.")})


def _add_factors(actor: Actor, factors: Mapping[Factor, LocalisedText]) -> None:
    for factor, reason in factors.items():
        row = ActorFactor(actor=actor, factor=factor, reason=reason)
        row.full_clean()
        row.save()


def _set_factors(actor: Actor, factors: Mapping[Factor, LocalisedText]) -> None:
    actor.factors.exclude(factor__in=[str(factor) for factor in factors]).delete()
    for factor, reason in factors.items():
        row = actor.factors.filter(factor=factor).first() or ActorFactor(actor=actor, factor=factor)
        row.reason = reason
        row.full_clean()
        row.save()


def _free_slug(facts: ActorFacts) -> str:
    """Return an address made from the name, numbered from 2 when another has it."""
    slug = slug_of(facts.name.in_language(DEFAULT_LANGUAGE))[:_SLUG_LENGTH].strip("-")
    wanted = chain([slug], (f"{slug}-{number}" for number in count(2)))
    free = (slug for slug in wanted if slug not in RESERVED_SLUGS)
    return next(slug for slug in free if not Actor.objects.filter(slug=slug).exists())
