"""Changing what is there: why, and once more when more people would see it, who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.trust.models import Visibility
from samskap.workspace.forms.why import why_field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BoundField
    from django.utils.functional import _StrPromise

_WILL_SEE: Final[Mapping[Visibility, _StrPromise]] = {
    Visibility.PUBLIC: _("Yes, let everyone see it: on the open pages, in files and as open data"),
    Visibility.PARTNERS: _("Yes, let all the partners and the board see it"),
    Visibility.PARTY: _("Yes, let the organisation’s own people see it"),
}


class AsksBeforeWidening(forms.Form):
    """A form with ``visibility``: what is there already is not seen by more people by a slip.

    Until whoever sends it has ticked that those may see it, the form comes back with the question
    and everything that was typed. What is new has its level chosen in the same form, and is not
    asked about. Whoever changes something may say why, for the log.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("visibility"):
            self.fields["reason"] = why_field()

    def clean(self) -> dict[str, Any]:
        """Ask, when more people would see it than do now."""
        typed: dict[str, Any] = super().clean() or {}
        before, after = self.initial.get("visibility"), typed.get("visibility")
        if not before or not after or not Visibility(after).is_wider_than(Visibility(before)):
            return typed
        # The answer names the level, so that a yes to one is none to another.
        self.fields["widen"] = forms.CharField(
            label=_WILL_SEE[Visibility(after)],
            required=False,
            widget=forms.CheckboxInput(attrs={"value": after}),
        )
        if self.data.get("widen") != after:
            self.add_error("widen", _("More people will see it than now. Tick that they may."))
        return typed

    @property
    def why(self) -> BoundField | None:
        """Return the field for why, when something is there to be changed."""
        return self["reason"] if "reason" in self.fields else None

    @property
    def reason(self) -> str:
        """Return why, once it is valid; empty when nothing was said."""
        said: str = self.cleaned_data.get("reason") or ""
        return said

    def question(self) -> BoundField | None:
        """Return the question, when it was asked."""
        return self["widen"] if "widen" in self.fields else None
