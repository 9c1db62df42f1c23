"""The forms of sign-in, in our words: a label above each field, and nothing inside it."""

from __future__ import annotations

from typing import Any, Final

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from samskap.ui.forms import InOurWords
from samskap.workspace import guessing

_LABELS: Final = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("The password you have now"),
    "password1": _("New password"),
    "password2": _("The new password once more"),
    "code": _("Code"),
    "name": _("What you call it"),
}


class _Plain(InOurWords):
    """Takes away what allauth writes inside and beneath its fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""
            field.label = _LABELS.get(name, field.label)


class LoginForm(_Plain, account.LoginForm):  # type: ignore[misc]
    """Address and password."""


class ResetPasswordForm(_Plain, account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the letter."""


class ResetPasswordKeyForm(_Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by the address in a letter."""


class ChangePasswordForm(_Plain, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, by one who knows the old."""


class SetPasswordForm(_Plain, account.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class AddEmailForm(_Plain, account.AddEmailForm):  # type: ignore[misc]
    """Another address to sign in with."""


class ReauthenticateForm(_Plain, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class _Counted:
    """Counts each code that is tried; a right one is not held against anyone."""

    def clean_code(self) -> str:
        """Return the code. Raises ``ValidationError`` when it is wrong, or one too many."""
        counted = guessing.attempt(
            context.request,
            guessing.CODE,
            self.user.email,  # type: ignore[attr-defined]
            refuse=get_adapter().validation_error,
        )
        code: str = super().clean_code()  # type: ignore[misc]
        counted.rollback()
        return code


class AuthenticateForm(_Counted, _Plain, second.AuthenticateForm):  # type: ignore[misc]
    """A code at sign-in."""


class SecondReauthenticateForm(_Counted, _Plain, second.ReauthenticateForm):  # type: ignore[misc]
    """A code once more."""


class ActivateTOTPForm(_Plain, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""


class AddPasskeyForm(_Plain, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, which always opens the account by itself."""

    # Not theirs to choose: whoever holds one is always asked who they are.
    passwordless = None


class NamePasskeyForm(_Plain, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""


class LoginPasskeyForm(_Plain, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of address and password."""


class AuthenticatePasskeyForm(_Plain, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as the second step."""


class ReauthenticatePasskeyForm(_Plain, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey once more."""
