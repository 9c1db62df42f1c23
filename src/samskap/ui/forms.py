"""What every form says when a field is not right yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

_WORDS: Final[tuple[tuple[type[forms.Field], Mapping[str, _StrPromise]], ...]] = (
    (
        forms.Field,
        {
            "required": _("Fill this in."),
            "invalid": _("This cannot be used. Write it another way."),
            "max_length": _("Write at most %(limit_value)s characters."),
            "min_length": _("Write at least %(limit_value)s characters."),
            "null_characters_not_allowed": _(
                "There is a character here that no text has. Write it again."
            ),
        },
    ),
    (
        forms.ChoiceField,
        {"required": _("Choose one."), "invalid_choice": _("Choose one of those in the list.")},
    ),
    (forms.MultipleChoiceField, {"required": _("Choose at least one.")}),
    (forms.DateField, {"invalid": _("Write a day that exists, such as 24.11.2026.")}),
    (
        forms.EmailField,
        {"invalid": _("Write a whole e-mail address, such as name@example.org.")},
    ),
)


class InOurWords:
    """Lets a form say its faults in our words; each tells what to do."""

    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        """Check what was typed, as every form does."""
        for field in self.fields.values():
            for kind, words in _WORDS:
                if isinstance(field, kind):
                    field.error_messages |= words
        super().full_clean()  # type: ignore[misc]


class Form(InOurWords, forms.Form):
    """The form that every other form of ours is."""
