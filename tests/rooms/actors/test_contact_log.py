"""A talk is written up once, and what comes next is seen to."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError

from samskap.actors import queries
from samskap.actors.actions import contact_log
from samskap.actors.models import ContactEntry, ContactKind
from samskap.trust import audit
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Role
from samskap.trust.rules import NotPermittedError
from tests.world.factories import ActorFactory
from tests.world.people import NOON, someone
from tests.world.talks import TODAY, contact, talk

pytestmark = pytest.mark.django_db


def facts(actor, **more):
    given = {
        "kind": ContactKind.CALL,
        "happened_on": TODAY,
        "text": "De har varme til overs.",
        "ours": None,
    }
    return contact_log.TalkFacts(actor=actor, **given | more)


def write(what, token=None, by=OPERATOR):
    return contact_log.write_up_talk(facts=what, token=token or uuid.uuid4(), by=by, at=NOON)


def test_a_button_pressed_twice_writes_one_talk():
    firm, token = ActorFactory(), uuid.uuid4()

    first, second = write(facts(firm), token), write(facts(firm), token)

    assert first == second
    assert ContactEntry.objects.count() == 1
    assert AuditEntry.objects.filter(about_key=str(token)).count() == 1


def test_the_same_form_sent_again_with_other_words_corrects_the_talk():
    firm, token = ActorFactory(), uuid.uuid4()
    write(facts(firm), token)

    write(facts(firm, text="De har varme hele året."), token)

    assert ContactEntry.objects.get().text == "De har varme hele året."
    assert [entry.verb for entry in audit.history_of(ContactEntry.objects.get())] == [
        "talk.edited",
        "talk.written-up",
    ]


def test_what_was_said_is_not_in_the_trail():
    entry = write(facts(ActorFactory(), text="Kari sa at banken nøler", next_step="Ring banken"))

    told = audit.history_of(entry)[0].changes

    assert told["text"] == []
    assert "banken" not in str(told)


def test_a_talk_that_has_not_been_is_not_written_up():
    with pytest.raises(ValidationError) as refused:
        write(facts(ActorFactory(), happened_on=TODAY + dt.timedelta(days=1)))

    assert refused.value.message_dict == {
        "happened_on": ["A talk is written up when it has been. Choose today or earlier."]
    }


def test_a_date_without_a_step_is_refused_in_words():
    with pytest.raises(ValidationError) as refused:
        write(facts(ActorFactory(), next_step_on=TODAY))

    assert refused.value.messages == ["Say what the next step is, or leave its date out."]


def test_those_who_were_there_work_at_the_actor():
    elsewhere = contact(ActorFactory())

    with pytest.raises(ValidationError) as refused:
        write(facts(ActorFactory(), contacts=[elsewhere]))

    assert refused.value.message_dict == {"contacts": ["Choose those who work at this actor."]}


def test_steps_come_the_longest_overdue_first_and_those_without_a_day_last():
    firm = ActorFactory()
    sometime = talk(firm, next_step="En gang")
    late = talk(firm, next_step="For sent", next_step_on=TODAY - dt.timedelta(days=9))
    soon = talk(firm, next_step="Snart", next_step_on=TODAY + dt.timedelta(days=2))
    later = talk(firm, next_step="Sent", next_step_on=TODAY - dt.timedelta(days=2))
    talk(firm)
    done = talk(firm, next_step="Gjort", next_step_on=TODAY)
    contact_log.finish_next_step(entry=done, by=OPERATOR, at=NOON)

    assert list(queries.open_steps(ContactEntry.objects.all())) == [late, later, soon, sometime]


def test_a_step_is_done_once_and_can_be_opened_again():
    entry = talk(ActorFactory(), next_step="Ring")

    done = contact_log.finish_next_step(entry=entry, by=OPERATOR, at=NOON)
    with pytest.raises(contact_log.NoNextStepError):
        contact_log.finish_next_step(entry=entry, by=OPERATOR, at=NOON)
    opened = contact_log.reopen_next_step(entry=entry, by=OPERATOR, at=NOON)

    assert (done.done_on, opened.done_on) == (TODAY, None)
    with pytest.raises(contact_log.NoNextStepError):
        contact_log.reopen_next_step(entry=entry, by=OPERATOR, at=NOON)


def test_a_step_that_is_taken_away_is_not_done_either():
    firm = ActorFactory()
    entry = talk(firm, next_step="Ring")
    contact_log.finish_next_step(entry=entry, by=OPERATOR, at=NOON)

    edited = contact_log.edit_talk(entry=entry, facts=facts(firm), by=OPERATOR, at=NOON)

    assert (edited.next_step, edited.done_on) == ("", None)


def test_a_talk_is_moved_to_another_actor_and_its_people_with_it():
    wrong, right = ActorFactory(), ActorFactory()
    entry = talk(wrong, contacts=[contact(wrong)])
    there = contact(right, "Nils Berg")

    contact_log.edit_talk(entry=entry, facts=facts(right, contacts=[there]), by=OPERATOR, at=NOON)

    entry.refresh_from_db()
    assert entry.actor == right
    assert list(entry.contacts.all()) == [there]


def test_a_talk_that_is_removed_leaves_that_it_was_and_not_what_was_said():
    entry = talk(ActorFactory(), "Noe fortrolig")

    contact_log.remove_talk(entry=entry, by=OPERATOR, at=NOON)

    assert not ContactEntry.objects.exists()
    gone = AuditEntry.objects.get(verb="talk.removed")
    assert gone.changes["text"] == []
    assert "fortrolig" not in str(gone.changes)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECRETARIAT])
def test_only_the_secretariat_writes_in_the_log(role):
    firm, by = ActorFactory(), someone(role)
    entry = talk(firm, next_step="Ring")

    for act in (
        lambda: write(facts(firm), by=by),
        lambda: contact_log.edit_talk(entry=entry, facts=facts(firm), by=by, at=NOON),
        lambda: contact_log.remove_talk(entry=entry, by=by, at=NOON),
        lambda: contact_log.finish_next_step(entry=entry, by=by, at=NOON),
        lambda: contact_log.reopen_next_step(entry=entry, by=by, at=NOON),
    ):
        with pytest.raises(NotPermittedError):
            act()
