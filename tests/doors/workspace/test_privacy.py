"""What is held about people, at the desk: one's own, and who waits for an answer."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskap.kernel.models import Letter
from samskap.strategy.models import Partnership
from samskap.trust.actions.privacy import let_go_of_what_is_past
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Mandate, PrivacyRequest, Role
from samskap.trust.privacy import registry
from samskap.trust.privacy.words import is_named
from tests.world import talks
from tests.world.factories import ActorFactory
from tests.world.people import NOON, person_with_account, someone

pytestmark = pytest.mark.django_db
MINE, ASK, DESK = "workspace:my-data", "workspace:my-data-ask", "workspace:privacy"


@pytest.fixture
def kari():
    return person_with_account("kari@holm.example", name="Kari Holm")


def asked(person, wish="rectify", text="Jeg heter Kari Holm-Lie."):
    return PrivacyRequest.objects.create(person=person, wish=wish, text=text, asked_at=NOON)


def shown(client, name=MINE, **kwargs):
    page = client.get(reverse(name, kwargs=kwargs or None))
    assert page.status_code == 200
    return page.content.decode()


def test_one_reads_everything_that_is_held_about_one_as_a_contact_too(kari, sign_in):
    firm = ActorFactory(named="Sag AS")
    contact = talks.contact(firm, "Kari Holm", email="Kari@holm.example", role="Fabrikksjef")
    talks.talk(firm, "Hun vil ha flis.", contacts=[contact])
    talks.talk(ActorFactory(), "Kari Holm ble nevnt.")
    talks.contact(firm, "Ola Vik", email="ola@vik.example", role="Vaktmester")

    page = shown(sign_in(kari.user))

    for told in ("kari@holm.example", "Fabrikksjef", "Sag AS", "Hun vil ha flis.", "Kari Holm ble"):
        assert told in page
    assert "Vaktmester" not in page
    assert "ola@vik.example" not in page


def test_one_without_a_mandate_reads_their_own_and_sees_what_they_did(kari, sign_in):
    AuditEntry.objects.create(
        verb="talk.removed",
        about_kind="actors.contactentry",
        about_key="y",
        at=NOON,
        by=kari.user.pseudonym,
    )

    page = shown(sign_in(kari.user))

    assert "What you have done, and what was done about you" in page
    assert "Took a talk out of the log" in page


def test_nobody_else_who_stands_in_the_same_text_is_told(kari, sign_in):
    firm = ActorFactory(named="Sag AS")
    contact = talks.contact(firm, "Kari Holm", email="kari@holm.example")
    talks.contact(firm, "Ola Vik", email="ola@vik.example", phone="911 22 333")
    talks.talk(
        firm, "Kari Holm og Ola Vik (911 22 333) møttes. ola@vik.example", contacts=[contact]
    )
    talks.talk(ActorFactory(), "Kari Holm viste til Ola Vik.")

    page = shown(sign_in(kari.user))
    file = sign_in(kari.user).get(reverse("workspace:my-data-file")).content.decode()

    for told in (page, file):
        assert "Kari Holm og … (…) møttes. …" in told
        assert "Kari Holm viste til …." in told
        assert not any(of_ola in told for of_ola in ("Vik", "911 22 333", "ola@"))


def test_what_one_only_wrote_down_of_others_is_not_ones_own_to_read(sign_in):
    writer = someone(Role.SECRETARIAT)
    entry = talks.talk(ActorFactory(named="Sag AS"), "De vil selge fabrikken.", ours=writer.person)
    Mandate.objects.filter(person=writer.person).update(valid_to=NOON.date())

    told = json.loads(sign_in(writer).get(reverse("workspace:my-data-file")).content)
    page = shown(sign_in(writer))

    (of_talks,) = [each for each in told["tables"] if each["table"] == "actors.ContactEntry"]
    assert [sorted(row) for row in of_talks["rows"]] == [
        ["actor", "done_on", "happened_on", "kind", "next_step_on"]
    ]
    assert of_talks["rows"][0]["actor"]["name"] == "Sag AS"
    assert entry.text not in page


def test_what_there_is_much_of_is_folded_so_that_the_page_stays_short(kari, sign_in):
    for _ in range(2):
        sign_in(kari.user)
    client = sign_in(kari.user)

    page = shown(client)

    folds = re.findall(r'<details class="fold held"\s*(open)?>.*?</details>', page, re.DOTALL)
    titles = re.findall(r'held__title">([^<]+)<.*?held__number">(\d+)<', page, re.DOTALL)
    told = {
        title: (number, is_open) for (title, number), is_open in zip(titles, folds, strict=True)
    }
    assert told["Sessions"] == ("3", "")
    assert told["Person"] == ("1", "open")
    assert [
        title for title, (number, is_open) in told.items() if (number == "1") != (is_open != "")
    ] == []


def test_every_field_one_reads_is_called_something_in_words():
    nameless = [
        f"{table.model}.{name}"
        for table in registry.tables().values()
        if table.rows is not None
        for name in table.exported
        if not is_named(registry.model_of(table)._meta.get_field(name))
    ]

    assert nameless == []


def test_the_file_has_the_same_and_is_saved_not_shown(kari, sign_in):
    answer = sign_in(kari.user).get(reverse("workspace:my-data-file"))

    told = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith('attachment; filename="samskap-')
    people = [table for table in told["tables"] if table["table"] == "trust.Person"]
    assert people == [
        {
            "table": "trust.Person",
            "about": "Person",
            "rows": [{"name": "Kari Holm", "language": "nb"}],
        }
    ]


@pytest.mark.usefixtures("region")
def test_what_one_asks_reaches_the_secretariat_and_the_letter_does_not_say_who(kari, sign_in):
    Partnership.objects.update(contact="post@region.example")
    client = sign_in(kari.user)

    answer = client.post(reverse(ASK), {"wish": "rectify", "text": "Jeg heter Kari Holm-Lie."})

    request = PrivacyRequest.objects.get()
    letter = Letter.objects.get()
    assert (answer.status_code, request.person, request.wish) == (302, kari, "rectify")
    assert letter.recipients == ["post@region.example"]
    assert b"Kari" not in bytes(letter.message)
    entry = AuditEntry.objects.get(verb="privacy.asked")
    assert entry.changes == {"wish": [None, "rectify"], "text": []}
    assert "Jeg heter Kari Holm-Lie." in shown(client)


def test_what_was_typed_comes_back_when_it_cannot_be_sent(kari, sign_in):
    asked(kari)

    answer = sign_in(kari.user).post(reverse(ASK), {"wish": "rectify", "text": "En gang til"})

    assert answer.status_code == 422
    assert "You have asked this already" in answer.content.decode()
    assert "En gang til" in answer.content.decode()
    assert PrivacyRequest.objects.count() == 1


def test_what_is_to_be_put_right_has_to_be_said(kari, sign_in):
    answer = sign_in(kari.user).post(reverse(ASK), {"wish": "rectify", "text": " "})

    assert answer.status_code == 422
    assert "Say what is wrong, and how it should be." in answer.content.decode()


def test_the_secretariat_sees_who_waits_and_answers(kari, at_desk, sign_in):
    request = asked(kari)
    client = at_desk(Role.SECRETARIAT)

    before = shown(client, DESK)
    answer = client.post(
        reverse("workspace:privacy-answer", args=[request.key]), {"answer": "Det er rettet."}
    )

    request.refresh_from_db()
    assert "1 person waits for an answer about their data" in before
    assert "24 December 2026" in before
    assert answer.status_code == 302
    assert (request.answer, request.answered_by.mandates.get().capacity) == (
        "Det er rettet.",
        "secretariat",
    )
    assert "Nobody waits for an answer about their data" in shown(client, DESK)
    assert "Det er rettet." in shown(sign_in(kari.user))


def test_an_administrator_is_led_from_a_wish_to_be_erased_to_erasing(kari, at_desk):
    request = asked(kari, wish="erase", text="")

    page = shown(at_desk(Role.ADMINISTRATOR), "workspace:privacy-answer", key=request.key)

    assert reverse("workspace:person-erase", args=[kari.key]) in page


def test_what_went_last_night_is_told_at_the_desk(at_desk):
    Letter.objects.create(sender="a@x.example", queued_at=NOON - dt.timedelta(days=31))
    let_go_of_what_is_past(by=OPERATOR, at=NOON)

    page = shown(at_desk(Role.ADMINISTRATOR), DESK)

    assert "On 24 November 2026 this was past its time, and went:" in page
    assert "Letters are deleted thirty days after they were written." in page


def test_the_record_of_processing_names_every_activity_and_can_be_fetched(at_desk):
    client = at_desk(Role.SECRETARIAT)

    page = shown(client, DESK)
    written = client.get(reverse("workspace:privacy-record", args=["md"]))
    data = client.get(reverse("workspace:privacy-record", args=["json"]))

    for activity in registry.activities().values():
        assert str(activity.title) in page
    assert written.content.decode().startswith("# Record of processing\n")
    told = [each["key"] for each in json.loads(data.content)["activities"]]
    assert told == list(registry.activities())


def test_there_is_no_record_in_another_form(at_desk):
    answer = at_desk(Role.SECRETARIAT).get(reverse("workspace:privacy-record", args=["pdf"]))

    assert answer.status_code == 404


def test_as_many_questions_for_one_who_waits_as_for_three(at_desk):
    client = at_desk(Role.SECRETARIAT)
    asked(someone(Role.BOARD_MEMBER).person)
    shown(client, DESK)
    with CaptureQueriesContext(connection) as few:
        shown(client, DESK)
    for _ in range(2):
        asked(someone(Role.BOARD_MEMBER).person)
    shown(client, DESK)
    with CaptureQueriesContext(connection) as many:
        shown(client, DESK)

    assert len(many) == len(few) <= 12


def test_what_goes_and_what_stays_is_said_before_somebody_is_erased(kari, at_desk):
    talks.contact(ActorFactory(), "Kari Holm", email="kari@holm.example")

    page = shown(at_desk(Role.ADMINISTRATOR), "workspace:person-erase", key=kari.key)

    assert "What we have of you as a contact" not in page
    assert "Contact people at actors" in page
    assert "The log must tell what was done for as long as it can be asked about" in page


def test_a_late_answer_is_marked(kari, at_desk):
    PrivacyRequest.objects.create(
        person=kari, wish="object", asked_at=timezone.now() - dt.timedelta(days=40)
    )

    assert "Late" in shown(at_desk(Role.SECRETARIAT), DESK)
