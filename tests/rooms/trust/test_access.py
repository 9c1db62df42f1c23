"""Who sees what: every level of visibility and every reader, written out by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from samskap.actors.models import Actor, Tie
from samskap.trust import actions, queries
from samskap.trust.access import PUBLIC, Reader, reader_for, visible_to, visible_to_parties
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Mandate, Party, Person, Role, Visibility
from samskap.trust.rules import may_keep_accounts, may_read_audit_trail
from tests.world.factories import ActorFactory, TieFactory
from tests.world.people import NOON, partnership, person_with_account, someone

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 24)

LEVELS = ("public", "partners", "own party", "other party", "secretariat")
SEES = {
    #                          public partners own    other  secretariat
    "nobody signed in":       (True,  False,   False, False, False),
    "signed in, no mandate":  (True,  False,   False, False, False),
    "company-member":         (True,  False,   True,  False, False),
    "partner-representative": (True,  True,    True,  False, False),
    "board-member":           (True,  True,    False, False, False),
    "administrator":          (True,  False,   False, False, False),
    "auditor":                (True,  True,    True,  True,  True),
    "secretariat":            (True,  True,    True,  True,  True),
    "operator":               (True,  True,    True,  True,  True),
}  # fmt: skip


def things(own, other):
    """One actor of each level; the party they belong to is not the party that may see them."""
    return {
        "public": ActorFactory(visibility=Visibility.PUBLIC),
        "partners": ActorFactory(visibility=Visibility.PARTNERS),
        "own party": ActorFactory(visibility=Visibility.PARTY, visible_to_party=own),
        "other party": ActorFactory(visibility=Visibility.PARTY, visible_to_party=other),
        "secretariat": ActorFactory(visibility=Visibility.SECRETARIAT),
    }


def who(name, own):
    if name == "nobody signed in":
        return AnonymousUser()
    if name == "signed in, no mandate":
        return person_with_account("en@samskap.example").user
    if name == "operator":
        return OPERATOR
    is_of_an_organisation = name in {"company-member", "partner-representative"}
    return someone(name, party=own if is_of_an_organisation else None)


@pytest.mark.parametrize("name", SEES)
def test_a_reader_sees_what_is_for_them_and_no_more(name):
    own, other = Party.objects.create(), Party.objects.create()
    levels = things(own, other)
    reader = reader_for(who(name, own), on=TODAY)

    seen = set(Actor.objects.filter(visible_to(reader)).values_list("pk", flat=True))

    assert {level: levels[level].pk in seen for level in LEVELS} == dict(
        zip(LEVELS, SEES[name], strict=True)
    )


@pytest.mark.parametrize("name", SEES)
def test_what_is_reached_through_a_relation_is_seen_by_the_same(name):
    own, other = Party.objects.create(), Party.objects.create()
    levels = things(own, other)
    reader = reader_for(who(name, own), on=TODAY)

    through = Party.objects.filter(visible_to(reader, prefix="actor__"), actor__isnull=False)
    seen = set(through.values_list("actor", flat=True))

    assert {level: levels[level].pk in seen for level in LEVELS} == dict(
        zip(LEVELS, SEES[name], strict=True)
    )


def test_rights_add_up_over_the_mandates_of_one_person():
    own, second = Party.objects.create(), Party.objects.create()
    user = someone(Role.COMPANY_MEMBER, party=own)
    actions.give_mandate(
        person=user.person,
        party=second,
        capacity=Role.PARTNER_REPRESENTATIVE,
        valid_from=TODAY,
        by=OPERATOR,
        at=NOON,
    )

    assert reader_for(user, on=TODAY) == Reader(
        roles=frozenset({Role.COMPANY_MEMBER, Role.PARTNER_REPRESENTATIVE}),
        parties=frozenset({own.pk, second.pk}),
        acts_for=frozenset({own.pk, second.pk}),
        is_signed_in=True,
    )


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.ADMINISTRATOR])
def test_those_who_act_for_the_partnership_do_not_see_what_is_for_its_party_alone(role):
    ActorFactory(visibility=Visibility.PARTY, visible_to_party=partnership())

    reader = reader_for(someone(role), on=TODAY)

    assert list(Actor.objects.filter(visible_to(reader))) == []


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_a_mandate_gives_rights_from_its_first_day_and_not_on_its_last(day, holds):
    person = person_with_account("en@samskap.example")
    actions.give_mandate(
        person=person,
        party=partnership(),
        capacity=Role.BOARD_MEMBER,
        valid_from=dt.date(2026, 1, 1),
        valid_to=dt.date(2026, 7, 1),
        by=OPERATOR,
        at=NOON,
    )

    reader = reader_for(person.user, on=dt.date.fromisoformat(day))

    assert reader.roles == ({Role.BOARD_MEMBER} if holds else set())


@pytest.mark.database
@pytest.mark.parametrize(
    "wrong", [{"visibility": "everyone"}, {"visibility": "party", "visible_to_party": None}]
)
def test_the_database_refuses_a_level_that_means_nothing(wrong):
    actor = ActorFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Actor.objects.filter(pk=actor.pk).update(**wrong)


def test_new_content_starts_with_the_secretariat_alone():
    assert Actor().visibility == Visibility.SECRETARIAT


# What is between some --------------------------------------------------------------------------

MATCH = {
    #                          the giver's  the taker's  another's
    "nobody signed in":        (False,      False,       False),
    "company-member":          (True,       True,        False),
    "partner-representative":  (True,       True,        False),
    "board-member":            (False,      False,       False),
    "administrator":           (False,      False,       False),
    "auditor":                 (True,       True,        True),
    "secretariat":             (True,       True,        True),
}  # fmt: skip
_BETWEEN = ("from_actor__party", "to_actor__party")


@pytest.mark.parametrize("name", MATCH)
def test_what_is_between_two_is_seen_by_their_own_people_and_those_who_see_all(name):
    """A tie stands for a match: the secretariat's, and its two parties'."""
    match = TieFactory(visibility=Visibility.SECRETARIAT)
    parties = (match.from_actor.party, match.to_actor.party, Party.objects.create())

    seen = []
    for party in parties:
        reader = reader_for(who(name, party), on=TODAY)
        rows = Tie.objects.filter(visible_to(reader) | visible_to_parties(reader, *_BETWEEN))
        seen.append(list(rows) == [match])

    assert tuple(seen) == MATCH[name]


def test_no_party_is_no_key_to_what_is_between_others():
    TieFactory(visibility=Visibility.SECRETARIAT)

    assert list(Tie.objects.filter(visible_to_parties(PUBLIC, *_BETWEEN))) == []
    assert list(Tie.objects.filter(visible_to_parties(PUBLIC))) == []


# People, mandates and the trail ------------------------------------------------------------------

KEEPS_PEOPLE = {Role.SECRETARIAT, Role.AUDITOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", Role)
def test_people_and_mandates_are_seen_by_those_who_keep_them_and_by_colleagues(role):
    own = Party.objects.create()
    is_of_an_organisation = role in {Role.COMPANY_MEMBER, Role.PARTNER_REPRESENTATIVE}
    user = someone(role, party=own if is_of_an_organisation else None)
    colleague = person_with_account("kollega@samskap.example")
    mandate = actions.give_mandate(
        person=colleague,
        party=own if is_of_an_organisation else partnership(),
        capacity=Role.COMPANY_MEMBER if is_of_an_organisation else Role.BOARD_MEMBER,
        valid_from=TODAY,
        by=OPERATOR,
        at=NOON,
    )
    stranger = someone(Role.COMPANY_MEMBER, party=Party.objects.create()).person
    reader = reader_for(user, on=TODAY)

    people, mandates = queries.people_seen_by(reader), queries.mandates_seen_by(reader)

    assert {colleague, user.person} <= set(people)
    assert (stranger in people) == (role in KEEPS_PEOPLE)
    assert mandate in mandates
    assert (stranger.mandates.get() in mandates) == (role in KEEPS_PEOPLE)


def test_the_public_sees_neither_people_nor_mandates_nor_the_trail():
    someone(Role.SECRETARIAT)

    assert Person.objects.count() == 1
    assert list(queries.people_seen_by(PUBLIC)) == []
    assert list(queries.mandates_seen_by(PUBLIC)) == []
    assert list(queries.audit_entries_seen_by(PUBLIC)) == []


@pytest.mark.parametrize("role", Role)
def test_the_trail_is_read_by_auditor_and_secretariat_alone(role):
    user = someone(role)
    reader = reader_for(user, on=TODAY)
    reads = role in {Role.AUDITOR, Role.SECRETARIAT}

    seen = queries.audit_entries_seen_by(reader).count()

    assert AuditEntry.objects.count() > 0
    assert seen == (AuditEntry.objects.count() if reads else 0)
    assert may_read_audit_trail(user) == reads
    assert may_keep_accounts(user) == (role == Role.ADMINISTRATOR)


def test_mandates_that_run_out_come_in_the_order_they_do():
    reader = reader_for(someone(Role.SECRETARIAT), on=TODAY)
    ends = ["2027-02-01", "2026-12-01", "2027-02-23", "2027-02-22", "2026-11-24", None]
    for number, day in enumerate(ends):
        Mandate.objects.create(
            person=person_with_account(f"{number}@samskap.example"),
            party=partnership(),
            capacity=Role.BOARD_MEMBER,
            valid_from=dt.date(2024, 1, 1),
            valid_to=day and dt.date.fromisoformat(day),
        )

    found = queries.mandates_that_lapse(reader, after=TODAY, before=TODAY + dt.timedelta(days=90))

    # Ninety days after 24 November 2026 is 22 February 2027.
    assert [mandate.valid_to.isoformat() for mandate in found] == [
        "2026-12-01",
        "2027-02-01",
        "2027-02-22",
    ]


def test_who_may_see_a_thing_may_see_that_it_changed():
    first, second = Party.objects.create(), Party.objects.create()
    with transaction.atomic():
        from samskap.trust import audit

        audit.record("party.made", about=first, by=OPERATOR, at=NOON)
        audit.record("party.made", about=second, by=OPERATOR, at=NOON)

    told = queries.changes_to(Party.objects.filter(pk=first.pk))

    assert [entry.about_key for entry in told] == [str(first.key)]
