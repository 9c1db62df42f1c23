"""The facts of an actor in words, a row each, with where each is known from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.actors.models import ActorStatus, Size
from samskap.actors.words import FACT_NAMES, fact_name
from samskap.evidence.reading import OWN_LANGUAGE
from samskap.kernel.dates import day_in_words
from samskap.kernel.identifiers import Country, spaced_number
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from samskap.actors.compute.whole import CodeLine, Origin, SiteLine, WholeActor


class FactValue(NamedTuple):
    """One value of a fact, and what it is about (a place's key, an address of the web), if any."""

    text: str | LocalisedText
    about: str = ""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact, what it is called, and its values; ``origin`` is none when nobody vouches for it.

    ``says_origin`` is for a row whose origin is not the one that most others share.
    """

    fact: str
    name: str
    values: tuple[FactValue, ...]
    origin: Origin | None
    says_origin: bool


@dataclass(frozen=True, slots=True)
class FactSheet:
    """The rows of an actor's facts, and the origin that most of them share, which is said once."""

    rows: tuple[FactRow, ...]
    shared: Origin | None


def fact_sheet(whole: WholeActor) -> FactSheet:
    """Return what is known of an actor, a row a fact; a fact that holds nothing has no row.

    What it does, its factors and its status, when it is at work, have their places elsewhere on a
    page, and no rows.
    """
    told = [(fact, tuple(tell(whole))) for fact, tell in _TOLD.items()]
    told = [(fact, values) for fact, values in told if values]
    shared = _shared([origin for fact, _values in told if (origin := whole.origin_of(fact))])
    return FactSheet(
        rows=tuple(_row(whole, fact, values, shared) for fact, values in told), shared=shared
    )


def _row(
    whole: WholeActor, fact: str, values: tuple[FactValue, ...], shared: Origin | None
) -> FactRow:
    origin = whole.origin_of(fact)
    is_own = origin is not None and (shared is None or _from(origin) != _from(shared))
    return FactRow(fact, fact_name(fact), values, origin, says_origin=is_own)


def _from(origin: Origin) -> tuple[str, str, date]:
    return origin.source_key, origin.confirmed_by, origin.confirmed_on


def _shared(origins: list[Origin]) -> Origin | None:
    """Return one of the origins that most facts have; none when none is had by two."""
    counted = Counter(map(_from, origins)).most_common(1)
    if not counted or counted[0][1] == 1:
        return None
    return next(origin for origin in origins if _from(origin) == counted[0][0])


def _official_name(whole: WholeActor) -> Iterator[FactValue]:
    if whole.official_name:
        language = OWN_LANGUAGE[Country(whole.line.country)]
        yield FactValue(LocalisedText({language: whole.official_name}))


def _number(whole: WholeActor) -> Iterator[FactValue]:
    if whole.line.organisation_number:
        number = whole.line.organisation_number
        yield FactValue(spaced_number(number, country=whole.line.country), number)


def _legal_form(whole: WholeActor) -> Iterator[FactValue]:
    if whole.legal_form:
        yield FactValue(whole.legal_form)


def _status(whole: WholeActor) -> Iterator[FactValue]:
    if whole.status != ActorStatus.ACTIVE:
        yield FactValue(str(whole.status.label))


def _founded(whole: WholeActor) -> Iterator[FactValue]:
    if whole.founded_on:
        yield FactValue(day_in_words(whole.founded_on))


def _side(whole: WholeActor) -> Iterator[FactValue]:
    if whole.line.side:
        yield FactValue(str(whole.line.side.label), whole.line.side.value)


def _areas(whole: WholeActor) -> Iterator[FactValue]:
    for area in whole.focus_areas:
        yield FactValue(str(area.label), area.value)


def _codes(whole: WholeActor) -> Iterator[FactValue]:
    for each in whole.industry_codes:
        yield FactValue(_code(each))


def _code(each: CodeLine) -> str:
    if not each.title:
        return f"{each.code} ({each.standard})"
    return f"{each.code} {each.title} ({each.standard})"


def _employees(whole: WholeActor) -> Iterator[FactValue]:
    if whole.employees is None and not whole.employees_are_few:
        return
    said = (
        str(Size.FEW.label)
        if whole.employees is None
        else ngettext("%(count)s employee", "%(count)s employees", whole.employees)
        % {"count": whole.employees}
    )
    if whole.employees_on:
        counted = _("counted %(day)s") % {"day": day_in_words(whole.employees_on)}
        said = f"{said}, {counted}"
    yield FactValue(said)


def _place(whole: WholeActor) -> Iterator[FactValue]:
    yield FactValue(whole.line.place.name, whole.line.place.key)


def _street(whole: WholeActor) -> Iterator[FactValue]:
    if whole.address.line:
        yield FactValue(whole.address.line)


def _sites(whole: WholeActor) -> Iterator[FactValue]:
    for site in whole.sites:
        yield FactValue(_site(site), site.place_key)


def _site(site: SiteLine) -> str:
    return ", ".join(part for part in (site.name, site.address.line, str(site.place)) if part)


def _web(whole: WholeActor) -> Iterator[FactValue]:
    if whole.line.web:
        yield FactValue(whole.line.web, whole.line.web)


def _email(whole: WholeActor) -> Iterator[FactValue]:
    if whole.line.email:
        yield FactValue(whole.line.email, f"mailto:{whole.line.email}")


def _phone(whole: WholeActor) -> Iterator[FactValue]:
    if whole.line.phone:
        yield FactValue(whole.line.phone, whole.line.phone)


def _norm(whole: WholeActor) -> Iterator[FactValue]:
    if whole.written_norm:
        yield FactValue({"nb": "Bokmål", "nn": "Nynorsk"}[whole.written_norm])


_OF_FACTS: dict[str, Callable[[WholeActor], Iterator[FactValue]]] = {
    "official_name": _official_name,
    "organisation_number": _number,
    "legal_form": _legal_form,
    "status": _status,
    "founded_on": _founded,
    "side": _side,
    "focus_areas": _areas,
    "industry_codes": _codes,
    "employees": _employees,
    "place": _place,
    "street": _street,
    "sites": _sites,
    "web": _web,
    "email": _email,
    "phone": _phone,
    "written_norm": _norm,
}
_TOLD = {fact: _OF_FACTS[fact] for fact in FACT_NAMES if fact in _OF_FACTS}
