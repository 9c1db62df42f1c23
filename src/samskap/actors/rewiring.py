"""Point rows from one actor to another, and remember what it takes to point them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db import IntegrityError, models, transaction

from samskap.actors.models import Actor, FieldOrigin, Merge, NetworkPosition, NotTheSame, Tie
from samskap.actors.models.tie import MUTUAL
from samskap.trust.models import AuditEntry, Party

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What the kept actor may take over from the other, one by one. An address goes as a whole.
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "name": ("name",),
    "official_name": ("official_name",),
    "organisation_number": ("country", "organisation_number"),
    "kind": ("kind",),
    "side": ("side",),
    "legal_form": ("legal_form",),
    "description": ("description",),
    "place": ("place",),
    "address": ("street", "postcode", "post_town", "latitude", "longitude"),
    "web": ("web",),
    "email": ("email",),
    "phone": ("phone",),
    "employees": ("employees", "employees_are_few", "employees_on"),
    "founded_on": ("founded_on",),
    "status": ("status",),
    "written_norm": ("written_norm",),
    "source": ("source", "source_note"),
}
# These say something of one row as it was, and stay with it.
_STAYS: Final = (Actor, AuditEntry, FieldOrigin, Merge, NetworkPosition, NotTheSame)

# Field name to [before, after], as JSON can keep them.
Changes = dict[str, list[Any]]


def pointing_to(absorbed: Actor) -> Iterator[tuple[models.Model, str]]:
    """Return every row, of every room, that points to ``absorbed`` or its party, and by what."""
    for model in apps.get_models():
        if issubclass(model, _STAYS) or model._meta.proxy:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model in (Actor, Party):
                target = absorbed if field.related_model is Actor else absorbed.party
                rows = model._default_manager.filter(**{field.name: target}).order_by("pk")
                for row in rows:
                    yield row, field.name


def point_to(row: models.Model, field: str, kept: Actor) -> Changes:
    """Point ``row`` to ``kept``; return what changed, or nothing when it is there already."""
    row.refresh_from_db()
    is_party = field_of(row, field).related_model is Party
    target = kept.party if is_party else kept
    wanted = {field: target.pk}
    if isinstance(row, Tie):
        wanted = _ends_of(row, field, kept)
    changed = {name: [value_of(row, name), value] for name, value in wanted.items()}
    try:
        with transaction.atomic():
            write(row, wanted)
    except IntegrityError:
        return {}
    return changed


def _ends_of(tie: Tie, field: str, kept: Actor) -> dict[str, int]:
    ends = {"from_actor": tie.from_actor_id, "to_actor": tie.to_actor_id} | {field: kept.pk}
    if tie.kind in MUTUAL:
        low, high = sorted(ends.values())
        return {"from_actor": low, "to_actor": high}
    return ends


def put_back(row: models.Model, changed: Changes) -> None:
    """Give back to ``row`` what it had, where it still has what it got."""
    back = {
        name: before for name, (before, after) in changed.items() if value_of(row, name) == after
    }
    save(row, back) if isinstance(row, Actor) else write(row, back)


def value_of(row: models.Model, name: str) -> Any:
    """Return a value as JSON can keep it."""
    field = field_of(row, name)
    value = getattr(row, field.attname)
    if isinstance(field, models.JSONField | models.BooleanField | models.FloatField):
        return value
    if value is None or isinstance(value, int):
        return value
    return field.value_to_string(row)


def _typed(row: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: field_of(row, name) for name in values}
    return {fields[name].attname: fields[name].to_python(value) for name, value in values.items()}


def write(row: models.Model, values: Mapping[str, Any]) -> None:
    """Write ``values`` as they are: a row that is moved is not judged anew."""
    if values:
        type(row)._default_manager.filter(pk=row.pk).update(**_typed(row, values))


def save(actor: Actor, values: Mapping[str, Any]) -> None:
    """Write ``values`` to an actor, and what is computed from them."""
    for name, value in _typed(actor, values).items():
        setattr(actor, name, value)
    actor.save()


def field_of(row: models.Model, name: str) -> models.Field[Any, Any]:
    """Return the field called ``name``; it is one of the row's own columns."""
    return next(field for field in row._meta.concrete_fields if field.name == name)
