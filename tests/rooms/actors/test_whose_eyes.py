"""What is kept about an actor for the secretariat reaches nobody else: every role, one by one."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from samskap.actors.actions import LetterAnswer, answer_letter, ask_actor
from samskap.actors.actions.importing import receive_import
from samskap.actors.compute.briefing import brief
from samskap.actors.compute.memberships import history, member, members, terms_of
from samskap.actors.queries import (
    actors_ever_seen_by,
    actors_seen_by,
    contact_entries_seen_by,
    contacts_seen_by,
    entries_that_may_name,
    letters_seen_by,
    memberships_seen_by,
    open_steps,
    suggestions_seen_by,
    with_details,
)
from samskap.actors.queries.imports import imports_seen_by
from samskap.trust.access import reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role, Visibility
from samskap.trust.rules import FOR_THE_PARTNERSHIP
from tests.world import talks
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.people import NOON, someone

pytestmark = pytest.mark.django_db
TODAY = NOON.date()

SECRETS = ("contacts", "talks", "named in", "steps", "letters", "suggestions", "terms", "imports")
SEES = {
    #                         contacts talks  named  steps  letters sugg.  terms  imports
    "nobody signed in":       (False, False, False, False, False,  False, False, False),
    "company-member":         (False, False, False, False, False,  False, False, False),
    "partner-representative": (False, False, False, False, False,  False, False, False),
    "board-member":           (False, False, False, False, False,  False, False, False),
    "administrator":          (False, False, False, False, False,  False, False, False),
    "auditor":                (True,  True,  True,  True,  True,   True,  True,  False),
    "secretariat":            (True,  True,  True,  True,  True,   True,  True,  True),
}  # fmt: skip


@pytest.fixture
def member_of_ours():
    """A public actor with one of everything that is kept about it."""
    actor = ActorFactory(named="Kanari AS", email="post@kanari.example")
    contact = talks.contact(actor, "Kari Kanari")
    talks.talk(actor, "Kari Kanari vil selge.", next_step="Ring Kari")
    kept = talks.membership(actor, agreement_ends_on=TODAY)
    links = []
    ask_actor(
        actor=actor,
        address_of=lambda secret, _language: links.append(secret) or "https://kanari.example",
        by=OPERATOR,
        at=NOON,
    )
    out = LetterAnswer(wants_out=True, comment="Vi legger ned.")
    answer_letter(secret=links[0], answer=out, by=OPERATOR, at=NOON)
    receive_import(
        content=b"navn\nKanari AS\n",
        file_name="kanari.csv",
        source=SourceFactory(),
        is_read_now=True,
        by=OPERATOR,
        at=NOON,
    )
    return actor, contact, kept


def reader(name, actor):
    """A reader of that role; whoever acts for an organisation acts for the actor itself."""
    if name == "nobody signed in":
        return reader_for(AnonymousUser(), on=TODAY)
    party = None if Role(name) in FOR_THE_PARTNERSHIP else actor.party
    return reader_for(someone(name, party=party), on=TODAY)


@pytest.mark.parametrize("name", SEES)
def test_what_is_kept_about_a_member_reaches_those_it_is_for(name, member_of_ours):
    actor, contact, kept = member_of_ours
    who = reader(name, actor)

    seen = (
        contacts_seen_by(who).exists(),
        contact_entries_seen_by(who).exists(),
        entries_that_may_name(contact, reader=who).exists(),
        open_steps(contact_entries_seen_by(who)).exists(),
        letters_seen_by(who).exists(),
        suggestions_seen_by(who).exists(),
        terms_of(kept, reader=who) is not None,
        imports_seen_by(who).exists(),
    )

    assert dict(zip(SECRETS, seen, strict=True)) == dict(zip(SECRETS, SEES[name], strict=True))
    assert [str(each.name) for each in actors_seen_by(who)] == ["Kanari AS"]


@pytest.mark.parametrize("name", SEES)
def test_terms_are_on_no_membership_that_is_told_to_another(name, member_of_ours):
    actor, _contact, _kept = member_of_ours
    who = reader(name, actor)
    told = [
        *members(reader=who, on=TODAY),
        member(actor.slug, reader=who, on=TODAY),
        *history(actor.slug, reader=who, on=TODAY),
    ]

    # That it belongs is for everyone; what it pays is not.
    assert [each.terms is not None for each in told] == [SEES[name][6]] * 3


@pytest.mark.parametrize("name", SEES)
def test_membership_of_a_hidden_actor_is_hidden_with_it(name, member_of_ours):
    actor, _contact, _kept = member_of_ours
    who = reader(name, actor)
    actor.visibility = Visibility.SECRETARIAT
    actor.save()

    sees_all = name in {"auditor", "secretariat"}
    assert memberships_seen_by(who).exists() == sees_all
    assert actors_ever_seen_by(who).exists() == sees_all


@pytest.mark.parametrize("name", SEES)
def test_what_one_reads_before_a_visit_holds_no_more_than_its_reader_may_know(name, member_of_ours):
    actor, _contact, _kept = member_of_ours
    who = reader(name, actor)

    told = brief(with_details(actors_seen_by(who), reader=who).get(), reader=who, on=TODAY)

    kept_back = (told.contacts, told.talks, told.steps, told.suggestions, told.member.terms)
    assert [bool(each) for each in kept_back] == [SEES[name][0]] * 5
