"""The rooms' JSON Schemas, as whoever writes a region folder needs them: /schema/<name>.json."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from samskap.api.problems import problem_for_status

if TYPE_CHECKING:
    from django.http import HttpRequest

_ENDING = ".schema.json"


@cache
def published_schemas() -> dict[str, Path]:
    """Return every room's schemas by name; two rooms never use the same one."""
    return {
        path.name.removesuffix(_ENDING): path
        for room in apps.get_app_configs()
        if room.name.startswith("samskap.")
        for path in sorted(Path(room.path).glob(f"schema/*{_ENDING}"))
    }


@require_safe
def schema(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with the schema called ``name``."""
    path = published_schemas().get(name)
    if path is None:
        return problem_for_status(request, 404)
    return HttpResponse(path.read_bytes(), content_type="application/schema+json")
