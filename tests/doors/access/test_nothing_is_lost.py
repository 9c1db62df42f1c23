"""Two at one form see both versions; a form that fails comes back with what was typed in it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from samskap.actors.models import ContactEntry
from samskap.kernel import secrecy
from samskap.trust.models import AuditEntry, Role
from samskap.workspace import desk, unsent
from tests.doors.access.at_the_forms import (
    ALSO,
    BOTH_WRITE,
    MEANWHILE,
    at,
    in_words,
    opened,
    stands,
    who,
    written,
)
from tests.doors.access.forms import ADDS, EDITS, PRESSES, form_to, forms_in, holds
from tests.doors.access.table import DESK
from tests.doors.access.world import undone
from tests.world.people import someone

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}
FORMS = sorted(EDITS | ADDS.keys())
# Tried each time; all of them where all is run.
DAILY = {"workspace:contact-edit", "workspace:mandate-give", "workspace:seat-end"}


def each_of(names):
    """Every form; those that are not tried daily where there is time."""
    rare = (pytest.mark.drill, pytest.mark.breadth)
    return [pytest.param(name, marks=() if name in DAILY else rare) for name in names]


# Ticks and choices alone: there is nothing in them that can be wrong.
CANNOT_BE_WRONG = {"workspace:import-change", "workspace:log-practice", "workspace:merge"}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


# Every form is one or the other -------------------------------------------------------------------
def test_every_address_that_takes_something_is_an_edit_or_an_addition_or_a_button():
    taken = {name for name, row in DESK.items() if row.post is not None}

    assert taken == EDITS | ADDS.keys() | PRESSES
    assert len(taken) == len(EDITS) + len(ADDS) + len(PRESSES)


# Two at one form ----------------------------------------------------------------------------------
def test_every_edit_is_tried_by_two_at_once():
    assert BOTH_WRITE.keys() | MEANWHILE.keys() == EDITS


@pytest.mark.parametrize("name", each_of(BOTH_WRITE))
def test_who_saves_last_sees_both_versions_chooses_and_saves(name, world):
    theirs, field, mine, reads = BOTH_WRITE[name]
    with undone():
        client = world.client(who(name))
        where, form = opened(world, name, client)
        theirs(world)
        before = AuditEntry.objects.count()

        page = client.post(where, form.data | {field: mine})

        assert page.status_code == 409
        assert f"They wrote: {reads}" in in_words(page)
        assert "You wrote, and it stands in the form:" in in_words(page)
        assert holds(page, field, mine)
        assert AuditEntry.objects.count() == before
        again = form_to(page, where, where)
        assert {each.value for each in again.fields if each.name == f"choice-{field}"} == {
            "theirs",
            "yours",
        }
        for choice, came_of_it in (("yours", mine), ("theirs", None)):
            with undone():
                sent = again.data | {f"choice-{field}": choice} | ALSO.get(name, {})
                saved = client.post(where, sent)
                assert (choice, saved.status_code) == (choice, 302)
                value = stands(world, name, client, field)
                assert (value == came_of_it) is (choice == "yours")
                assert value in {mine, reads, "partners"}


@pytest.mark.parametrize("name", each_of(MEANWHILE))
def test_who_ends_or_answers_what_another_has_changed_is_told_before_it_is_done(name, world):
    theirs, reads = MEANWHILE[name]
    with undone():
        client = world.client(who(name))
        where, form = opened(world, name, client)
        typed = dict([written(form)]) if name != "workspace:log-practice" else {}
        theirs(world)
        before = AuditEntry.objects.count()

        page = client.post(where, form.data | typed)

        assert page.status_code == 409
        assert reads in in_words(page)
        assert all(holds(page, *each) for each in typed.items())
        assert AuditEntry.objects.count() == before


# A form that fails --------------------------------------------------------------------------------
@pytest.mark.parametrize("name", each_of(FORMS))
def test_who_was_signed_out_signs_in_and_finds_what_they_typed(name, world):
    with undone():
        client, user = world.client(who(name)), world.users[who(name)]
        where, form = opened(world, name, client)
        typed = written(form)
        del client.cookies[settings.SESSION_COOKIE_NAME]

        led = client.post(where, form.data | dict([typed]))
        assert led.url == f"{reverse('account_login')}?next={where}"
        client.force_login(user)
        page = client.get(where)

        assert page.status_code == 200
        assert holds(page, *typed)
        assert "You were signed out. What you wrote is here still." in in_words(page)
        assert unsent.ASIDE not in client.session


@pytest.mark.parametrize("name", each_of(FORMS))
def test_who_signs_in_there_instead_does_not_see_what_was_typed(name, world):
    with undone():
        client = world.client(who(name))
        where, form = opened(world, name, client)
        typed = written(form)
        del client.cookies[settings.SESSION_COOKIE_NAME]
        client.post(where, form.data | dict([typed]))
        aside = client.session[unsent.ASIDE]

        client.force_login(someone(who(name)))
        page = client.get(where)

        assert secrecy.is_sealed(aside)
        assert page.status_code in {200, 302}
        assert "What you wrote is here still." not in in_words(page)
        assert unsent.ASIDE not in client.session


@pytest.mark.parametrize("name", each_of(FORMS))
def test_form_with_an_old_token_comes_back_filled_in_and_does_nothing(name, world):
    with undone():
        reading = world.client(who(name))
        where, form = opened(world, name, reading)
        client = world.client(who(name), enforce_csrf_checks=True)
        typed = written(form)
        before = AuditEntry.objects.count()

        page = client.post(where, form.data | dict([typed]), headers=HERE)

        assert page.status_code == 403
        assert holds(page, *typed)
        assert AuditEntry.objects.count() == before
        elsewhere = client.post(
            where, form.data | dict([typed]), headers={"origin": "https://annet.example"}
        )
        assert elsewhere.status_code == 403
        assert not holds(elsewhere, *typed)


@pytest.mark.parametrize("name", each_of(FORMS))
def test_fault_of_ours_gives_back_what_was_typed_and_the_form_again(name, world, monkeypatch):
    with undone():
        client = world.client(who(name))
        where, form = opened(world, name, client)
        typed = written(form)
        with monkeypatch.context() as patched:
            patched.delattr(desk, "Desk")
            page = client.post(where, form.data | dict([typed]))

        assert page.status_code == 500
        assert holds(page, *typed)
        again = next(each for each in forms_in(page) if each.action == where)
        back = client.post(where, again.data | {"unsent": "back"})
        assert back.status_code == 200
        assert holds(back, *typed)


@pytest.mark.parametrize("name", each_of(sorted(set(FORMS) - CANNOT_BE_WRONG)))
def test_what_cannot_be_taken_comes_back_as_it_was_typed(name, world):
    with undone():
        client = world.client(who(name))
        where, form = opened(world, name, client)
        field, value = written(form)
        wrong = f"{value} {'x' * 5000}"

        page = client.post(where, form.data | {field: wrong})

        assert page.status_code == 422
        assert holds(page, field, wrong)


def test_what_was_typed_about_a_thing_that_is_gone_can_be_copied(world):
    name = "workspace:talk-edit"
    with undone():
        client = world.client(who(name))
        where, form = opened(world, name, client)
        ContactEntry.objects.filter(**world.about["talk"]).delete()

        page = client.post(where, form.data | {"text": "Skrevet for hånd"})

        assert page.status_code == 404
        assert "Skrevet for hånd" in in_words(page)


def test_file_is_chosen_once_more_and_the_page_says_so(world):
    name = "workspace:membership-edit"
    with undone():
        client, user = world.client(who(name)), world.users[who(name)]
        where, form = opened(world, name, client)
        file = SimpleUploadedFile("avtale.pdf", b"%PDF-1.7 avtalen", "application/pdf")
        del client.cookies[settings.SESSION_COOKIE_NAME]
        client.post(where, form.data | {"agreement_ends_on": "2027-01-02", "agreement": file})
        client.force_login(user)

        page = client.get(where)

        assert holds(page, "agreement_ends_on", "2027-01-02")
        assert "Files are not kept. Choose them once more." in in_words(page)


def test_form_that_another_began_is_not_given_to_who_signed_in_after_them(world):
    name = "workspace:contact-edit"
    with undone():
        where, form = opened(world, name, world.client(who(name)))
        client = Client(enforce_csrf_checks=True)
        client.force_login(someone(who(name)))

        page = client.post(where, form.data | {"role": "Skrevet av en annen"}, headers=HERE)

        assert page.status_code == 403
        assert not holds(page, "role", "Skrevet av en annen")
        assert "Somebody else who was signed in here had begun that form." in in_words(page)


def test_address_typed_under_sign_in_is_given_back_too(world):
    with undone():
        client = world.client(Role.BOARD_MEMBER, enforce_csrf_checks=True)
        where = reverse("account_reset_password")

        page = client.post(where, {"email": "noen@eksempel.example"}, headers=HERE)

        assert page.status_code == 403
        assert holds(page, "email", "noen@eksempel.example")


def test_what_was_typed_waits_two_hours_and_no_longer(world, monkeypatch):
    name = "workspace:contact-edit"
    with undone():
        client, user = world.client(who(name)), world.users[who(name)]
        where, form = opened(world, name, client)
        del client.cookies[settings.SESSION_COOKIE_NAME]
        client.post(where, form.data | {"role": "Skrevet"})
        client.force_login(user)
        late = timezone.now() + dt.timedelta(seconds=unsent.LASTS_S + 1)
        monkeypatch.setattr(unsent.timezone, "now", lambda: late)

        page = client.get(where)

        assert not holds(page, "role", "Skrevet")
        assert unsent.ASIDE not in client.session


@pytest.mark.parametrize("begun_by", ["", "123:falsk"])
def test_what_nobody_here_began_is_kept_for_nobody(begun_by, world):
    name = "workspace:contact-edit"
    with undone():
        client = Client()
        client.post(at(world, name), {"role": "Skrevet", "begun_by": begun_by})

        assert unsent.ASIDE not in client.session


@pytest.mark.usefixtures("world")
def test_no_password_and_no_code_is_given_back():
    with undone():
        client = Client(enforce_csrf_checks=True)
        sent = {"login": "noen@eksempel.example", "password": "hemmelig-ord-1", "code": "123456"}

        page = client.post(reverse("account_login"), sent, headers=HERE)

        assert page.status_code == 403
        assert holds(page, "login", "noen@eksempel.example")
        assert b"hemmelig-ord-1" not in page.content
        assert b"123456" not in page.content
