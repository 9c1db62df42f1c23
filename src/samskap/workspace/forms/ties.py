"""A tie as it is typed in, on the page of one of the two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.actions import TieFacts
from samskap.actors.models import MUTUAL, Confidence, Tie, TieKind
from samskap.actors.told_us import TOLD_US
from samskap.evidence.queries import sources_seen_by
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.text import LocalisedText
from samskap.trust.models import Visibility
from samskap.ui.forms import Form
from samskap.workspace.forms.choosing import ChoosesActor
from samskap.workspace.forms.fields import day_field
from samskap.workspace.forms.widening import AsksBeforeWidening

if TYPE_CHECKING:
    from samskap.actors.models import Actor
    from samskap.workspace.desk import Desk

_THERE: Final = ">"
_HERE: Final = "<"


def directions() -> list[tuple[str, str]]:
    """Return what an actor can be to another, from its own side, in words."""
    told = [(f"{kind}{_THERE}", str(kind.label)) for kind in TieKind]
    told += [(f"{kind}{_HERE}", kind.from_the_other_side) for kind in TieKind if kind not in MUTUAL]
    return told


class TieForm(AsksBeforeWidening, ChoosesActor):
    """What the actor is to another, from when until when, and how we know."""

    kind = forms.ChoiceField(label=_("What are they to each other?"))
    role = forms.CharField(
        label=_("Role in it"),
        required=False,
        max_length=200,
        help_text=_("Such as “on the board” or “main supplier”."),
    )
    valid_from = day_field(
        pgettext_lazy("first day", "From"),
        required=False,
        help_text=_("Leave it empty if it was so before we knew of it."),
    )
    valid_to = day_field(
        _("First day without the tie"),
        required=False,
        help_text=_("Leave it empty if it goes on."),
    )
    confidence = forms.ChoiceField(
        label=_("How sure are we?"), choices=Confidence.choices, initial=Confidence.REPORTED
    )
    source = forms.ChoiceField(label=_("Where we know it from"))
    source_note = forms.CharField(label=_("What the source says"), required=False, max_length=500)
    visibility = forms.ChoiceField(
        label=_("Visible to"),
        choices=[each for each in Visibility.choices if each[0] != Visibility.PARTY],
        initial=Visibility.SECRETARIAT,
    )

    def __init__(
        self, *args: Any, desk: Desk, own: Actor, tie: Tie | None = None, **kwargs: Any
    ) -> None:
        self.own, self.tie = own, tie
        if tie is not None:
            kwargs.setdefault("initial", _initial(tie, own))
        super().__init__(*args, desk=desk, **kwargs)
        kinds, sources = self.fields["kind"], self.fields["source"]
        kinds.choices = [("", "\N{EN DASH}"), *directions()]  # type: ignore[attr-defined]
        sources.choices = [  # type: ignore[attr-defined]
            ("", "\N{EN DASH}"),
            (TOLD_US, _("One of them told us")),
            *(
                (each.key, str(each.title))
                for each in sources_seen_by(desk.reader)
                if each.key != TOLD_US
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Check that it ends after it begins."""
        typed = super().clean() or {}
        first, end = typed.get("valid_from"), typed.get("valid_to")
        if first and end and end <= first:
            self.add_error("valid_to", _("A tie ends after the day it begins."))
        return typed

    def facts(self) -> TieFacts:
        """Return what was typed, once it is valid."""
        typed = self.cleaned_data
        kind, way = TieKind(typed["kind"][:-1]), typed["kind"][-1]
        other = self.chosen
        assert other is not None  # noqa: S101 - checked with the field
        ends = (self.own, other) if way == _THERE else (other, self.own)
        return TieFacts(
            kind=kind,
            from_actor=ends[0],
            to_actor=ends[1],
            source=typed["source"],
            valid_from=typed["valid_from"],
            valid_to=typed["valid_to"],
            role=self._text("role"),
            source_note=self._text("source_note"),
            confidence=Confidence(typed["confidence"]),
            visibility=Visibility(typed["visibility"]),
        )

    def _text(self, name: str) -> LocalisedText:
        """Keep a text's other languages for as long as nobody changes it."""
        typed = self.cleaned_data[name]
        before: LocalisedText = getattr(self.tie, name) if self.tie else LocalisedText()
        if before.get(DEFAULT_LANGUAGE, "") == typed:
            return before
        return LocalisedText({DEFAULT_LANGUAGE: typed}) if typed else LocalisedText()


class EndTieForm(Form):
    """The first day without the tie, and perhaps why."""

    on = day_field(_("First day without the tie"))
    reason = forms.CharField(label=_("Why"), required=False, max_length=300)


class RemoveTieForm(Form):
    """Why the tie never was."""

    reason = forms.CharField(
        label=_("Why was it never so?"),
        max_length=300,
        help_text=_("A tie that was, and is over, is ended instead."),
    )


def _initial(tie: Tie, own: Actor) -> dict[str, Any]:
    is_first = tie.from_actor_id == own.pk
    way = _THERE if is_first or tie.kind in MUTUAL else _HERE
    return {
        "actor": (tie.to_actor if is_first else tie.from_actor).slug,
        "kind": f"{tie.kind}{way}",
        "role": tie.role.get(DEFAULT_LANGUAGE, ""),
        "valid_from": tie.valid_from,
        "valid_to": tie.valid_to,
        "confidence": tie.confidence,
        "source": tie.source.key,
        "source_note": tie.source_note.get(DEFAULT_LANGUAGE, ""),
        "visibility": tie.visibility,
    }
