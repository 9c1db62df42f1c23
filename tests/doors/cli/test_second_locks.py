"""Who has a password alone is named to whoever runs the installation."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from samskap.cli.content_findings import second_locks
from samskap.trust import actions
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role
from tests.world.people import NOON, someone

pytestmark = pytest.mark.django_db


def with_a_password_alone(role):
    user = someone(role)
    Authenticator.objects.filter(user=user).delete()
    return user


def test_doctor_names_those_whose_role_asks_for_more_than_a_password():
    secretariat = with_a_password_alone(Role.SECRETARIAT)
    with_a_password_alone(Role.BOARD_MEMBER)
    someone(Role.ADMINISTRATOR)

    finding = second_locks()

    assert (finding.name, finding.state) == ("second locks", "failed")
    assert finding.sentence == (
        "These have a password alone, and a role that asks for more: "
        f"{secretariat.person.name} ({secretariat.email})."
    )


def test_doctor_is_content_when_everyone_has_more_than_a_password():
    someone(Role.SECRETARIAT)
    someone(Role.ADMINISTRATOR)

    assert not second_locks().is_failure


def test_doctor_does_not_ask_of_a_closed_account():
    user = with_a_password_alone(Role.SECRETARIAT)
    actions.close_account(person=user.person, by=OPERATOR, at=NOON)

    assert not second_locks().is_failure


def test_doctor_asks_nothing_of_a_demonstration(settings):
    settings.DEMO = True
    with_a_password_alone(Role.ADMINISTRATOR)

    assert not second_locks().is_failure
