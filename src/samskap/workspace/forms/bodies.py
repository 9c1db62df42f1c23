"""Bodies and seats as they are typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.actions.bodies import BodyFacts, SeatFacts
from samskap.actors.models import BodyKind, SeatRole
from samskap.trust.models import Visibility
from samskap.trust.queries import people_seen_by
from samskap.ui.forms import Form
from samskap.workspace.forms.choosing import ChoosesActor
from samskap.workspace.forms.fields import (
    OTHER_LANGUAGES,
    add_languages,
    day_field,
    spread,
    text_in_languages,
)
from samskap.workspace.forms.widening import AsksBeforeWidening

if TYPE_CHECKING:
    from django.forms import BoundField

    from samskap.actors.models import Body
    from samskap.workspace.desk import Desk

_LONGEST_PURPOSE = 1000


class BodyForm(AsksBeforeWidening, Form):
    """What a body is called, what it is for, and who may know of it."""

    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of body"), choices=BodyKind.choices)
    purpose = forms.CharField(
        label=_("What it is for"),
        required=False,
        max_length=_LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    visibility = forms.ChoiceField(
        label=_("Visible to"),
        choices=[each for each in Visibility.choices if each[0] != Visibility.PARTY],
        initial=Visibility.SECRETARIAT,
    )

    def __init__(self, *args: Any, body: Body | None = None, **kwargs: Any) -> None:
        if body is not None:
            fields = {"kind": body.kind, "visibility": body.visibility}
            fields |= spread("name", body.name) | spread("purpose", body.purpose)
            kwargs.setdefault("initial", fields)
        super().__init__(*args, **kwargs)
        add_languages(self, "name", max_length=200)
        add_languages(
            self,
            "purpose",
            max_length=_LONGEST_PURPOSE,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def other_names(self) -> list[BoundField]:
        """Return the name in the other languages."""
        return [self[f"name_{language}"] for language in OTHER_LANGUAGES]

    def other_purposes(self) -> list[BoundField]:
        """Return what it is for in the other languages."""
        return [self[f"purpose_{language}"] for language in OTHER_LANGUAGES]

    def facts(self) -> BodyFacts:
        """Return what was typed, once it is valid."""
        typed = self.cleaned_data
        return BodyFacts(
            name=text_in_languages(typed, "name"),
            kind=BodyKind(typed["kind"]),
            purpose=text_in_languages(typed, "purpose"),
            visibility=Visibility(typed["visibility"]),
        )


class SeatForm(ChoosesActor):
    """Which actor sits as what, who fills the seat, and for how long."""

    role = forms.ChoiceField(label=_("Seat"), choices=SeatRole.choices, initial=SeatRole.MEMBER)
    person = forms.ChoiceField(
        label=_("Who fills it"),
        required=False,
        help_text=_("Leave it empty if you do not know, or if they are not registered."),
    )
    valid_from = day_field(pgettext_lazy("first day", "From"))
    valid_to = day_field(
        _("First day without it"),
        required=False,
        help_text=_("Most terms have an end. Leave it empty if this one has none."),
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"valid_from": desk.today, "role": SeatRole.MEMBER})
        super().__init__(*args, desk=desk, **kwargs)
        people = people_seen_by(desk.reader).filter(erased_at=None)
        self.people = {str(person.key): person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type, tests nothing
        field.choices = [
            ("", "\N{EN DASH}"),
            *((key, person.name) for key, person in self.people.items()),
        ]

    def facts(self) -> SeatFacts:
        """Return what was typed, once it is valid."""
        typed = self.cleaned_data
        assert self.chosen is not None  # noqa: S101 - tells the type, tests nothing
        return SeatFacts(
            actor=self.chosen,
            role=SeatRole(typed["role"]),
            valid_from=typed["valid_from"],
            valid_to=typed["valid_to"],
            person=self.people.get(typed["person"]),
        )


class RenewForm(Form):
    """Until when a new term lasts."""

    until = day_field(
        _("First day without it"),
        required=False,
        help_text=_("Leave it empty if the new term has no end."),
    )
