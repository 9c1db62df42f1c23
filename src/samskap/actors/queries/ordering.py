"""The orders a list of actors can stand in; those that are equal stand in Norwegian order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Collate

from samskap.kernel.languages import DEFAULT_LANGUAGE, LANGUAGES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.actors.models import Actor


def named_in(language: str | None) -> tuple[Any, ...]:
    """Return the Norwegian order of the names that a reader of ``language`` sees."""
    wanted = language if language in LANGUAGES else DEFAULT_LANGUAGE
    return Collate(KeyTextTransform(wanted, "sort_keys"), "C"), "id"


def in_order(actors: QuerySet[Actor], *, language: str | None) -> QuerySet[Actor]:
    """Return ``actors`` in Norwegian order of the names a reader of ``language`` sees."""
    return actors.order_by(*named_in(language))
