"""Read a file of the register's: its JSON in every shape it comes in, and its bulk CSV."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_noop as _

from samskap.actors.incoming import Incoming, IncomingFile
from samskap.connectors.enhetsregisteret.entities import codes_in, flattened, incoming_of
from samskap.connectors.enhetsregisteret.standards import standard_of
from samskap.kernel.tables import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from samskap.kernel.tables import Row, Table

_LISTS: Final = ("enheter", "underenheter")
# These stand in the bulk files of every year, and beside each other in nobody else's.
_OF_BULK: Final = frozenset({"organisasjonsnummer", "navn", "organisasjonsform.kode"})
_SEND_ENTITIES: Final = _(
    "Send the register’s answer for one organisation, a page of a search, or its bulk file."
)


@dataclass(frozen=True, slots=True)
class _Record:
    line: int
    flat: Mapping[str, str]
    original: Mapping[str, str]


def is_json(data: bytes) -> bool:
    """Whether ``data`` begins as JSON does."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def read_json(data: bytes, *, on: date) -> IncomingFile:
    """Read one entity, a page of a search, or a list of entities; a page may be empty.

    Entities are counted from 1 where a table has lines. Raises ``RefusedFileError`` with what the
    file is when it holds something else.
    """
    try:
        payload = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as broken:
        raise RefusedFileError(
            _("The file looks like JSON, but is damaged."),
            _("Fetch it again from the register, and send that."),
        ) from broken
    records = [
        _Record(number, flat, {**flat})
        for number, entity in enumerate(_entities(payload), start=1)
        for flat in [flattened({key: entity[key] for key in entity if key != "_links"})]
    ]
    headers = tuple(dict.fromkeys(chain.from_iterable(record.flat for record in records)))
    return IncomingFile("brreg-json", _incoming(records, on=on), headers=headers, is_register=True)


def is_bulk(headers: Iterable[str]) -> bool:
    """Whether a table with these columns is the register's bulk file, of whatever year."""
    return {name.lower() for name in headers} >= _OF_BULK


def read_bulk(table: Table, *, on: date) -> IncomingFile:
    """Read a bulk file of entities or sub-entities, by the names of its columns."""
    records = [_record(row) for row in table.rows]
    return IncomingFile(
        "brreg-csv",
        _incoming(records, on=on),
        headers=table.headers,
        notes=table.notes,
        is_register=True,
    )


def _record(row: Row) -> _Record:
    """Keep what is said: most of a bulk file is empty cells."""
    said = {name: cell for name, cell in row.values.items() if cell}
    return _Record(row.line, {name.lower(): cell for name, cell in said.items()}, said)


def _incoming(records: list[_Record], *, on: date) -> Iterator[Incoming]:
    standard = standard_of(code for record in records for code in codes_in(record.flat))
    for record in records:
        yield incoming_of(
            record.flat, line=record.line, original=record.original, standard=standard, on=on
        )


def _entities(payload: Any) -> list[Mapping[str, Any]]:
    if isinstance(payload, list):
        if payload and all(map(_is_entity, payload)):
            return payload
        raise _refused_list(payload)
    found = payload.get("_embedded") or {}
    for name in _LISTS:
        if isinstance(found.get(name), list) and all(map(_is_entity, found[name])):
            return list(found[name])
    if _is_entity(payload):
        return [payload]
    if not found and isinstance(payload.get("page"), dict):
        return []
    raise _refused_object(payload, found)


def _is_entity(entity: Any) -> bool:
    return isinstance(entity, dict) and {"organisasjonsnummer", "organisasjonsform"} <= set(entity)


def _refused_list(payload: list[Any]) -> RefusedFileError:
    first = payload[0] if payload else {}
    if isinstance(first, dict) and {"regnskapsperiode", "regnskapstype"} & set(first):
        return RefusedFileError(
            _("These are annual accounts from Regnskapsregisteret, not organisations."),
            _SEND_ENTITIES,
        )
    if not payload:
        return RefusedFileError(_("This is an empty list."), _SEND_ENTITIES)
    return RefusedFileError(
        _("This is a JSON list of something other than the register’s organisations."),
        _SEND_ENTITIES,
    )


def _refused_object(payload: Mapping[str, Any], found: Mapping[str, Any]) -> RefusedFileError:
    if {"oppdaterteEnheter", "oppdaterteUnderenheter"} & set(found):
        return RefusedFileError(
            _("This is a list of changes in Enhetsregisteret, not the organisations themselves."),
            _SEND_ENTITIES,
        )
    if "rollegrupper" in payload:
        return RefusedFileError(
            _("These are the roles in an organisation: people, whom an import never takes."),
            _SEND_ENTITIES,
        )
    if "openapi" in payload or "swagger" in payload:
        return RefusedFileError(
            _("This is a description of an interface (OpenAPI), not a list of organisations."),
            _SEND_ENTITIES,
        )
    return RefusedFileError(
        _("This is JSON of a kind we do not know, with the fields %(fields)s."),
        _SEND_ENTITIES,
        fields=", ".join(list(payload)[:6]),
    )
