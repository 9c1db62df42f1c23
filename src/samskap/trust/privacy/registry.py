"""Which field of which table is about people: read from every room, and held up to the tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db.migrations.recorder import MigrationRecorder

from samskap.trust.privacy.others import OTHERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from samskap.kernel.personal import Activity, Personal, RoomPrivacy, Rule, Table

_MIGRATION: Final = "migrations.Migration"


@dataclass(frozen=True, slots=True)
class Line:
    """One field of one table, as the register of fields shows it; ``personal`` is empty if none."""

    model: str
    field: str
    personal: Personal | None
    activity: Activity | None


@cache
def rooms() -> tuple[RoomPrivacy, ...]:
    """Return what each room declares, from the top of the house down, then what is not ours."""
    names = [config.name for config in apps.get_app_configs() if config.name.startswith("samskap.")]
    found = [
        import_module(f"{name}.privacy").PRIVACY
        for name in reversed(names)
        if find_spec(f"{name}.privacy") is not None
    ]
    return (*found, OTHERS)


@cache
def tables() -> dict[str, Table]:
    """Return every declared table by its model's label."""
    return {table.model: table for room in rooms() for table in room.tables}


@cache
def tables_by_small_label() -> dict[str, Table]:
    """Return every declared table by its label as the log writes it."""
    return {label.lower(): table for label, table in tables().items()}


@cache
def activities() -> dict[str, Activity]:
    """Return what we do with what is about people, by key, in the order the rooms tell it."""
    found = [activity for room in reversed(rooms()) for activity in room.activities]
    return {activity.key: activity for activity in found}


@cache
def rules() -> dict[str, Rule]:
    """Return the rules of retention by key."""
    found = [rule for room in reversed(rooms()) for rule in room.rules]
    return {rule.key: rule for rule in found}


@cache
def models() -> dict[str, type[Model]]:
    """Return every model that has a table here, by its label; Django's own and others' too."""
    found: dict[str, type[Model]] = {
        model._meta.label: model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy
    }
    return found | {_MIGRATION: MigrationRecorder.Migration}


def model_of(table: Table) -> type[Any]:
    """Return the model a table is declared for."""
    return models()[table.model]


def fields_of(model: type[Model]) -> set[str]:
    """Return the names of the fields that a model keeps, those it inherits too."""
    return {field.name for field in model._meta.get_fields() if field.concrete}


def lines() -> Iterator[Line]:
    """Return every field, declared, in the order of models and fields."""
    for label, table in sorted(tables().items()):
        for name in [*table.personal, *table.impersonal]:
            personal = table.personal.get(name)
            yield Line(label, name, personal, activities()[personal.activity] if personal else None)


def faults() -> list[str]:
    """Return what is wrong with the declarations: nothing, in a house that may be built."""
    return [*_unclassified(), *_without_field(), *_half_said()]


def _unclassified() -> Iterator[str]:
    for label, model in sorted(models().items()):
        table = tables().get(label)
        said = {*table.personal, *table.impersonal} if table else set()
        for name in sorted(fields_of(model) - said):
            yield f"{label}.{name}: nobody has said whether it is about people."


def _without_field() -> Iterator[str]:
    for label, table in sorted(tables().items()):
        there = fields_of(models()[label]) if label in models() else set()
        for name in sorted({*table.personal, *table.impersonal} - there):
            yield f"{label}.{name}: declared, and there is no such field."
        for name in sorted({*table.personal} & {*table.impersonal}):
            yield f"{label}.{name}: declared as both."


def _half_said() -> Iterator[str]:
    for label, table in sorted(tables().items()):
        for name, said in table.personal.items():
            if said.activity not in activities():
                yield f"{label}.{name}: there is no activity {said.activity}."
            if said.erased == "kept" and not said.because:
                yield f"{label}.{name}: kept when someone is erased, and nothing says why."
            if said.erased in {"deleted", "blanked", "replaced"} and table.rows is None:
                yield f"{label}.{name}: erased, and nothing says in which rows."
            if said.is_exported and table.rows is None and said.erased != "struck":
                yield f"{label}.{name}: exported, and nothing says from which rows."
    for activity in activities().values():
        for key in activity.rules:
            if key not in rules():
                yield f"{activity.key}: there is no rule {key}."
