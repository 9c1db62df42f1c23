"""The network as files: GraphML for programs that measure networks, CSV for a spreadsheet."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router

from samskap.actors.compute.tie_lines import TieLine, tie_lines
from samskap.actors.public import network
from samskap.api.answers import packed, reader_of
from samskap.api.graphml import as_graphml
from samskap.api.network_filters import AskedForNetwork, network_meant, ties_meant
from samskap.api.parameters import only_known_parameters
from samskap.kernel.exporting import as_csv
from samskap.kernel.languages import DEFAULT_LANGUAGE

router = Router()
router.add_decorator(only_known_parameters, mode="view")

_FILE: Final = {"schema": {"type": "string"}}
_HEAD: Final = (
    *("one", "one_name", "kind", "other", "other_name", "mutual", "role"),
    *("valid_from", "valid_to", "confidence", "source", "example"),
)


@router.get(
    "/network.graphml",
    summary=gettext_noop("The network as GraphML"),
    description=gettext_noop(
        "For programs that draw and measure networks. Ties that are mutual say so; the others go"
        " from the first to the second."
    ),
    openapi_extra={
        "responses": {200: {"content": {"application/graphml+xml": _FILE}}},
        "x-examples": [
            {"address": "/api/v1/network.graphml", "summary": gettext_noop("The whole network")}
        ],
    },
)
def network_as_graphml(request: HttpRequest, asked: Query[AskedForNetwork]) -> HttpResponse:
    """Answer with the network as a GraphML file."""
    reader = reader_of(request)
    lines = tie_lines(ties_meant(asked, reader), reader=reader)
    content = as_graphml(network(network_meant(asked), reader=reader), lines)
    return _file(request, content, "application/graphml+xml; charset=utf-8", "network.graphml")


@router.get(
    "/network.csv",
    summary=gettext_noop("The ties as a table"),
    description=gettext_noop("One row a tie, for a spreadsheet. No cell is a formula."),
    openapi_extra={
        "responses": {200: {"content": {"text/csv": _FILE}}},
        "x-examples": [
            {"address": "/api/v1/network.csv", "summary": gettext_noop("Every tie of today")}
        ],
    },
)
def network_as_csv(request: HttpRequest, asked: Query[AskedForNetwork]) -> HttpResponse:
    """Answer with the ties as a CSV file."""
    reader = reader_of(request)
    lines = tie_lines(ties_meant(asked, reader), reader=reader)
    content = as_csv(_HEAD, map(_row, lines)).encode()
    return _file(request, content, "text/csv; charset=utf-8", "network.csv")


def _row(line: TieLine) -> tuple[Any, ...]:
    return (
        line.one.slug,
        line.one.name.in_language(DEFAULT_LANGUAGE),
        line.kind.value,
        line.other.slug,
        line.other.name.in_language(DEFAULT_LANGUAGE),
        "yes" if line.kind.is_mutual else "no",
        line.role.in_language(DEFAULT_LANGUAGE),
        line.valid_from,
        line.valid_to,
        line.confidence.value,
        line.source.title.in_language(DEFAULT_LANGUAGE) if line.source else "",
        "yes" if line.is_demo else "no",
    )


def _file(request: HttpRequest, content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return packed(request, response)
