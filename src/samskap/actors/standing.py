"""What stands of an actor, a tie, a membership or a body now, as the log and the actions say it."""

from __future__ import annotations

from datetime import date
from functools import singledispatch
from typing import TYPE_CHECKING, Any, Final

from samskap.actors.actions.bodies import BodyFacts
from samskap.actors.actions.memberships import MembershipFacts
from samskap.actors.actions.ties import TieFacts
from samskap.actors.facts import ActorFacts, CodedIndustry, MoreFacts
from samskap.actors.models import Actor, Body, Membership, Tie
from samskap.actors.siting import said_again, sites_of
from samskap.evidence.facts import PlaceCode
from samskap.evidence.models import Place, Source
from samskap.kernel.loading import plain
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor
from samskap.trust.models import Party, Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Model

# Other rows that a change may name by their key.
_ROWS: Final[Mapping[str, type[Model]]] = {
    "place": Place,
    "source": Source,
    "visible_to_party": Party,
    "from_actor": Actor,
    "to_actor": Actor,
}


def now_of(row: Model, fields: Iterable[str]) -> dict[str, Any]:
    """Return what ``fields`` of ``row`` are now, as the log would write them."""
    return {name: _HANGS[name](row) if name in _HANGS else _field(row, name) for name in fields}


def _field(row: Model, name: str) -> Any:
    return plain(getattr(row, name))


def _factors(row: Any) -> dict[str, Any]:
    return {each.factor: dict(each.reason) for each in row.factors.order_by("factor")}


def _focus_areas(row: Any) -> list[str]:
    return list(row.focus_areas.order_by("focus_area").values_list("focus_area", flat=True))


def _industry_codes(row: Any) -> list[list[str]]:
    codes = row.industry_codes.order_by("position", "id")
    return [list(code) for code in codes.values_list("standard", "code")]


def _sites(row: Any) -> list[dict[str, Any]]:
    return sites_of(row)


_HANGS: Final = {
    "factors": _factors,
    "focus_areas": _focus_areas,
    "industry_codes": _industry_codes,
    "sites": _sites,
}


@singledispatch
def facts_of(row: Any, *, but: Mapping[str, Any]) -> Any:
    """Return what is said of ``row``, but with the fields in ``but`` as the log has them."""
    raise TypeError(type(row), but)


@facts_of.register(Actor)
def _actor(row: Actor, *, but: Mapping[str, Any]) -> ActorFacts:
    said = _Said(row, but)
    place = said.row("place")
    return ActorFacts(
        kind=said.value("kind"),
        name=said.text("name"),
        factors={
            Factor(factor): LocalisedText(reason)
            for factor, reason in (but.get("factors") or _factors(row)).items()
        },
        place=PlaceCode(place.code, on=place.valid_from, country=place.country),
        source=said.row("source").key,
        slug=row.slug,
        country=said.value("country"),
        organisation_number=said.value("organisation_number") or "",
        official_name=said.value("official_name") or "",
        side=said.value("side") or None,
        source_note=said.text("source_note"),
        is_demo=said.value("is_demo"),
        visibility=said.value("visibility"),
        visible_to=said.row("visible_to_party"),
        more=_more(but),
    )


@facts_of.register(Body)
def _body(row: Body, *, but: Mapping[str, Any]) -> BodyFacts:
    said = _Said(row, but)
    return BodyFacts(
        name=said.text("name"),
        kind=said.value("kind"),
        purpose=said.text("purpose"),
        visibility=said.value("visibility"),
        slug=row.slug,
    )


@facts_of.register(Membership)
def _membership(row: Membership, *, but: Mapping[str, Any]) -> MembershipFacts:
    said = _Said(row, but)
    return MembershipFacts(
        kind=said.value("kind"),
        valid_from=said.day("valid_from") or row.valid_from,
        valid_to=said.day("valid_to"),
        contribution_nok=row.contribution_nok,
        agreement_ends_on=said.day("agreement_ends_on"),
        visibility=Visibility(said.value("visibility")),
    )


@facts_of.register(Tie)
def _tie(row: Tie, *, but: Mapping[str, Any]) -> TieFacts:
    said = _Said(row, but)
    return TieFacts(
        kind=said.value("kind"),
        from_actor=said.row("from_actor"),
        to_actor=said.row("to_actor"),
        source=said.row("source").key,
        valid_from=said.day("valid_from"),
        valid_to=said.day("valid_to"),
        role=said.text("role"),
        source_note=said.text("source_note"),
        confidence=said.value("confidence"),
        visibility=said.value("visibility"),
        visible_to=said.row("visible_to_party"),
        is_demo=said.value("is_demo"),
    )


def _more(but: Mapping[str, Any]) -> MoreFacts:
    """Return what ``but`` says beside what every actor has; what it does not name is unsaid."""
    names = MoreFacts.__dataclass_fields__.keys() - {"cleared"}
    said = {name: value for name, value in but.items() if name in names}
    cleared = tuple(name for name, value in said.items() if value is None)
    known = {name: value for name, value in said.items() if value is not None}
    if "description" in known:
        known["description"] = LocalisedText(known["description"])
    for name in ("employees_on", "founded_on"):
        if name in known:
            known[name] = date.fromisoformat(known[name])
    if "industry_codes" in known:
        known["industry_codes"] = tuple(CodedIndustry(*code) for code in known["industry_codes"])
    if "sites" in known:
        known["sites"] = said_again(known["sites"])
    if "focus_areas" in known:
        known["focus_areas"] = tuple(known["focus_areas"])
    return MoreFacts(**known, cleared=cleared)


class _Said:
    """The fields of a row, some of them as the log has them."""

    def __init__(self, row: Model, but: Mapping[str, Any]) -> None:
        self._row, self._but = row, but

    def value(self, name: str) -> Any:
        """Return a field as it is."""
        return self._but[name] if name in self._but else getattr(self._row, name)

    def text(self, name: str) -> LocalisedText:
        """Return a text in its languages."""
        return LocalisedText(self.value(name) or {})

    def day(self, name: str) -> date | None:
        """Return a day, which the log keeps as text."""
        value = self.value(name)
        return date.fromisoformat(value) if isinstance(value, str) else value

    def row(self, name: str) -> Any:
        """Return another row, which the log keeps by its key."""
        if name not in self._but:
            return getattr(self._row, name)
        key = self._but[name]
        return None if key is None else _ROWS[name]._default_manager.get(key=key)
