"""`samskap erase`: a person's own request, met at the machine."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from samskap.actors.models import Contact
from samskap.cli.main import cli
from samskap.trust import audit
from samskap.trust.models import Person, Role
from tests.world import talks
from tests.world.factories import ActorFactory
from tests.world.people import person_with_account, someone

pytestmark = pytest.mark.django_db
EMAIL = "kari@samskap.example"


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path


def erase(*arguments: str):
    return CliRunner().invoke(cli, ["erase", *arguments])


def test_a_person_is_erased_for_good_only_when_that_is_said():
    person = person_with_account(EMAIL, name="Kari Nordmann")

    asked = erase(EMAIL)
    before = Person.objects.get(pk=person.pk).name
    told = erase(EMAIL, "--for-good")

    assert (asked.exit_code, before) == (0, "Kari Nordmann")
    assert "would erase Kari Nordmann:" in asked.output
    assert "      1  trust.Person" in asked.output
    assert told.exit_code == 0
    assert Person.objects.get(pk=person.pk).name == "Slettet person"
    entry = audit.history_of(person)[0]
    assert (entry.verb, entry.door, entry.by) == ("person.erased", "cli", None)


def test_the_last_administrator_is_not_erased():
    told = erase(someone(Role.ADMINISTRATOR).email, "--for-good")

    assert told.exit_code == 1
    assert "is the last administrator" in told.output


def test_an_address_that_nobody_has_is_told():
    told = erase("ingen@samskap.example", "--for-good")

    assert told.exit_code == 1
    assert "Nothing is held about ingen@samskap.example." in told.output


def test_a_contact_without_an_account_is_erased_by_address_or_key():
    one = talks.contact(ActorFactory(), "Ola Vik", email="ola@vik.example")
    talks.contact(ActorFactory(), "Eva Lie", email="eva@lie.example")

    by_key = erase(str(one.key), "--for-good")
    by_address = erase("EVA@lie.example", "--for-good")

    assert (by_key.exit_code, by_address.exit_code) == (0, 0)
    assert Contact.objects.count() == 0


def test_whoever_was_erased_and_is_back_is_erased_again():
    person = person_with_account(EMAIL, name="Kari Nordmann")
    erase(EMAIL, "--for-good")
    Person.objects.filter(pk=person.pk).update(name="Kari Nordmann", erased_at=None)

    first, second = erase("--again"), erase("--again")

    assert (first.exit_code, first.output) == (0, "Erased again: 1.\n")
    assert (second.exit_code, second.output) == (0, "Nobody who was erased is back.\n")
    assert Person.objects.get(pk=person.pk).name == "Slettet person"


@pytest.mark.parametrize("arguments", [(), (EMAIL, "--again"), ("--again", "--for-good")])
def test_whom_to_erase_is_said_in_one_way(arguments):
    told = erase(*arguments)

    assert told.exit_code == 2
    assert "Say whom to erase: EMAIL, KEY or --again." in told.output
