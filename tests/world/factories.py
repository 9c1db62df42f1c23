"""Rows for tests, made straight in the database: places, sources, parties, actors."""

from __future__ import annotations

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from samskap.actors.models import Actor, ActorFactor, ActorKind, Tie, TieKind
from samskap.evidence.models import Level, Place, Source
from samskap.kernel.folding import slug_of
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor
from samskap.trust.models import Party, Visibility

NEW_YEAR_2024 = dt.date(2024, 1, 1)
# What the tests' own today is: whatever the calendar says, nothing was written down after it.
WRITTEN_DOWN = dt.date(2026, 11, 24)


def in_norwegian(text: str) -> LocalisedText:
    """A name that is the same whoever reads."""
    return LocalisedText({"nb": text})


def in_each_language(text: str) -> LocalisedText:
    """A text that says which language it is in."""
    return LocalisedText({language: f"{text} ({language})" for language in ("nb", "sv", "en")})


class PartyFactory(DjangoModelFactory):
    """An organisation as a holder of rights."""

    class Meta:
        model = Party


class SourceFactory(DjangoModelFactory):
    """A source that everyone may see."""

    class Meta:
        model = Source

    key = factory.Sequence(lambda number: f"kilde-{number}")
    title = factory.LazyFunction(lambda: in_each_language("Næringskatalogen"))
    publisher = "Eksempel forlag"
    visibility = Visibility.PUBLIC


class PlaceFactory(DjangoModelFactory):
    """A municipality that has been one since 2024; ``named`` is its name."""

    class Meta:
        model = Place

    class Params:
        named = factory.Sequence(lambda number: f"Kommune {number}")

    country = "NO"
    code = factory.Sequence(lambda number: str(5000 + number))
    level = Level.MUNICIPALITY
    name = factory.LazyAttribute(lambda place: in_norwegian(place.named))
    valid_from = NEW_YEAR_2024
    source = factory.SubFactory(SourceFactory)


class ActorFactory(DjangoModelFactory):
    """A public actor called ``named``; it counts as business unless ``factors`` says more."""

    class Meta:
        model = Actor
        skip_postgeneration_save = True

    class Params:
        named = factory.Sequence(lambda number: f"Bedrift {number} AS")

    name = factory.LazyAttribute(lambda actor: in_norwegian(actor.named))
    slug = factory.LazyAttributeSequence(lambda actor, number: f"{slug_of(actor.named)}-{number}")
    official_name = factory.LazyAttribute(lambda actor: actor.named.upper())
    party = factory.SubFactory(PartyFactory)
    kind = ActorKind.COMPANY
    country = "NO"
    place = factory.SubFactory(PlaceFactory)
    source = factory.SubFactory(SourceFactory)
    visibility = Visibility.PUBLIC
    known_since = WRITTEN_DOWN

    @factory.post_generation
    def factors(self, create: bool, given: list[Factor] | None, **_: object) -> None:  # noqa: FBT001
        """Give the actor its factors, each with a reason."""
        if not create:
            return
        for factor in given or [Factor.BUSINESS]:
            ActorFactor.objects.create(actor=self, factor=factor, reason=in_each_language("Fordi"))


class TieFactory(DjangoModelFactory):
    """A tie everyone may see, between two firms that cooperate; it has always held."""

    class Meta:
        model = Tie

    kind = TieKind.COOPERATES_WITH
    from_actor = factory.SubFactory(ActorFactory)
    to_actor = factory.SubFactory(ActorFactory)
    source = factory.SubFactory(SourceFactory)
    visibility = Visibility.PUBLIC
