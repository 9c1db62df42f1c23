"""Whom an answer of a sign-in service lets in, and whose account it does not open."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from samskap.trust.actions import connect_identity, enter_with_service
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Identity, Role
from samskap.trust.sign_in.refusals import UnknownIdentityError
from samskap.trust.sign_in.services import read_services
from tests.world.people import NOON, someone

pytestmark = pytest.mark.django_db

(SERVICE,) = read_services(
    json.dumps(
        [
            {
                "profile": "entra",
                "issuer": "https://login.example.org/tenant/v2.0",
                "client_id": "0f5b",
                "client_secret": "hemmelig",
                "links_by_email": True,
            }
        ]
    )
)


def enter(subject: str, address: str):
    return enter_with_service(
        service=SERVICE,
        claims={"sub": subject, "email": address},
        party_of=lambda _number: None,
        by=OPERATOR,
        at=NOON + timedelta(hours=1),
    )


def test_who_is_first_to_come_with_a_verified_address_is_its_owner():
    user = someone(Role.COMPANY_MEMBER)

    assert enter("first", user.email).user == user


def test_an_address_given_to_somebody_else_does_not_open_its_former_owners_account():
    user = someone(Role.COMPANY_MEMBER)
    connect_identity(user=user, service=SERVICE, claims={"sub": "first"}, by=user, at=NOON)

    with pytest.raises(UnknownIdentityError):
        enter("second", user.email)

    assert list(Identity.objects.values_list("user", "subject")) == [(user.pk, "first")]
