"""How a room says which of what it keeps is about people: why, for how long, and how it goes.

Each room has a ``privacy.py`` with one ``PRIVACY``; ``samskap.trust.privacy.registry`` finds them.
What is declared here is done: erasing, exporting and the record of processing read nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import models
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from django.utils.functional import _StrOrPromise

    Rows: TypeAlias = QuerySet[Any]


class Basis(models.TextChoices):
    """Why something about people may be kept: GDPR article 6, paragraph 1. There are six."""

    CONSENT = "consent", pgettext_lazy("basis", "Consent (6.1 a)")
    CONTRACT = "contract", pgettext_lazy("basis", "Contract (6.1 b)")
    LEGAL_OBLIGATION = "legal-obligation", pgettext_lazy("basis", "Legal obligation (6.1 c)")
    VITAL_INTERESTS = "vital-interests", pgettext_lazy("basis", "Vital interests (6.1 d)")
    PUBLIC_TASK = "public-task", pgettext_lazy("basis", "Task in the public interest (6.1 e)")
    LEGITIMATE_INTEREST = (
        "legitimate-interest",
        pgettext_lazy("basis", "Legitimate interest (6.1 f)"),
    )


class Whose(models.TextChoices):
    """Whom it is about."""

    ACCOUNT = "account", pgettext_lazy("about whom", "Those who work here")
    CONTACT = "contact", pgettext_lazy("about whom", "Contact people at actors")
    NAMED = "named", pgettext_lazy("about whom", "Those who are named in a text")
    VISITOR = "visitor", pgettext_lazy("about whom", "Visitors")


class Erased(models.TextChoices):
    """What becomes of a field when the one it is about is erased."""

    DELETED = "deleted", pgettext_lazy("when erased", "The row is deleted")
    BLANKED = "blanked", pgettext_lazy("when erased", "Emptied")
    REPLACED = "replaced", pgettext_lazy("when erased", "Replaced by what says nobody")
    STRUCK = "struck", pgettext_lazy("when erased", "Struck out where it stands")
    KEPT = "kept", pgettext_lazy("when erased", "Kept")


@dataclass(frozen=True, slots=True)
class Subject:
    """Someone, as far as they are known: which rows are theirs, and what they are called.

    ``rows`` has the database keys of the rows that are the person, by the model's label. Addresses
    are in small letters; names and telephone numbers are as they are written.
    """

    rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    pseudonyms: frozenset[UUID] = frozenset()
    addresses: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    def of(self, label: str) -> frozenset[int]:
        """Return the database keys of the rows of one model that are this person."""
        return self.rows.get(label, frozenset())

    @property
    def is_known(self) -> bool:
        """Whether any row is theirs."""
        return any(self.rows.values())

    def __or__(self, other: Subject) -> Subject:
        labels = {*self.rows, *other.rows}
        return Subject(
            rows={label: self.of(label) | other.of(label) for label in sorted(labels)},
            pseudonyms=self.pseudonyms | other.pseudonyms,
            addresses=self.addresses | other.addresses,
            names=self.names | other.names,
            phones=self.phones | other.phones,
        )


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing we do with what is about people: a row in the record of processing (article 30)."""

    key: str
    title: _StrOrPromise
    purpose: _StrOrPromise
    basis: Basis
    why: _StrOrPromise
    whose: tuple[Whose, ...]
    seen_by: _StrOrPromise
    kept_for: _StrOrPromise
    # The rules of retention that see to it, by their keys.
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Personal:
    """A field that is about someone.

    ``because`` says why it is kept when they are erased. ``tells_who``: its value says who someone
    is, and therefore never stands in the log; a date or a role does not.
    """

    activity: str
    erased: Erased
    because: _StrOrPromise = ""
    is_exported: bool = True
    tells_who: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Every field of one model: what is about someone, and what is not.

    ``rows`` finds the rows about a subject; ``near`` those whose texts are likely to name them.
    ``told`` finds those of the rows whose texts the subject may read: all, when it is not said.
    ``called`` is the field with a person's whole name, where the row is a person.
    """

    model: str
    title: _StrOrPromise = ""
    impersonal: tuple[str, ...] = ()
    personal: Mapping[str, Personal] = field(default_factory=dict)
    rows: Callable[[Subject], Rows] | None = None
    near: Callable[[Subject], Rows] | None = None
    told: Callable[[Subject], Rows] | None = None
    called: str = ""

    def erased_by(self, way: Erased) -> list[str]:
        """Return the fields that go in this way."""
        return [name for name, each in self.personal.items() if each.erased == way]

    @property
    def exported(self) -> list[str]:
        """Return the fields that someone gets who asks what we have about them."""
        return [name for name, each in self.personal.items() if each.is_exported]


def _delete(rows: Rows, _at: datetime) -> int:
    count = rows.count()
    rows.delete()
    return count


@dataclass(frozen=True, slots=True)
class Rule:
    """What is forgotten by itself: ``due`` finds it at a moment, ``forget`` lets it go, counted."""

    key: str
    says: _StrOrPromise
    due: Callable[[datetime], Rows]
    forget: Callable[[Rows, datetime], int] = _delete


@dataclass(frozen=True, slots=True)
class RoomPrivacy:
    """What one room keeps about people.

    ``identify`` adds to a subject what the room knows of it. ``erase`` does what no field says: it
    gets the subject, who does it and when, in the transaction of the action. ``known_in`` returns
    the names and telephone numbers of those the room knows who stand in a text.
    """

    tables: tuple[Table, ...]
    activities: tuple[Activity, ...] = ()
    rules: tuple[Rule, ...] = ()
    identify: Callable[[Subject], Subject] | None = None
    erase: Callable[[Subject, Any, datetime], None] | None = None
    known_in: Callable[[str], Subject] | None = None


def fields(names: str) -> tuple[str, ...]:
    """Return the names of fields that are written with spaces between.

    >>> fields("id key")
    ('id', 'key')
    """
    return tuple(names.split())


def each(names: Iterable[str], personal: Personal) -> dict[str, Personal]:
    """Say the same of several fields."""
    return dict.fromkeys(names, personal)
