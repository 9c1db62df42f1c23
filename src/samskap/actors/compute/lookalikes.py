"""Who of those we know may be the same as somebody on their way in, computed for all at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.db.models import Q

from samskap.actors.models import Actor
from samskap.kernel.folding import folded
from samskap.kernel.languages import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from django.db.models import QuerySet

# Of 1: as alike as this where the place is the same, and as this wherever it is.
ALIKE_IN_ONE_PLACE: Final = 0.6
ALIKE_ANYWHERE: Final = 0.8
_LIKELY_THE_SAME: Final = 0.9
# What tells firms apart no better than "the" does.
_FORMS: Final = frozenset(
    {"as", "asa", "sa", "ans", "da", "ab", "hb", "kommune", "kommun", "avd", "iks", "kf", "hf"}
)
_FIELDS: Final = ("key", "slug", "name", "official_name", "organisation_number", "place", "web")
# Pages that many share say nothing of who is who.
_SHARED: Final = frozenset({"facebook.com", "instagram.com", "linkedin.com", "proff.no"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody on their way in; ``place`` is a database key, ``web`` an address or ''."""

    line: int
    name: str
    place: int | None = None
    web: str = ""


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Somebody we know who may be the one on ``line``; ``similarity`` of names is 0 to 1."""

    line: int
    key: UUID
    slug: str
    name: str
    number: str
    similarity: float
    is_same_place: bool
    is_same_web: bool

    @property
    def is_likely_the_same(self) -> bool:
        """Whether nothing but a number could tell them apart."""
        has_same_name = self.similarity >= _LIKELY_THE_SAME
        return has_same_name and (self.is_same_place or self.is_same_web)


def possible_duplicates_of(asked: Iterable[Asked]) -> list[Lookalike]:
    """Return who may be the same as each of ``asked``, in their order, the likest first.

    Names are compared without legal forms by the trigrams they share, as PostgreSQL's pg_trgm
    does. One question to the database, however many are asked about.
    """
    wanted = list(asked)
    return _Index(_known()).found(wanted) if wanted else []


def lookalikes_among(actors: QuerySet[Actor], asked: Asked) -> list[Lookalike]:
    """Return those of ``actors`` that may be ``asked``, as ``possible_duplicates_of`` would.

    The database finds the few whose names can be alike enough, by its index of trigrams, and those
    whose page is there: one question, which brings back no more than those.
    """
    return _Index(list(actors.filter(_may_be(asked)).only(*_FIELDS))).found([asked])


def core_of(name: str) -> str:
    """Return what of a name tells it from others: folded, without its legal form."""
    words = folded(name).split()
    return " ".join(word for word in words if word not in _FORMS) or " ".join(words)


def host_of(web: str) -> str:
    """Return the host of a page, without www; '' for one that many share."""
    host = (urlsplit(web).hostname or "").removeprefix("www.")
    return "" if host in _SHARED else host


def trigrams_of(core: str) -> frozenset[str]:
    """Return the trigrams of each word, with two spaces before it and one behind.

    >>> sorted(trigrams_of("sag"))
    ['  s', ' sa', 'ag ', 'sag']
    """
    found: set[str] = set()
    for word in core.split():
        padded = f"  {word} "
        found.update(padded[start : start + 3] for start in range(len(padded) - 2))
    return frozenset(found)


def _known() -> list[Actor]:
    return list(Actor.objects.filter(merged_into__isnull=True).order_by("id").only(*_FIELDS))


def _may_be(asked: Asked) -> Q:
    name, host = trigrams_of(core_of(asked.name)), host_of(asked.web)
    alike = _holds_one_of(name, ALIKE_ANYWHERE)
    alike |= Q(place=asked.place) & _holds_one_of(name, ALIKE_IN_ONE_PLACE)
    return alike | Q(web__icontains=host) if host else alike


def _holds_one_of(name: frozenset[str], least: float) -> Q:
    """Select those that hold one of so many trigrams of ``name`` that no one alike has none.

    Those without the spaces around a word come first, for they are the rarer: what is alike in the
    part t of n trigrams has one of any n - ceil(t n) + 1 of them.
    """
    ordered = sorted(name, key=lambda each: (-len(each.strip()), each))
    held = Q(pk__in=[])
    for each in ordered[: _enough(name, least)]:
        held |= Q(search_text__contains=each.strip())
    return held


def _enough(name: frozenset[str], least: float) -> int:
    return len(name) - ceil(least * len(name)) + 1


class _Index:
    """Those we know, by the rarest trigrams of their names and by the host of their page.

    Two sets that share at least the part t of their trigrams share one of the rarest
    n - ceil(t n) + 1 of either's n, in any one order: only those are looked up. They are kept
    twice, for t anywhere and for the lower t within a place.
    """

    def __init__(self, actors: list[Actor]) -> None:
        self._actors = actors
        # Each name: whose it is, how many trigrams it has, and those as the bits of a number.
        self._names: list[tuple[int, int, int]] = []
        self._by_web: dict[str, list[int]] = defaultdict(list)
        names_of: list[tuple[int, list[frozenset[str]]]] = []
        for position, actor in enumerate(actors):
            said = {name.casefold() for name in (*actor.name.values(), actor.official_name)}
            cores = {core_of(name) for name in said}
            names_of.append((position, [trigrams_of(core) for core in cores if core]))
            self._by_web[host_of(actor.web)].append(position)
        self._by_web.pop("", None)
        self._times = Counter(each for _who, names in names_of for name in names for each in name)
        self._bits = {each: 1 << number for number, each in enumerate(self._times)}
        self._anywhere: dict[str, list[int]] = defaultdict(list)
        self._in_place: dict[tuple[int | None, str], list[int]] = defaultdict(list)
        for position, names in names_of:
            for name in names:
                self._take(position, name)

    def _take(self, position: int, name: frozenset[str]) -> None:
        number, place = len(self._names), self._actors[position].place_id
        self._names.append((position, len(name), self._mask(name)))
        for each in self._rarest(name, ALIKE_ANYWHERE):
            self._anywhere[each].append(number)
        for each in self._rarest(name, ALIKE_IN_ONE_PLACE):
            self._in_place[place, each].append(number)

    def _mask(self, name: frozenset[str]) -> int:
        return sum(self._bits.get(each, 0) for each in name)

    def found(self, asked: Iterable[Asked]) -> list[Lookalike]:
        return [lookalike for each in asked for lookalike in self._for(each)]

    def _rarest(self, name: frozenset[str], least: float) -> list[str]:
        ordered = sorted(name, key=lambda each: (self._times[each], each))
        return ordered[: _enough(name, least)]

    def _for(self, asked: Asked) -> list[Lookalike]:
        name, web = trigrams_of(core_of(asked.name)), host_of(asked.web)
        alike: dict[int, float] = dict.fromkeys(self._by_web.get(web, ()), 0.0)
        for position, similarity in self._alike(name, asked.place):
            alike[position] = max(alike.get(position, 0.0), similarity)
        some = (self._lookalike(asked, web, *pair) for pair in alike.items())
        return sorted(
            filter(_is_worth_telling, some), key=lambda each: (-each.similarity, each.slug)
        )

    def _alike(self, name: frozenset[str], place: int | None) -> Iterator[tuple[int, float]]:
        candidates: set[int] = set()
        for each in self._rarest(name, ALIKE_ANYWHERE):
            candidates.update(self._anywhere.get(each, ()))
        for each in self._rarest(name, ALIKE_IN_ONE_PLACE):
            candidates.update(self._in_place.get((place, each), ()))
        mask, length = self._mask(name), len(name)
        for number in candidates:
            position, known_length, known = self._names[number]
            shared = (mask & known).bit_count()
            similarity = shared / (length + known_length - shared)
            if similarity >= ALIKE_IN_ONE_PLACE:
                yield position, similarity

    def _lookalike(self, asked: Asked, web: str, position: int, similarity: float) -> Lookalike:
        actor = self._actors[position]
        return Lookalike(
            line=asked.line,
            key=actor.key,
            slug=actor.slug,
            name=actor.name.in_language(DEFAULT_LANGUAGE),
            number=actor.organisation_number,
            similarity=similarity,
            is_same_place=actor.place_id == asked.place,
            is_same_web=bool(web) and host_of(actor.web) == web,
        )


def _is_worth_telling(each: Lookalike) -> bool:
    return each.is_same_web or each.is_same_place or each.similarity >= ALIKE_ANYWHERE
