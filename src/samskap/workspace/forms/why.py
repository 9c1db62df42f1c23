"""Why something is changed: a sentence for the log, which nobody has to write."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.ui.forms import Form

_LONGEST: Final = 500


def why_field() -> forms.CharField:
    """Return a field for why."""
    return forms.CharField(
        label=_("Why?"),
        required=False,
        max_length=_LONGEST,
        help_text=_("It stands in the history. Name nobody."),
    )


class WhyForm(Form):
    """Why something is done that asks for nothing else."""

    reason = why_field()
