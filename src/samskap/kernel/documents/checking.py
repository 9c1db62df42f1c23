"""Hold a document to a JSON Schema, and say each fault in words that help."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from jsonschema import Draft202012Validator, FormatChecker

from samskap.kernel.languages import LANGUAGES, OWN_NAMES
from samskap.kernel.text import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from jsonschema.exceptions import ValidationError

    from samskap.kernel.documents.fault import Fault
    from samskap.kernel.documents.reading import Document, Step

    Words: TypeAlias = tuple[str, str]

_LISTED_AT_MOST: Final = 20
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORMATS: Final = FormatChecker(formats=())


def check_against(document: Document, schema: Mapping[str, Any]) -> list[Fault]:
    """Return every way in which ``document`` breaks ``schema`` (Draft 2020-12), by line.

    An empty list means that it holds. Give a pattern in the schema an ``examples`` entry: that is
    what the writer of the document is shown, never the pattern. Formats known: ``date`` and
    ``date-or-month``. References go to the schema's own ``$defs``.
    """
    validator = Draft202012Validator(dict(schema), format_checker=_FORMATS)
    tell = _Teller(document, schema)
    return sorted(
        {fault for error in validator.iter_errors(document.data) for fault in tell.faults_of(error)}
    )


def check_languages(document: Document, languages: Sequence[str] = LANGUAGES) -> list[Fault]:
    """Return a fault for each text of ``document`` that lacks one of ``languages``, by line."""
    return sorted(_missing_languages(document, document.data, (), languages))


def near_miss(written: str, allowed: Iterable[str]) -> str | None:
    """Return the one of ``allowed`` that ``written`` was most likely meant to be, if any is near.

    >>> near_miss("busines", ["business", "capital"])
    'business'
    """
    by_folded = {word.casefold(): word for word in allowed}
    near = get_close_matches(written.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None


def _missing_languages(
    document: Document, data: Any, steps: tuple[Step, ...], languages: Sequence[str]
) -> Iterator[Fault]:
    if isinstance(data, list):
        inside: Iterable[tuple[Step, Any]] = enumerate(data)
    elif isinstance(data, dict) and data and data.keys() <= set(LANGUAGES):
        for language in languages:
            if language not in data:
                yield _lacks_language(document, steps, language)
        return
    elif isinstance(data, dict):
        inside = data.items()
    else:
        return
    for step, value in inside:
        yield from _missing_languages(document, value, (*steps, step), languages)


def _lacks_language(document: Document, steps: tuple[Step, ...], language: str) -> Fault:
    own_name = next((OWN_NAMES[known] for known in LANGUAGES if known == language), language)
    return document.fault(
        *steps,
        sentence=_("%(subject)s has no text in %(language)s.")
        % {"subject": _subject(steps), "language": own_name},
        remedy=_("Add “%(language)s:” beneath it, with the text in that language.")
        % {"language": language},
    )


# Formats ------------------------------------------------------------------------------------------


@_FORMATS.checks("date")
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or _exists(value)


@_FORMATS.checks("date-or-month")
def _is_date_or_month(value: object) -> bool:
    return not isinstance(value, str) or _exists(value) or _exists(f"{value}-01")


def _exists(day: str) -> bool:
    if not _DAY.fullmatch(day):
        return False
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        return False
    return True


# Words --------------------------------------------------------------------------------------------

_KINDS: Final = {
    "object": gettext_lazy("keys of its own beneath it"),
    "array": gettext_lazy("a list"),
    "string": gettext_lazy("text"),
    "integer": gettext_lazy("a whole number"),
    "number": gettext_lazy("a number"),
    "boolean": gettext_lazy("true or false"),
    "null": gettext_lazy("nothing"),
}
_HOW_TO_WRITE: Final = {
    "object": gettext_lazy("Write its keys on the lines beneath, indented by two spaces."),
    "array": gettext_lazy("Write each entry on a line of its own, beginning with “- ”."),
    "string": gettext_lazy("Write the text after the colon."),
    "integer": gettext_lazy("Write digits alone, without quotation marks."),
    "number": gettext_lazy("Write digits alone, without quotation marks."),
    "boolean": gettext_lazy("Write true or false, without quotation marks."),
    "null": gettext_lazy("Leave it empty."),
}


def _subject(steps: Sequence[Step]) -> str:
    if not steps:
        return _("The file")
    key = next((step for step in reversed(steps) if isinstance(step, str)), "")
    if isinstance(steps[-1], int):
        return _("Entry %(number)d of “%(key)s”") % {"number": steps[-1] + 1, "key": key}
    return quoted(key)


def _listed(words: Iterable[object]) -> str:
    shown = [quoted(word) for word in words]
    more = ", …" if len(shown) > _LISTED_AT_MOST else ""
    return ", ".join(shown[:_LISTED_AT_MOST]) + more


@dataclass(frozen=True, slots=True)
class _Broken:
    """One demand of a schema that a document does not meet."""

    demand: str
    wanted: Any
    found: Any
    schema: Mapping[str, Any]
    steps: tuple[Step, ...]
    # The thing found is a key of what stands at ``steps``, not a value.
    is_about_key: bool

    @classmethod
    def from_error(cls, error: ValidationError) -> _Broken:
        """Take what we need of the validator's own error; never its message."""
        schema = error.schema if isinstance(error.schema, dict) else {}
        steps = tuple(error.absolute_path)
        return cls(
            demand=str(error.validator),
            wanted=error.validator_value,
            found=error.instance,
            schema=schema,
            steps=steps,
            is_about_key="propertyNames" in tuple(error.absolute_schema_path)[-2:-1],
        )

    @property
    def subject(self) -> str:
        return _subject(self.steps)


class _Teller:
    """Turns a validator's errors into faults in words of our own."""

    def __init__(self, document: Document, schema: Mapping[str, Any]) -> None:
        self.document = document
        self.root = schema

    def faults_of(self, error: ValidationError) -> Iterator[Fault]:
        """Say one error; a missing or unknown key is one fault each."""
        broken = _Broken.from_error(error)
        match broken.demand:
            case "anyOf" | "oneOf" if error.context:
                for nested in _nearest_form(error.context):
                    yield from self.faults_of(nested)
            case "required":
                yield from self._missing_keys(broken, broken.wanted)
            case "dependentRequired":
                for key, needed in broken.wanted.items():
                    if key in broken.found:
                        yield from self._missing_keys(broken, needed)
            case "additionalProperties" | "unevaluatedProperties":
                yield from self._unknown_keys(broken)
            case _ if broken.is_about_key:
                yield self._impossible_key(broken)
            case demand:
                sentence, remedy = _EXPLANATIONS.get(demand, _otherwise)(broken)
                yield self.document.fault(*broken.steps, sentence=sentence, remedy=remedy)

    def _missing_keys(self, broken: _Broken, needed: Iterable[str]) -> Iterator[Fault]:
        for key in needed:
            if key not in broken.found:
                sentence = _("%(subject)s lacks “%(key)s”.")
                yield self.document.fault(
                    *broken.steps,
                    sentence=sentence % {"subject": broken.subject, "key": key},
                    remedy=self._how_to_add(broken, key),
                )

    def _unknown_keys(self, broken: _Broken) -> Iterator[Fault]:
        known = list(broken.schema.get("properties", {}))
        patterns = list(broken.schema.get("patternProperties", {}))
        for key in broken.found:
            if key in known or any(re.search(pattern, key) for pattern in patterns):
                continue
            yield self.document.fault(
                *broken.steps,
                key,
                sentence=_("“%(key)s” is not a key that is known here.") % {"key": key},
                remedy=_rename(key, known, broken.found),
            )

    def _impossible_key(self, broken: _Broken) -> Fault:
        _sentence, remedy = _wrong_form(broken)
        return self.document.fault(
            *broken.steps,
            broken.found,
            sentence=_("“%(key)s” cannot be a key here.") % {"key": broken.found},
            remedy=remedy,
        )

    def _how_to_add(self, broken: _Broken, key: str) -> str:
        wanted = self._resolved(broken.schema.get("properties", {}).get(key))
        example = next(iter(wanted.get("examples", [])), None)
        if isinstance(example, str):
            remedy = _("Add it, for instance “%(key)s: %(example)s”.")
            return remedy % {"key": key, "example": example}
        if wanted.get("enum"):
            remedy = _("Add “%(key)s:” with one of %(values)s.")
            return remedy % {"key": key, "values": _listed(wanted["enum"])}
        kind = _KINDS.get(str(wanted.get("type")), gettext_lazy("its value"))
        return _("Add “%(key)s:” with %(kind)s.") % {"key": key, "kind": kind}

    def _resolved(self, schema: Any) -> Mapping[str, Any]:
        """Follow references inside the schema, so that the type and the examples are known."""
        while isinstance(schema, dict) and "$ref" in schema:
            found: Any = self.root
            for step in schema["$ref"].removeprefix("#/").split("/"):
                found = found.get(step, {})
            schema = {**found, **{key: schema[key] for key in schema if key != "$ref"}}
        return schema if isinstance(schema, dict) else {}


def _nearest_form(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """Of several allowed forms, the errors of the one that was most likely meant.

    That is the form of the right type, and among several of those the one with fewest errors.
    """
    forms: dict[Any, list[ValidationError]] = {}
    for error in errors:
        forms.setdefault(error.relative_schema_path[0], []).append(error)
    return min(forms.values(), key=lambda form: (_is_other_type(form), len(form)))


def _is_other_type(form: Iterable[ValidationError]) -> bool:
    return any(error.validator == "type" and not error.relative_path for error in form)


def _rename(key: str, known: Sequence[str], written: Iterable[str]) -> str:
    free = [name for name in known if name not in written]
    near = near_miss(key, free)
    if near:
        return _("Did you mean “%(key)s”?") % {"key": near}
    if free:
        return _("Remove it, or use one of %(keys)s.") % {"keys": _listed(free)}
    return _("Remove it.")


# One explanation for each kind of error -----------------------------------------------------------


def _wrong_type(broken: _Broken) -> Words:
    kind = broken.wanted if isinstance(broken.wanted, str) else broken.wanted[0]
    if broken.found is None:
        return _("%(subject)s is empty.") % {"subject": broken.subject}, str(_HOW_TO_WRITE[kind])
    sentence = _("%(subject)s should be %(kind)s.")
    said = sentence % {"subject": broken.subject, "kind": _KINDS[kind]}
    if kind == "string" and isinstance(broken.found, (bool, int, float)):
        return said, _("Put it in quotation marks.")
    return said, str(_HOW_TO_WRITE[kind])


def _cannot_be(broken: _Broken) -> str:
    return _("%(subject)s cannot be “%(value)s”.") % {
        "subject": broken.subject,
        "value": broken.found,
    }


def _not_allowed(broken: _Broken) -> Words:
    values = _listed(broken.wanted)
    near = near_miss(str(broken.found), map(str, broken.wanted))
    if near:
        remedy = _("Did you mean “%(near)s”? Use one of %(values)s.")
        return _cannot_be(broken), remedy % {"near": near, "values": values}
    return _cannot_be(broken), _("Use one of %(values)s.") % {"values": values}


def _not_this(broken: _Broken) -> Words:
    return _cannot_be(broken), _("Write “%(value)s”.") % {"value": broken.wanted}


def _wrong_form(broken: _Broken) -> Words:
    if not str(broken.found).strip():
        return _blank(broken)
    examples = broken.schema.get("examples")
    if examples:
        remedy = _("Write it in this form: “%(example)s”.") % {"example": examples[0]}
    else:
        remedy = _("Write it as the page on the region folder shows.")
    return _cannot_be(broken), remedy


def _blank(broken: _Broken) -> Words:
    return _("%(subject)s is empty.") % {"subject": broken.subject}, str(_HOW_TO_WRITE["string"])


def _wrong_date(broken: _Broken) -> Words:
    sentence = _("%(subject)s cannot be “%(value)s”: there is no such date.")
    if broken.wanted == "date-or-month":
        remedy = _("Write year, month and day, “2024-03-15”, or year and month, “2024-03”.")
    else:
        remedy = _("Write year, month and day: “2024-03-15”.")
    return sentence % {"subject": broken.subject, "value": broken.found}, remedy


def _too_short(broken: _Broken) -> Words:
    if not str(broken.found).strip():
        return _blank(broken)
    remedy = ngettext(
        "Write at least %(number)d character.",
        "Write at least %(number)d characters.",
        broken.wanted,
    )
    sentence = _("%(subject)s is too short.") % {"subject": broken.subject}
    return sentence, remedy % {"number": broken.wanted}


def _too_long(broken: _Broken) -> Words:
    sentence = _("%(subject)s is too long: %(length)d characters.")
    remedy = ngettext(
        "Write at most %(number)d character.",
        "Write at most %(number)d characters.",
        broken.wanted,
    )
    return (
        sentence % {"subject": broken.subject, "length": len(broken.found)},
        remedy % {"number": broken.wanted},
    )


def _too_few(broken: _Broken) -> Words:
    sentence = _("%(subject)s has too few entries: %(count)d.")
    return (
        sentence % {"subject": broken.subject, "count": len(broken.found)},
        _("Give at least %(number)d.") % {"number": broken.wanted},
    )


def _too_many(broken: _Broken) -> Words:
    sentence = _("%(subject)s has too many entries: %(count)d.")
    return (
        sentence % {"subject": broken.subject, "count": len(broken.found)},
        _("Give at most %(number)d.") % {"number": broken.wanted},
    )


def _twice(broken: _Broken) -> Words:
    seen = broken.found
    twice = [item for place, item in enumerate(seen) if item in seen[:place]]
    sentence = _("%(subject)s has the same entry twice: %(entries)s.")
    return (
        sentence % {"subject": broken.subject, "entries": _listed(twice)},
        _("Keep one of them."),
    )


def _out_of_range(broken: _Broken) -> Words:
    remedies = {
        "minimum": _("Write %(bound)s or more."),
        "maximum": _("Write %(bound)s or less."),
        "exclusiveMinimum": _("Write more than %(bound)s."),
        "exclusiveMaximum": _("Write less than %(bound)s."),
    }
    return _cannot_be(broken), remedies[broken.demand] % {"bound": broken.wanted}


def _otherwise(broken: _Broken) -> Words:
    return (
        _("%(subject)s is not as it should be here.") % {"subject": broken.subject},
        _("Compare it with the page on the region folder, or remove it."),
    )


_EXPLANATIONS: Final[Mapping[str, Callable[[_Broken], Words]]] = {
    "type": _wrong_type,
    "enum": _not_allowed,
    "const": _not_this,
    "pattern": _wrong_form,
    "format": _wrong_date,
    "minLength": _too_short,
    "maxLength": _too_long,
    "minItems": _too_few,
    "minProperties": _too_few,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "uniqueItems": _twice,
    "minimum": _out_of_range,
    "maximum": _out_of_range,
    "exclusiveMinimum": _out_of_range,
    "exclusiveMaximum": _out_of_range,
}
