"""Find the place that a row says it is in, as places are today."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_noop as _

from samskap.evidence.models import Level, Place
from samskap.evidence.queries import places_seen_by
from samskap.kernel.folding import folded
from samskap.kernel.identifiers import Country
from samskap.kernel.remark import Remark
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from datetime import date

    from samskap.actors.incoming import SaidPlace

_SUFFIXES: Final = (" kommune", " kommun", " fylke", " lyn", " fylkeskommune")
_MUNICIPALITY_DIGITS: Final = 4
_COUNTRIES: Final = {Country.NORWAY.value: "Norge", Country.SWEDEN.value: "Sverige"}
_LEVELS: Final = (Level.MUNICIPALITY, Level.COUNTY, Level.COUNTRY)


class NoPlaceError(LookupError):
    """No place can be told from what the row says; the argument is the remark that says why."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark)
        self.remark = remark


class Places:
    """Every place, by code and by name: asked for once, two questions to the database."""

    def __init__(self, *, today: date) -> None:
        self._today = today
        self._by_code: dict[tuple[str, str], list[Place]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for place in places_seen_by(PUBLIC).prefetch_related("successors"):
            self._by_code[place.country, place.code].append(place)
            if self._holds(place) and place.level in _LEVELS:
                for name in {folded(text) for text in place.name.values()}:
                    self._by_name[place.country, name].append(place)

    def find(self, said: SaidPlace | None, *, country: str) -> tuple[Place, Remark | None]:
        """Return the place and, where it is wider than what was said, a remark that says so.

        A code of another day means the place that took over. A municipality that is not among our
        places is known by its county, else by its country. Raises ``NoPlaceError``.
        """
        if said is None:
            wider = self._wider("", country)
            return wider, Remark(
                _("The row names no place, so it is kept under %(place)s."),
                {"place": str(wider.name)},
            )
        if said.code:
            return self._by_its_code(said)
        return self._by_its_name(said), None

    def _by_its_code(self, said: SaidPlace) -> tuple[Place, Remark | None]:
        today = self._of_today(said.country, said.code)
        if today is not None:
            return today, None
        if not said.code.isdecimal() or len(said.code) != _MUNICIPALITY_DIGITS:
            message = _("“%(code)s” is not the number of a municipality, county or country.")
            raise NoPlaceError(Remark(message, {"code": said.code}))
        wider = self._wider(said.code[:2], said.country)
        return wider, Remark(
            _("%(municipality)s is not among our places, so it is kept under %(place)s."),
            {
                "municipality": f"{said.name} ({said.code})" if said.name else said.code,
                "place": str(wider.name),
            },
        )

    def _of_today(self, country: str, code: str) -> Place | None:
        """Return what ``code`` means today, or what took over from it when that is one place."""
        found = self._by_code.get((country, code), [])
        now = [place for place in found if self._holds(place)]
        if now or not found:
            return now[0] if now else None
        before = max(found, key=lambda place: place.valid_from)
        after = list(before.successors.all())
        while len(after) == 1 and not self._holds(after[0]):
            after = list(after[0].successors.all())
        return after[0] if len(after) == 1 else None

    def _by_its_name(self, said: SaidPlace) -> Place:
        name = folded(said.name)
        for suffix in _SUFFIXES:
            name = name.removesuffix(suffix)
        found = self._by_name.get((said.country, name), [])
        for level in _LEVELS:
            at_level = [place for place in found if place.level == level]
            if len(at_level) == 1:
                return at_level[0]
            if at_level:
                message = _("Several municipalities are called %(name)s. Write its number instead.")
                raise NoPlaceError(Remark(message, {"name": said.name}))
        if said.is_certain:
            return self._wider("", said.country, name=said.name)
        message = _("“%(name)s” is no place we know. Write the municipality’s name or number.")
        raise NoPlaceError(Remark(message, {"name": said.name}))

    def _wider(self, county: str, country: str, *, name: str = "") -> Place:
        found = (county and self._of_today(country, county)) or self._of_today(country, country)
        if found:
            return found
        message = _("The address is in %(country)s, which is not among our places.")
        raise NoPlaceError(Remark(message, {"country": name or _country_name(country)}))

    def _holds(self, place: Place) -> bool:
        return place.valid_from <= self._today and (
            place.valid_to is None or self._today < place.valid_to
        )


def _country_name(country: str) -> str:
    return _COUNTRIES.get(country, country)
