"""A membership as it is typed in, its agreement, and who acts for the member."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.actions.memberships import MembershipFacts
from samskap.actors.agreements import LARGEST_AGREEMENT, glance_at_agreement
from samskap.actors.models import MembershipKind
from samskap.trust.models import Standing, Visibility
from samskap.trust.queries import people_seen_by
from samskap.ui.forms import Form
from samskap.workspace.forms.fields import KronerField, day_field
from samskap.workspace.forms.widening import AsksBeforeWidening

if TYPE_CHECKING:
    from datetime import date

    from samskap.actors.models import Membership
    from samskap.trust.models import Person
    from samskap.workspace.desk import Desk

_LONG_NAME = 200


class MembershipForm(AsksBeforeWidening, Form):
    """In what way an actor belongs, from when, and on what terms."""

    kind = forms.ChoiceField(
        label=_("Belongs as"), choices=MembershipKind.choices, initial=MembershipKind.PARTNER
    )
    valid_from = day_field(pgettext_lazy("first day", "From"))
    valid_to = day_field(
        _("First day without it"),
        required=False,
        help_text=_("Leave it empty if the membership goes on."),
    )
    contribution_nok = KronerField(
        label=_("Yearly contribution, kroner"),
        required=False,
        max_length=30,
        help_text=_("Only the secretariat and the auditor see it."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    agreement = forms.FileField(
        label=_("Signed agreement"),
        required=False,
        allow_empty_file=True,
        help_text=_("A PDF of at most 10 MB. Only the secretariat and the auditor can open it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    agreement_ends_on = day_field(
        _("The agreement ends on"),
        required=False,
        help_text=_("You are told 90 days before."),
    )
    visibility = forms.ChoiceField(
        label=_("Who may know that it belongs"),
        choices=Visibility.choices,
        initial=Visibility.PUBLIC,
    )

    def __init__(self, *args: Any, membership: Membership | None = None, **kwargs: Any) -> None:
        if membership is not None:
            fields = {
                name: getattr(membership, name) for name in self.base_fields if name != "agreement"
            }
            kwargs.setdefault("initial", fields)
        super().__init__(*args, **kwargs)

    def clean_agreement(self) -> bytes | None:
        """Read the file, when one was chosen and may be kept."""
        sent = self.cleaned_data["agreement"]
        if not sent:
            return None
        # One that is too large is not read at all.
        content: bytes = sent.read(LARGEST_AGREEMENT + 1)
        glance_at_agreement(content)
        self.file_name = str(sent.name or "")
        return content

    def clean(self) -> dict[str, Any]:
        """Check the days, and say when a file has to be chosen once more."""
        typed = super().clean() or {}
        begins, ends = typed.get("valid_from"), typed.get("valid_to")
        if begins and ends and ends <= begins:
            self.add_error(
                "valid_to", _("A membership ends after the day it begins. Choose a later day.")
            )
        if typed.get("agreement") and self.errors:
            self.ask_for_file_again()
        return typed

    def ask_for_file_again(self) -> None:
        """Say that the file is not kept while something else is wrong."""
        if "agreement" not in self.errors:
            self.add_error("agreement", _("Choose the file once more when you send this again."))

    def facts(self) -> MembershipFacts:
        """Return what was typed, once it is valid."""
        typed = self.cleaned_data
        return MembershipFacts(
            kind=MembershipKind(typed["kind"]),
            valid_from=typed["valid_from"],
            valid_to=typed["valid_to"],
            contribution_nok=typed["contribution_nok"],
            agreement_ends_on=typed["agreement_ends_on"],
            visibility=Visibility(typed["visibility"]),
        )


class RepresentativeForm(Form):
    """Who acts for a member: someone we know, or someone new."""

    person = forms.ChoiceField(label=_("Someone who is registered"), required=False)
    name = forms.CharField(label=_("Or someone new"), required=False, max_length=_LONG_NAME)
    standing = forms.ChoiceField(
        label=_("Where the mandate comes from"),
        choices=[("", pgettext_lazy("standing", "Not said")), *Standing.choices],
        required=False,
    )
    is_substitute = forms.BooleanField(
        label=_("Substitute: acts when the one who else does cannot"), required=False
    )
    valid_from = day_field(pgettext_lazy("first day", "From"))
    valid_to = day_field(
        _("First day without it"),
        required=False,
        help_text=_("Leave it empty if the mandate goes on."),
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": desk.today})
        super().__init__(*args, **kwargs)
        # Nobody gives themselves a mandate.
        found = people_seen_by(desk.reader).filter(erased_at=None).exclude(user=desk.user)
        self.people = {str(person.key): person for person in found}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type, tests nothing
        field.choices = [
            ("", "\N{EN DASH}"),
            *((key, person.name) for key, person in self.people.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """Check that there is one person, and that the mandate ends after it begins."""
        typed = super().clean() or {}
        if bool(typed.get("person")) == bool(typed.get("name")):
            self.add_error("person", _("Choose someone, or write the name of someone new."))
        begins, ends = typed.get("valid_from"), typed.get("valid_to")
        if begins and ends and ends <= begins:
            self.add_error(
                "valid_to", _("A mandate ends after the day it begins. Choose a later day.")
            )
        return typed

    def chosen(self) -> Person | None:
        """Return the one who was chosen, once the form is valid; none for someone new."""
        return self.people.get(self.cleaned_data["person"])

    def period(self) -> tuple[date, date | None]:
        """Return the first day, and the first day without it."""
        return self.cleaned_data["valid_from"], self.cleaned_data["valid_to"]
