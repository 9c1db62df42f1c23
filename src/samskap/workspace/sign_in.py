"""How signing in differs from what allauth does by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_changed,
    password_changed,
    password_reset,
    password_set,
)
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samskap.kernel import mail, secrecy
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.trust import audit, queries
from samskap.trust.models import Identity, Person, User
from samskap.workspace import guessing

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse


_SECOND_STEP: Final = "second step"


def may_sign_in(user: AbstractBaseUser) -> bool:
    """Whether the account is open; an invented one is open in a demonstration alone."""
    return user.is_active and (settings.DEMO or not getattr(user, "is_demo", False))


class OpenAccounts(AuthenticationBackend):  # type: ignore[misc]
    """By address and password, and by the session that began so, as long as the account is open."""

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        """Ask at sign-in, and again at every request of a session."""
        return may_sign_in(user)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come by invitation, and mail speaks its reader's language."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask the secretariat."),
        "duplicate_email": _("That is the address you have already. Write another."),
        "email_password_mismatch": _(
            "The address and the password do not match. Try again, or choose a new password."
        ),
        "email_taken": _("Another account has this address. Write another."),
        "enter_current_password": _("That is not the password you have now. Try again."),
        "incorrect_password": _("That is not your password. Try again."),
        "too_many_login_attempts": _("That was too many attempts. Try again in five minutes."),
        "too_many_attempts_this_hour": _("That was too many attempts. Try again in an hour."),
        "too_many_attempts_today": _(
            "That was too many attempts. Try again tomorrow, or choose a new password."
        ),
        guessing.IN_ALL: _(
            "Somebody is guessing at this account, so we take no more tries from where it has "
            "not been opened before. Use a passkey or your usual browser, or choose a new password."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves; the page says whom to ask."""
        del request
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; allauth takes it back by ``rollback`` when the password is right."""
        self._login_failed_rl_usage = guessing.attempt(
            request, guessing.PASSWORD, credentials.get("email", ""), refuse=self.validation_error
        )

    def pre_login(
        self, request: HttpRequest, user: AbstractBaseUser, **facts: Any
    ) -> HttpResponse | None:
        """Refuse a closed account whatever way it was proved to be theirs."""
        if not may_sign_in(user):
            clear_login(request)
            return cast("HttpResponse", self.respond_user_inactive(request, user))
        return cast("HttpResponse | None", super().pre_login(request, user, **facts))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail in the language we write to this person in, else the page's own."""
        language = (
            context.get("language")
            or queries.language_of(email)
            or translation.get_language()
            or DEFAULT_LANGUAGE
        )
        facts = {"email": email, **context}
        with translation.override(language):
            mail.post(
                to=[email],
                subject=render_to_string(f"{template_prefix}_subject.txt", facts, self.request),
                text=render_to_string(f"{template_prefix}_message.txt", facts, self.request),
                language=language,
            )


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Two-step sign-in, with its faults in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Turn two-step sign-in off before you add an address."),
        "cannot_delete_authenticator": _("This way of signing in cannot be removed now."),
        "cannot_generate_recovery_codes": _("Add a passkey or an authenticator app first."),
        "incorrect_code": _("That code does not fit. Write the one the app shows now."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        """Keep the secret of an app, and the one that recovery codes are made of, sealed."""
        return secrecy.seal(text, purpose=_SECOND_STEP)

    def decrypt(self, encrypted_text: str) -> str:
        """Read it back; what was kept before it was sealed is read as it stands."""
        if not secrecy.is_sealed(encrypted_text):
            return encrypted_text
        return secrecy.unseal(encrypted_text, purpose=_SECOND_STEP)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002
        """Offer a name that tells a new passkey from those that are there."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey") if number == 1 else gettext("Passkey %(n)s") % {"n": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the product where the device shows whose key it is."""
        site: dict[str, str] = super().get_public_key_credential_rp_entity()
        return site | {"name": str(settings.PRODUCT_NAME)}


@receiver(password_reset, dispatch_uid="samskap.workspace.address_is_theirs")
def _the_link_proved_the_address(*, user: User, **_: Any) -> None:
    """Whoever chose a password by the link we mailed has shown that the address is theirs."""
    addresses = EmailAddress.objects.filter(user=user)
    if addresses.count() == 1:
        addresses.update(verified=True)


# How someone signs in is theirs to change, and the trail says that they did. The entry stands or
# falls with the change: addresses.py has the transaction, and without one the trail refuses -------


def _log(verb: str, user: User) -> None:
    person = Person.objects.filter(user=user).first()
    if person is not None:
        audit.record(verb, about=person, by=user, at=timezone.now())


@receiver([password_reset, password_changed, password_set], dispatch_uid="samskap.log.password")
def _log_new_password(*, user: User, **_: Any) -> None:
    _log("account.password-changed", user)


@receiver(email_changed, dispatch_uid="samskap.log.email")
def _log_new_address(*, user: User, **_: Any) -> None:
    _log("account.address-changed", user)


@receiver(post_save, sender=Authenticator, dispatch_uid="samskap.log.factor_added")
def _factor_added(*, instance: Authenticator, created: bool, **_: Any) -> None:
    if not created:
        return
    if instance.type == Authenticator.Type.TOTP:
        _log("account.second-step-on", instance.user)
    elif instance.type == Authenticator.Type.WEBAUTHN:
        _log("account.passkey-added", instance.user)
    else:
        _log("account.recovery-codes-made", instance.user)
    _end_other_sessions(instance.user)


@receiver(post_delete, sender=Authenticator, dispatch_uid="samskap.log.factor_removed")
def _factor_removed(*, instance: Authenticator, **_: Any) -> None:
    # A closed account is somebody else's to empty, and its holder did not do it.
    if instance.user.is_active and instance.type == Authenticator.Type.TOTP:
        _log("account.second-step-off", instance.user)
    elif instance.user.is_active and instance.type == Authenticator.Type.WEBAUTHN:
        _log("account.passkey-removed", instance.user)
    _end_other_sessions(instance.user)


@receiver(post_save, sender=Identity, dispatch_uid="samskap.sessions.service_connected")
def _service_connected(*, instance: Identity, created: bool, **_: Any) -> None:
    if created:
        _end_other_sessions(instance.user)


@receiver(post_delete, sender=Identity, dispatch_uid="samskap.sessions.service_let_go")
def _service_let_go(*, instance: Identity, **_: Any) -> None:
    _end_other_sessions(instance.user)


def _end_other_sessions(user: User) -> None:
    """Let every session of ``user`` end at its next request, but the one that changes this."""
    User.objects.filter(pk=user.pk).update(sign_in_changes=F("sign_in_changes") + 1)
    user.refresh_from_db(fields=["sign_in_changes"])
    request = context.request
    if request is not None and request.user == user:
        request.user.sign_in_changes = user.sign_in_changes
        update_session_auth_hash(request, user)
