"""The documentation of the API as a page, drawn from the OpenAPI document in the reader's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from samskap.actors.queries import actors_seen_by, bodies_seen_by
from samskap.api import shapes
from samskap.api.health import CHECKS
from samskap.api.problems import KINDS
from samskap.api.published import published_schemas
from samskap.api.v1 import TAG_NAMES, api
from samskap.strategy.public import partnership
from samskap.strategy.queries import current_version
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

_REF: Final = "#/components/schemas/"
_TEXT: Final = shapes.Text.__name__
_NAMED: Final = re.compile(r"\{(\w+)\}")
_KINDS_OF_VALUE: Final = {
    "array": gettext_lazy("list"),
    "boolean": gettext_lazy("true or false"),
    "integer": gettext_lazy("whole number"),
    "number": gettext_lazy("number"),
    "object": gettext_lazy("object"),
    "string": gettext_lazy("text"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One parameter of a request or one field of an answer, as the page's tables show it."""

    name: str
    values: str
    meaning: str
    default: str = ""
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """One operation as the page shows it; ``examples`` are addresses that can be tried."""

    key: str
    address: str
    summary: str
    description: str
    parameters: list[Line]
    fields: list[Line]
    examples: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The operations of one room."""

    key: str
    name: str
    about: str
    operations: list[Described]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show every address, its parameters and its answer, with examples to try."""
    request.language_parameter = "lang"  # type: ignore[attr-defined]
    document, known = _document(), _known()
    return render(
        request,
        "api/docs.html",
        {
            "about": _in_words(document["info"]["description"]),
            "chapters": [_chapter(document, tag, known) for tag in document["tags"]],
            "kinds": KINDS,
            "checks": [check.__name__ for check in CHECKS],
            "schemas": sorted(published_schemas()),
        },
    )


@cache
def _document() -> dict[str, Any]:
    return dict(api.get_openapi_schema())


def _known() -> dict[str, str]:
    """Return what stands for the names in the examples: what this installation has to show."""
    region, version = partnership(), current_version(on=timezone.localdate())
    actor, body = actors_seen_by(PUBLIC).first(), bodies_seen_by(PUBLIC).first()
    known = {
        "body": body.slug if body else "",
        "municipality": region.municipalities[0] if region and region.municipalities else "",
        "version": version.label if version else "",
        "actor": actor.slug if actor else "",
        "word": quote(str(actor.name).partition(" ")[0]) if actor else "",
    }
    return {name: value for name, value in known.items() if value}


def _chapter(document: dict[str, Any], tag: dict[str, str], known: dict[str, str]) -> Chapter:
    return Chapter(
        key=tag["name"],
        name=str(TAG_NAMES[tag["name"]]),
        about=_in_words(tag["description"]),
        operations=[
            _described(document, address, methods["get"], known)
            for address, methods in document["paths"].items()
            if tag["name"] in methods["get"]["tags"]
        ],
    )


def _described(
    document: dict[str, Any], address: str, operation: dict[str, Any], known: dict[str, str]
) -> Described:
    schemas = document["components"]["schemas"]
    # A file has no fields to tell of.
    answer = operation["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
    return Described(
        key=operation["operationId"],
        address=address,
        summary=_in_words(operation["summary"]),
        description=_in_words(operation.get("description", "")),
        parameters=[_parameter(parameter, schemas) for parameter in operation["parameters"]],
        fields=list(_fields(answer, schemas)),
        examples=[
            (example["address"].format(**known), _in_words(example["summary"]))
            for example in operation["x-examples"]
            if set(_NAMED.findall(example["address"])) <= set(known)
        ],
    )


def _parameter(parameter: dict[str, Any], schemas: dict[str, Any]) -> Line:
    schema = parameter["schema"]
    default = schema.get("default")
    return Line(
        name=parameter["name"],
        values=_values(schema, schemas),
        meaning=_in_words(parameter.get("description", "")),
        default="" if default in (None, []) else str(default),
        is_needed=parameter["required"],
    )


def _fields(
    schema: dict[str, Any],
    schemas: dict[str, Any],
    *,
    under: str = "",
    within: tuple[str, ...] = (),
) -> Iterator[Line]:
    """Yield the fields of an answer, those of an inner object by a dotted name.

    An object that holds others of its own kind is told of once, and so are the languages of a text.
    """
    resolved = _resolved(schema, schemas)
    for name, field in resolved.get("properties", {}).items():
        inner = _resolved(field, schemas)
        is_list = inner.get("type") == "array"
        item = _resolved(inner["items"], schemas) if is_list else inner
        full = f"{under}{name}{'[]' if is_list else ''}"
        meaning = field.get("description", "")
        yield Line(name=full, values=_values(field, schemas), meaning=_in_words(meaning))
        kind = item.get("title", "")
        if kind != _TEXT and kind not in within:
            yield from _fields(item, schemas, under=f"{full}.", within=(*within, kind))


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference; of “this or nothing” take this."""
    given = [each for each in schema.get("anyOf", []) if each.get("type") != "null"]
    if len(given) == 1:
        schema = given[0]
    if "$ref" in schema:
        found: dict[str, Any] = schemas[schema["$ref"].removeprefix(_REF)]
        return found
    return schema


def _values(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    """Say which values fit: the closed list itself, else the kind of value."""
    may_be_null = any(each.get("type") == "null" for each in schema.get("anyOf", []))
    resolved = _resolved(schema, schemas)
    words = ", ".join(_kind_of_value(each, schemas) for each in resolved.get("anyOf", [resolved]))
    return _("%(values)s, or null") % {"values": words} if may_be_null else words


def _kind_of_value(schema: dict[str, Any], schemas: dict[str, Any]) -> str:
    kind = schema.get("type", "object")
    if schema.get("title") == _TEXT:
        return _("object with nb, sv and en")
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"])
    if kind == "array" and "enum" in _resolved(schema["items"], schemas):
        return _kind_of_value(_resolved(schema["items"], schemas), schemas)
    if kind == "integer" and "minimum" in schema and "maximum" in schema:
        return f"{schema['minimum']}\N{EN DASH}{schema['maximum']}"
    if schema.get("format") == "date":
        return _("day, as 2026-11-24")
    return str(_KINDS_OF_VALUE[kind])


def _in_words(text: str) -> str:
    """Give a text of the document in the reader's language; every one is a message of ours."""
    return _(text) if text else ""
