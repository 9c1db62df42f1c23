"""Hold the rows of a file up to what we know: what each would lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_noop as _

from samskap.actors.compute.lookalikes import Asked, possible_duplicates_of
from samskap.actors.incoming.columns import COLUMNS
from samskap.actors.incoming.numbers import OF_EXAMPLES
from samskap.actors.intake.known import Known
from samskap.actors.intake.places import NoPlaceError, Places
from samskap.actors.intake.precedence import Speaker, judge
from samskap.actors.models import Actor, RowOutcome
from samskap.kernel.identifiers import Country
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.loading import first_values, plain
from samskap.kernel.remark import Remark
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from samskap.actors.compute.lookalikes import Lookalike
    from samskap.actors.incoming import Incoming
    from samskap.actors.models import FieldOrigin
    from samskap.evidence.models import Place, Source

_AT_A_TIME: Final = 2000
_LARGEST_COUNT: Final = 2_000_000_000
_LONGEST_NAME: Final = 250


@dataclass(frozen=True, slots=True)
class Terms:
    """How a file is to be brought in.

    ``today`` is the day it happens, ``file_on`` the day the file is from. ``is_demo``: this is a
    demonstration, where everything is invented.
    """

    source: Source
    is_register: bool
    today: date
    file_on: date
    visibility: str
    is_demo: bool = False
    admits_lookalikes: bool = False

    @property
    def speaker(self) -> Speaker:
        """Who speaks in the file."""
        return Speaker(self.source, self.is_register, self.file_on)


@dataclass(slots=True)
class Planned:
    """What a row would lead to.

    ``setting`` is what would be written to ``actor``, and ``changes`` the same as the audit trail
    has it. ``suggested`` is what differs and is left to the secretariat, as ``[before, after]``.
    """

    row: Incoming
    outcome: RowOutcome = RowOutcome.UNCHANGED
    actor: Actor | None = None
    place: Place | None = None
    setting: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    suggested: dict[str, list[Any]] = field(default_factory=dict)
    same: list[str] = field(default_factory=list)
    origins: Mapping[str, FieldOrigin] = field(default_factory=dict)
    reasons: list[Remark] = field(default_factory=list)
    lookalikes: list[Lookalike] = field(default_factory=list)

    def reject(self, *reasons: Remark) -> None:
        """Leave the row out, and say why."""
        self.outcome = RowOutcome.REJECTED
        self.reasons.extend(reasons)


def planned(rows: Iterable[Incoming], *, terms: Terms) -> list[Planned]:
    """Return what each of ``rows`` would lead to, in their order. Changes nothing.

    Raises ``RefusedFileError`` when the file turns out unreadable on the way.
    """
    places = Places(today=terms.today)
    seen: dict[tuple[str, ...], int] = {}
    spoken_of: dict[int, int] = {}
    plans: list[Planned] = []
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_A_TIME)):
        begun = [_begun(row, places, terms, seen) for row in some]
        known = Known.of([each for each in begun if each.outcome != RowOutcome.REJECTED])
        for each in begun:
            if each.outcome != RowOutcome.REJECTED:
                _decide(each, known.actor_for(each), terms, spoken_of)
        plans += begun
    _look_for_lookalikes(plans, terms)
    return plans


def _begun(
    row: Incoming, places: Places, terms: Terms, seen: dict[tuple[str, ...], int]
) -> Planned:
    plan = Planned(row)
    if row.faults:
        plan.reject(*row.faults)
        return plan
    if row.country == Country.NORWAY and row.number.startswith(OF_EXAMPLES) and not terms.is_demo:
        message = _("%(number)s is a number of an example, which no real organisation has.")
        plan.reject(Remark(message, {"number": row.number}))
        return plan
    try:
        plan.place = _place(plan, places)
    except NoPlaceError as nowhere:
        plan.reject(nowhere.remark)
        return plan
    _refuse_what_is_too_long(plan)
    _refuse_twice(plan, seen)
    return plan


def _place(plan: Planned, places: Places) -> Place | None:
    row = plan.row
    if row.is_gone and row.place is None:
        return None
    place, remark = places.find(row.place, country=row.country)
    if remark is not None:
        plan.reasons.append(remark)
        if row.place is not None:
            said = f"{row.place.name} ({row.place.code})" if row.place.name else row.place.code
            row.fields["source_note"] = LocalisedText(
                nb=f"Kommune: {said}", sv=f"Kommun: {said}", en=f"Municipality: {said}"
            )
    return place


def _refuse_what_is_too_long(plan: Planned) -> None:
    message = _("“%(value)s…” is longer than the %(longest)s letters there is room for.")
    if len(plan.row.name) > _LONGEST_NAME:
        plan.reject(Remark(message, {"value": plan.row.name[:40], "longest": _LONGEST_NAME}))
    for name, value in plan.row.fields.items():
        longest = getattr(Actor._meta.get_field(name), "max_length", None)
        is_too_long = isinstance(value, str) and longest and len(value) > longest
        if is_too_long or (isinstance(value, int) and value > _LARGEST_COUNT):
            plan.reject(Remark(message, {"value": str(value)[:40], "longest": longest or 10}))


def _refuse_twice(plan: Planned, seen: dict[tuple[str, ...], int]) -> None:
    row = plan.row
    is_numbered = bool(row.number)
    place = str(plan.place.pk if plan.place else "")
    who = (row.country, row.number) if is_numbered else (row.country, row.name.casefold(), place)
    if who in seen:
        message = (
            _("The same number stands on line %(line)s.")
            if is_numbered
            else _("The same name and place stand on line %(line)s.")
        )
        plan.reject(Remark(message, {"line": seen[who]}))
    else:
        seen[who] = row.line


def _decide(plan: Planned, actor: Actor | None, terms: Terms, spoken_of: dict[int, int]) -> None:
    """Say what comes of a row; ``spoken_of`` are actors by their keys, with their lines."""
    if actor is None:
        _create(plan, terms)
    elif actor.merged_into is not None:
        message = _(
            "It became part of %(name)s, so nothing is changed. Part them again if they are two."
        )
        plan.reject(Remark(message, {"name": str(_kept_for(actor).name)}))
    elif actor.pk in spoken_of:
        message = _("The same actor stands on line %(line)s.")
        plan.reject(Remark(message, {"line": spoken_of[actor.pk]}))
    else:
        spoken_of[actor.pk] = plan.row.line
        _compare(plan, actor, terms)


def _kept_for(actor: Actor) -> Actor:
    while actor.merged_into is not None:
        actor = actor.merged_into
    return actor


def _create(plan: Planned, terms: Terms) -> None:
    row = plan.row
    if row.is_gone:
        message = _("It is closed, and we do not know it, so there is nothing to change.")
        plan.reject(Remark(message))
        return
    plan.outcome = RowOutcome.CREATED
    plan.setting = {
        "kind": row.kind or row.likely_kind,
        "country": row.country,
        "organisation_number": row.number,
        "name": LocalisedText({DEFAULT_LANGUAGE: row.name}),
        "official_name": row.said_name[:250],
        "place": plan.place,
        "source": terms.source,
        "visibility": terms.visibility,
        "is_demo": terms.is_demo,
        "known_since": terms.today,
        **{name: value for name, value in row.fields.items() if name != "official_name"},
    }
    plan.changes = first_values(plan.setting)
    factors = row.factors or row.likely_factors
    plan.changes["factors"] = [None, {str(factor): factors[factor] for factor in sorted(factors)}]
    if row.codes:
        plan.changes["industry_codes"] = [None, [list(code) for code in row.codes]]


def _compare(plan: Planned, actor: Actor, terms: Terms) -> None:
    plan.actor = actor
    plan.origins = {origin.field: origin for origin in actor.origins.all()}
    said, before = _said_of(plan, actor, terms), {}
    for name in said:
        before[name] = _codes(actor) if name == "industry_codes" else _now(actor, name)
    verdict = judge(actor, said, before=before, by=terms.speaker, origins=plan.origins)
    plan.setting, plan.same = verdict.taken, verdict.same
    plan.changes = {name: _pair(before[name], new) for name, new in verdict.taken.items()}
    plan.suggested = {name: _pair(before[name], new) for name, new in verdict.suggested.items()}
    plan.outcome = RowOutcome.UPDATED if verdict.taken else RowOutcome.UNCHANGED
    for name, day in verdict.overruled.items():
        message = _("%(field)s was confirmed on %(day)s; the register says otherwise since.")
        plan.reasons.append(Remark(message, {"field": _called(name), "day": day.isoformat()}))


def _called(name: str) -> str:
    column = COLUMNS.get(name)
    return str(
        column.label if column else getattr(Actor._meta.get_field(name), "verbose_name", name)
    )


def _said_of(plan: Planned, actor: Actor, terms: Terms) -> dict[str, Any]:
    """Return what the row says of an actor that is here, so that it can be compared."""
    row = plan.row
    said = dict(row.fields)
    if not terms.is_register or _is_still_the_registers(actor):
        said["name"] = LocalisedText({**actor.name, DEFAULT_LANGUAGE: row.name})
    if plan.place is not None and row.place is not None:
        said["place"] = plan.place
    if row.number:
        said["organisation_number"] = row.number
    if row.kind:
        said["kind"] = row.kind
    if row.codes:
        said["industry_codes"] = [tuple(code) for code in row.codes]
    if "description" in said:
        said["description"] = LocalisedText({**actor.description, **said["description"]})
    return said


def _is_still_the_registers(actor: Actor) -> bool:
    """Whether its name is the register's, in whichever capitals: then it follows the register."""
    return actor.name.in_language(DEFAULT_LANGUAGE).casefold() == actor.official_name.casefold()


def _now(actor: Actor, name: str) -> Any:
    return getattr(actor, name)


def _codes(actor: Actor) -> list[tuple[str, str]]:
    return [(code.standard, code.code) for code in actor.industry_codes.all()]


def _pair(before: Any, after: Any) -> list[Any]:
    return [plain(before), plain(after)]


def _look_for_lookalikes(plans: list[Planned], terms: Terms) -> None:
    """Hold back who looks like somebody we know and cannot be told apart by number."""
    new = {plan.row.line: plan for plan in plans if plan.outcome == RowOutcome.CREATED}
    for found in possible_duplicates_of(_asked(new.values())):
        new[found.line].lookalikes.append(found)
    for plan in new.values():
        same = next((each for each in plan.lookalikes if each.is_likely_the_same), None)
        if same is None or terms.admits_lookalikes or (plan.row.number and same.number):
            continue
        message = _(
            "It looks like %(name)s, which is here already. Give one of them its number, or bring "
            "it in although it looks like somebody we know."
        )
        plan.reject(Remark(message, {"name": same.name}))


def _asked(plans: Iterable[Planned]) -> Iterator[Asked]:
    for plan in plans:
        yield Asked(
            line=plan.row.line,
            name=plan.row.name,
            place=plan.place.pk if plan.place else None,
            web=str(plan.row.fields.get("web", "")),
        )
