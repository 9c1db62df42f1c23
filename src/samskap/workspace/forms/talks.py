"""A talk as it is written up, on a phone in a car park."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.actions.contact_log import TalkFacts
from samskap.actors.models import ContactKind
from samskap.actors.models.contact import LONGEST_ENTRY
from samskap.actors.queries import contacts_on, contacts_seen_by
from samskap.kernel.period import valid_on
from samskap.trust.models import Role
from samskap.trust.queries import people_seen_by
from samskap.workspace.forms.choosing import ChoosesActor
from samskap.workspace.forms.fields import day_field

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from samskap.actors.models import Actor, Contact, ContactEntry
    from samskap.trust.models import Person
    from samskap.workspace.desk import Desk

LONGEST_STEP: Final = 200


class TalkForm(ChoosesActor):
    """With whom, how, when, three lines, and what comes next."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a talk", "How"),
        choices=ContactKind.choices,
        widget=forms.RadioSelect,
        initial=ContactKind.VISIT,
    )
    happened_on = day_field(pgettext_lazy("of a talk", "When"))
    text = forms.CharField(
        label=_("Three lines"),
        max_length=LONGEST_ENTRY,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=LONGEST_STEP)
    next_step_on = day_field(_("Due"), required=False)
    contacts = forms.MultipleChoiceField(
        label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ours = forms.ChoiceField(label=_("Who of ours"), required=False)

    def __init__(
        self,
        *args: Any,
        desk: Desk,
        actor: Actor | None = None,
        entry: ContactEntry | None = None,
        draft: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {**_initial(desk, actor, entry), **(draft or {})})
        super().__init__(*args, desk=desk, **kwargs)
        self.there: list[Contact] = self._contacts(entry)
        self._choice("contacts").choices = [(str(one.key), one.name) for one in self.there]
        self.people = _ours(desk, entry)
        self._choice("ours").choices = [(str(one.key), one.name) for one in self.people]

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type, tests nothing
        return field

    def _contacts(self, entry: ContactEntry | None) -> list[Contact]:
        """Return those who work at the chosen actor, and those who were there and have left."""
        if self.chosen is None:
            return []
        seen = contacts_seen_by(self.desk.reader).filter(actor=self.chosen)
        working = contacts_on(seen, self.desk.today)
        if entry is None:
            return list(working)
        return list(seen.filter(Q(pk__in=working.values("pk")) | Q(entries=entry)).distinct())

    def clean_next_step_on(self) -> date | None:
        """Check that a date is for a step."""
        day: date | None = self.cleaned_data["next_step_on"]
        if day is not None and not self.cleaned_data.get("next_step"):
            raise forms.ValidationError(_("Say what the next step is, or leave its date out."))
        return day

    def facts(self) -> TalkFacts:
        """Return what was typed, once it is valid."""
        typed = self.cleaned_data
        assert self.chosen is not None  # noqa: S101 - tells the type, tests nothing
        return TalkFacts(
            actor=self.chosen,
            kind=ContactKind(typed["kind"]),
            happened_on=typed["happened_on"],
            text=typed["text"],
            ours=next((one for one in self.people if str(one.key) == typed["ours"]), None),
            contacts=[one for one in self.there if str(one.key) in typed["contacts"]],
            next_step=typed["next_step"],
            next_step_on=typed["next_step_on"],
        )


def draft_of(typed: Mapping[str, Any], getlist: Any) -> dict[str, Any]:
    """Return what was typed, no longer than a form takes, to be drawn anew."""
    longest = {"text": LONGEST_ENTRY, "next_step": LONGEST_STEP}
    draft: dict[str, Any] = {
        name: str(typed.get(name, ""))[: longest.get(name, 100)]
        for name in TalkForm.base_fields
        if name != "contacts"
    }
    return draft | {"contacts": [str(key)[:40] for key in getlist("contacts")][:20]}


def _initial(desk: Desk, actor: Actor | None, entry: ContactEntry | None) -> dict[str, Any]:
    own = getattr(desk.user, "person", None)
    if entry is None:
        return {
            "token": uuid.uuid4(),
            "actor": actor.slug if actor else "",
            "happened_on": desk.today,
            "ours": str(own.key) if own else "",
        }
    return {
        "token": entry.key,
        "actor": entry.actor.slug,
        "kind": entry.kind,
        "happened_on": entry.happened_on,
        "text": entry.text,
        "next_step": entry.next_step,
        "next_step_on": entry.next_step_on,
        "contacts": [str(contact.key) for contact in entry.contacts.all()],
        "ours": str(entry.by.key) if entry.by else "",
    }


def _ours(desk: Desk, entry: ContactEntry | None) -> list[Person]:
    """Return the secretariat of today, whoever sits here, and whoever it was."""
    people = people_seen_by(desk.reader).filter(erased_at=None)
    working = people.filter(
        valid_on(desk.today, prefix="mandates__"), mandates__capacity=Role.SECRETARIAT
    )
    chosen = Q(pk__in=working.order_by().values("pk")) | Q(user=desk.user)
    if entry is not None and entry.by_id is not None:
        chosen |= Q(pk=entry.by_id)
    return list(people.filter(chosen))
