"""The first page of each role: its heading is the answer to what that role came for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Prefetch, Q, Subquery, Window, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from samskap.actors import queries as actors
from samskap.actors.compute.coverage import cover
from samskap.actors.compute.lines import sheet_of
from samskap.evidence.queries import sources_seen_by
from samskap.strategy import public as strategy
from samskap.strategy.keys import Factor
from samskap.trust import queries as trust
from samskap.trust.models import Role
from samskap.workspace import accounts, trail
from samskap.workspace.acting import own_actors
from samskap.workspace.desk import at_the_desk, context
from samskap.workspace.neighbours import near
from samskap.workspace.words import number_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from samskap.actors.compute.coverage import Coverage
    from samskap.actors.models import Actor, ContactEntry, Suggestion
    from samskap.workspace.desk import Desk
    from samskap.workspace.neighbours import NearBy, Neighbour

LAPSES_WITHIN: Final = timedelta(days=90)
STALE_AFTER: Final = timedelta(days=365)
_SHOWN: Final = 5
# Whose desk someone with several roles sees first.
_IN_ORDER: Final = (
    Role.SECRETARIAT,
    Role.PARTNER_REPRESENTATIVE,
    Role.COMPANY_MEMBER,
    Role.BOARD_MEMBER,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
_HELPERS: Final = (Factor.ENTREPRENEURSHIP, Factor.RESEARCH_EDUCATION, Factor.CAPITAL)


@at_the_desk()
def home(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the home of the role that is asked for (``?as=``), else of the first that is held."""
    held = [role for role in _IN_ORDER if role in desk.reader.roles]
    if not held:
        return render(request, "workspace/home/no_role.html", context(desk))
    wanted = request.GET.get("as")
    role = next((role for role in held if role == wanted), held[0])
    template = f"workspace/home/{role.value.replace('-', '_')}.html"
    facts = _FACTS[role](desk)
    return render(request, template, context(desk, roles=held, role=role, **facts))


def _secretariat(desk: Desk) -> dict[str, Any]:
    coverage = _coverage(desk, with_ask=True)
    gaps = list(coverage.factor_gaps[:_SHOWN]) if coverage else []
    unsure = _unsure(desk)
    lapsing = list(
        trust.mandates_that_lapse(desk.reader, after=desk.today, before=desk.today + LAPSES_WITHIN)[
            :_SHOWN
        ]
    )
    steps = _steps_due(desk)
    waiting = unsure[0].suggestions_waiting if unsure else _suggestions_waiting(desk).count()
    pushes = len(gaps) + len(unsure) + len(lapsing) + len(steps) + bool(waiting)
    return {
        "waiting": waiting,
        "gaps": gaps,
        "unsure": unsure,
        "unsure_total": unsure[0].of_how_many if unsure else 0,
        "lapsing": lapsing,
        "steps": steps,
        "pushes": pushes,
        "pushes_in_words": number_in_words(pushes),
        "has_region": coverage is not None,
    }


def _steps_due(desk: Desk) -> list[ContactEntry]:
    """Return the next steps that are due today or overdue, the longest first."""
    steps = actors.open_steps(actors.contact_entries_seen_by(desk.reader))
    due = steps.filter(next_step_on__lte=desk.today).select_related("actor", "by")
    return list(due[:_SHOWN])


def _unsure(desk: Desk) -> list[Any]:
    """Return the first actors whose facts nobody has looked up in the last year, or numberless.

    Each says ``of_how_many`` it is one, and how many ``suggestions_waiting`` there are in all.
    """
    old = desk.today - STALE_AFTER
    unsure = actors.actors_seen_by(desk.reader).filter(
        Q(organisation_number="")
        | Q(source__retrieved_on__isnull=True)
        | Q(source__retrieved_on__lt=old),
        is_demo=False,
    )
    waiting = _suggestions_waiting(desk).order_by().values("state").annotate(count=Count("pk"))
    counted = unsure.annotate(
        of_how_many=Window(Count("pk")),
        suggestions_waiting=Coalesce(Subquery(waiting.values("count")), 0),
    )
    return list(counted.select_related("place")[:_SHOWN])


def _suggestions_waiting(desk: Desk) -> QuerySet[Suggestion]:
    return actors.waiting(actors.suggestions_seen_by(desk.reader))


def _partner_representative(desk: Desk) -> dict[str, Any]:
    mine = _own_organisations(desk, Role.PARTNER_REPRESENTATIVE)
    around = near(mine, list(Factor), reader=desk.reader, each=2)
    own: list[dict[str, Any]] = [
        {"sheet": sheet_of(actor), "near": groups}
        for actor, groups in zip(mine, around, strict=True)
    ]
    found = _measured(own[0]["near"]) if own else []
    return {"own": own, "areas": _focus_areas(desk), "ask": _whom_to_ask(found, Factor)}


def _company_member(desk: Desk) -> dict[str, Any]:
    mine = _own_organisations(desk, Role.COMPANY_MEMBER)
    firms: list[dict[str, Any]] = []
    around = near(mine, _HELPERS, reader=desk.reader)
    for actor, helpers in zip(mine, around, strict=True):
        measured = _measured(helpers)
        firms.append(
            {
                "sheet": sheet_of(actor),
                "helpers": helpers,
                "count": len({one.line.slug for one in measured}),
                "farthest_km": max((one.km or 0 for one in measured), default=None),
                "nearest": measured[0] if measured else None,
            }
        )
    nearest = firms[0]["nearest"] if firms else None
    return {"firms": firms, "ask": _whom_to_ask([nearest] if nearest else [], _HELPERS)}


def _measured(groups: Iterable[NearBy]) -> list[Neighbour]:
    """Return those whose distance is known, the nearest first."""
    found = (one for group in groups for one in group.neighbours if one.km is not None)
    return sorted(found, key=lambda one: one.km or 0)


def _whom_to_ask(found: list[Neighbour], factors: Iterable[Factor]) -> str:
    """Return the page of the nearest, else the list of all who count under ``factors``."""
    if found:
        return reverse("workspace:actor", args=[found[0].line.slug])
    asked = urlencode({"factor": [factor.value for factor in factors]}, doseq=True)
    return f"{reverse('portal:directory')}?{asked}"


def _board_member(desk: Desk) -> dict[str, Any]:
    coverage = _coverage(desk, with_ask=False)
    return {
        "coverage": coverage,
        "worst": coverage.factor_gaps[0] if coverage and coverage.factor_gaps else None,
        "covered": _covered(coverage) if coverage else [],
        "areas": _focus_areas(desk),
        "changes": trail.changes_to_actors(desk.reader, at_most=5),
    }


def _auditor(desk: Desk) -> dict[str, Any]:
    entries = trust.audit_entries_seen_by(desk.reader)
    counted = entries.order_by().aggregate(
        total=Count("pk"), today_total=Count("pk", filter=Q(at__date=desk.today))
    )
    return {**counted, "entries": trail.told(entries[:10], reader=desk.reader)}


def _administrator(desk: Desk) -> dict[str, Any]:
    return {
        **accounts.at_a_glance(desk.reader, on=desk.today),
        "lapsing": list(
            trust.mandates_that_lapse(
                desk.reader, after=desk.today, before=desk.today + LAPSES_WITHIN
            )[:_SHOWN]
        ),
    }


_FACTS: Final[dict[Role, Callable[[Desk], dict[str, Any]]]] = {
    Role.SECRETARIAT: _secretariat,
    Role.PARTNER_REPRESENTATIVE: _partner_representative,
    Role.COMPANY_MEMBER: _company_member,
    Role.BOARD_MEMBER: _board_member,
    Role.AUDITOR: _auditor,
    Role.ADMINISTRATOR: _administrator,
}


def _own_organisations(desk: Desk, role: Role) -> list[Actor]:
    parties = {one.party for one in desk.held if one.capacity == role}
    mine = [actor for actor in own_actors(desk.request) if actor.party_id in parties]
    prefetch_related_objects(mine, "factors", Prefetch("source", sources_seen_by(desk.reader)))
    return mine


def _coverage(desk: Desk, *, with_ask: bool) -> Coverage | None:
    region = actors.home_region(on=desk.today)
    return cover(reader=desk.reader, region=region, with_ask=with_ask) if region else None


def _covered(coverage: Coverage) -> list[tuple[Factor, int, int, int]]:
    """Return factor, municipalities that have it, of how many, and actors in all."""
    municipalities = coverage.municipalities
    return [
        (
            factor,
            sum(1 for row in municipalities if row.counts[position]),
            len(municipalities),
            coverage.totals[position],
        )
        for position, factor in enumerate(coverage.factors)
    ]


def _focus_areas(desk: Desk) -> Iterable[strategy.Element]:
    current = strategy.current_strategy(on=desk.today)
    if current is None:
        return ()
    return current.of_kind("focus-area")
