"""Text that is one thing in several languages, and the field that keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext, gettext_lazy

from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.expressions import Expression


def quoted(text: object) -> str:
    """Put ``text`` in the quotation marks of the reader's language."""
    return gettext("“%(text)s”") % {"text": text}


def inside_a_sentence(name: object) -> str:
    """Write a name of ours, such as a role's or a factor's, as in the middle of a sentence."""
    text = str(name)
    return text[:1].lower() + text[1:]


class LocalisedText(dict[str, str]):
    """The same text in one or more languages, keyed by language code.

    As a string it is the text in the reader's language, else in the default
    language, else in whichever there is. ``lang`` names the language shown, so
    that a page can say it to a screen reader.
    """

    def language_for(self, wanted: str | None) -> str:
        """Which language a reader of ``wanted`` gets; '' when there is no text at all."""
        for language in (wanted, DEFAULT_LANGUAGE, *LANGUAGES):
            if language and self.get(language):
                return language
        return next((language for language, text in self.items() if text), "")

    def in_language(self, wanted: str | None) -> str:
        """Return the text for a reader of ``wanted``; '' when there is no text at all."""
        return self.get(self.language_for(wanted), "")

    @property
    def lang(self) -> str:
        """The language of the text that is shown to the current reader."""
        return self.language_for(get_language())

    def __str__(self) -> str:
        return self.in_language(get_language())


if TYPE_CHECKING:
    _JSONField = models.JSONField[Any, LocalisedText]
else:
    _JSONField = models.JSONField


class LocalisedTextField(_JSONField):
    """A JSON object of language code to text, given back as ``LocalisedText``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", LocalisedText)
        super().__init__(*args, **kwargs)

    def from_db_value(
        self,
        value: str | None,
        expression: Expression,
        connection: BaseDatabaseWrapper,
    ) -> LocalisedText | None:
        """Turn the database's JSON into ``LocalisedText``."""
        found = super().from_db_value(value, expression, connection)
        return LocalisedText(found) if isinstance(found, dict) else None

    def to_python(self, value: Any) -> Any:
        """Turn a plain mapping into ``LocalisedText``."""
        found = super().to_python(value)
        return LocalisedText(found) if isinstance(found, dict) else found

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Refuse what is not a mapping of known languages to text."""
        super().validate(value, model_instance)
        if not isinstance(value, dict) or not all(
            language in LANGUAGES and isinstance(text, str) for language, text in value.items()
        ):
            raise ValidationError(gettext_lazy("Give the text as one entry for each language."))
