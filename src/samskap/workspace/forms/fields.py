"""Fields that more than one of the desk's forms has."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES, OWN_NAMES
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

OTHER_LANGUAGES = tuple(each for each in LANGUAGES if each != DEFAULT_LANGUAGE)
_LARGEST_NOK = Decimal(10) ** 10
_AMOUNT = re.compile(r"[0-9]+(\.[0-9]{1,2})?")


def day_field(label: str | _StrPromise, **facts: Any) -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **facts)


class KronerField(forms.CharField):
    """An amount as people write it: '25 000', '25.000,50', 'kr 25 000'. Cleans to a ``Decimal``."""

    def clean(self, value: Any) -> Any:
        """Return the amount in kroner with two decimals; none when nothing was written."""
        text = super().clean(value)
        if not text:
            return None
        number = _plain_number(text)
        if not _AMOUNT.fullmatch(number) or Decimal(number) >= _LARGEST_NOK:
            raise ValidationError(_("Write an amount in kroner, such as 25 000."))
        return Decimal(number).quantize(Decimal("0.01"))

    def prepare_value(self, value: Any) -> Any:
        """Write an amount that is kept as one would type it."""
        if not isinstance(value, Decimal):
            return value
        text = f"{value:f}".removesuffix(".00")
        return text if get_language() == "en" else text.replace(".", ",")


def _plain_number(text: str) -> str:
    """Return the digits of an amount with a point before the decimals.

    >>> [_plain_number(text) for text in ("kr 25 000,-", "25.000,50", "25,000.50", "1.250")]
    ['25000', '25000.50', '25000.50', '1250']
    """
    digits = "".join(text.casefold().replace("kr", "").replace("nok", "").split())
    digits = digits.strip(".").removesuffix(",-")
    last = max(digits.rfind(","), digits.rfind("."))
    if last >= 0 and len(digits) - last - 1 in {1, 2}:
        whole = digits[:last].replace(",", "").replace(".", "")
        return f"{whole}.{digits[last + 1 :]}"
    return digits.replace(",", "").replace(".", "")


def text_in_languages(typed: Mapping[str, Any], name: str) -> LocalisedText:
    """Gather ``name``, ``name_sv`` and ``name_en`` into one text; what is empty is left out."""
    words = {DEFAULT_LANGUAGE: typed[name]}
    words |= {language: typed[f"{name}_{language}"] for language in OTHER_LANGUAGES}
    return LocalisedText({language: text for language, text in words.items() if text})


def spread(name: str, text: LocalisedText) -> dict[str, str]:
    """Return what ``text_in_languages`` gathers, field by field."""
    others = {f"{name}_{language}": text.get(language, "") for language in OTHER_LANGUAGES}
    return {name: text.get(DEFAULT_LANGUAGE, ""), **others}


def add_languages(form: forms.Form, name: str, **facts: Any) -> None:
    """Give ``form`` a field for ``name`` in each language beside bokmål."""
    for language in OTHER_LANGUAGES:
        form.fields[f"{name}_{language}"] = forms.CharField(
            label=OWN_NAMES[language], required=False, **facts
        )
