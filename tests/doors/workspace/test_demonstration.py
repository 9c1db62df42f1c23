"""What exists only in a demonstration does not exist anywhere else."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.urls import reverse
from django.utils import timezone

from samskap.kernel import mail
from samskap.kernel.models import Letter
from samskap.trust import actions, demo
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Party, Role
from tests.world.people import NOON, someone
from tests.world.region import FOLDER

pytestmark = pytest.mark.django_db


@pytest.fixture
def invented():
    people = demo.read_people(FOLDER / "demo" / "people.yaml")
    parties = {one.acts_for: Party.objects.create() for one in people if one.acts_for}
    passwords = {one.email: demo.make_password() for one in people}
    actions.make_demo_accounts(
        people=people, parties=parties, passwords=passwords, by=OPERATOR, at=NOON
    )
    return passwords


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True


def one_press(client, role, **more):
    return client.post(reverse("workspace:demo-sign-in", kwargs={"role": role}), more)


@pytest.mark.usefixtures("invented", "demonstration")
@pytest.mark.parametrize("role", Role)
def test_one_press_signs_a_visitor_in_as_the_invented_holder_of_a_role(client, role):
    answer = one_press(client, role)

    assert (answer.status_code, answer.url) == (302, reverse("workspace:home"))
    assert client.get(answer.url).context["desk"].reader.roles == {role}


@pytest.mark.usefixtures("invented")
@pytest.mark.parametrize("role", Role)
def test_outside_a_demonstration_there_is_no_such_press(client, role):
    assert one_press(client, role).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("role", Role)
def test_nobody_real_is_reached_by_a_press(client, role):
    someone(role)

    assert one_press(client, role).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("invented", "demonstration")
def test_a_press_leads_to_no_other_site(client):
    answer = one_press(client, "auditor", next="https://elsewhere.example/")

    assert answer.url == reverse("workspace:home")


@pytest.mark.usefixtures("invented", "demonstration")
def test_reading_an_address_signs_nobody_in(client):
    answer = client.get(reverse("workspace:demo-sign-in", kwargs={"role": "auditor"}))

    assert answer.status_code == 405


def test_sign_in_offers_the_roles_of_a_demonstration_and_no_password(client, invented, settings):
    settings.DEMO = True

    page = client.get(reverse("account_login")).content.decode()

    assert all(f'data-demo-role="{role}"' in page for role in Role)
    assert not any(password in page for password in invented.values())


@pytest.mark.usefixtures("invented")
def test_sign_in_offers_nothing_outside_a_demonstration(client):
    page = client.get(reverse("account_login")).content.decode()

    assert "data-demo-role" not in page
    assert "demo.example" not in page


@pytest.fixture
def letter():
    mail.post(
        to=["kari@demo.example"],
        subject="Et <b>brev</b>",
        text="Les dette: https://samskap.example/a",
        language="nb",
    )
    kept = Letter.objects.get()
    mail.deliver(kept.key, at=timezone.now())
    return kept.key


@pytest.mark.usefixtures("demonstration")
def test_a_demonstration_shows_the_mail_it_has_kept(client, letter):
    listed = client.get("/demo/utboks").content.decode()
    shown = client.get(f"/demo/utboks/{letter}").content.decode()

    assert "Et &lt;b&gt;brev&lt;/b&gt;" in listed
    assert "kari@demo.example" in shown
    assert 'href="https://samskap.example/a"' in shown


@pytest.mark.usefixtures("demonstration")
def test_the_outbox_is_read_in_the_language_that_is_asked_for_and_the_switch_stays_there(
    client, letter
):
    page = client.get("/demo/utboks?lang=sv").content.decode()
    shown = client.get(f"/demo/utboks/{letter}?lang=sv").content.decode()
    unknown = client.get("/demo/utboks?lang=xx", HTTP_ACCEPT_LANGUAGE="nb").content.decode()

    assert '<html lang="sv"' in page
    assert re.findall(r'href="([^"]+)"\s+lang="\w+"\s+hreflang', page) == [
        "/demo/utboks?lang=nb",
        "/demo/utboks?lang=sv",
        "/demo/utboks?lang=en",
    ]
    assert f'href="/demo/utboks/{letter}?lang=sv"' in page
    assert '<html lang="sv"' in shown
    assert 'href="/demo/utboks?lang=sv"' in shown
    assert '<html lang="nb"' in unknown


@pytest.mark.usefixtures("demonstration")
def test_a_letter_that_is_promised_is_read_in_the_readers_language(client):
    client.post("/sv/konto/password/reset/", {"email": "ingen@demo.example"})
    page = client.get("/sv/konto/password/reset/done/").content.decode()

    assert 'href="/demo/utboks?lang=sv"' in page


def test_outside_a_demonstration_there_is_no_outbox(client, letter):
    assert client.get("/demo/utboks").status_code == 404
    assert client.get(f"/demo/utboks/{letter}").status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_a_letter_that_is_not_there_is_not_found(client):
    assert client.get("/demo/utboks/00000000-0000-0000-0000-000000000000").status_code == 404


@pytest.mark.usefixtures("demonstration")
def test_an_empty_outbox_says_how_to_fill_it(client):
    page = client.get("/demo/utboks", HTTP_ACCEPT_LANGUAGE="en").content.decode()

    assert reverse("account_reset_password") in page


@pytest.mark.usefixtures("invented")
def test_the_deployment_check_fails_when_invented_people_can_sign_in():
    with pytest.raises(SystemCheckError, match="demonstration data"):
        call_command("check", "--deploy", "--tag", "security", "--fail-level", "ERROR")


def test_the_deployment_check_holds_without_them():
    someone(Role.ADMINISTRATOR)

    call_command("check", "--deploy", "--tag", "security", "--fail-level", "ERROR")
