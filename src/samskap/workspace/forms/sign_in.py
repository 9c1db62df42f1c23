"""The forms of sign-in, in our words: a label above each field, and nothing inside it."""

from __future__ import annotations

from typing import Any, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

_LABELS: Final = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("The password you have now"),
    "password1": _("New password"),
    "password2": _("The new password once more"),
    "code": _("Code"),
}


class _InOurWords:
    """Takes away what allauth writes inside and beneath its fields."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""
            field.label = _LABELS.get(name, field.label)


class LoginForm(_InOurWords, account.LoginForm):  # type: ignore[misc]
    """Address and password."""


class ResetPasswordForm(_InOurWords, account.ResetPasswordForm):  # type: ignore[misc]
    """Where to send the letter."""


class ResetPasswordKeyForm(_InOurWords, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by the address in a letter."""


class ChangePasswordForm(_InOurWords, account.ChangePasswordForm):  # type: ignore[misc]
    """A new password, by one who knows the old."""


class SetPasswordForm(_InOurWords, account.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class AddEmailForm(_InOurWords, account.AddEmailForm):  # type: ignore[misc]
    """Another address to sign in with."""


class ReauthenticateForm(_InOurWords, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class AuthenticateForm(_InOurWords, second.AuthenticateForm):  # type: ignore[misc]
    """A code at sign-in."""


class SecondReauthenticateForm(_InOurWords, second.ReauthenticateForm):  # type: ignore[misc]
    """A code once more."""


class ActivateTOTPForm(_InOurWords, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new app."""
