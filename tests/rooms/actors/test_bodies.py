"""Bodies have seats for a term; what ends soon and what is vacant is said."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from samskap.actors.actions import bodies as act
from samskap.actors.compute.bodies import bodies, body
from samskap.actors.models import BodyKind, Seat, SeatRole
from samskap.actors.public import (
    NetworkSelection,
    Selection,
    filters_offered,
    find_actors,
    network,
    selection_in,
)
from samskap.strategy.keys import Factor, Side
from samskap.trust import audit
from samskap.trust.access import PUBLIC, Reader
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role, Visibility
from samskap.trust.rules import NotPermittedError
from tests.world import talks
from tests.world.factories import ActorFactory, in_each_language
from tests.world.people import NOON, person_with_account, someone
from tests.world.talks import TODAY, seat

pytestmark = pytest.mark.django_db
SECRETARIAT = Reader(roles=frozenset({Role.SECRETARIAT}), is_signed_in=True)


def test_a_body_says_who_sits_in_the_order_of_their_roles():
    board = talks.body()
    alfa = ActorFactory(named="Alfa", factors=[Factor.CAPITAL], side=Side.EMPLOYER)
    beta = ActorFactory(named="Beta", factors=[Factor.CAPITAL, Factor.BUSINESS])
    seat(board, alfa)
    seat(board, beta, SeatRole.CHAIR, valid_to=TODAY + dt.timedelta(days=90))
    seat(board, ActorFactory(named="Gamma"), valid_from=dt.date(2027, 1, 1))
    seat(board, ActorFactory(named="Delta"), SeatRole.DEPUTY_CHAIR, valid_to=dt.date(2026, 1, 1))

    told = body(board.slug, reader=PUBLIC, on=TODAY)

    assert [(str(each.actor.name), each.role, each.ends_soon) for each in told.seats] == [
        ("Beta", SeatRole.CHAIR, True),
        ("Alfa", SeatRole.MEMBER, False),
    ]
    assert [str(each.actor.name) for each in told.coming] == ["Gamma"]
    assert [str(each.actor.name) for each in told.past] == ["Delta"]
    assert told.vacant == (SeatRole.DEPUTY_CHAIR,)
    assert dict(told.factors)[Factor.CAPITAL] == 2
    assert dict(told.sides)[Side.EMPLOYER] == 1
    assert told.missing_factors == (
        Factor.PUBLIC_AUTHORITY,
        Factor.ENTREPRENEURSHIP,
        Factor.RESEARCH_EDUCATION,
    )


def test_a_body_that_nobody_chairs_says_so():
    assert body(talks.body().slug, reader=PUBLIC, on=TODAY).vacant == (SeatRole.CHAIR,)


def test_who_fills_a_seat_is_not_told_to_everyone():
    board, firm = talks.body(), ActorFactory()
    seat(board, firm, person=person_with_account("kari@p.example", name="Kari Stol"))

    assert body(board.slug, reader=PUBLIC, on=TODAY).seats[0].person == ""
    assert body(board.slug, reader=SECRETARIAT, on=TODAY).seats[0].person == "Kari Stol"


def test_a_seat_of_an_actor_that_is_not_for_the_reader_is_not_there():
    board = talks.body()
    seat(board, ActorFactory(visibility=Visibility.SECRETARIAT))

    assert body(board.slug, reader=PUBLIC, on=TODAY).seats == ()
    assert len(body(board.slug, reader=SECRETARIAT, on=TODAY).seats) == 1


def test_a_body_for_the_secretariat_is_nobody_elses():
    hidden = talks.body("Utvalget", visibility=Visibility.SECRETARIAT)

    assert body(hidden.slug, reader=PUBLIC, on=TODAY) is None
    assert bodies(reader=PUBLIC, on=TODAY) == []


def test_two_are_not_chair_at_once():
    board = talks.body()
    seat(board, ActorFactory(), SeatRole.CHAIR, valid_to=dt.date(2027, 1, 1))

    with pytest.raises(ValidationError) as refused:
        seat(board, ActorFactory(), SeatRole.CHAIR, valid_from=dt.date(2026, 12, 31))
    later = seat(board, ActorFactory(), SeatRole.CHAIR, valid_from=dt.date(2027, 1, 1))

    assert refused.value.message_dict == {
        "role": ["Another holds that role in that time. End it first, or choose other days."]
    }
    assert later.valid_from == dt.date(2027, 1, 1)


def test_the_same_seat_is_not_given_twice_in_one_time():
    board, firm = talks.body(), ActorFactory()
    seat(board, firm)

    with pytest.raises(ValidationError) as refused:
        seat(board, firm)

    assert refused.value.messages == ["They hold that seat already in that time. End it first."]


def test_a_renewed_seat_goes_on_from_the_day_the_old_term_ends():
    board, firm = talks.body(), ActorFactory()
    old = seat(board, firm, SeatRole.CHAIR, valid_to=dt.date(2027, 1, 1))

    new = act.renew_seat(seat=old, until=dt.date(2029, 1, 1), by=OPERATOR, at=NOON)

    assert (new.actor, new.role, new.valid_from, new.valid_to) == (
        firm,
        SeatRole.CHAIR,
        dt.date(2027, 1, 1),
        dt.date(2029, 1, 1),
    )
    with pytest.raises(ValidationError):
        act.renew_seat(seat=old, until=dt.date(2029, 1, 1), by=OPERATOR, at=NOON)


def test_a_seat_without_an_end_has_nothing_to_renew():
    forever = seat(talks.body(), ActorFactory())

    with pytest.raises(ValidationError) as refused:
        act.renew_seat(seat=forever, until=None, by=OPERATOR, at=NOON)

    assert refused.value.messages == ["This term has no end, so there is nothing to renew."]


def test_a_seat_ends_on_a_day_and_one_that_never_began_is_taken_back():
    board = talks.body()
    kept, mistaken = seat(board, ActorFactory()), seat(board, ActorFactory())

    act.end_seat(seat=kept, on=TODAY, by=OPERATOR, at=NOON, reason="Ny jobb")
    gone = act.end_seat(seat=mistaken, on=dt.date(2025, 1, 1), by=OPERATOR, at=NOON)

    assert gone is None
    assert list(Seat.objects.values_list("valid_to", flat=True)) == [TODAY]
    assert [entry.verb for entry in audit.history_of(board)] == [
        "seat.taken-back",
        "seat.ended",
        "seat.given",
        "seat.given",
        "body.set-up",
    ]


def test_a_body_gets_an_address_from_its_name_and_keeps_it():
    first = act.set_up_body(
        facts=act.BodyFacts(name=in_each_language("Rådet"), kind=BodyKind.COUNCIL),
        by=OPERATOR,
        at=NOON,
    )
    second = talks.body("Rådet")

    renamed = act.edit_body(
        body=first,
        facts=act.BodyFacts(name=in_each_language("Storrådet"), kind=BodyKind.COUNCIL),
        by=OPERATOR,
        at=NOON,
    )

    assert second.slug == f"{first.slug}-2"
    assert renamed.slug == first.slug


def test_a_body_is_for_more_than_one_organisation():
    with pytest.raises(ValidationError) as refused:
        talks.body(visibility=Visibility.PARTY)

    assert refused.value.message_dict == {
        "visibility": ["A body is for more than one organisation. Choose another."]
    }


def test_bodies_take_as_many_questions_for_three_as_for_one(django_assert_num_queries):
    for count in (1, 3):
        for number in range(count):
            made = talks.body(f"Gruppe {count}{number}")
            seat(made, ActorFactory(), person=person_with_account(f"p{count}{number}@p.example"))
        with django_assert_num_queries(4):
            bodies(reader=SECRETARIAT, on=TODAY)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECRETARIAT])
def test_only_the_secretariat_says_who_sits_where(role):
    by, board, firm = someone(role), talks.body(), ActorFactory()
    held = seat(board, firm, valid_to=dt.date(2027, 1, 1))
    facts = act.BodyFacts(name=in_each_language("Annet"), kind=BodyKind.BOARD)
    sitting = act.SeatFacts(actor=firm, role=SeatRole.CHAIR, valid_from=TODAY)

    for attempt in (
        lambda: act.set_up_body(facts=facts, by=by, at=NOON),
        lambda: act.edit_body(body=board, facts=facts, by=by, at=NOON),
        lambda: act.give_seat(body=board, facts=sitting, by=by, at=NOON),
        lambda: act.end_seat(seat=held, on=TODAY, by=by, at=NOON),
        lambda: act.renew_seat(seat=held, until=None, by=by, at=NOON),
    ):
        with pytest.raises(NotPermittedError):
            attempt()


def test_those_with_a_seat_today_are_found_by_the_body_they_sit_in():
    board = talks.body()
    alfa, beta = ActorFactory(named="Alfa"), ActorFactory(named="Beta", factors=[Factor.CAPITAL])
    ActorFactory(named="Gamma")
    seat(board, beta)
    seat(board, alfa)
    seat(board, ActorFactory(named="Gikk av"), valid_to=TODAY)
    asked = Selection(bodies=(board.slug,))

    found = find_actors(asked, on=TODAY)

    assert [str(line.name) for line in found.actors] == ["Alfa", "Beta"]
    assert found.facets.bodies == {board.slug: 2}
    with_capital = find_actors(Selection(factors=("capital",)), on=TODAY)
    assert with_capital.facets.bodies == {board.slug: 1}
    assert selection_in({"body": [board.slug]}) == asked
    offered = next(each for each in filters_offered(asked, found) if each.name == "body")
    assert offered.legend == "Has a seat in"
    assert [each.label for each in offered.chosen] == [str(board.name)]
    everyone = network(NetworkSelection(on=TODAY, actors=asked))
    assert sorted(str(node.name) for node in everyone.nodes) == ["Alfa", "Beta"]


def test_a_body_that_is_not_for_the_reader_finds_nobody_and_is_not_offered():
    board = talks.body(visibility=Visibility.SECRETARIAT)
    seat(board, ActorFactory(named="Alfa"))
    asked = Selection(bodies=(board.slug,))

    hidden, seen = find_actors(asked, on=TODAY), find_actors(asked, reader=SECRETARIAT, on=TODAY)

    assert (hidden.total, hidden.facets.bodies) == (0, {})
    assert (seen.total, seen.facets.bodies) == (1, {board.slug: 1})
