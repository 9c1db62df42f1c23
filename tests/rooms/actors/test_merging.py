"""Two rows that are one organisation become one, with nothing lost, and can be parted again."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from itertools import chain

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from samskap.actors import actions
from samskap.actors.drawing import LAYOUT_TASK
from samskap.actors.models import (
    Actor,
    ActorFactor,
    ActorFocusArea,
    Body,
    Confidence,
    Contact,
    ContactEntry,
    FieldOrigin,
    IndustryCode,
    Membership,
    NotTheSame,
    Seat,
    Site,
    Suggestion,
    Tie,
    TieKind,
)
from samskap.actors.models.tie import MUTUAL
from samskap.actors.origins import keep_stale_days
from samskap.actors.queries import actors_seen_by, kept_instead_of, matching
from samskap.trust import audit
from samskap.trust.access import PUBLIC, reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Mandate, Role, Visibility
from samskap.trust.rules import NotPermittedError
from tests.world.factories import ActorFactory, PlaceFactory, SourceFactory, in_norwegian
from tests.world.people import NOON, someone

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 1)


def merge(kept, absorbed, *, take=()):
    return actions.merge_actors(kept=kept, absorbed=absorbed, take=take, by=OPERATOR, at=NOON)


def undo(merged):
    return actions.undo_merge(merge=merged, by=OPERATOR, at=NOON)


def tie(one, other, kind=TieKind.SUPPLIES, **more):
    return Tie.objects.create(
        from_actor=one, to_actor=other, kind=kind, source=SourceFactory(), **more
    )


def member(actor, start, end=None):
    return Membership.objects.create(actor=actor, kind="partner", valid_from=start, valid_to=end)


def stayed_of(merged, label):
    return [(key, field) for name, key, field in merged.record["stayed"] if name == label]


# What is merged -----------------------------------------------------------------------------------
def test_a_tie_of_the_absorbed_goes_over_with_all_it_says():
    kept, absorbed, third = ActorFactory(), ActorFactory(), ActorFactory()
    moved = tie(
        third,
        absorbed,
        valid_from=DAY,
        role=in_norwegian("Leverer damp"),
        confidence=Confidence.CONFIRMED,
    )

    merge(kept, absorbed)

    now = Tie.objects.get(pk=moved.pk)
    assert (now.from_actor, now.to_actor) == (third, kept)
    assert (now.valid_from, str(now.role), now.confidence) == (DAY, "Leverer damp", "confirmed")


def test_a_mutual_tie_is_still_kept_in_its_one_order():
    kept, third, absorbed = ActorFactory(), ActorFactory(), ActorFactory()
    mutual = tie(third, absorbed, TieKind.COOPERATES_WITH)

    merged = merge(kept, absorbed)

    mutual.refresh_from_db()
    assert (mutual.from_actor, mutual.to_actor) == (kept, third)
    undo(merged)
    mutual.refresh_from_db()
    assert (mutual.from_actor, mutual.to_actor) == (third, absorbed)


def test_the_tie_between_the_two_stays_behind_and_comes_back():
    kept, absorbed = ActorFactory(), ActorFactory()
    between = tie(absorbed, kept, TieKind.PART_OF)

    merged = merge(kept, absorbed)

    between.refresh_from_db()
    assert (between.from_actor, between.to_actor) == (absorbed, kept)
    assert stayed_of(merged, "actors.Tie") == [(between.pk, "from_actor")]


def test_memberships_at_different_times_become_one_history():
    kept, absorbed = ActorFactory(), ActorFactory()
    member(kept, dt.date(2024, 1, 1))
    member(absorbed, dt.date(2019, 1, 1), dt.date(2023, 1, 1))

    merge(kept, absorbed)

    assert [row.valid_from.year for row in kept.memberships.order_by("valid_from")] == [2019, 2024]


def test_a_membership_that_was_there_twice_stays_behind():
    kept, absorbed = ActorFactory(), ActorFactory()
    member(kept, dt.date(2024, 1, 1))
    twice = member(absorbed, dt.date(2023, 1, 1))

    merged = merge(kept, absorbed)

    assert stayed_of(merged, "actors.Membership") == [(twice.pk, "actor")]
    assert kept.memberships.count() == 1


def test_one_who_acted_for_the_absorbed_acts_for_the_kept():
    kept, absorbed = ActorFactory(), ActorFactory()
    user = someone(Role.PARTNER_REPRESENTATIVE, party=absorbed.party)

    merge(kept, absorbed)

    assert reader_for(user, on=NOON.date()).parties == {kept.party_id}


def test_the_kept_takes_over_what_is_chosen_and_nothing_else():
    kept = ActorFactory(named="Borg Damp AS", web="https://borgdamp.example", phone="69 00 00 00")
    absorbed = ActorFactory(named="BORG DAMP", web="https://damp.example", phone="69 11 11 11")

    merge(kept, absorbed, take={"web"})

    kept.refresh_from_db()
    assert (str(kept.name), kept.web, kept.phone) == (
        "Borg Damp AS",
        "https://damp.example",
        "69 00 00 00",
    )


def test_a_number_that_only_the_absorbed_had_goes_over_and_back():
    kept = ActorFactory(organisation_number="")
    absorbed = ActorFactory(organisation_number="313000028")

    merged = merge(kept, absorbed)

    assert Actor.objects.get(organisation_number="313000028") == kept
    undo(merged)
    assert Actor.objects.get(organisation_number="313000028") == absorbed


def test_a_field_that_is_taken_over_is_known_from_where_it_was_known():
    kept, absorbed = ActorFactory(), ActorFactory(web="https://damp.example")
    register = SourceFactory(key="register")
    absorbed.origins.create(field="web", source=register, confirmed_by="register", confirmed_on=DAY)

    merge(kept, absorbed, take={"web"})

    assert [(row.field, row.source) for row in kept.origins.all()] == [("web", register)]


def test_we_have_known_it_since_we_knew_the_first_of_them():
    kept = ActorFactory(known_since=dt.date(2026, 5, 1))
    absorbed = ActorFactory(known_since=dt.date(2024, 2, 1))

    merge(kept, absorbed)

    kept.refresh_from_db()
    assert kept.known_since == dt.date(2024, 2, 1)


# What is seen -------------------------------------------------------------------------------------
def test_the_absorbed_is_in_no_list_and_its_name_finds_the_kept():
    kept, absorbed = ActorFactory(named="Borg Damp AS"), ActorFactory(named="Sarp Varme AS")

    merge(kept, absorbed)

    assert list(actors_seen_by(PUBLIC)) == [kept]
    assert list(matching(actors_seen_by(PUBLIC), "sarp varme")) == [kept]


def test_names_of_all_that_became_part_of_one_find_it_until_they_are_parted():
    first, second, third = (ActorFactory(named=f"{name} AS") for name in ("Alm", "Bjørk", "Selje"))
    merge(second, first)
    later = merge(third, second)
    seen = actors_seen_by(PUBLIC)

    assert [list(matching(seen, name)) for name in ("alm", "bjørk")] == [[third], [third]]
    undo(later)
    assert [list(matching(seen, name)) for name in ("alm", "bjørk")] == [[second], [second]]


def test_search_of_rows_that_were_merged_long_ago_is_computed_anew():
    kept = ActorFactory(named="Synlig Bruk AS", description=in_norwegian("Sager bjelker"))
    middle, first = ActorFactory(named="Bjørk AS"), ActorFactory(named="Alm AS")
    hidden = ActorFactory(named="Kanari AS", visibility=Visibility.SECRETARIAT)
    alone = ActorFactory(named="Alene AS")
    merge(middle, first)
    for each in (middle, hidden):
        merge(kept, each)
    told = Actor.objects.get(pk=kept.pk).search_text
    Actor.objects.filter(pk=kept.pk).update(search_text="synlig bruk as\nkanari as")
    migration = import_module("samskap.actors.migrations.0006_names_of_absorbed")

    migration.look_in_names_anew(apps, connection.schema_editor())

    row = Actor.objects.get(pk=kept.pk)
    assert row.search_text == told
    assert {"alm as", "bjørk as", "sager bjelker"} <= set(told.split("\n"))
    assert "kanari" not in told
    assert Actor.objects.get(pk=alone.pk).search_text == alone.search_text


def test_a_merge_is_one_entry_in_the_audit_trail_and_so_is_its_undoing():
    kept, absorbed = ActorFactory(), ActorFactory()

    undo(merge(kept, absorbed, take={"web"}))

    assert [(entry.verb, entry.changes) for entry in audit.history_of(kept)] == [
        ("actor.merge-undone", {"absorbed": [str(absorbed.key), None]}),
        ("actor.merged", {"absorbed": [None, str(absorbed.key)], "taken": [None, ["web"]]}),
    ]


def test_two_that_are_told_apart_are_told_apart_once():
    first, second = ActorFactory(), ActorFactory()

    actions.tell_apart(first=second, second=first, by=OPERATOR, at=NOON)
    actions.tell_apart(first=first, second=second, by=OPERATOR, at=NOON)

    assert list(NotTheSame.objects.values_list("first", "second")) == [(first.pk, second.pk)]


# What is refused ----------------------------------------------------------------------------------
def test_an_actor_is_not_merged_with_itself():
    actor = ActorFactory()

    with pytest.raises(actions.SameActorError):
        merge(actor, actor)


def test_one_that_is_part_of_another_is_not_merged_again():
    first, second, third = ActorFactory(), ActorFactory(), ActorFactory()
    merge(first, second)

    with pytest.raises(actions.AlreadyMergedError):
        merge(third, second)


def test_what_is_invented_and_what_is_real_are_never_one():
    with pytest.raises(actions.ExampleAndRealError):
        merge(ActorFactory(), ActorFactory(is_demo=True))


def test_only_the_secretariat_merges():
    with pytest.raises(NotPermittedError):
        actions.merge_actors(
            kept=ActorFactory(), absorbed=ActorFactory(), by=someone(Role.BOARD_MEMBER), at=NOON
        )


def test_the_later_of_two_merges_is_undone_first():
    first, second, third = ActorFactory(), ActorFactory(), ActorFactory()
    earlier = merge(first, second)
    later = merge(third, first)

    with pytest.raises(actions.LaterMergeError):
        undo(earlier)
    undo(later)
    undo(earlier)

    assert set(actors_seen_by(PUBLIC)) == {first, second, third}


def test_a_merge_is_undone_once():
    merged = merge(ActorFactory(), ActorFactory())
    undo(merged)

    with pytest.raises(actions.AlreadyUndoneError):
        undo(merged)


def test_what_was_edited_after_the_merge_stays_edited():
    kept, absorbed = ActorFactory(web="https://a.example"), ActorFactory(web="https://b.example")
    merged = merge(kept, absorbed, take={"web"})
    Actor.objects.filter(pk=kept.pk).update(web="https://c.example")

    undo(merged)

    kept.refresh_from_db()
    assert kept.web == "https://c.example"


def test_what_was_removed_after_the_merge_is_not_missed_when_it_is_undone():
    kept, absorbed, third = ActorFactory(), ActorFactory(), ActorFactory()
    removed, moved = tie(absorbed, third), tie(third, absorbed, TieKind.FUNDS)
    forgotten = Contact.objects.create(
        actor=absorbed, name="Kari", basis="public-task", source_note="Møte", since=DAY
    )
    merged = merge(kept, absorbed)
    removed.delete()
    Contact.objects.filter(pk=forgotten.pk).delete()

    undo(merged)

    moved.refresh_from_db()
    assert (moved.from_actor, moved.to_actor) == (third, absorbed)
    assert list(Tie.objects.all()) == [moved]
    assert not Contact.objects.exists()


# What hangs on it ---------------------------------------------------------------------------------
def test_a_field_that_is_taken_over_goes_stale_when_it_did_at_the_other_and_back():
    kept, absorbed = ActorFactory(), ActorFactory(web="https://damp.example")
    absorbed.origins.create(
        field="web", source=absorbed.source, confirmed_by="secretariat", confirmed_on=DAY
    )
    keep_stale_days([absorbed])
    due = absorbed.stale_from

    merged = merge(kept, absorbed, take={"web"})

    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert due is not None
    assert (kept.stale_from, absorbed.stale_from) == (due, None)
    undo(merged)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.stale_from, absorbed.stale_from) == (None, due)


def test_a_merge_asks_for_the_network_to_be_drawn_again():
    merge(ActorFactory(), ActorFactory())

    assert layouts_waiting() == 1


def test_so_does_its_undoing():
    merged = merge(ActorFactory(), ActorFactory())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded'")

    undo(merged)

    assert layouts_waiting() == 1


def layouts_waiting():
    return ProcrastinateJob.objects.filter(task_name=LAYOUT_TASK, status="todo").count()


# Over random graphs -------------------------------------------------------------------------------
KEPT_AS_ROWS = (
    Actor,
    ActorFactor,
    ActorFocusArea,
    Contact,
    ContactEntry,
    FieldOrigin,
    IndustryCode,
    Mandate,
    Membership,
    Seat,
    Site,
    Suggestion,
    Tie,
)
ENDS = {"actor", "from_actor", "to_actor", "party", "visible_to_party"}
WEBS = ("", "https://en.example", "https://to.example")

an_actor = st.integers(0, 3)
a_period = st.sampled_from(
    [
        (dt.date(2020, 1, 1), dt.date(2022, 1, 1)),
        (dt.date(2021, 1, 1), None),
        (dt.date(2023, 6, 1), dt.date(2024, 1, 1)),
    ]
)
graphs = st.fixed_dictionaries(
    {
        "webs": st.tuples(*[st.sampled_from(WEBS)] * 4),
        "numbers": st.sets(an_actor),
        "ties": st.lists(
            st.tuples(an_actor, an_actor, st.sampled_from(TieKind), a_period), max_size=8
        ),
        "memberships": st.lists(st.tuples(an_actor, a_period), max_size=4),
        "mandates": st.lists(st.tuples(st.integers(0, 1), an_actor, a_period), max_size=5),
        "seats": st.lists(st.tuples(an_actor, a_period), max_size=3),
        "entries": st.lists(an_actor, max_size=4),
        "facts": st.sets(st.tuples(an_actor, st.sampled_from(["capital", "entrepreneurship"]))),
        "origins": st.sets(st.tuples(an_actor, st.sampled_from(["web", "phone"]))),
        "hidden": st.lists(st.tuples(an_actor, an_actor), max_size=2),
        "take": st.sets(st.sampled_from(["web", "name", "organisation_number", "address"])),
    }
)


def build(graph):
    """Write a graph down; what the database refuses for itself is not part of it."""
    place, source = PlaceFactory(), SourceFactory()
    actors = [
        ActorFactory(
            place=place,
            web=web,
            organisation_number=f"31300{position:04}" if position in graph["numbers"] else "",
        )
        for position, web in enumerate(graph["webs"])
    ]
    people = [someone(Role.PARTNER_REPRESENTATIVE).person for _ in range(2)]
    body = Body.objects.create(slug="styret", kind="board", name=in_norwegian("Styret"))
    rows = chain(
        (
            Tie(
                from_actor=actors[one],
                to_actor=actors[other],
                kind=kind,
                valid_from=start,
                valid_to=end,
                source=source,
            )
            for one, other, kind, (start, end) in graph["ties"]
        ),
        (
            Membership(actor=actors[one], kind="partner", valid_from=start, valid_to=end)
            for one, (start, end) in graph["memberships"]
        ),
        (
            Mandate(
                person=people[who],
                party=actors[one].party,
                capacity=Role.PARTNER_REPRESENTATIVE,
                valid_from=start,
                valid_to=end,
            )
            for who, one, (start, end) in graph["mandates"]
        ),
        (
            Seat(body=body, actor=actors[one], role="member", valid_from=start, valid_to=end)
            for one, (start, end) in graph["seats"]
        ),
        (
            ContactEntry(
                actor=actors[one], kind="call", happened_on=DAY, text="Ringte", written_at=NOON
            )
            for one in graph["entries"]
        ),
        (
            ActorFactor(actor=actors[one], factor=factor, reason=in_norwegian("Derfor"))
            for one, factor in sorted(graph["facts"])
        ),
        (
            FieldOrigin(
                actor=actors[one],
                field=field,
                source=source,
                confirmed_by="secretariat",
                confirmed_on=DAY + dt.timedelta(days=one),
            )
            for one, field in sorted(graph["origins"])
        ),
        (
            Contact(
                actor=actors[one],
                name="Kari",
                basis="public-task",
                source_note="Møte",
                since=DAY,
            )
            for one, _ in graph["hidden"]
        ),
        (
            Tie(
                from_actor=actors[one],
                to_actor=actors[2 if one != 2 else 3],
                kind=TieKind.FUNDS,
                source=source,
                visibility="party",
                visible_to_party=actors[other].party,
            )
            for one, other in graph["hidden"]
        ),
    )
    for row in rows:
        refused = isinstance(row, Tie) and row.from_actor_id == row.to_actor_id
        if not refused and not overlaps(row):
            row.save()
    keep_stale_days(actors)
    return actors


def overlaps(row):
    """Whether the database would refuse a row beside those that are there."""
    if not isinstance(row, Membership | Mandate):
        return False
    same = (
        Membership.objects.filter(actor=row.actor)
        if isinstance(row, Membership)
        else Mandate.objects.filter(person=row.person, party=row.party)
    )
    return any(
        other.valid_from < (row.valid_to or dt.date.max)
        and row.valid_from < (other.valid_to or dt.date.max)
        for other in same
    )


def everything():
    return {
        (model.__name__, row.pk): {
            field.name: getattr(row, field.attname) for field in model._meta.concrete_fields
        }
        for model in KEPT_AS_ROWS
        for row in model.objects.all()
    }


def pairs_of(rows, mapped):
    """Return each tie's kind, period and ends, with the absorbed counted as the kept."""
    found = []
    for (model, _), row in rows.items():
        if model == "Tie":
            ends = [mapped.get(row[name], row[name]) for name in ("from_actor", "to_actor")]
            ends = sorted(ends) if row["kind"] in MUTUAL else ends
            found.append((row["kind"], row["valid_from"], row["valid_to"], *ends))
    return sorted(found, key=str)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(graph=graphs)
def test_a_merge_of_any_two_loses_nothing_and_can_be_undone(graph):
    with transaction.atomic():
        merge_and_undo(graph)
        transaction.set_rollback(True)


def merge_and_undo(graph):
    kept, absorbed, *_ = build(graph)
    before = everything()

    merged = merge(kept, absorbed, take=graph["take"])

    after = everything()
    stayed = {(label.split(".")[1], key) for label, key, _ in merged.record["stayed"]}
    assert after.keys() == before.keys()
    for row, said in after.items():
        if row[0] not in {"Actor", "FieldOrigin"}:
            assert without_ends(said) == without_ends(before[row])
            assert (row in stayed) == points_to(said, absorbed)
    assert pairs_of(after, {absorbed.pk: kept.pk}) == pairs_of(before, {absorbed.pk: kept.pk})

    undo(merged)

    assert everything() == before


def without_ends(row):
    return {name: value for name, value in row.items() if name not in ENDS}


def points_to(row, actor):
    actors = {row.get(name) for name in ("actor", "from_actor", "to_actor")}
    parties = {row.get("party"), row.get("visible_to_party")}
    return actor.pk in actors or actor.party_id in parties


def test_hidden_name_and_address_are_not_told_by_the_one_it_was_merged_into():
    kept = ActorFactory(name=in_norwegian("Synlig Bruk"))
    hidden = ActorFactory(
        name=in_norwegian("Kanarihemmelig"), visibility=Visibility.SECRETARIAT, slug="kanari"
    )
    merge(kept, hidden)

    assert list(matching(actors_seen_by(PUBLIC), "Kanarihemmelig")) == []
    assert kept_instead_of("kanari", reader=PUBLIC) is None
    assert kept_instead_of("kanari", reader=reader_for(OPERATOR, on=DAY)) == kept
