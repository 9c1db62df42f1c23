"""People and mandates as they are typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.kernel.folding import folded
from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES, OWN_NAMES
from samskap.trust.models import Party, Role, Standing
from samskap.trust.rules import FOR_THE_PARTNERSHIP, KEEPS_THE_HOUSE
from samskap.ui.forms import Form
from samskap.workspace.forms.choosing import ChoosesActor

if TYPE_CHECKING:
    from samskap.workspace.desk import Desk


def _date(label: Any, **facts: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **facts)


class PersonForm(Form):
    """Someone who is to act for an organisation."""

    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language we write to them in"),
        choices=[(language, OWN_NAMES[language]) for language in LANGUAGES],
        initial=DEFAULT_LANGUAGE,
    )


class MandateForm(ChoosesActor):
    """For whom, in what capacity, from when and perhaps to when.

    Where no actor is chosen, it is for the partnership itself.
    """

    capacity = forms.ChoiceField(label=_("Role"))
    standing = forms.ChoiceField(
        label=_("Where the mandate comes from"),
        required=False,
        choices=[("", pgettext_lazy("standing", "Not said")), *Standing.choices],
    )
    is_substitute = forms.BooleanField(
        label=_("Substitute: acts when the one who else does cannot"), required=False
    )
    valid_from = _date(pgettext_lazy("first day", "From"))
    valid_to = _date(
        _("First day without it"),
        required=False,
        help_text=_("Leave it empty if the mandate goes on."),
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": desk.today})
        super().__init__(*args, desk=desk, **kwargs)
        gives = [
            role for role in Role if desk.holds(Role.ADMINISTRATOR) or role not in KEEPS_THE_HOUSE
        ]
        capacity = self.fields["capacity"]
        capacity.choices = [(role.value, role.label) for role in gives]  # type: ignore[attr-defined]

    def clean_actor(self) -> str:
        """Check that the actor is one of those there are, or that none is chosen."""
        return super().clean_actor() if self.cleaned_data["actor"] else ""

    def clean(self) -> dict[str, Any]:
        """Check that the capacity fits those acted for, and that it ends after it begins."""
        typed = super().clean() or {}
        if "capacity" not in typed or "actor" not in typed:
            return typed
        is_partnerships = Role(typed["capacity"]) in FOR_THE_PARTNERSHIP
        if is_partnerships and typed["actor"]:
            self.add_error(
                "actor",
                _("This role acts for the partnership. Choose the partnership, or another role."),
            )
        if not is_partnerships and not typed["actor"]:
            self.add_error("actor", _("Say which organisation they act for."))
        begins, ends = typed.get("valid_from"), typed.get("valid_to")
        if begins and ends and ends <= begins:
            self.add_error(
                "valid_to", _("A mandate ends after the day it begins. Choose a later day.")
            )
        return typed

    def chosen_party(self) -> Party:
        """Return the party that was chosen, once the form is valid."""
        return self.chosen.party if self.chosen else Party.objects.get(is_partnership=True)


class ReasonForm(Form):
    """Why something is done; the log keeps it."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=300,
        help_text=_("It stands in the log. Write no more about the person than is needed."),
    )


class EndForm(ReasonForm):
    """The first day on which a mandate no longer holds."""

    on = _date(_("First day without it"))


class EraseForm(Form):
    """The name once more, so that nobody is erased by a slip of the hand."""

    name = forms.CharField(
        label=_("Write the name to confirm"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name = name

    def clean_name(self) -> str:
        """Compare it with the name of the one to erase, whatever its case and accents."""
        typed = str(self.cleaned_data["name"])
        if folded(typed) != folded(self._name):
            raise forms.ValidationError(
                _("That is not the name. Write %(name)s."), params={"name": self._name}
            )
        return typed
