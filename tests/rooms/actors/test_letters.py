"""“Stemmer dette?”: one link, one answer, and nothing is changed before the secretariat says so."""

from __future__ import annotations

import datetime as dt
import email
import re
import threading
import time
from email import policy

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from samskap.actors.actions import (
    AskedLatelyError,
    LetterAnswer,
    LetterNotOpenError,
    NoAddressError,
    SuggestionAnsweredError,
    accept_suggestion,
    answer_letter,
    ask_actor,
    decline_suggestion,
)
from samskap.actors.letters import told_values
from samskap.actors.models import (
    Actor,
    Basis,
    ConfirmationLetter,
    Contact,
    FieldOrigin,
    Suggestion,
)
from samskap.actors.queries import actors_seen_by, open_letter
from samskap.actors.yearly_letters import ask_those_due
from samskap.kernel.mail.letters import Letter
from samskap.trust.access import PUBLIC
from samskap.trust.audit import history_of
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role, Visibility
from samskap.trust.rules import NotPermittedError
from tests.world.factories import ActorFactory, in_norwegian
from tests.world.people import NOON, someone

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
A_DAY = dt.timedelta(days=1)


def address_of(secret, language):
    return f"https://samskap.example/{language}/{secret}/"


@pytest.fixture
def verft():
    return ActorFactory(
        named="Verftet AS",
        email="post@verftet.example",
        phone="69 00 00 00",
        employees=40,
        employees_on=dt.date(2024, 3, 1),
    )


def ask(actor, at=NOON, **facts):
    return ask_actor(actor=actor, address_of=address_of, by=OPERATOR, at=at, **facts)


def mails():
    rows = Letter.objects.order_by("id")
    return [email.message_from_bytes(bytes(row.message), policy=policy.default) for row in rows]


def secret_of(mail):
    return re.search(r"https://samskap.example/\w\w/([\w-]+)/", mail.get_content())[1]


def asked(actor, at=NOON):
    """Send a letter, and return the secret of its link."""
    ask(actor, at)
    return secret_of(mails()[-1])


def answer(secret, at=NOON, **facts):
    return answer_letter(secret=secret, answer=LetterAnswer(**facts), by=OPERATOR, at=at)


def typed(actor, **changed):
    return told_values(actor, "nb") | changed


# The letter ---------------------------------------------------------------------------------------


def test_letter_goes_to_the_contact_in_their_language_else_to_the_organisations_own_address(verft):
    ask(verft)
    Contact.objects.create(
        actor=verft,
        name="Eva",
        email="eva@verftet.example",
        language="sv",
        basis=Basis.LEGITIMATE_INTEREST,
        source_note="Visittkort",
        since=TODAY,
    )
    ask(verft, at=NOON + 30 * A_DAY)

    assert [(mail["To"], mail["Content-Language"]) for mail in mails()] == [
        ("post@verftet.example", "nb"),
        ("eva@verftet.example", "sv"),
    ]
    assert "/sv/" in mails()[1].get_content()


def test_one_who_has_left_is_not_written_to(verft):
    Contact.objects.create(
        actor=verft,
        name="Eva",
        email="eva@verftet.example",
        basis=Basis.LEGITIMATE_INTEREST,
        source_note="Visittkort",
        since=TODAY,
        left_on=TODAY,
    )

    ask(verft)

    assert [mail["To"] for mail in mails()] == ["post@verftet.example"]


def test_days_of_a_letter_are_days_where_the_partnership_is(verft):
    past_midnight = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.UTC)  # 25 November, 00:30
    Contact.objects.create(
        actor=verft,
        name="Sluttet i går",
        email="sluttet@verftet.example",
        since=dt.date(2020, 1, 1),
        left_on=dt.date(2026, 11, 25),
        basis=Basis.LEGITIMATE_INTEREST,
        source=verft.source,
    )

    ask(verft, at=past_midnight)

    # Sixty days from 25 November: five are left of it, 31 in December, 24 in January.
    assert mails()[0]["To"] == "post@verftet.example"
    assert "24. januar 2027" in mails()[0].get_content()


def test_secret_is_kept_nowhere_but_in_the_letter(verft):
    secret = asked(verft)

    kept = ConfirmationLetter.objects.get()
    assert secret not in str(ConfirmationLetter.objects.values().get())
    assert (len(secret), len(kept.token_digest)) == (43, 64)
    assert secret not in str([entry.changes for entry in history_of(verft)])


def test_actor_without_an_address_and_one_that_was_just_asked_are_not_asked(verft):
    with pytest.raises(NoAddressError):
        ask(ActorFactory())
    ask(verft)

    with pytest.raises(AskedLatelyError):
        ask(verft, at=NOON + 13 * A_DAY)

    assert Letter.objects.count() == 1


def test_new_letter_closes_the_link_of_the_one_before(verft):
    first = asked(verft)
    second = asked(verft, at=NOON + 20 * A_DAY)
    later = NOON + 21 * A_DAY

    assert open_letter(first, at=later) is None
    assert open_letter(second, at=later).actor == verft


def test_only_the_secretariat_sends_letters(verft):
    with pytest.raises(NotPermittedError):
        ask_actor(
            actor=verft, address_of=address_of, by=someone(Role.PARTNER_REPRESENTATIVE), at=NOON
        )


# The answer ---------------------------------------------------------------------------------------


def test_what_is_left_as_it_stands_is_confirmed_by_the_actor_at_once(verft):
    assert answer(asked(verft), values=typed(verft)) == []

    told = FieldOrigin.objects.filter(actor=verft).values_list(
        "field", "source__key", "confirmed_by", "confirmed_on"
    )
    assert sorted(told) == [
        (field, "told-us", "actor", TODAY)
        for field in (
            "email", "employees", "name", "official_name", "phone", "place", "status"
        )
    ]  # fmt: skip


def test_correction_is_a_suggestion_and_changes_nothing_yet(verft):
    secret = asked(verft)

    suggestions = answer(secret, values=typed(verft, phone="69 11 11 11", employees="52"))

    assert [(each.field, each.before, each.after, each.state) for each in suggestions] == [
        ("phone", "69 00 00 00", "69 11 11 11", "waiting"),
        ("employees", 40, 52, "waiting"),
    ]
    row = Actor.objects.get(pk=verft.pk)
    assert (row.phone, row.employees) == ("69 00 00 00", 40)
    confirmed = set(FieldOrigin.objects.values_list("field", flat=True))
    assert confirmed == {"email", "name", "official_name", "place", "status"}


def test_comment_leaves_what_cannot_be_typed_unconfirmed(verft):
    (comment,) = answer(asked(verft), values=typed(verft), comment="Vi har flyttet.")

    assert (comment.kind, comment.comment) == ("comment", "Vi har flyttet.")
    confirmed = set(FieldOrigin.objects.values_list("field", flat=True))
    assert confirmed == {"name", "email", "phone", "employees"}


def test_who_asks_to_be_taken_out_confirms_and_corrects_nothing(verft):
    (out,) = answer(
        asked(verft), values=typed(verft, phone="1"), comment="Nei takk.", wants_out=True
    )

    assert (out.kind, out.comment, out.field) == ("remove", "Nei takk.", "")
    assert FieldOrigin.objects.count() == 0


@pytest.mark.parametrize("when", [60 * A_DAY, 400 * A_DAY])
def test_link_is_closed_after_sixty_days(verft, when):
    secret = asked(verft)

    with pytest.raises(LetterNotOpenError):
        answer(secret, at=NOON + when, values=typed(verft))

    assert open_letter(secret, at=NOON + 59 * A_DAY) is not None


def test_link_works_once(verft):
    secret = asked(verft)
    answer(secret, values=typed(verft))

    with pytest.raises(LetterNotOpenError):
        answer(secret, values=typed(verft, phone="1"))

    assert Suggestion.objects.count() == 0


def test_made_up_secret_opens_nothing(verft):
    asked(verft)
    digest = ConfirmationLetter.objects.get().token_digest

    for guess in ("", "x" * 43, digest):
        with pytest.raises(LetterNotOpenError):
            answer(guess, values=typed(verft))


def test_no_account_answers_in_an_actors_place(verft):
    with pytest.raises(NotPermittedError):
        answer_letter(
            secret=asked(verft), answer=LetterAnswer(), by=someone(Role.SECRETARIAT), at=NOON
        )


# What came of it ----------------------------------------------------------------------------------


def suggestion_of(verft, **facts):
    return answer(asked(verft), **facts)[0]


def test_accepted_correction_is_written_and_confirmed_by_the_actor_on_the_day_it_said_so(verft):
    suggestion = suggestion_of(verft, values=typed(verft, employees="52"))
    secretariat = someone(Role.SECRETARIAT)

    accept_suggestion(suggestion=suggestion, by=secretariat, at=NOON + 5 * A_DAY)

    row, told = Actor.objects.get(pk=verft.pk), FieldOrigin.objects.get(field="employees")
    assert (row.employees, row.employees_on, row.size) == (52, TODAY, "50-249")
    assert (told.confirmed_by, told.confirmed_on, told.source.key) == ("actor", TODAY, "told-us")
    decided = Suggestion.objects.get()
    assert (decided.state, decided.decided_by) == ("accepted", secretariat.person)
    assert history_of(verft)[0].changes["employees"] == [40, 52]


def test_accepted_name_keeps_what_it_is_called_in_other_languages(verft):
    verft.name = {"nb": "Verftet AS", "en": "The Yard"}
    verft.name = in_norwegian("Verftet AS") | {"en": "The Yard"}
    Actor.objects.filter(pk=verft.pk).update(name=verft.name)
    suggestion = suggestion_of(verft, values=typed(verft, name="Nye Verftet AS"))

    accept_suggestion(suggestion=suggestion, by=OPERATOR, at=NOON)

    row = Actor.objects.get(pk=verft.pk)
    assert row.name == {"nb": "Nye Verftet AS", "en": "The Yard"}
    assert "nye verftet" in row.search_text


def test_correction_that_cannot_be_kept_is_refused_and_still_waits(verft):
    suggestion = suggestion_of(verft, values=typed(verft, email="ikke en adresse"))

    with pytest.raises(ValidationError):
        accept_suggestion(suggestion=suggestion, by=OPERATOR, at=NOON)

    assert Suggestion.objects.get().state == "waiting"
    assert Actor.objects.get(pk=verft.pk).email == "post@verftet.example"


def test_declined_suggestion_needs_a_reason_and_leaves_the_actor_as_it_is(verft):
    suggestion = suggestion_of(verft, values=typed(verft, phone="69 11 11 11"))

    with pytest.raises(ValidationError):
        decline_suggestion(suggestion=suggestion, reason=" ", by=OPERATOR, at=NOON)
    decline_suggestion(suggestion=suggestion, reason="Feil nummer.", by=OPERATOR, at=NOON)

    assert Actor.objects.get(pk=verft.pk).phone == "69 00 00 00"
    assert history_of(verft)[0].reason == "Feil nummer."
    with pytest.raises(SuggestionAnsweredError):
        accept_suggestion(suggestion=suggestion, by=OPERATOR, at=NOON)


def test_one_that_is_taken_out_is_seen_by_the_secretariat_alone_and_gets_no_more_letters(verft):
    suggestion = suggestion_of(verft, wants_out=True)

    accept_suggestion(suggestion=suggestion, by=OPERATOR, at=NOON)

    assert Actor.objects.get(pk=verft.pk).visibility == Visibility.SECRETARIAT
    assert list(actors_seen_by(PUBLIC)) == []
    assert ask_those_due(address_of=address_of, by=OPERATOR, at=NOON + 400 * A_DAY) == 0


@pytest.mark.parametrize("role", [Role.PARTNER_REPRESENTATIVE, Role.AUDITOR])
def test_only_the_secretariat_answers_suggestions(verft, role):
    suggestion = suggestion_of(verft, values=typed(verft, phone="69 11 11 11"))

    with pytest.raises(NotPermittedError):
        accept_suggestion(suggestion=suggestion, by=someone(role), at=NOON)


# The yearly letter --------------------------------------------------------------------------------


def test_yearly_letter_goes_to_those_who_were_asked_a_year_ago_and_to_nobody_else(verft):
    ActorFactory(named="Aldri spurt AS", email="post@aldri.example")
    ask(verft)

    def run(days):
        return ask_those_due(address_of=address_of, by=OPERATOR, at=NOON + days * A_DAY)

    assert [run(364), run(366), run(367)] == [0, 1, 0]
    assert [mail["To"] for mail in mails()] == ["post@verftet.example"] * 2


def posts_of(number):
    """Ask so many for the first time, each by an address of its own."""
    for count in range(1, number + 1):
        ask(ActorFactory(named=f"Firma {count} AS", email=f"post{count}@firma.example"))


class StoppedError(BaseException):
    """The machine was turned off."""


def test_yearly_letters_that_were_stopped_half_way_go_on_where_they_stopped():
    posts_of(5)
    later, made = NOON + 366 * A_DAY, []

    def stops_at_the_third(secret, language):
        made.append(secret)
        if len(made) == 3:
            raise StoppedError
        return address_of(secret, language)

    with pytest.raises(StoppedError):
        ask_those_due(address_of=stops_at_the_third, by=OPERATOR, at=later)
    gone = [mail["To"] for mail in mails()][5:]
    rest = ask_those_due(address_of=address_of, by=OPERATOR, at=later + A_DAY)

    assert gone == ["post1@firma.example", "post2@firma.example"]
    assert rest == 3
    assert [mail["To"] for mail in mails()][5:] == [f"post{n}@firma.example" for n in range(1, 6)]
    assert ConfirmationLetter.objects.count() == Letter.objects.count() == 10


def test_those_without_an_address_take_nobodys_turn_among_the_yearly_letters():
    posts_of(3)
    Actor.objects.filter(email__in=["post1@firma.example", "post2@firma.example"]).update(email="")

    sent = ask_those_due(address_of=address_of, by=OPERATOR, at=NOON + 366 * A_DAY, at_most=1)

    assert sent == 1
    assert [mail["To"] for mail in mails()][3:] == ["post3@firma.example"]


# Two at once --------------------------------------------------------------------------------------


def wait_until_waiting(number):
    """Return once so many wait for a row that this connection holds."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] >= number:
                return
        time.sleep(0.01)
    pytest.fail("They do not wait.")


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_of_two_answers_by_the_same_link_at_once_one_is_taken(verft):
    secret, told = asked(verft), []

    def send(phone):
        try:
            told.append([each.after for each in answer(secret, values=typed(verft, phone=phone))])
        except LetterNotOpenError:
            told.append("closed")
        finally:
            connection.close()

    both = [threading.Thread(target=send, args=[phone]) for phone in ("69 11 11 11", "69 22 22 22")]
    with transaction.atomic():
        ConfirmationLetter.objects.select_for_update().get()
        for one in both:
            one.start()
        # Both have found the letter open by now, and neither has answered it.
        wait_until_waiting(len(both))
    for one in both:
        one.join()

    taken = Suggestion.objects.get()
    assert sorted(told, key=str) == [[taken.after], "closed"]
    assert taken.after in {"69 11 11 11", "69 22 22 22"}
    assert [entry.verb for entry in history_of(verft)] == ["letter.answered", "letter.sent"]


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_each_yearly_letter_is_kept_before_the_next_is_written():
    posts_of(3)
    kept = []

    def count_from_elsewhere(secret, language):
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM actors_confirmationletter")
            kept.append(cursor.fetchone()[0])
        other.close()
        return address_of(secret, language)

    ask_those_due(address_of=count_from_elsewhere, by=OPERATOR, at=NOON + 366 * A_DAY)

    assert kept == [3, 4, 5]
