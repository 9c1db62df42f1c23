"""The audit trail in words: who did what to which thing, when, through which door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from samskap.actors import queries as actors
from samskap.actors.models import Confirmed
from samskap.actors.undoable import is_undoable
from samskap.evidence.models import Place
from samskap.trust import queries as trust
from samskap.trust.models import AuditEntry
from samskap.trust.models.audit import Door
from samskap.workspace.about import About, named_relations
from samskap.workspace.words import field_in_words, kind_in_words, value_in_words, verb_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from samskap.actors.models import Actor
    from samskap.trust.access import Reader

_ACTOR: Final = "actors.actor"
_PERSON: Final = "trust.person"
_MANDATE: Final = "trust.mandate"
# What is agreed with one organisation is not even told by the names of its fields.
_MEMBERSHIP: Final = "actors.membership"
_BY_THE_ACTOR: Final = "letter.answered"
_NOTHING: Final = "\N{EN DASH}"
# What a change may name by its key.
_ACTORS: Final = ("actor", "absorbed", "other", "from_actor", "to_actor")
_SITES: Final = "sites"
_KEYS: Final = ("place", "person", *_ACTORS)


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after; both empty when the values are personal and left out."""

    field: str
    before: str
    after: str
    had_value: bool = False

    @property
    def is_told(self) -> bool:
        """Whether the values themselves are kept."""
        return bool(self.before or self.after)


_UNKNOWN: Final = About()


@dataclass(frozen=True, slots=True)
class Told:
    """One entry, in the reader's language.

    ``who`` is empty when it was done at the machine or by a job, or by someone who is erased.
    """

    number: int
    at: datetime
    verb: str
    kind: str
    about: About
    who: str
    is_operator: bool
    door: str
    changes: tuple[Change, ...]
    reason: str
    is_whole: bool = True
    undo: str = ""
    """Where it can be undone, by those who may."""

    @property
    def edited(self) -> list[str]:
        """The fields that had another value before: none, when the thing is new."""
        return [change.field for change in self.changes if change.had_value]


def told(
    entries: Iterable[AuditEntry],
    *,
    reader: Reader,
    is_whole: bool = True,
    may_undo: bool = False,
) -> list[Told]:
    """Return ``entries`` in words: a handful of questions, however many they are.

    Not whole, they say neither who did it nor why, nor what stood in the fields. With ``may_undo``
    each that can be undone leads there.
    """
    rows = list(entries)
    names = trust.names_by_pseudonym({row.by for row in rows if row.by and is_whole})
    about = _named_actors(rows, reader) | _named_people(rows, reader)
    about |= named_relations(rows, reader)
    places = _named_in_changes(rows, reader)
    return [
        _told(
            row,
            names,
            about.get(row.about_key, _UNKNOWN),
            places,
            is_whole=is_whole,
            undo=_undoing(row) if may_undo else "",
        )
        for row in rows
    ]


def in_words(entry: AuditEntry, values: Mapping[str, Any], *, reader: Reader) -> list[Change]:
    """Return each of the fields of ``entry`` that ``values`` name: what it left, and what is."""
    changes = {name: [entry.changes[name][1], value] for name, value in values.items()}
    row = AuditEntry(about_kind=entry.about_kind, changes=changes)
    return list(_changes(row, _named_in_changes([row], reader)))


def _undoing(row: AuditEntry) -> str:
    return reverse("workspace:undo", args=[row.pk]) if is_undoable(row) else ""


def changes_to_actors(reader: Reader, *, at_most: int) -> list[Told]:
    """Return what last happened to the actors ``reader`` may see: not who did it, nor why."""
    rows = list(trust.changes_to(actors.actors_seen_by(reader))[:at_most])
    about, places = _named_actors(rows, reader), _named_in_changes(rows, reader)
    return [
        _told(row, {}, about.get(row.about_key, _UNKNOWN), places, is_whole=False) for row in rows
    ]


def _named_actors(rows: Iterable[AuditEntry], reader: Reader) -> dict[str, About]:
    keys = [row.about_key for row in rows if row.about_kind == _ACTOR]
    found: Iterable[Actor] = actors.actors_seen_by(reader).filter(key__in=keys) if keys else ()
    return {
        str(actor.key): About(
            str(actor.name), reverse("workspace:actor", args=[actor.slug]), actor.is_demo
        )
        for actor in found
    }


def _named_people(rows: Iterable[AuditEntry], reader: Reader) -> dict[str, About]:
    """Name people, and mandates by whose they are: a mandate that was taken back has no row."""
    mandates = {row.about_key: _person_in(row) for row in rows if row.about_kind == _MANDATE}
    keys = {row.about_key for row in rows if row.about_kind == _PERSON}
    keys |= {person for person in mandates.values() if person}
    # One who is erased has no name to tell.
    people = trust.people_seen_by(reader).filter(erased_at=None)
    found = people.filter(Q(key__in=keys) | Q(mandates__key__in=list(mandates)))
    told: dict[str, About] = {}
    for person, mandate, name, is_demo in found.values_list(
        "key", "mandates__key", "name", "is_demo"
    ):
        about = About(name, is_example=is_demo)
        told |= {str(person): about} | {str(mandate): about}
    taken_back = {key: told[person] for key, person in mandates.items() if person in told}
    return taken_back | told


def _person_in(row: AuditEntry) -> str:
    """Return the key of the person whose mandate an entry is about."""
    if row.about_kind != _MANDATE:
        return ""
    return next((key for key in row.changes.get("person", []) if key), "")


def _told(
    row: AuditEntry,
    names: dict[UUID, str],
    about: About,
    places: dict[str, str],
    *,
    is_whole: bool = True,
    undo: str = "",
) -> Told:
    return Told(
        number=row.pk,
        at=row.at,
        verb=verb_in_words(row.verb),
        kind=kind_in_words(row.about_kind),
        about=about,
        who=_who(row, names) if is_whole else "",
        is_operator=row.by is None and row.verb != _BY_THE_ACTOR,
        door=str(Door(row.door).label),
        changes=tuple(_changes(row, places)) if is_whole or row.about_kind != _MEMBERSHIP else (),
        reason=row.reason if is_whole else "",
        is_whole=is_whole,
        undo=undo,
    )


def _who(row: AuditEntry, names: dict[UUID, str]) -> str:
    """Name who did it: an actor that answers its letter has no account."""
    if row.verb == _BY_THE_ACTOR:
        return str(Confirmed.ACTOR.label)
    return names.get(row.by, "") if row.by else ""


def _changes(row: AuditEntry, places: dict[str, str]) -> Iterable[Change]:
    for field, values in row.changes.items():
        if row.about_kind == _MANDATE and field == "person":
            continue
        name = field_in_words(row.about_kind, field)
        if not values:
            yield Change(name, "", "")
            continue
        before, after = (_value(row.about_kind, field, value, places) for value in values)
        yield Change(name, before or _NOTHING, after or _NOTHING, values[0] not in (None, ""))


def _value(kind: str, field: str, value: Any, named: dict[str, str]) -> str:
    if field == _SITES:
        return "; ".join(_site(site, named) for site in value or ())
    if field not in _KEYS or not isinstance(value, str) or not value:
        return value_in_words(kind, field, value)
    if field in _ACTORS:
        return named.get(value) or _("an actor that is not shown here")
    return named.get(value, value)


def _site(site: Any, named: dict[str, str]) -> str:
    """Say one site; in the oldest entries it is a sentence already."""
    if not isinstance(site, dict):
        return str(site)
    at = "" if site["latitude"] is None else f"{site['latitude']}° N {site['longitude']}° E"
    told = [
        site["name"],
        site["organisation_number"],
        site["street"],
        f"{site['postcode']} {site['post_town']}".strip(),
        named.get(site["place"], ""),
        at,
        "" if site["employees"] is None else str(site["employees"]),
    ]
    return ", ".join(part for part in told if part)


def _named_in_changes(rows: Iterable[AuditEntry], reader: Reader) -> dict[str, str]:
    """Return what the keys that stand in changes are called: places, actors and people."""
    keys = {
        field: {value for row in rows for value in row.changes.get(field, []) if value}
        for field in _KEYS
    }
    sites = (site for row in rows for sites in row.changes.get(_SITES, []) for site in sites)
    keys["place"] |= {site["place"] for site in sites if isinstance(site, dict)}
    named: dict[str, str] = {}
    if keys["place"]:
        found = Place.objects.filter(key__in=keys["place"])
        named |= {str(place.key): str(place.name) for place in found}
    if wanted := {key for field in _ACTORS for key in keys[field]}:
        seen = actors.actors_ever_seen_by(reader).filter(key__in=wanted)
        named |= {str(actor.key): str(actor.name) for actor in seen}
    if keys["person"]:
        people = trust.people_seen_by(reader).filter(key__in=keys["person"])
        named |= {str(person.key): person.called for person in people}
    return named
