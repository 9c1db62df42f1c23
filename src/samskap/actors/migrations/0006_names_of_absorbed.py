"""Look in each actor for the names of all that became part of it, and for no name it may not tell.

Rows that were merged earlier kept what was told then until somebody saved them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import migrations

from samskap.kernel.folding import searchable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def look_in_names_anew(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Compute what a search looks in for every actor that another was merged into."""
    actors = apps.get_model("actors", "Actor").objects.using(editor.connection.alias)
    merged: dict[Any, list[Any]] = {}
    for other in actors.filter(merged_into__isnull=False).order_by("sort_key", "id"):
        merged.setdefault(other.merged_into_id, []).append(other)
    for actor in actors.filter(pk__in=merged).select_related("place").order_by("id"):
        text = searchable(
            *actor.name.values(),
            actor.official_name,
            actor.organisation_number,
            *actor.place.name.values(),
            *_names(actor, merged),
            *actor.description.values(),
        )
        if text != actor.search_text:
            actors.filter(pk=actor.pk).update(search_text=text)


def _names(actor: Any, merged: dict[Any, list[Any]]) -> Iterator[str]:
    waiting = list(merged.get(actor.pk, ()))
    while waiting:
        other = waiting.pop(0)
        waiting = [*merged.get(other.pk, ()), *waiting]
        if _is_for_all_of(other, actor):
            yield from other.name.values()
            yield other.official_name


def _is_for_all_of(one: Any, other: Any) -> bool:
    sees_one, sees_other = ((each.visibility, each.visible_to_party_id) for each in (one, other))
    everyone, the_desk = "public", "secretariat"
    return sees_one == sees_other or one.visibility == everyone or other.visibility == the_desk


class Migration(migrations.Migration):
    """No table changes."""

    dependencies: ClassVar = [("actors", "0005_directory_changes")]

    operations: ClassVar = [
        migrations.RunPython(look_in_names_anew, migrations.RunPython.noop),
    ]
