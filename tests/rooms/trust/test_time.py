"""Authority is asked for now, whatever moment an action is said to have happened at."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from samskap.trust import actions, audit, rules
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Mandate, Role, User
from tests.world.people import NOON, partnership, person_with_account, someone

LAST_YEAR = dt.datetime(2025, 3, 1, 12, tzinfo=dt.UTC)
YESTERDAY = timezone.localdate() - dt.timedelta(days=1)


def mandate_of(person, capacity=Role.ADMINISTRATOR, *, since, until=None):
    return actions.give_mandate(
        person=person,
        party=partnership(),
        capacity=capacity,
        valid_from=since,
        valid_to=until,
        by=OPERATOR,
        at=NOON,
    )


@pytest.mark.django_db
def test_who_held_a_mandate_then_and_not_now_may_not_act_as_if_it_were_then():
    former = person_with_account("var@samskap.example")
    mandate_of(former, since=dt.date(2024, 1, 1), until=YESTERDAY)

    with pytest.raises(rules.NotPermittedError):
        actions.register_person(name="Ola", by=former.user, at=LAST_YEAR)


@pytest.mark.django_db
def test_who_holds_a_mandate_now_may_write_down_what_happened_before_it():
    secretariat = someone(Role.SECRETARIAT, since=YESTERDAY)

    person = actions.register_person(name="Ola", by=secretariat, at=LAST_YEAR)

    assert audit.history_of(person)[0].at == LAST_YEAR


@pytest.mark.django_db
def test_an_entry_says_when_it_was_written_down_whatever_it_tells_of():
    before = timezone.now() - dt.timedelta(minutes=1)

    person = actions.register_person(name="Ola", by=OPERATOR, at=LAST_YEAR)

    entry = AuditEntry.objects.get(about_key=str(person.key))
    assert entry.at == LAST_YEAR
    assert before < entry.recorded_at < timezone.now() + dt.timedelta(minutes=1)


@pytest.mark.django_db
def test_an_administrator_of_before_does_not_keep_the_house_today():
    former = person_with_account("var@samskap.example")
    mandate_of(former, since=dt.date(2024, 1, 1), until=YESTERDAY)
    only = someone(Role.ADMINISTRATOR)

    with pytest.raises(actions.LastAdministratorError):
        actions.close_account(person=only.person, by=OPERATOR, at=LAST_YEAR)
    with pytest.raises(actions.LastAdministratorError):
        actions.end_mandate(
            mandate=only.person.mandates.get(), on=LAST_YEAR.date(), by=OPERATOR, at=LAST_YEAR
        )

    assert User.objects.get(pk=only.pk).is_active
    assert only.person.mandates.get().valid_to is None


@pytest.mark.django_db
def test_a_mandate_that_was_taken_back_meanwhile_is_not_ended_again():
    person = person_with_account("en@samskap.example")
    mandate = mandate_of(person, Role.BOARD_MEMBER, since=timezone.localdate())
    stale = Mandate.objects.get(pk=mandate.pk)
    actions.end_mandate(mandate=mandate, on=timezone.localdate(), by=OPERATOR, at=NOON)

    with pytest.raises(actions.MandateAlreadyEndedError):
        actions.end_mandate(mandate=stale, on=timezone.localdate(), by=OPERATOR, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_end_a_mandate_at_once_one_is_told_that_it_had_ended():
    person = person_with_account("en@samskap.example")
    mandate = mandate_of(person, Role.BOARD_MEMBER, since=dt.date(2024, 1, 1))
    today, told = timezone.localdate(), []

    def end():
        try:
            actions.end_mandate(
                mandate=Mandate.objects.get(pk=mandate.pk), on=today, by=OPERATOR, at=NOON
            )
        except actions.MandateAlreadyEndedError:
            told.append("had ended")
        else:
            told.append("ended")
        finally:
            connection.close()

    with transaction.atomic():
        Mandate.objects.select_for_update().get(pk=mandate.pk)
        both = [threading.Thread(target=end) for _ in range(2)]
        for one in both:
            one.start()
    for one in both:
        one.join()

    assert sorted(told) == ["ended", "had ended"]
    assert AuditEntry.objects.filter(verb="mandate.ended").count() == 1
