"""Ties: between two, once, in a period, by the secretariat, with a trace and a new picture."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from samskap.actors.actions import (
    TieAlreadyEndedError,
    TieFacts,
    edit_tie,
    end_tie,
    remove_tie,
    tie_actors,
    tie_many,
)
from samskap.actors.models import Confidence, Tie, TieKind
from samskap.actors.queries import ties_on, ties_seen_by
from samskap.evidence.actions import UnknownSourceError
from samskap.trust.access import PUBLIC, Reader
from samskap.trust.audit import history_of
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Role, Visibility
from samskap.trust.rules import NotPermittedError
from tests.world.factories import ActorFactory, SourceFactory, TieFactory, in_norwegian
from tests.world.people import NOON, someone

pytestmark = pytest.mark.django_db

NEW_YEAR = dt.date(2026, 1, 1)
SUMMER = dt.date(2026, 7, 1)
TODAY = dt.date(2026, 11, 24)
SECRETARIAT = Reader(roles=frozenset({Role.SECRETARIAT}), is_signed_in=True)


@pytest.fixture
def two():
    return ActorFactory(named="Sagbruket AS"), ActorFactory(named="Trelasten AS")


@pytest.fixture
def supplies(two):
    SourceFactory(key="samtale")
    return TieFacts(kind=TieKind.SUPPLIES, from_actor=two[0], to_actor=two[1], source="samtale")


def waiting():
    return list(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True))


def test_tie_keeps_its_direction_period_role_source_and_how_sure_we_are(supplies, two):
    facts = replace(
        supplies,
        valid_from=NEW_YEAR,
        valid_to=SUMMER,
        role=in_norwegian("flis til tørka"),
        confidence=Confidence.CONFIRMED,
    )

    tie = Tie.objects.get(pk=tie_actors(facts=facts, by=OPERATOR, at=NOON).pk)

    assert (tie.from_actor, tie.kind, tie.to_actor) == (two[0], "supplies", two[1])
    assert (tie.valid_from, tie.valid_to) == (NEW_YEAR, SUMMER)
    assert (tie.role, tie.source.key, tie.confidence) == (
        in_norwegian("flis til tørka"),
        "samtale",
        "confirmed",
    )
    assert tie.visibility == Visibility.SECRETARIAT


def test_mutual_tie_is_kept_once_from_whichever_side_it_is_told(supplies, two):
    told = replace(supplies, kind=TieKind.COOPERATES_WITH, from_actor=two[1], to_actor=two[0])
    tie = tie_actors(facts=told, by=OPERATOR, at=NOON)

    assert (tie.from_actor, tie.to_actor) == two
    with pytest.raises(ValidationError, match="written down already"):
        tie_actors(facts=replace(told, from_actor=two[0], to_actor=two[1]), by=OPERATOR, at=NOON)


def test_supplying_each_other_is_two_ties(supplies, two):
    tie_actors(facts=supplies, by=OPERATOR, at=NOON)
    tie_actors(facts=replace(supplies, from_actor=two[1], to_actor=two[0]), by=OPERATOR, at=NOON)

    assert Tie.objects.count() == 2


def test_actor_has_no_tie_to_itself(supplies, two):
    with pytest.raises(ValidationError, match="no tie to itself"):
        tie_actors(facts=replace(supplies, to_actor=two[0]), by=OPERATOR, at=NOON)


def test_tie_that_ends_before_it_begins_is_refused(supplies):
    backwards = replace(supplies, valid_from=SUMMER, valid_to=NEW_YEAR)

    with pytest.raises(ValidationError, match="ends after the day it begins"):
        tie_actors(facts=backwards, by=OPERATOR, at=NOON)


def test_same_tie_may_come_again_after_it_ended_and_not_while_it_lasts(supplies):
    first = replace(supplies, valid_from=NEW_YEAR, valid_to=SUMMER)
    tie_actors(facts=first, by=OPERATOR, at=NOON)

    tie_actors(facts=replace(supplies, valid_from=SUMMER), by=OPERATOR, at=NOON)
    with pytest.raises(ValidationError, match="written down already"):
        tie_actors(facts=replace(supplies, valid_to=TODAY), by=OPERATOR, at=NOON)

    assert Tie.objects.count() == 2


def test_actor_that_is_merged_into_another_gets_no_ties(supplies, two):
    two[0].merged_into = two[1]
    two[0].save()

    with pytest.raises(ValidationError, match="merged into another"):
        tie_actors(facts=replace(supplies, to_actor=ActorFactory()), by=OPERATOR, at=NOON)


def test_what_ties_an_invented_actor_is_invented(supplies):
    invented = ActorFactory(is_demo=True)

    tie = tie_actors(facts=replace(supplies, to_actor=invented), by=OPERATOR, at=NOON)

    assert tie.is_demo


def test_source_that_is_not_here_is_told(supplies):
    with pytest.raises(UnknownSourceError):
        tie_actors(facts=replace(supplies, source="rykte"), by=OPERATOR, at=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECRETARIAT}))
def test_only_the_secretariat_ties(supplies, role):
    with pytest.raises(NotPermittedError):
        tie_actors(facts=supplies, by=someone(role), at=NOON)

    assert Tie.objects.count() == 0


def test_every_change_of_a_tie_leaves_one_entry(supplies):
    keeper = someone(Role.SECRETARIAT)
    tie = tie_actors(facts=replace(supplies, valid_from=NEW_YEAR), by=keeper, at=NOON)
    changed = replace(supplies, valid_from=NEW_YEAR, confidence=Confidence.CONFIRMED)
    edit_tie(tie=tie, facts=changed, by=keeper, at=NOON)
    edit_tie(tie=tie, facts=changed, by=keeper, at=NOON)
    end_tie(tie=tie, on=SUMMER, by=keeper, at=NOON, reason="Avtalen gikk ut")

    assert [(entry.verb, entry.changes, entry.reason) for entry in history_of(tie)][:2] == [
        ("tie.ended", {"valid_to": [None, "2026-07-01"]}, "Avtalen gikk ut"),
        ("tie.edited", {"confidence": ["reported", "confirmed"]}, ""),
    ]
    assert [entry.verb for entry in history_of(tie)] == ["tie.ended", "tie.edited", "tie.made"]


def test_removed_tie_is_told_of_in_the_log_alone(supplies, two):
    tie = tie_actors(facts=supplies, by=OPERATOR, at=NOON)
    key = str(tie.key)

    remove_tie(tie=tie, by=OPERATOR, at=NOON, reason="Forvekslet med et annet sagbruk")

    assert Tie.objects.count() == 0
    entry = AuditEntry.objects.get(verb="tie.removed")
    assert (entry.about_key, entry.reason) == (key, "Forvekslet med et annet sagbruk")
    assert entry.changes["to_actor"] == [str(two[1].key), None]


def test_tie_ends_once_and_not_before_it_begins(supplies):
    tie = tie_actors(facts=replace(supplies, valid_from=NEW_YEAR), by=OPERATOR, at=NOON)

    with pytest.raises(ValidationError, match="ends after the day it begins"):
        end_tie(tie=tie, on=NEW_YEAR, by=OPERATOR, at=NOON)
    end_tie(tie=tie, on=SUMMER, by=OPERATOR, at=NOON)
    with pytest.raises(TieAlreadyEndedError):
        end_tie(tie=tie, on=TODAY, by=OPERATOR, at=NOON)
    assert end_tie(tie=tie, on=dt.date(2026, 3, 1), by=OPERATOR, at=NOON).valid_to == dt.date(
        2026, 3, 1
    )


def test_change_of_a_tie_asks_for_one_new_picture_and_falls_with_it(supplies):
    with transaction.atomic():
        tie_actors(facts=supplies, by=OPERATOR, at=NOON)
        transaction.set_rollback(True)
    assert waiting() == []

    tie = tie_actors(facts=supplies, by=OPERATOR, at=NOON)
    assert waiting() == ["samskap.jobs.lay_out_network"]

    end_tie(tie=tie, on=TODAY, by=OPERATOR, at=NOON)
    assert waiting() == ["samskap.jobs.lay_out_network"]


def test_picture_is_asked_for_again_when_the_one_that_waited_may_have_begun(
    supplies, django_capture_on_commit_callbacks
):
    tie = tie_actors(facts=supplies, by=OPERATOR, at=NOON)

    with django_capture_on_commit_callbacks() as afterwards:
        end_tie(tie=tie, on=TODAY, by=OPERATOR, at=NOON)
    _take_the_job()
    for ask in afterwards:
        ask()

    assert waiting() == ["samskap.jobs.lay_out_network"]


def test_several_ties_are_written_as_one_is_and_ask_for_one_picture(supplies, two):
    member = replace(supplies, kind=TieKind.MEMBER_OF)

    ties = tie_many(facts=[supplies, member], by=OPERATOR, at=NOON)

    assert [(tie.kind, tie.from_actor, tie.to_actor) for tie in ties] == [
        ("supplies", *two),
        ("member-of", *two),
    ]
    assert [[entry.verb for entry in history_of(tie)] for tie in ties] == [["tie.made"]] * 2
    assert waiting() == ["samskap.jobs.lay_out_network"]


def test_of_several_ties_none_is_written_when_one_cannot_be(supplies):
    with pytest.raises(ValidationError), transaction.atomic():
        tie_many(facts=[supplies, supplies], by=OPERATOR, at=NOON)

    assert not Tie.objects.exists()
    assert waiting() == []


def test_only_the_secretariat_writes_several_ties(supplies):
    with pytest.raises(NotPermittedError):
        tie_many(facts=[supplies], by=someone(Role.BOARD_MEMBER), at=NOON)


def _take_the_job():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")


def test_tie_is_seen_only_with_both_it_joins():
    hidden = ActorFactory(visibility=Visibility.SECRETARIAT)
    open_tie = TieFactory()
    TieFactory(to_actor=hidden)
    TieFactory(visibility=Visibility.SECRETARIAT)

    assert list(ties_seen_by(PUBLIC)) == [open_tie]
    assert ties_seen_by(SECRETARIAT).count() == 3


def test_tie_holds_from_its_first_day_until_not_including_its_last():
    bounded = TieFactory(valid_from=NEW_YEAR, valid_to=SUMMER)
    endless = TieFactory()
    seen = ties_seen_by(PUBLIC)

    assert list(ties_on(seen, NEW_YEAR - dt.timedelta(days=1))) == [endless]
    assert list(ties_on(seen, NEW_YEAR)) == [bounded, endless]
    assert list(ties_on(seen, SUMMER - dt.timedelta(days=1))) == [bounded, endless]
    assert list(ties_on(seen, SUMMER)) == [endless]
