"""Tell what a file of organisations is, and read it: the register's own, or anybody's table."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_noop as _

from samskap.actors.incoming import IncomingFile, guessed_mapping, rows_of_table
from samskap.actors.incoming.columns import known_words
from samskap.connectors.enhetsregisteret.files import is_bulk, is_json, read_bulk, read_json
from samskap.kernel.tables import RefusedFileError, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from samskap.kernel.tables import Table

# Columns of the register's bulk file, by which its line of names is known.
_OF_BULK: Final = ("organisasjonsnummer", "organisasjonsform.kode", "forretningsadresse.kommune")
_OPENAPI: Final = re.compile(
    rb'\A(?:\xef\xbb\xbf)?\s*["\']?(openapi|swagger)["\']?\s*:', re.IGNORECASE
)
_SHOWN: Final = 6


class NoNameColumnError(RefusedFileError):
    """No column is called a name; ``headers`` are those there are to choose among."""

    def __init__(self, headers: tuple[str, ...]) -> None:
        super().__init__(
            _("This is a table with the columns %(columns)s, and none of them is called a name."),
            _("Call the column with the organisations’ names “name”, or say which one it is."),
            columns=", ".join(headers[:_SHOWN]),
        )
        self.headers = headers


def read_actor_file(
    data: bytes,
    *,
    on: date,
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> IncomingFile:
    """Read a file of organisations, whatever it is called.

    ``mapping`` is our field to the file's column where somebody has chosen, '' where it is to be
    left out; ``remembered`` is what was chosen the last time, and a guess fills in what neither
    says. ``on`` is the day the file is from. Raises ``RefusedFileError`` with what the file is and
    what to do.
    """
    if is_json(data):
        return read_json(data, on=on)
    if _OPENAPI.match(data):
        raise RefusedFileError(
            _("This is a description of an interface (OpenAPI), not a list of organisations."),
            _("Send the organisations themselves, as XLSX, CSV or the register’s JSON."),
        )
    chosen = [*(mapping or {}).values(), *(remembered or {}).values()]
    table = read_table(data, words=known_words([*_OF_BULK, *filter(None, chosen)]))
    if is_bulk(table.headers):
        return read_bulk(table, on=on)
    return _table(table, mapping, remembered, on=on)


def _table(
    table: Table,
    mapping: Mapping[str, str] | None,
    remembered: Mapping[str, str] | None,
    *,
    on: date,
) -> IncomingFile:
    table = _refuse_names_alone(table)
    used = _used(table, mapping or {}, remembered)
    if "name" not in used:
        raise NoNameColumnError(table.headers)
    return IncomingFile(
        "table",
        rows_of_table(table, used, on=on),
        headers=table.headers,
        mapping=used,
        notes=table.notes,
    )


def _used(
    table: Table, mapping: Mapping[str, str], remembered: Mapping[str, str] | None
) -> dict[str, str]:
    _refuse_missing(table, filter(None, mapping.values()))
    guessed = guessed_mapping(table.headers, remembered=remembered)
    chosen = set(mapping.values())
    kept = {
        field: column
        for field, column in guessed.items()
        if field not in mapping and column not in chosen
    }
    return kept | {field: column for field, column in mapping.items() if column}


def _refuse_missing(table: Table, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in table.headers:
            raise RefusedFileError(
                _("The table has no column “%(column)s”; it has %(columns)s."),
                _("Choose one of the columns it has."),
                column=column,
                columns=", ".join(table.headers[:_SHOWN]),
            )


def _refuse_names_alone(table: Table) -> Table:
    """Refuse the register's line of names when it stands on end, with no organisation under it."""
    if len(table.headers) != 1:
        return table
    rows = list(table.rows)
    if {"organisasjonsform.kode"} <= {cell for row in rows for cell in row.values.values()}:
        raise RefusedFileError(
            _("This is a list of the names of columns, without any organisation."),
            _("Send the file with the organisations themselves."),
        )
    return replace(table, rows=iter(rows))
