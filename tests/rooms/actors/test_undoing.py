"""A change can be undone, as a new action, unless somebody has changed the same since."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import transaction

from samskap.actors.actions.bodies import BodyFacts, edit_body, set_up_body
from samskap.actors.actions.memberships import (
    MembershipFacts,
    edit_membership,
    end_membership,
    start_membership,
)
from samskap.actors.actions.registering import edit_actor
from samskap.actors.actions.ties import TieFacts, edit_tie, end_tie, tie_actors
from samskap.actors.actions.undoing import undo_edit
from samskap.actors.facts import MoreFacts, SiteFacts
from samskap.actors.models import Actor, BodyKind, MembershipKind, Tie, TieKind
from samskap.actors.siting import sites_of
from samskap.actors.standing import facts_of
from samskap.actors.undoable import ChangedSinceError, NotUndoableError
from samskap.evidence.facts import PlaceCode
from samskap.kernel.text import LocalisedText
from samskap.trust import audit, rules
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role, Visibility
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.people import NOON, someone
from tests.world.region import ostfold, place

pytestmark = pytest.mark.django_db


def edited(actor, **changed):
    facts = replace(facts_of(actor, but={}), **changed)
    edit_actor(actor=actor, facts=facts, by=OPERATOR, at=NOON)
    return audit.history_of(actor)[0]


def undo(entry):
    undo_edit(entry=entry, by=OPERATOR, at=NOON)


def test_what_stands_said_again_changes_nothing():
    actor = ActorFactory()

    edit_actor(actor=actor, facts=facts_of(actor, but={}), by=OPERATOR, at=NOON)

    assert audit.history_of(actor) == []


def test_an_undone_change_is_as_if_it_had_not_been_and_the_log_tells_both():
    actor = ActorFactory(named="Sagbruket")
    entry = edited(actor, name=LocalisedText({"nb": "Bakeriet"}))

    undo(entry)

    assert Actor.objects.get(pk=actor.pk).name["nb"] == "Sagbruket"
    undone = audit.history_of(actor)[0]
    assert undone.verb == "actor.edited"
    assert undone.changes["name"] == [{"nb": "Bakeriet"}, dict(actor.name)]
    assert undone.changes["undoes"] == [None, entry.pk]


def test_an_undoing_can_be_undone():
    actor = ActorFactory(named="Sagbruket")
    undo(edited(actor, name=LocalisedText({"nb": "Bakeriet"})))

    undo(audit.history_of(actor)[0])

    assert Actor.objects.get(pk=actor.pk).name["nb"] == "Bakeriet"


def test_what_hangs_on_an_actor_comes_back_with_it():
    ostfold()
    actor = ActorFactory(place=place("3105"))
    before = facts_of(actor, but={})
    more = MoreFacts(
        web="https://ny.example",
        founded_on=dt.date(1999, 5, 1),
        focus_areas=("digital",),
        industry_codes=(("SN2025", "16.102"),),
    )
    entry = edited(
        actor,
        more=more,
        factors={**before.factors, "capital": LocalisedText({"nb": "Låner ut"})},
        visibility=Visibility.PUBLIC,
        place=replace(before.place, code="3107"),
    )

    undo(entry)

    kept = Actor.objects.get(pk=actor.pk)
    assert (kept.web, kept.founded_on, kept.place, kept.visibility) == (
        actor.web,
        actor.founded_on,
        actor.place,
        actor.visibility,
    )
    assert (kept.focus_areas.count(), kept.industry_codes.count()) == (0, 0)
    assert facts_of(kept, but={}).factors == before.factors


def test_what_was_changed_again_since_is_not_undone_and_both_versions_are_told():
    actor = ActorFactory(named="Sagbruket")
    entry = edited(actor, name=LocalisedText({"nb": "Bakeriet"}))
    edited(Actor.objects.get(pk=actor.pk), name=LocalisedText({"nb": "Meieriet"}))

    with pytest.raises(ChangedSinceError) as refused:
        undo(entry)

    assert refused.value.now == {"name": {"nb": "Meieriet"}}
    assert Actor.objects.get(pk=actor.pk).name["nb"] == "Meieriet"


def test_a_later_change_of_something_else_is_kept():
    actor = ActorFactory(named="Sagbruket")
    entry = edited(actor, name=LocalisedText({"nb": "Bakeriet"}))
    edited(Actor.objects.get(pk=actor.pk), more=MoreFacts(web="https://ny.example"))

    undo(entry)

    kept = Actor.objects.get(pk=actor.pk)
    assert (kept.name["nb"], kept.web) == ("Sagbruket", "https://ny.example")


def test_a_change_whose_value_the_log_does_not_keep_cannot_be_undone():
    actor = ActorFactory()
    membership = start_membership(
        actor=actor,
        facts=MembershipFacts(kind=MembershipKind.PARTNER, valid_from=dt.date(2024, 1, 1)),
        by=OPERATOR,
        at=NOON,
    )
    facts = MembershipFacts(
        kind=MembershipKind.PARTNER, valid_from=dt.date(2024, 1, 1), contribution_nok=100_000
    )
    edit_membership(membership=membership, facts=facts, by=OPERATOR, at=NOON)

    with pytest.raises(NotUndoableError):
        undo(audit.history_of(membership)[0])


def test_the_terms_of_a_membership_come_back():
    membership = start_membership(
        actor=ActorFactory(),
        facts=MembershipFacts(kind=MembershipKind.PARTNER, valid_from=dt.date(2024, 1, 1)),
        by=OPERATOR,
        at=NOON,
    )
    facts = MembershipFacts(
        kind=MembershipKind.PARTNER,
        valid_from=dt.date(2024, 2, 1),
        valid_to=dt.date(2027, 1, 1),
        agreement_ends_on=dt.date(2026, 12, 31),
    )
    edit_membership(membership=membership, facts=facts, by=OPERATOR, at=NOON)

    undo(audit.history_of(membership)[0])

    membership.refresh_from_db()
    assert membership.valid_from == dt.date(2024, 1, 1)
    assert (membership.valid_to, membership.agreement_ends_on) == (None, None)


def test_the_sites_of_an_actor_come_back_with_all_that_was_said_of_them():
    ostfold()
    actor = ActorFactory(place=place("3105"))
    shop = SiteFacts("Butikken", PlaceCode("3101", on=NOON.date()))
    slip = SiteFacts(
        "Slippen",
        PlaceCode("3107", on=NOON.date()),
        organisation_number="974760673",
        street="Kaia 9",
        postcode="1601",
        post_town="Fredrikstad",
        latitude=59.2,
        longitude=10.9,
        employees=12,
    )
    edited(actor, more=MoreFacts(sites=(shop, slip)))
    before = sites_of(actor)
    entry = edited(actor, more=MoreFacts(sites=(replace(shop, street="Torget 1"),)))

    undo(entry)

    assert sites_of(actor) == before
    assert [site["name"] for site in before] == ["Butikken", "Slippen"]


def test_sites_that_an_old_entry_has_as_sentences_are_not_undone():
    actor = ActorFactory()
    with transaction.atomic():
        entry = audit.record(
            "actor.edited",
            about=actor,
            by=OPERATOR,
            at=NOON,
            changes={"sites": [["Slippen, Hvaler"], []]},
        )

    with pytest.raises(NotUndoableError):
        undo(entry)


def test_a_membership_and_a_tie_that_were_ended_go_on_again():
    membership = start_membership(
        actor=ActorFactory(),
        facts=MembershipFacts(kind=MembershipKind.PARTNER, valid_from=dt.date(2024, 1, 1)),
        by=OPERATOR,
        at=NOON,
    )
    end_membership(membership=membership, on=dt.date(2025, 1, 1), by=OPERATOR, at=NOON)
    facts = TieFacts(
        kind=TieKind.OWNS,
        from_actor=ActorFactory(),
        to_actor=ActorFactory(),
        source=SourceFactory().key,
    )
    tie = tie_actors(facts=facts, by=OPERATOR, at=NOON)
    end_tie(tie=tie, on=dt.date(2025, 1, 1), by=OPERATOR, at=NOON)

    undo(audit.history_of(membership)[0])
    undo(audit.history_of(tie)[0])

    membership.refresh_from_db()
    assert membership.valid_to is None
    assert Tie.objects.get(pk=tie.pk).valid_to is None


def test_why_something_is_undone_is_told():
    actor = ActorFactory(named="Sagbruket")
    entry = edited(actor, name=LocalisedText({"nb": "Bakeriet"}))

    undo_edit(entry=entry, by=OPERATOR, at=NOON, reason="Det var et annet firma")

    assert audit.history_of(actor)[0].reason == "Det var et annet firma"


def test_a_body_and_a_tie_come_back():
    body = set_up_body(
        facts=BodyFacts(name=LocalisedText({"nb": "Styret"}), kind=BodyKind.BOARD),
        by=OPERATOR,
        at=NOON,
    )
    edit_body(
        body=body,
        facts=BodyFacts(name=LocalisedText({"nb": "Rådet"}), kind=BodyKind.COUNCIL),
        by=OPERATOR,
        at=NOON,
    )
    first, second, third = ActorFactory(), ActorFactory(), ActorFactory()
    facts = TieFacts(
        kind=TieKind.OWNS, from_actor=first, to_actor=second, source=SourceFactory().key
    )
    tie = tie_actors(facts=facts, by=OPERATOR, at=NOON)
    changed = replace(facts, to_actor=third, valid_from=dt.date(2020, 1, 1))
    edit_tie(tie=tie, facts=changed, by=OPERATOR, at=NOON)

    undo(audit.history_of(body)[0])
    undo(audit.history_of(tie)[0])

    body.refresh_from_db()
    assert (body.name["nb"], body.kind) == ("Styret", "board")
    kept = Tie.objects.get(pk=tie.pk)
    assert (kept.to_actor, kept.valid_from) == (second, None)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PARTNER_REPRESENTATIVE])
def test_who_may_not_change_it_may_not_undo_it(role):
    actor = ActorFactory(named="Sagbruket")
    entry = edited(actor, name=LocalisedText({"nb": "Bakeriet"}))

    with pytest.raises(rules.NotPermittedError):
        undo_edit(entry=entry, by=someone(role), at=NOON)
