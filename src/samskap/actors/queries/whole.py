"""All that hangs on an actor, fetched with it in one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from samskap.actors.models import (
    Actor,
    ActorFactor,
    ActorFocusArea,
    FieldOrigin,
    IndustryCode,
    Site,
)
from samskap.actors.queries.actors import actors_seen_by
from samskap.actors.queries.ties import ties_seen_by
from samskap.evidence.queries import sources_seen_by
from samskap.trust.access import visible_to

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from samskap.actors.models import Tie
    from samskap.trust.access import Reader


def with_everything(actors: QuerySet[Actor], *, reader: Reader) -> QuerySet[Actor]:
    """Fetch with each actor its place and source, and as plain rows all that hangs on it.

    ``told_factors``, ``told_codes``, ``told_areas``, ``told_sites`` and ``told_origins`` are lists
    of mappings; ``source_is_seen``, there and on the actor, says whether ``reader`` may see it.
    """
    return actors.select_related("place", "source").annotate(
        source_is_seen=_is_seen(reader),
        told_factors=_rows(ActorFactor, factor="factor", reason="reason"),
        told_codes=_rows(IndustryCode, order=("position", "id"), standard="standard", code="code"),
        told_areas=_rows(ActorFocusArea, order=("focus_area",), key="focus_area"),
        told_sites=_sites(),
        told_origins=_origins(reader),
    )


def ties_of(actor: Actor, *, reader: Reader) -> QuerySet[Tie]:
    """Return the ties of ``actor`` that ``reader`` may see, past ones too, with both ends.

    ``source_is_seen`` says whether ``reader`` may see where a tie is known from.
    """
    return (
        ties_seen_by(reader)
        .filter(Q(from_actor=actor) | Q(to_actor=actor))
        .select_related("from_actor__place", "to_actor__place", "source")
        .annotate(source_is_seen=_is_seen(reader))
    )


def kept_instead_of(slug: str, *, reader: Reader) -> Actor | None:
    """Return the actor that the one at an old address was merged into.

    ``None`` unless ``reader`` may see both: an address that was hidden does not lead on.
    """
    row = Actor.objects.filter(visible_to(reader), slug=slug, merged_into__isnull=False).first()
    passed: set[int] = set()
    while row is not None and row.merged_into_id is not None and row.pk not in passed:
        passed.add(row.pk)
        row = row.merged_into
    return actors_seen_by(reader).filter(pk=row.pk).first() if row else None


def _sites() -> ArraySubquery:
    return _rows(
        Site,
        order=("name", "id"),
        name="name",
        number="organisation_number",
        place="place__name",
        place_code="place__code",
        country="place__country",
        street="street",
        postcode="postcode",
        post_town="post_town",
        latitude="latitude",
        longitude="longitude",
        employees="employees",
    )


def _origins(reader: Reader) -> ArraySubquery:
    rows = FieldOrigin.objects.filter(actor=OuterRef("pk"))
    return ArraySubquery(
        rows.annotate(source_is_seen=_is_seen(reader))
        .order_by("id")
        .values(
            row=JSONObject(
                field="field",
                source="source__key",
                title="source__title",
                url="source__url",
                source_is_seen="source_is_seen",
                confirmed_by="confirmed_by",
                confirmed_on="confirmed_on",
            )
        )
    )


def _is_seen(reader: Reader) -> Exists:
    return Exists(sources_seen_by(reader).order_by().filter(pk=OuterRef("source")))


def _rows(model: type[Model], *, order: tuple[str, ...] = ("id",), **fields: Any) -> ArraySubquery:
    rows = model._default_manager.filter(actor=OuterRef("pk")).order_by(*order)
    return ArraySubquery(rows.values(row=JSONObject(**fields)))
