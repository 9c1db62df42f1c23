"""The OpenAPI 3.1 document: what ninja knows, and what it does not know of every answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE
from pydantic.json_schema import models_json_schema

from samskap.api.problems import MEDIA_TYPE, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ninja.openapi.schema import OpenAPISchema
    from ninja.operation import Operation

_PROBLEM: Final = {"$ref": "#/components/schemas/Problem"}
_DESCRIPTIONS: Final = {
    HTTPStatus.BAD_REQUEST: gettext_noop("A parameter or a cursor that is not known here."),
    HTTPStatus.NOT_FOUND: gettext_noop("Nothing with that key, or nothing that you may see."),
    HTTPStatus.UNPROCESSABLE_ENTITY: gettext_noop("A parameter with a value that cannot be used."),
}
_ETAG: Final = {
    "description": gettext_noop("What If-None-Match takes, to be answered 304 until it changes."),
    "schema": {"type": "string"},
}
_LINK: Final = {
    "description": gettext_noop("The next page, with rel=next; left out on the last."),
    "schema": {"type": "string"},
}
_SAID_ELSEWHERE: Final = frozenset({"anyOf", "description", "title"})


class DescribedAPI(NinjaAPI):
    """An API whose document tells of problems, conditional requests and pages as well."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Name an operation by its function."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """Return the document; nothing in it depends on who asks."""
        schema = super().get_openapi_schema(**where)
        _, problem = models_json_schema([(Problem, "serialization")], ref_template=REF_TEMPLATE)
        schema["components"]["schemas"].update(problem["$defs"])
        schema["components"]["schemas"] = dict(sorted(schema["components"]["schemas"].items()))
        for operation in operations_of(schema):
            _complete(operation)
        if not schema["servers"]:
            del schema["servers"]
        return schema


def operations_of(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every operation of the document, in its order."""
    for methods in schema["paths"].values():
        yield from methods.values()


def _complete(operation: dict[str, Any]) -> None:
    names = {parameter["name"] for parameter in operation["parameters"]}
    for parameter in operation["parameters"]:
        # A list here is JSON Schema's way; OpenAPI wants a mapping. The schema beneath keeps it.
        parameter.pop("examples", None)
        parameter["schema"] = _writable(parameter["schema"])
    answers = {str(status): told for status, told in operation["responses"].items()}
    if len(answers["200"].get("content", {})) > 1:
        # It comes in the form that was written for it, not in the one ninja takes for granted.
        del answers["200"]["content"]["application/json"]
    answers["200"]["headers"] = {"ETag": _ETAG} | ({"Link": _LINK} if "cursor" in names else {})
    answers["304"] = {"description": gettext_noop("It is as it was.")}
    for status, description in _DESCRIPTIONS.items():
        if status != HTTPStatus.NOT_FOUND or _may_find_nothing(operation):
            answers[str(int(status))] = _problem(description)
    answers["default"] = _problem(gettext_noop("Any other problem."))
    operation["responses"] = answers


def _writable(schema: dict[str, Any]) -> dict[str, Any]:
    """Leave out “or null”, which cannot be written in an address, and what is said elsewhere."""
    given = [each for each in schema.get("anyOf", []) if each.get("type") != "null"]
    told = {name: value for name, value in schema.items() if name not in _SAID_ELSEWHERE}
    if len(given) > 1:
        return {"anyOf": given, **told}
    return {**(given[0] if given else {}), **told}


def _may_find_nothing(operation: dict[str, Any]) -> bool:
    in_path = any(parameter["in"] == "path" for parameter in operation["parameters"])
    return in_path or bool(operation.pop("x-may-find-nothing", False))


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {MEDIA_TYPE: {"schema": _PROBLEM}}}
