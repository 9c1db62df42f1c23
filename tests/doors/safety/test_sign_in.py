"""What is asked of passwords and second steps, demand by demand; the ledger names these."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    validate_password,
)
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samskap.kernel import secrecy
from samskap.trust.models import AuditEntry, Role
from samskap.trust.sessions import open_sessions
from tests.world.people import PASSWORD, add_authenticator_app, someone
from tests.world.region import ostfold

pytestmark = pytest.mark.django_db
GOOD = "fire gode ord om våren"


@pytest.fixture(autouse=True)
def _in_english():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def member():
    return someone(Role.BOARD_MEMBER)


def signed_in(user, password=PASSWORD):
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    return client


def is_in(client):
    return "_auth_user_id" in client.session


def code_now(secret, steps=0):
    counter = next(iter(yield_hotp_counters_from_time())) + steps
    return format_hotp_value(hotp_value(secret, counter))


# Passwords ----------------------------------------------------------------------------------------
def test_a_password_has_twelve_signs_at_least(member):
    with pytest.raises(ValidationError):
        validate_password("ellevetegn1", member)
    validate_password("tolv-tegn-nå", member)


@pytest.mark.parametrize(
    "password", ["bare små bokstaver", "98416273095812", "🙂🙃" * 6, " " * 6 + "blank" * 3]
)
def test_a_password_may_be_of_any_signs(password, member):
    validate_password(password, member)


def test_a_password_may_be_long(member):
    long = "et helt vers av en sang " * 5

    validate_password(long, member)
    member.set_password(long)
    member.save()

    assert len(long) == 120
    assert is_in(signed_in(member, long))


def test_a_password_is_checked_exactly_as_it_was_given(member):
    member.set_password(" Blåbær og fløte ")
    member.save()

    assert is_in(signed_in(member, " Blåbær og fløte "))
    for nearly in ("Blåbær og fløte", " blåbær og fløte ", " Blåbær og fløt", " Blåbær og fløte  "):
        assert not is_in(signed_in(member, nearly))


def test_the_commonest_three_thousand_that_are_long_enough_are_refused(member):
    # The list behind is made of passwords that have leaked, the commonest first.
    common = CommonPasswordValidator().passwords
    long_enough = [one for one in common if len(one) >= 12]

    assert len(common) >= 3000
    assert long_enough
    for password in long_enough:
        with pytest.raises(ValidationError):
            validate_password(password, member)


@pytest.mark.parametrize(
    "password", ["samskap-2026!", "Partnerskapet1", "Østfold--2026", "ØSTFOLD12345"]
)
def test_words_of_the_house_are_refused_in_a_password(password, member):
    ostfold()

    with pytest.raises(ValidationError):
        validate_password(password, member)


def test_a_word_of_the_house_among_others_is_no_hindrance(member):
    ostfold()

    validate_password("rugbrød i Østfold smaker alltid best", member)


def test_one_changes_ones_own_password_and_is_asked_for_the_present_one(member):
    client = signed_in(member)
    typed = {"oldpassword": "feil passord her", "password1": GOOD, "password2": GOOD}

    client.post(reverse("account_change_password"), typed)
    assert not is_in(signed_in(member, GOOD))

    client.post(reverse("account_change_password"), {**typed, "oldpassword": PASSWORD})
    assert is_in(signed_in(member, GOOD))


def test_a_password_does_not_run_out(member):
    assert [field.name for field in member._meta.fields if "expire" in field.name] == []
    assert not any("expir" in one["NAME"].lower() for one in settings.AUTH_PASSWORD_VALIDATORS)
    assert is_in(signed_in(member))


def test_a_password_is_hashed_anew_when_the_hash_of_the_day_is_another(member, settings):
    slow = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    fast = "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher"
    settings.PASSWORD_HASHERS = [slow, fast]
    member.password = make_password(PASSWORD, hasher="pbkdf2_sha1")
    member.save()

    signed_in(member)
    member.refresh_from_db()

    hasher = identify_hasher(member.password)
    assert hasher.algorithm == "pbkdf2_sha256"
    # OWASP's password storage cheat sheet asks for 600 000 rounds at least.
    assert hasher.decode(member.password)["iterations"] >= 600_000


@pytest.mark.parametrize("name", ["account_login", "account_reset_password"])
def test_every_field_for_a_password_is_masked_and_known_to_password_managers(name):
    page = Client().get(reverse(name)).content.decode()
    fields = [tag for tag in re.findall(r"<input[^>]*>", page) if "password" in tag]

    assert all('type="password"' in tag for tag in fields if 'name="password' in tag)
    assert all(re.search(r'autocomplete="(current-password|new-password)"', tag) for tag in fields)


def test_nothing_is_asked_that_others_may_know():
    pages = [
        Client().get(reverse(name)).content.decode().lower()
        for name in ("account_login", "account_reset_password")
    ]

    assert not any(word in page for page in pages for word in ("mother's", "first pet", "hint"))


# A second step ------------------------------------------------------------------------------------
def test_a_new_password_by_letter_does_not_pass_by_the_second_step(member):
    add_authenticator_app(member)
    member.set_password(GOOD)
    member.save()

    client = signed_in(member, GOOD)

    assert not is_in(client)
    assert client.get(reverse("workspace:home")).status_code == 302


def test_a_code_of_the_app_works_once(member):
    added = add_authenticator_app(member)
    code = code_now("JBSWY3DPEHPK3PXP")
    first, second = signed_in(member), signed_in(member)

    first.post(reverse("mfa_authenticate"), {"code": code})
    second.post(reverse("mfa_authenticate"), {"code": code})

    assert (is_in(first), is_in(second)) == (True, False)
    assert TOTP(added).instance == added


def test_a_code_of_the_app_is_old_after_a_minute(member):
    add_authenticator_app(member)
    client = signed_in(member)

    client.post(reverse("mfa_authenticate"), {"code": code_now("JBSWY3DPEHPK3PXP", steps=-2)})

    assert not is_in(client)


def test_recovery_codes_and_secrets_are_kept_sealed(member):
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    codes = RecoveryCodes.activate(member)

    kept = " ".join(str(one.data) for one in Authenticator.objects.filter(user=member))

    assert "JBSWY3DPEHPK3PXP" not in kept
    assert not any(code in kept for code in codes.get_unused_codes())
    assert kept.count("gAAAA") == 2


def test_what_is_sealed_is_read_with_the_key_that_was_and_with_no_other(settings):
    sealed = secrecy.seal("hemmelig", purpose="second step")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "not-a-secret-" + "y" * 50

    assert secrecy.unseal(sealed, purpose="second step") == "hemmelig"
    with pytest.raises(secrecy.UnreadableError):
        secrecy.unseal(sealed, purpose="something else")
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(secrecy.UnreadableError):
        secrecy.unseal(sealed, purpose="second step")


def test_secrets_and_codes_come_from_the_operating_system(member):
    seeds = {RecoveryCodes.generate_seed() for _ in range(100)}
    codes = RecoveryCodes.activate(member).get_unused_codes()

    assert len(seeds) == 100
    assert len(set(codes)) == len(codes) == 10
    # Eight digits hold 26 bits.
    assert all(len(code) >= 8 for code in codes)


# Where one is signed in ---------------------------------------------------------------------------
def test_one_sees_where_one_is_signed_in_and_ends_it(member):
    here, there = signed_in(member), signed_in(member)
    other = signed_in(someone(Role.AUDITOR))
    there.get(reverse("workspace:home"))

    page = here.get(reverse("account_sessions")).content.decode()
    digest = re.search(r'name="end"[^>]*value="([0-9a-f]{32})"', page)
    asked = here.post(reverse("account_sessions"), {"end": digest[1]})
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    here.post(reverse("account_sessions"), {"end": digest[1]})

    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert "You are signed in in 2 places" in page
    assert there.session.session_key not in page
    assert [is_in(one) for one in (here, there, other)] == [True, False, True]
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.by) == ("account.signed-out-elsewhere", member.pseudonym)


def test_one_ends_all_others_at_once_and_nobody_elses(member):
    here, there, further = (signed_in(member) for _ in range(3))
    other = signed_in(someone(Role.AUDITOR))
    foreign = open_sessions(someone(Role.COMPANY_MEMBER))

    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    here.post(reverse("account_sessions"), {"end": "others"})

    assert foreign == []
    assert [is_in(one) for one in (here, there, further, other)] == [True, False, False, True]


def test_a_session_of_another_is_not_ended_by_its_digest(member):
    auditor = someone(Role.AUDITOR)
    other = signed_in(auditor)
    digest = open_sessions(auditor)[0].digest

    here = signed_in(member)
    here.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    here.post(reverse("account_sessions"), {"end": digest})

    assert is_in(other)


# The installation ---------------------------------------------------------------------------------
def test_debugging_is_off_unless_it_is_asked_for():
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from samskap.config import settings; print(settings.DEBUG)",
        ],
        env={"SAMSKAP_WITHOUT_SECRETS": "1", "PYTHONPATH": "src", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == "False"
