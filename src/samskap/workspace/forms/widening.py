"""Letting more people see something is asked about once more, and who they are is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.trust.models import Visibility

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
    asked about.
    """

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

    def question(self) -> BoundField | None:
        """Return the question, when it was asked."""
        return self["widen"] if "widen" in self.fields else None
