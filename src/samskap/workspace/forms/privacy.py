"""What someone asks about their own data, and what they are answered."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from samskap.trust.models import Wish
from samskap.trust.models.privacy import LONGEST_WISH
from samskap.ui.forms import Form


class AskForm(Form):
    """What the secretariat is asked to do."""

    wish = forms.ChoiceField(label=_("What you ask"), choices=Wish.choices)
    text = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_WISH,
        help_text=_("What is wrong and how it should be, or why. Leave out what we need not know."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AnswerForm(Form):
    """What was done about it."""

    answer = forms.CharField(
        label=_("The answer"),
        max_length=LONGEST_WISH,
        help_text=_("What you have done, or why not. Whoever asked reads it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
