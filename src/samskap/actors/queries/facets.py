"""Count what each choice of each filter would find, in one question to the database."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Case, CharField, IntegerField, Q, Value, When

from samskap.actors.choices import Belonging, Freshness
from samskap.actors.queries.filters import belongs_as, is_as_fresh
from samskap.actors.sections import sections_of_codes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from samskap.actors.models import Actor
    from samskap.trust.access import Reader

_COLUMNS = {
    "kinds": "kind",
    "sides": "side",
    "places": "place_id::text",
    "sizes": "size",
    "statuses": "status",
    "memberships": "belonging",
    "freshness": "freshness",
}
_TABLES = {
    "factors": "SELECT actor_id, factor AS choice FROM actors_actorfactor",
    "focus_areas": "SELECT actor_id, focus_area AS choice FROM actors_actorfocusarea",
    "industries": """
        SELECT DISTINCT coded.actor_id, lies.section AS choice
        FROM actors_industrycode AS coded
        JOIN unnest(%s::text[], %s::text[]) AS lies(code, section)
        ON lies.code = CASE
            WHEN coded.code < 'A' THEN left(coded.code, 2) ELSE coded.standard || '-' || coded.code
        END
    """,
}

# Those that meet every condition, and those that miss the one of this filter alone.
_COUNTED = "SELECT '{name}', {choice}, count(*) FROM {rows} WHERE missed IN (0, {own}) GROUP BY 2"
_JOINED = "({}) AS chosen JOIN seen ON id = actor_id"


def facet_counts(
    actors: QuerySet[Actor], conditions: Mapping[str, Q], *, reader: Reader, on: date
) -> tuple[int, dict[str, dict[str, int]]]:
    """Return how many of ``actors`` meet every condition, and how many each choice would find.

    ``conditions`` are by the names of the filters in a ``Selection``. A choice is counted among
    those that meet the conditions of all other filters: it alone, with the rest as now. The
    choices are database values; of places the database keys, as text.
    """
    seen, parameters = _seen(actors, conditions, reader=reader, on=on)
    bits = _bits(conditions)
    counts = [
        _COUNTED.format(name=name, choice=column, rows="seen", own=bits.get(name, 0))
        for name, column in _COLUMNS.items()
    ]
    counts += [
        _COUNTED.format(
            name=name, choice="choice", rows=_JOINED.format(table), own=bits.get(name, 0)
        )
        for name, table in _TABLES.items()
    ]
    counts.append("SELECT 'total', '', count(*) FROM seen WHERE missed = 0")
    lies = sections_of_codes()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH seen AS MATERIALIZED ({seen}) " + " UNION ALL ".join(counts),
            [*parameters, list(lies), list(lies.values())],
        )
        rows = cursor.fetchall()
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for name, choice, count in rows:
        found[name][choice] = count
    return found.pop("total")[""], found


def _seen(
    actors: QuerySet[Actor], conditions: Mapping[str, Q], *, reader: Reader, on: date
) -> tuple[str, tuple[Any, ...]]:
    """Return the question for those who miss one condition at most, and which one that is."""
    bits = _bits(conditions)
    missed: Combinable = Value(0)
    for name, condition in conditions.items():
        missed = missed + Case(When(condition, then=Value(0)), default=Value(bits[name]))
    told = actors.order_by().annotate(
        missed=Case(When(pk__isnull=False, then=missed), output_field=IntegerField()),
        belonging=_belonging(reader=reader, on=on),
        freshness=_freshness(on=on),
    )
    rows = told.filter(missed__in=[0, *bits.values()]) if conditions else told
    columns = ("id", "kind", "side", "place_id", "size", "status")
    sql, parameters = rows.values(
        *columns, "missed", "belonging", "freshness"
    ).query.sql_with_params()
    return sql, parameters


def _bits(conditions: Mapping[str, Q]) -> dict[str, int]:
    return {name: 1 << position for position, name in enumerate(conditions)}


def _belonging(*, reader: Reader, on: date) -> Combinable:
    return Case(
        *(
            When(belongs_as([each], reader=reader, on=on), then=Value(each.value))
            for each in (Belonging.PARTNER, Belonging.OBSERVER, Belonging.FORMER)
        ),
        default=Value(Belonging.NONE.value),
        output_field=CharField(),
    )


def _freshness(*, on: date) -> Combinable:
    return Case(
        When(is_as_fresh([Freshness.STALE], on=on), then=Value(Freshness.STALE.value)),
        default=Value(Freshness.FRESH.value),
        output_field=CharField(),
    )
