"""What a sign-in service's settings and answers are held to, without one."""

from __future__ import annotations

import json

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from samskap.trust.models import Role
from samskap.trust.rules import FOR_THE_PARTNERSHIP
from samskap.trust.sign_in import openid
from samskap.trust.sign_in.claims import groups, kept, organisations
from samskap.trust.sign_in.services import (
    ROLES_IN_THE_PARTNERSHIP,
    ROLES_OF_AN_ORGANISATION,
    GroupRole,
    WrongServiceError,
    read_services,
    read_services_at,
)
from tests.world.people import NOON

RESOURCE = "urn:altinn:resource:samskap"
ENTRA = {
    "profile": "entra",
    "issuer": "https://login.example.org/tenant/v2.0",
    "client_id": "0f5b",
    "client_secret": "hemmelig",
}
GROUP_OF_ONE = {"group": "x", "organisation": "313000001"}
ANSATTPORTEN = {
    "profile": "ansattporten",
    "client_id": "5f0d",
    "client_secret": "hemmelig",
    "resource": RESOURCE,
}


def read(*entries: object):
    return read_services(json.dumps(entries))


def test_without_settings_there_is_no_service():
    assert read_services("") == read_services("\n") == ()


def test_a_profile_fills_in_what_is_the_same_for_everyone():
    (service,) = read(ANSATTPORTEN)

    assert (service.key, service.name, service.issuer) == (
        "ansattporten",
        "Ansattporten",
        "https://ansattporten.no",
    )
    assert service.acr == service.strong_acr == ("substantial", "high")
    assert service.scopes == ("openid",)


def test_what_is_written_goes_before_the_profile():
    (service,) = read(ANSATTPORTEN | {"acr": ["high"], "issuer": "https://test.ansattporten.no"})

    assert (service.acr, service.issuer) == (("high",), "https://test.ansattporten.no")


def test_groups_mean_roles():
    meant = [
        {"group": "3f2a", "role": "secretariat"},
        {"group": "77c1", "role": "company-member", "organisation": "313000001"},
    ]

    (service,) = read(ENTRA | {"groups": meant})

    assert service.groups == (
        GroupRole("3f2a", "secretariat"),
        GroupRole("77c1", "company-member", "313000001"),
    )


def test_the_words_for_roles_in_the_settings_are_those_of_mandates():
    assert set(ROLES_IN_THE_PARTNERSHIP) == {str(role) for role in FOR_THE_PARTNERSHIP}
    assert set(ROLES_IN_THE_PARTNERSHIP) | set(ROLES_OF_AN_ORGANISATION) == set(Role.values)


def test_a_secret_is_read_from_its_file_and_shown_nowhere(tmp_path):
    (tmp_path / "secret").write_text("fra-en-fil\n")
    entry = {name: fact for name, fact in ENTRA.items() if name != "client_secret"}

    (service,) = read(entry | {"client_secret_file": str(tmp_path / "secret")})

    assert service.client_secret == "fra-en-fil"
    assert "fra-en-fil" not in repr(service)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "The sign-in services are not JSON: "),
        ("{}", "The sign-in services are a JSON list with an object for each."),
        (json.dumps([ENTRA, ENTRA]), "Two sign-in services have the same key."),
        (json.dumps([ENTRA | {"profile": "facebook"}]), "facebook: no profile is called facebook."),
        (json.dumps([ENTRA | {"colour": "blue"}]), "entra: nothing is called colour."),
        (json.dumps([ENTRA | {"client_id": ""}]), "entra: client_id is missing."),
        (json.dumps([ENTRA | {"issuer": "http://x"}]), "entra: the issuer is an https address."),
        (json.dumps([ENTRA | {"client_secret": ""}]), "entra: client_secret_file or client_key"),
        (json.dumps([ENTRA | {"keeps": ["pid"]}]), "entra: pid is never kept."),
        (json.dumps([ENTRA | {"groups": [{"group": "x"}]}]), "entra: each of groups has a group"),
        (
            json.dumps([ENTRA | {"groups": [{"group": "x", "role": "sekretariat"}]}]),
            "entra: no role is called sekretariat. administrator, auditor, board-member, ",
        ),
        (
            json.dumps([ENTRA | {"groups": [{"group": "x", "role": "company-member"}]}]),
            "entra: company-member is for an organisation. Write its number.",
        ),
        (
            json.dumps([ENTRA | {"groups": [GROUP_OF_ONE | {"role": "auditor"}]}]),
            "entra: auditor is for the partnership. Take organisation out.",
        ),
        (json.dumps([ANSATTPORTEN | {"resource": ""}]), "ansattporten: resource is missing"),
        (
            json.dumps([ENTRA | {"client_secret_file": "/finnes/ikke"}]),
            "entra: /finnes/ikke cannot",
        ),
    ],
)
def test_settings_that_cannot_be_used_are_refused_with_what_is_wrong(text, said):
    with pytest.raises(WrongServiceError) as refused:
        read_services(text)

    assert str(refused.value).startswith(said)


def test_services_are_read_from_the_file_that_is_named(tmp_path):
    (tmp_path / "services.json").write_text(json.dumps([ENTRA]))

    assert [service.key for service in read_services_at(str(tmp_path / "services.json"))] == [
        "entra"
    ]
    assert read_services_at("") == ()
    with pytest.raises(WrongServiceError, match="sign-in services: /finnes/ikke cannot be read"):
        read_services_at("/finnes/ikke")


def detail(*ids: str, resource=RESOURCE, authority="iso6523-actorid-upis"):
    parties = [{"orgno": {"authority": authority, "ID": each}, "unit_type": "AS"} for each in ids]
    return {
        "type": "ansattporten:altinn:resource",
        "resource": resource,
        "authorized_parties": parties,
    }


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        ([detail("0192:930580694")], ("930580694",)),
        ([detail("0192:313000001", "0192:313000028")], ("313000001", "313000028")),
        # Of another resource, of another register, with a wrong check digit, of no shape at all.
        ([detail("0192:930580694", resource="urn:altinn:resource:annet")], ()),
        ([detail("0007:930580694")], ()),
        ([detail("0192:930580695")], ()),
        ([detail("0192:930580694:x")], ()),
        ("0192:930580694", ()),
        ([{"resource": RESOURCE, "authorized_parties": [{"orgno": "0192:930580694"}]}], ()),
        (None, ()),
    ],
)
def test_organisations_are_read_as_ansattporten_writes_them(details, expected):
    claims = {"authorization_details": details}

    assert organisations(claims, resource=RESOURCE) == expected


def test_only_listed_claims_are_kept_and_never_an_identity_number():
    claims = {
        "name": "Kari",
        "email": "kari@samskap.example",
        "pid": "29888512345",
        "nickname": "298885 12345",
        "groups": ["a"],
    }

    assert kept(claims, ["name", "pid", "nickname", "groups", "phone"]) == {"name": "Kari"}


@pytest.mark.parametrize(
    ("named", "expected"), [(["a", "b"], {"a", "b"}), ("a", set()), (None, set())]
)
def test_groups_are_a_list_or_none(named, expected):
    assert groups({"groups": named}, claim="groups") == expected


def question(service):
    return openid.Question.new(service, at=NOON, next_page="", purpose="")


def test_no_two_questions_have_anything_in_common():
    (service,) = read(ENTRA)
    one, other = question(service), question(service)

    secrets = {one.state, one.nonce, one.verifier, other.state, other.nonce, other.verifier}
    assert len(secrets) == 6
    assert min(map(len, secrets)) == 43


def test_the_proof_key_is_that_of_the_standards_example():
    # RFC 7636, appendix B.
    challenge = openid._challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")

    assert challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_key_of_our_own_says_who_we_are_where_there_is_one():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    (service,) = read(ENTRA | {"client_key": pem, "client_key_id": "k1"})

    fields, authorization = openid._who_we_are(service, {}, at=NOON)

    said = jwt.decode(
        fields["client_assertion"],
        key.public_key(),
        algorithms=["RS256"],
        audience=service.issuer,
        options={"verify_exp": False, "verify_iat": False},
    )
    assert authorization == ""
    assert (said["iss"], said["sub"], said["exp"] - said["iat"]) == ("0f5b", "0f5b", 60)
    assert jwt.get_unverified_header(fields["client_assertion"])["kid"] == "k1"


def test_a_secret_goes_in_the_header_where_the_form_is_not_taken():
    (service,) = read(ENTRA | {"client_secret": "a:b"})

    # Base64 of 0f5b:a%3Ab.
    assert openid._who_we_are(service, {}, at=NOON) == ({}, "Basic MGY1YjphJTNBYg==")


@pytest.mark.parametrize(
    ("claims", "is_strong"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"amr": ["pwd"]}, False),
        ({"amr": "mfa"}, False),
        ({}, False),
    ],
)
def test_two_factors_are_believed_where_the_settings_say_so(claims, is_strong):
    (service,) = read(ENTRA)

    assert openid.is_strong(service, claims) is is_strong
