"""`samskap appoint`: the first administrator comes in from the machine."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from samskap.cli.main import cli
from samskap.trust.models import AuditEntry, Mandate, Person, User

pytestmark = pytest.mark.django_db


def appoint(*arguments: str):
    return CliRunner().invoke(cli, ["appoint", *arguments])


def test_first_administrator_has_an_account_and_a_mandate_in_the_partnership():
    told = appoint("kari@example.org", "--name", "Kari Nordmann")

    mandate = Mandate.objects.get()
    assert told.exit_code == 0
    assert (mandate.person.name, mandate.person.user.email, mandate.capacity) == (
        "Kari Nordmann",
        "kari@example.org",
        "administrator",
    )
    assert mandate.party.is_partnership


def test_appointment_is_in_the_trail_as_done_at_the_machine():
    appoint("kari@example.org", "--name", "Kari Nordmann")

    trail = AuditEntry.objects.order_by("id").values_list("verb", "door", "by")
    assert list(trail) == [
        ("person.registered", "cli", None),
        ("account.opened", "cli", None),
        ("party.partnership-founded", "cli", None),
        ("mandate.given", "cli", None),
    ]


def test_address_that_is_taken_opens_nothing():
    appoint("kari@example.org", "--name", "Kari Nordmann")

    told = appoint("KARI@example.org", "--name", "Kari To", "--as", "auditor")

    assert told.exit_code == 1
    assert told.stderr.startswith("No account was opened for KARI@example.org: ")
    assert (Person.objects.count(), User.objects.count()) == (1, 1)


def test_capacity_that_belongs_to_a_partner_is_misuse():
    told = appoint("kari@example.org", "--name", "Kari", "--as", "company-member")

    assert told.exit_code == 2
