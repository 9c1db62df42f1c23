"""What ``check --deploy`` and ``samskap doctor`` ask of an installation that is to be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's name
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

REMEDY: Final = (
    "Start it with --demo if it is a demonstration; if people are to use it in earnest, make a new "
    "one without: SAMSKAP_DATA=/another/folder samskap init regions/NAME."
)


def invented_things() -> dict[str, int]:
    """Count what was invented for a demonstration, by the model's label; empty when nothing was."""
    counts = {
        model._meta.label: model._default_manager.filter(is_demo=True).count()
        for model in _models_that_may_be_invented()
    }
    return {label: count for label, count in counts.items() if count}


@register(Tags.security, deploy=True)
def invented_things_only_in_a_demonstration(
    app_configs: Any = None, **_: Any
) -> list[CheckMessage]:
    """Refuse invented people, accounts and actors outside a demonstration."""
    del app_configs
    if settings.DEMO:
        return []
    try:
        found = invented_things()
    except DatabaseError:
        message = "Whether there is demonstration data could not be seen: the database says no."
        hint = "See that it runs and is migrated: samskap doctor."
        return [Warning(message, hint=hint, id="samskap.W001")]
    if not found:
        return []
    what = ", ".join(f"{count} {label}" for label, count in found.items())
    message = f"There is demonstration data here ({what}), and this is not a demonstration."
    return [Error(message, hint=REMEDY, id="samskap.E001")]


def _models_that_may_be_invented() -> Iterator[type[Model]]:
    for model in apps.get_models():
        try:
            model._meta.get_field("is_demo")
        except FieldDoesNotExist:
            continue
        yield model
