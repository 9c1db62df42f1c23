"""What changed from one version of the strategy to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samskap.kernel.languages import LANGUAGES
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from samskap.strategy.facts import ElementFacts, Reference, StrategyFacts


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that says something else; ``language`` is empty when the field is no text.

    ``field`` is 'title', 'body', 'parent', or the name of an attribute. ``before`` or ``after`` is
    ``None`` when the field was not there.
    """

    field: str
    language: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ElementChange:
    """An element that is in both versions and says something else."""

    reference: Reference
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two strategies; each list is in the order of its strategy.

    An element that only moved among its neighbours has not changed.
    """

    version: tuple[FieldChange, ...]
    added: tuple[Reference, ...]
    removed: tuple[Reference, ...]
    changed: tuple[ElementChange, ...]


def differences_between(old: StrategyFacts, new: StrategyFacts) -> Differences:
    """Compare two strategies, element by element, field by field, language by language."""
    before = {element.reference: element for element in old.elements}
    after = {element.reference: element for element in new.elements}
    compared = (
        ElementChange(reference, tuple(_changes(_said_by(before[reference]), _said_by(element))))
        for reference, element in after.items()
        if reference in before
    )
    return Differences(
        version=tuple(_changes(_said_of(old), _said_of(new))),
        added=tuple(reference for reference in after if reference not in before),
        removed=tuple(reference for reference in before if reference not in after),
        changed=tuple(change for change in compared if change.fields),
    )


def _said_of(strategy: StrategyFacts) -> Mapping[str, Any]:
    return {
        "title": strategy.title,
        "first_year": strategy.first_year,
        "last_year": strategy.last_year,
        "adopted": strategy.adopted,
        "source": strategy.source,
    }


def _said_by(element: ElementFacts) -> Mapping[str, Any]:
    parent = element.parent.key if element.parent else None
    return {
        "title": element.title,
        "body": element.body,
        "parent": parent,
        **element.attributes,
    }


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldChange]:
    for field in dict.fromkeys((*before, *after)):
        was, now = before.get(field), after.get(field)
        if isinstance(was, LocalisedText) and isinstance(now, LocalisedText):
            yield from _text_changes(field, was, now)
        elif was != now:
            yield FieldChange(field, "", was, now)


def _text_changes(
    field: str, was: LocalisedText, now: LocalisedText, languages: Iterable[str] = LANGUAGES
) -> Iterator[FieldChange]:
    for language in languages:
        if was.get(language) != now.get(language):
            yield FieldChange(field, language, was.get(language), now.get(language))
