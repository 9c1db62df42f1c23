"""Files that other people made are read right, or refused with what to do."""

from __future__ import annotations

import pytest
from django.utils import translation

from samskap.kernel.remark import Remark
from samskap.kernel.tables import RefusedFileError, read_table
from tests.world.dirty_files import READABLE_TEXTS, READABLE_WORKBOOKS, REFUSED, many_rows

WORDS = {"orgnr", "navn", "kommune", "ansatte"}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("file", [*READABLE_TEXTS, *READABLE_WORKBOOKS], ids=lambda file: file.name)
def test_a_file_is_read_as_its_owner_meant_it(file):
    table = read_table(file.data, words=WORDS)
    rows = list(table.rows)

    assert [row.values for row in rows] == file.rows
    assert [row.line for row in rows] == file.lines
    assert [str(note) for note in table.notes] == file.notes


@pytest.mark.parametrize("file", REFUSED, ids=lambda file: file.name)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(file):
    with pytest.raises(RefusedFileError) as refused:
        list(read_table(file.make(), words=WORDS).rows)

    assert str(refused.value) == file.says


def test_two_hundred_thousand_rows_are_read_to_the_last():
    table = read_table(many_rows(200_000))

    last = None
    for number, row in enumerate(table.rows, start=1):
        last = (number, row.line, row.values)

    assert last == (200_000, 200_001, {"nr": "199999", "navn": "Firma 199999"})


def test_cells_beyond_the_columns_are_not_lost():
    table = read_table(b"orgnr;navn\n313000001;Slipa;AS;\n")

    (row,) = table.rows

    assert row.values == {"orgnr": "313000001", "navn": "Slipa"}
    assert row.beyond == ("AS",)


def test_what_stands_late_in_a_column_without_a_name_is_not_lost():
    lines = "orgnr;;navn\n" + "313000001;;Slipa AS\n" * 40 + "313000028;ja;Øl SA\n"

    *_early, last = read_table(lines.encode()).rows

    assert last.values == {"orgnr": "313000028", "navn": "Øl SA"}
    assert last.beyond == ("ja",)


def test_a_file_on_the_disk_is_read_as_its_bytes_are(tmp_path):
    path = tmp_path / "aktører.csv"
    path.write_bytes(READABLE_TEXTS[0].data)

    assert [row.values for row in read_table(path).rows] == READABLE_TEXTS[0].rows


def test_a_kept_remark_is_read_in_its_readers_language():
    kept = Remark("Line %(line)s names the columns.", {"line": 4}).kept()

    with translation.override("en"):
        assert str(Remark.of(kept)) == "Line 4 names the columns."
    with translation.override("nb"):
        assert str(Remark.of(kept)) == "Linje 4 sier hva kolonnene heter."
