"""A remembered world is the world that was made, row by row."""

from __future__ import annotations

import pytest
from django.core import serializers
from django.db import transaction

from samskap.actors.models import Actor
from samskap.evidence.models import Place, Source
from samskap.strategy.models import Partnership
from samskap.strategy.queries import begin_request, end_request, the_partnership
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.region import ostfold
from tests.world.remembering import remembered

pytestmark = pytest.mark.django_db


@pytest.fixture
def undo():
    """Undo what a call does, and return what it returns."""

    def undone(act):
        point = transaction.savepoint()
        try:
            return act()
        finally:
            transaction.savepoint_rollback(point)

    return undone


@pytest.fixture
def world():
    """A world of an actor under a factor, that counts how often it is made."""
    calls = []

    def make():
        calls.append(ActorFactory())

    make.__qualname__ = f"a world of {id(calls)}"
    make.calls = calls
    return make


def everything():
    rows = [*Source.objects.order_by("pk"), *Place.objects.order_by("pk"), *Actor.objects.all()]
    return serializers.serialize("json", rows)


def test_what_is_put_back_is_what_was_made(world, undo):
    made, put_back = (undo(lambda: (remembered(world), everything())[1]) for _time in range(2))

    assert put_back == made
    assert len(world.calls) == 1


def test_one_world_may_stand_on_another(world, undo):
    def both():
        remembered(world)
        remembered(on_top)
        return everything()

    def on_top():
        ActorFactory(place=Actor.objects.get().place)

    on_top.__qualname__ = f"on {id(world)}"

    made, put_back = undo(both), undo(both)

    assert put_back == made


def test_on_top_of_anything_else_a_world_is_made_anew(world, undo):
    undo(lambda: remembered(world))
    SourceFactory(key="of-this-test")

    remembered(world)

    assert len(world.calls) == 2
    assert Source.objects.filter(key="of-this-test").exists()


def test_what_is_written_afterwards_has_numbers_of_its_own(world, undo):
    undo(lambda: remembered(world))

    remembered(world)

    assert ActorFactory().pk > Actor.objects.order_by("pk").first().pk
    assert Actor.objects.count() == 2


def test_who_had_read_that_there_is_no_partnership_reads_again(undo):
    undo(ostfold)
    begin_request()
    try:
        before = the_partnership()
        ostfold()

        assert (before, the_partnership()) == (None, Partnership.objects.get())
    finally:
        end_request()
