"""`samskap erase`: a person's own request, met at the machine."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from samskap.cli.main import cli
from samskap.trust import audit
from samskap.trust.models import Person, Role
from tests.world.people import person_with_account, someone

pytestmark = pytest.mark.django_db
EMAIL = "kari@samskap.example"


def erase(*arguments: str):
    return CliRunner().invoke(cli, ["erase", *arguments])


def test_a_person_is_erased_for_good_only_when_that_is_said():
    person = person_with_account(EMAIL, name="Kari Nordmann")

    asked = erase(EMAIL)
    before = Person.objects.get(pk=person.pk).name
    told = erase(EMAIL, "--for-good")

    assert (asked.exit_code, before) == (0, "Kari Nordmann")
    assert "would erase Kari Nordmann" in asked.output
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
    assert "Nobody signs in as ingen@samskap.example." in told.output
