"""The orders a list of actors can stand in; those that are equal stand in Norwegian order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Collate

from samskap.actors.choices import Sort
from samskap.actors.models import Actor, Size
from samskap.actors.queries.ties import ties_on, ties_seen_by
from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from samskap.trust.access import Reader


def named_in(language: str | None) -> tuple[Any, ...]:
    """Return the Norwegian order of the names that a reader of ``language`` sees."""
    wanted = language if language in LANGUAGES else DEFAULT_LANGUAGE
    return Collate(KeyTextTransform(wanted, "sort_keys"), "C"), "id"


def in_order(actors: QuerySet[Actor], *, language: str | None) -> QuerySet[Actor]:
    """Return ``actors`` in Norwegian order of the names a reader of ``language`` sees."""
    return actors.order_by(*named_in(language))


def sorted_by(
    actors: QuerySet[Actor], sort: str, *, language: str | None, reader: Reader, on: date
) -> QuerySet[Actor]:
    """Return ``actors`` in the order ``sort``, a value of ``Sort``; any other is by name.

    Size is the band and then the number of employees. Ties are those that ``reader`` may see and
    that hold on ``on``.
    """
    names = named_in(language)
    if sort == Sort.RECENT:
        return actors.order_by(F("known_since").desc(nulls_last=True), *names)
    if sort == Sort.SIZE:
        most = F("employees").desc(nulls_last=True)
        return actors.order_by(_band().desc(), most, *names)
    if sort == Sort.TIES:
        return actors.order_by(number_of_ties(reader=reader, on=on).desc(), *names)
    return actors.order_by(*names)


def _band() -> Any:
    return Case(
        *(When(size=size, then=Value(place)) for place, size in enumerate(Size)),
        output_field=IntegerField(),
    )


def number_of_ties(*, reader: Reader, on: date) -> Any:
    """Return the number of ties of each actor, in either direction."""
    held = ties_on(ties_seen_by(reader), on).order_by()
    return _counted(held, "from_actor") + _counted(held, "to_actor")


def _counted(ties: Any, end: str) -> Combinable:
    counted = ties.filter(**{end: OuterRef("pk")}).values(end).annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), Value(0))
