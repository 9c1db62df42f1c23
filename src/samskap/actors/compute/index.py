"""The directory in memory, as one reader may see it: what is counted and sorted for every page.

It is made anew when anything it is made of has changed, and kept by each process until then.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.db import connection
from django.db.models import CharField, Value
from django.db.models.functions import Cast

from samskap.actors import queries
from samskap.actors.changes import mark
from samskap.actors.choices import Belonging, Freshness
from samskap.actors.models import (
    ActorFactor,
    ActorFocusArea,
    ActorKind,
    ActorStatus,
    IndustryCode,
    Size,
)
from samskap.actors.sections import asks_for, sections, sections_of_codes
from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES
from samskap.kernel.sorting import norwegian_sort_key
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor, FocusAreaKey, Side

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet
    from numpy.typing import NDArray

    from samskap.actors.changes import Mark
    from samskap.trust.access import Reader

    Mask = NDArray[np.bool_]

_KEPT_AT_MOST: Final = 12
_LONG_AGO: Final = 0


@dataclass(frozen=True)
class DirectoryIndex:
    """Everyone ``reader`` may see on a day, each at a position from 0 in the order of their keys.

    ``marks`` are by filter and choice: who is marked with it. ``codes`` are the positions of those
    with a code of industry, by its standard and itself. ``texts`` are what a search looks in.
    ``names`` rank everyone by name in each language. ``bodies`` are those where anyone sits, by
    their keys in addresses, in Norwegian order.
    """

    reader: Reader
    on: date
    keys: NDArray[np.int64]
    places: NDArray[np.int64]
    known_since: NDArray[np.int64]
    employees: NDArray[np.int64]
    sizes: NDArray[np.int64]
    marks: dict[str, dict[str, Mask]]
    codes: Mapping[tuple[str, str], list[int]] = field(repr=False)
    texts: Sequence[str] = field(repr=False)
    names: dict[str, NDArray[np.int64]] = field(repr=False)
    belonging: Sequence[str] = field(repr=False)
    bodies: dict[str, LocalisedText]

    def everyone(self) -> Mask:
        """Return the mask of all."""
        return np.ones(len(self.keys), dtype=np.bool_)

    def marked(self, name: str, choices: Collection[str]) -> Mask:
        """Return who is marked with one of ``choices`` of a filter."""
        wanted = [mask for choice, mask in self.marks[name].items() if choice in choices]
        found: Mask = np.logical_or.reduce([~self.everyone(), *wanted])
        return found

    def in_industries(self, keys: Sequence[str]) -> Mask:
        """Return who has a code of industry that one of ``keys`` of an address asks for."""
        is_asked = asks_for(keys)
        mask = ~self.everyone()
        for code, places in self.codes.items():
            if is_asked(*code):
                mask[places] = True
        return mask

    def in_places(self, wanted: Collection[int]) -> Mask:
        """Return who is in a place with one of these database keys."""
        return np.isin(self.places, np.fromiter(wanted, dtype=np.int64))

    def counts(self, name: str, mask: Mask) -> dict[str, int]:
        """Return how many of ``mask`` are marked with each choice of a filter."""
        return {
            choice: int(np.count_nonzero(marked & mask))
            for choice, marked in self.marks[name].items()
        }

    def counts_by_place(self, mask: Mask) -> dict[int, int]:
        """Return how many of ``mask`` are in each place, by its database key."""
        places, counts = np.unique(self.places[mask], return_counts=True)
        return dict(zip(places.tolist(), counts.tolist(), strict=True))

    def names_in(self, language: str | None) -> NDArray[np.int64]:
        """Return the place of each in the order of the names a reader of ``language`` sees."""
        return self.names[language if language in self.names else DEFAULT_LANGUAGE]

    def belonging_of(self, keys: Sequence[int]) -> dict[int, str]:
        """Return what those with these database keys are to the partnership, as values."""
        places = np.searchsorted(self.keys, np.array(keys, dtype=np.int64))
        return {key: self.belonging[place] for key, place in zip(keys, places, strict=True)}

    @cached_property
    def ties(self) -> NDArray[np.int64]:
        """How many ties each has that hold, in either direction. One question the first time."""
        held = queries.ties_on(queries.ties_seen_by(self.reader), self.on).order_by()
        ends = np.array(
            list(held.values_list("from_actor_id", "to_actor_id")), dtype=np.int64
        ).reshape(-1)
        return np.bincount(np.searchsorted(self.keys, ends), minlength=len(self.keys))


_known: OrderedDict[tuple[object, ...], tuple[Mark, DirectoryIndex]] = OrderedDict()
_lock = Lock()


def index_for(reader: Reader, *, on: date) -> DirectoryIndex:
    """Return the directory as ``reader`` may see it on ``on``.

    One question to the database when nothing has changed since it was last made; four otherwise.
    """
    now = mark()
    who = (
        connection.settings_dict["NAME"],
        reader.sees_all,
        reader.sees_partners,
        reader.parties,
        on,
    )
    with _lock:
        found = _known.get(who)
        if found is not None and found[0] == now:
            _known.move_to_end(who)
            return found[1]
    made = _made(reader, on=on)
    with _lock:
        _known[who] = now, made
        while len(_known) > _KEPT_AT_MOST:
            _known.popitem(last=False)
    return made


def _made(reader: Reader, *, on: date) -> DirectoryIndex:
    columns = ("pk", "kind", "side", "size", "status", "place_id", "known_since", "employees")
    seen = queries.actors_seen_by(reader).order_by("pk")
    rows = list(seen.values_list(*columns, "stale_from", "sort_keys", "search_text"))
    told: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * (len(columns) + 3)
    keys = np.array(told[0], dtype=np.int64)
    belonging = _belonging(keys, reader=reader, on=on)
    stale = [
        Freshness.STALE if each is not None and each <= on else Freshness.FRESH for each in told[8]
    ]
    several, codes, bodies = _several(keys, reader=reader, on=on)
    single = {
        "kinds": (ActorKind.values, told[1]),
        "sides": (Side.values, told[2]),
        "sizes": (Size.values, told[3]),
        "statuses": (ActorStatus.values, told[4]),
        "memberships": (Belonging.values, belonging),
        "freshness": (Freshness.values, stale),
    }
    one = {name: _by_choice(choices, values) for name, (choices, values) in single.items()}
    return DirectoryIndex(
        reader=reader,
        on=on,
        keys=keys,
        places=np.array(told[5], dtype=np.int64),
        known_since=_numbers(day.toordinal() if day else _LONG_AGO for day in told[6]),
        employees=_numbers(-1 if count is None else count for count in told[7]),
        sizes=_numbers(list(Size).index(Size(size)) for size in told[3]),
        marks={**one, **several},
        codes=codes,
        texts=told[10],
        names={language: _ranked(told[9], language) for language in LANGUAGES},
        belonging=belonging,
        bodies=bodies,
    )


def _numbers(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, dtype=np.int64)


def _by_choice(choices: Sequence[str], values: Sequence[str]) -> dict[str, Mask]:
    told = np.array([str(value) for value in values], dtype=np.str_)
    return {choice: told == choice for choice in choices}


def _several(
    keys: NDArray[np.int64], *, reader: Reader, on: date
) -> tuple[dict[str, dict[str, Mask]], dict[tuple[str, str], list[int]], dict[str, LocalisedText]]:
    """Return the marks of which an actor may have several, the codes of industry, the bodies."""
    marks = {
        "factors": {choice: np.zeros(len(keys), dtype=np.bool_) for choice in Factor.values},
        "focus_areas": {
            choice: np.zeros(len(keys), dtype=np.bool_) for choice in FocusAreaKey.values
        },
        "industries": {choice: np.zeros(len(keys), dtype=np.bool_) for choice in sections()},
        "bodies": {},
    }
    bodies: dict[str, LocalisedText] = {}
    places = {key: place for place, key in enumerate(keys.tolist())}
    lies = sections_of_codes()
    codes: dict[tuple[str, str], list[int]] = {}
    for name, standard, actor, value in _marked(reader, on=on):
        place = places.get(actor)
        if place is None:
            continue
        choice = value
        if name == "industries":
            codes.setdefault((standard, value), []).append(place)
            choice = lies.get(f"{standard}-{value}" if value.isalpha() else value[:2], "")
        if name == "bodies" and value not in bodies:
            bodies[value] = LocalisedText(json.loads(standard))
            marks[name][value] = np.zeros(len(keys), dtype=np.bool_)
        if choice in marks[name]:
            marks[name][choice][place] = True
    return marks, codes, dict(sorted(bodies.items(), key=_in_norwegian_order))


def _in_norwegian_order(body: tuple[str, LocalisedText]) -> tuple[str, str]:
    key, name = body
    return norwegian_sort_key(name.in_language(DEFAULT_LANGUAGE)), key


def _marked(reader: Reader, *, on: date) -> Iterable[tuple[str, str, int, str]]:
    """Return filter, standard, actor and value of all that an actor may have several of.

    In place of a standard stands, for a body, its name as JSON.
    """
    seats = queries.seats_on(queries.seats_seen_by(reader), on)
    factors = _labelled(ActorFactor.objects.all(), "factors", Value(""), "factor")
    areas = _labelled(ActorFocusArea.objects.all(), "focus_areas", Value(""), "focus_area")
    codes = _labelled(IndustryCode.objects.all(), "industries", "standard", "code")
    bodies = _labelled(seats, "bodies", "body__name", "body__slug")
    marked: Iterable[tuple[str, str, int, str]] = factors.union(areas, codes, bodies, all=True)
    return marked


def _labelled(rows: QuerySet[Any], name: str, standard: Any, value: str) -> Any:
    return rows.order_by().values_list(
        Value(name, output_field=CharField()),
        Cast(standard, CharField()),
        "actor_id",
        Cast(value, CharField()),
    )


def _belonging(keys: NDArray[np.int64], *, reader: Reader, on: date) -> list[str]:
    """Return what each is to the partnership on ``on``: what holds, is ahead, or else is over."""
    holding: dict[int, str] = {}
    ahead: dict[int, str] = {}
    before: dict[int, str] = {}
    rows = queries.memberships_seen_by(reader).order_by()
    for actor, kind, first, end in rows.values_list("actor_id", "kind", "valid_from", "valid_to"):
        if first > on:
            ahead[actor] = Belonging.COMING.value
        elif end is None or on < end:
            holding[actor] = kind
        else:
            before[actor] = Belonging.FORMER.value
    told = {**before, **ahead, **holding}
    return [told.get(key, Belonging.NONE.value) for key in keys.tolist()]


def _ranked(sort_keys: Sequence[dict[str, str]], language: str) -> NDArray[np.int64]:
    """Return the place of each in Norwegian order of their names in ``language``."""
    names = [each.get(language, "") for each in sort_keys]
    ranks = np.empty(len(names), dtype=np.int64)
    ranks[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return ranks
