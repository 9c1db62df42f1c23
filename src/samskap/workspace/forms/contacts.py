"""Someone at an actor as they are typed in, and the day they left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.actions.contacts import ContactFacts
from samskap.actors.models import Basis
from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES, OWN_NAMES
from samskap.ui.forms import Form
from samskap.workspace.forms.fields import day_field

if TYPE_CHECKING:
    from samskap.actors.models import Contact


class ContactForm(Form):
    """A name, a role, how to reach them at work, and why we may keep it."""

    name = forms.CharField(
        label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    role = forms.CharField(
        label=_("Role there"), required=False, max_length=200, help_text=_("Such as site manager.")
    )
    phone = forms.CharField(
        label=_("Telephone at work"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail at work"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language we write to them in"),
        choices=[(language, OWN_NAMES[language]) for language in LANGUAGES],
        initial=DEFAULT_LANGUAGE,
    )
    basis = forms.ChoiceField(
        label=_("Why we may keep this"),
        choices=Basis.choices,
        initial=Basis.LEGITIMATE_INTEREST,
        help_text=_(
            "What the law lets us keep it for. Someone at work, for their work, is most often a"
            " legitimate interest."
        ),
    )
    source_note = forms.CharField(
        label=_("Where we have it from"),
        max_length=300,
        help_text=_("Such as their card at a meeting, or the firm’s own pages."),
    )

    def __init__(self, *args: Any, contact: Contact | None = None, **kwargs: Any) -> None:
        if contact is not None:
            fields = {name: getattr(contact, name) for name in self.base_fields}
            kwargs.setdefault("initial", fields)
        super().__init__(*args, **kwargs)

    def facts(self) -> ContactFacts:
        """Return what was typed, once it is valid."""
        typed = self.cleaned_data
        return ContactFacts(**typed | {"basis": Basis(typed["basis"])})


class LeftForm(Form):
    """The first day on which someone no longer works there."""

    on = day_field(
        pgettext_lazy("of someone who has left", "First day without them"),
        help_text=_("If you are not sure, take today."),
    )
