"""What is past its time goes by itself, and it is told how much."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils import timezone

from samskap.actors.models import (
    ConfirmationLetter,
    Contact,
    ContactEntry,
    ImportRow,
    ImportRun,
    Suggestion,
)
from samskap.kernel import once
from samskap.kernel.models import Cached, Letter
from samskap.trust.actions.privacy import let_go_of_what_is_past
from samskap.trust.doers import OPERATOR
from samskap.trust.models import (
    AuditEntry,
    Identity,
    Invitation,
    PrivacyRequest,
    RetentionRun,
    Role,
    Session,
    User,
)
from samskap.trust.privacy import registry, retention
from samskap.trust.rules import NotPermittedError
from tests.world import talks
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.people import NOON, person_with_account, someone

pytestmark = pytest.mark.django_db
NOW = NOON
# The rule, and how many days a thing is kept by it: written out by hand from the privacy page.
DAYS = {
    "letters": 30,
    "forgotten": 0,
    "once": 1,
    "sessions": 0,
    "confirmations": 3,
    "last-used": 730,
    "last-sign-in": 730,
    "service-last-used": 730,
    "jobs": 7,
    "invitations": 90,
    "requests": 365,
    "contacts-left": 365,
    "talks": 5 * 365,
    "letters-unanswered": 365,
    "suggestions": 730,
    "import-files": 30,
    "import-rows": 180,
}


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


def letter(at):
    Letter.objects.create(sender="a@x.example", queued_at=at)


def done(at):
    once.do_once(once.Wish(once.new_key(), "", "a thing"), lambda: "", at=at)


def remembered(at):
    Cached.objects.create(cache_key="k", value="", expires=at)


def session(at):
    Session.objects.create(session_key="s", session_data="", expire_date=at)


def confirmation(at):
    address = EmailAddress.objects.create(user=an_account(), email="k2@x.example")
    EmailConfirmation.objects.create(email_address=address, key="k", created=at)


def second_step(at):
    Authenticator.objects.create(user=an_account(), type="totp", data={}, last_used_at=at)


def signed_in(at):
    User.objects.filter(pk=an_account().pk).update(last_login=at)


def service(at):
    Identity.objects.create(
        user=an_account(), service="s", issuer="i", subject="s", connected_at=at, last_used_at=at
    )


def job(at):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
            " VALUES ('q', 't', 'succeeded') RETURNING id"
        )
        (number,) = cursor.fetchone()
        cursor.execute("UPDATE procrastinate_events SET at = %s WHERE job_id = %s", [at, number])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'succeeded', %s)",
            [number, at],
        )


def invitation(at):
    Invitation.objects.create(
        person=an_account().person,
        email="k@x.example",
        digest="d",
        invited_at=at - dt.timedelta(days=7),
        expires_at=at,
    )


def request(at):
    PrivacyRequest.objects.create(
        person=an_account().person, wish="erase", asked_at=at, answered_at=at, answer="Ja."
    )


def contact(at):
    Contact.objects.filter(pk=talks.contact(ActorFactory()).pk).update(left_on=at.date())


def talk(at):
    ContactEntry.objects.filter(pk=talks.talk(ActorFactory()).pk).update(happened_on=at.date())


def letter_to_actor(at):
    actor = ActorFactory()
    ConfirmationLetter.objects.create(
        actor=actor,
        contact=talks.contact(actor),
        token_digest="d",
        sent_at=at - dt.timedelta(days=60),
        expires_at=at,
    )


def suggestion(at):
    Suggestion.objects.create(
        actor=ActorFactory(), kind="comment", suggested_at=at, state="declined", decided_at=at
    )


def a_file(at, state="read"):
    return ImportRun.objects.create(
        file_name="liste.csv",
        source=SourceFactory(),
        state=state,
        uploaded_at=at,
        applied_at=at if state == "applied" else None,
        file_on=at.date(),
    )


def row(at):
    ImportRow.objects.create(run=a_file(at, "applied"), line=2, outcome="rejected")


def an_account():
    return person_with_account("kari@x.example", name="Kari Holm").user


MAKE = {
    "letters": letter,
    "forgotten": remembered,
    "once": done,
    "sessions": session,
    "confirmations": confirmation,
    "last-used": second_step,
    "last-sign-in": signed_in,
    "service-last-used": service,
    "jobs": job,
    "invitations": invitation,
    "requests": request,
    "contacts-left": contact,
    "talks": talk,
    "letters-unanswered": letter_to_actor,
    "suggestions": suggestion,
    "import-files": a_file,
    "import-rows": row,
}


def test_every_rule_has_its_number_of_days_here():
    assert set(DAYS) == set(MAKE) == set(registry.rules())


@pytest.mark.parametrize("key", sorted(MAKE))
def test_a_thing_goes_when_its_time_is_past_and_not_before(key):
    kept = dt.timedelta(days=DAYS[key])
    MAKE[key](NOW)

    early = retention.due(NOW + kept)[key]
    late = NOW + kept + dt.timedelta(days=1)
    due = retention.due(late)[key]
    gone = retention.let_go(late)[key]

    assert (early, due, gone) == (0, 1, 1)
    assert retention.due(late)[key] == 0


def test_a_round_says_how_much_went_by_each_rule_in_the_log_too():
    letter(NOW)

    run = let_go_of_what_is_past(by=OPERATOR, at=NOW + dt.timedelta(days=31))

    counts = dict.fromkeys(registry.rules(), 0) | {"letters": 1}
    assert run.counts == counts
    assert RetentionRun.objects.get() == run
    entry = AuditEntry.objects.get(verb="retention.done")
    assert entry.changes == {"counts": [None, counts]}


def test_counting_touches_nothing():
    letter(NOW)

    counted = retention.due(NOW + dt.timedelta(days=31))

    assert counted["letters"] == 1
    assert Letter.objects.count() == 1
    assert AuditEntry.objects.filter(verb="retention.done").count() == 0


def test_nobody_lets_go_by_hand_at_the_desk():
    with pytest.raises(NotPermittedError):
        let_go_of_what_is_past(by=someone(Role.ADMINISTRATOR), at=timezone.now())


def test_a_talk_with_an_open_step_is_kept_until_the_step_is_done():
    entry = talks.talk(ActorFactory(), next_step="Ring")
    ContactEntry.objects.filter(pk=entry.pk).update(happened_on=dt.date(2015, 1, 1))

    open_still = retention.due(NOW)["talks"]
    ContactEntry.objects.filter(pk=entry.pk).update(done_on=dt.date(2015, 2, 1))

    assert (open_still, retention.due(NOW)["talks"]) == (0, 1)


def test_a_file_that_somebody_has_asked_to_bring_in_is_not_put_away():
    run = a_file(NOW)
    ImportRun.objects.filter(pk=run.pk).update(asked_for_at=NOW)

    assert retention.due(NOW + dt.timedelta(days=400))["import-files"] == 0
