"""An invitation as it is sent, and as it is accepted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from samskap.trust.models import User
from samskap.ui.forms import Form


class InviteForm(Form):
    """The address a letter goes to, with which the account is signed in to afterwards."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("They get a letter with a link that opens their account. It lasts a week."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class AcceptForm(Form):
    """What someone is called, and the password they choose."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least twelve characters. Four words that you remember are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean_password(self) -> str:
        """Hold the password to what every password here must be."""
        typed = str(self.cleaned_data["password"])
        validate_password(typed, User(email=self._email))
        return typed
