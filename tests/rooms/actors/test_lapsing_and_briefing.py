"""What runs out soon is told in time, and what we know of an actor is gathered before a visit."""

from __future__ import annotations

import datetime as dt

import pytest

from samskap.actors import queries
from samskap.actors.compute.briefing import brief
from samskap.actors.compute.lapsing import Lapsing, what_lapses
from samskap.actors.models import (
    Actor,
    Confirmed,
    FieldOrigin,
    SeatRole,
    Suggestion,
    Tie,
    TieKind,
)
from samskap.trust import actions as trust
from samskap.trust.access import PUBLIC, Reader
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role, Visibility
from tests.world import talks
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.people import NOON, partnership, person_with_account
from tests.world.talks import TODAY, contact, membership, seat, talk

pytestmark = pytest.mark.django_db
SECRETARIAT = Reader(roles=frozenset({Role.SECRETARIAT}), is_signed_in=True)


def in_days(days):
    return TODAY + dt.timedelta(days=days)


def mandate(person, party, capacity, until, since=dt.date(2024, 1, 1)):
    return trust.give_mandate(
        person=person,
        party=party,
        capacity=capacity,
        valid_from=since,
        valid_to=until,
        by=OPERATOR,
        at=NOON,
    )


def told(**more):
    return [
        (lapse.what, lapse.on, str(lapse.actor or ""))
        for lapse in what_lapses(reader=SECRETARIAT, on=TODAY, **more)
    ]


def test_what_ends_within_ninety_days_is_told_the_first_to_end_first():
    alfa, beta = ActorFactory(named="Alfa"), ActorFactory(named="Beta")
    membership(alfa, valid_to=in_days(90), agreement_ends_on=in_days(30))
    membership(beta, valid_to=in_days(91), agreement_ends_on=in_days(91))
    seat(talks.body(), beta, valid_to=in_days(10))
    mandate(
        person_with_account("a@p.example"), alfa.party, Role.PARTNER_REPRESENTATIVE, in_days(60)
    )
    mandate(person_with_account("b@p.example"), partnership(), Role.BOARD_MEMBER, in_days(1))

    assert told() == [
        (Lapsing.MANDATE, in_days(1), ""),
        (Lapsing.SEAT, in_days(10), "Beta"),
        (Lapsing.AGREEMENT, in_days(30), "Alfa"),
        (Lapsing.MANDATE, in_days(60), "Alfa"),
        (Lapsing.MEMBERSHIP, in_days(90), "Alfa"),
    ]


def test_an_agreement_that_has_run_out_is_told_until_it_is_renewed():
    membership(ActorFactory(named="Alfa"), agreement_ends_on=in_days(-40))

    assert told() == [(Lapsing.AGREEMENT, in_days(-40), "Alfa")]


def test_what_has_been_renewed_does_not_lapse():
    alfa = ActorFactory(named="Alfa")
    membership(alfa, valid_to=in_days(20))
    membership(alfa, valid_from=in_days(20))
    board = talks.body()
    seat(board, alfa, valid_to=in_days(20))
    seat(board, alfa, valid_from=in_days(20))
    person = person_with_account("a@p.example")
    mandate(person, alfa.party, Role.PARTNER_REPRESENTATIVE, in_days(20))
    mandate(person, alfa.party, Role.PARTNER_REPRESENTATIVE, None, since=in_days(20))

    assert told() == []


def test_what_lapses_takes_as_many_questions_for_three_as_for_one(django_assert_num_queries):
    for count in (1, 3):
        for number in range(count):
            firm = ActorFactory()
            membership(firm, valid_to=in_days(20))
            seat(talks.body(f"G{count}{number}"), firm, valid_to=in_days(20))
            who = person_with_account(f"p{count}{number}@p.example")
            mandate(who, firm.party, Role.PARTNER_REPRESENTATIVE, in_days(20))
        with django_assert_num_queries(4):
            what_lapses(reader=SECRETARIAT, on=TODAY)


@pytest.fixture
def known():
    """A firm of which we know much; everyone may see the firm."""
    firm = ActorFactory(named="Sagbruket")
    kari = contact(firm, "Kari Kanari")
    contact(firm, "Ola Sluttet")
    firm.contacts.filter(name="Ola Sluttet").update(left_on=dt.date(2026, 1, 1))
    for number in range(6):
        talk(firm, f"Samtale {number}", happened_on=in_days(-number), contacts=[kari])
    talk(firm, "Gammel", happened_on=in_days(-30), next_step="Ring", next_step_on=in_days(-2))
    source = SourceFactory()
    for kind, other, out in (
        (TieKind.MEMBER_OF, "Åsklyngen", True),
        (TieKind.MEMBER_OF, "Bioklyngen", True),
        (TieKind.MEMBER_OF, "Datter", False),
    ):
        there = ActorFactory(named=other)
        ends = (firm, there) if out else (there, firm)
        Tie.objects.create(
            kind=kind,
            from_actor=ends[0],
            to_actor=ends[1],
            source=source,
            visibility=Visibility.PUBLIC,
        )
    membership(firm)
    seat(talks.body(), firm, SeatRole.CHAIR)
    for field, day in (("employees", in_days(-900)), ("name", in_days(-10))):
        FieldOrigin.objects.create(
            actor=firm,
            field=field,
            source=source,
            confirmed_by=Confirmed.SECRETARIAT,
            confirmed_on=day,
        )
    Suggestion.objects.create(actor=firm, kind="comment", suggested_at=NOON)
    return queries.with_details(Actor.objects.filter(pk=firm.pk), reader=SECRETARIAT).get()


def test_before_a_visit_all_that_we_know_is_gathered(known):
    told = brief(known, reader=SECRETARIAT, on=TODAY)

    assert [each.name for each in told.contacts] == ["Kari Kanari"]
    assert [each.text for each in told.talks] == [f"Samtale {number}" for number in range(5)]
    assert told.talks_total == 7
    assert [each.next_step for each in told.steps] == ["Ring"]
    assert [(tie.words, [str(each.name) for each in tie.others]) for tie in told.ties] == [
        ("Member of", ["Bioklyngen", "Åsklyngen"]),
        ("Has as member", ["Datter"]),
    ]
    assert told.member.belonging == "partner"
    assert [(str(each.body), each.role) for each in told.seats] == [("Styret (nb)", SeatRole.CHAIR)]
    assert [each.field for each in told.stale] == ["employees"]
    assert told.suggestions == 1


def test_to_others_there_are_no_people_and_no_talks(known):
    told = brief(known, reader=PUBLIC, on=TODAY)

    assert (told.contacts, told.talks, told.talks_total, told.steps) == ((), (), 0, ())
    assert (told.stale, told.suggestions, told.acting) == ((), 0, ())
    assert "Kanari" not in str(told)
