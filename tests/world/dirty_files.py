"""Files as they come from others: every one readable in its own way, or to be refused.

The two organisations in them are invented, with synthetic numbers.
"""

from __future__ import annotations

import gzip
import unicodedata
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from tests.world.workbooks import Day, Formula, Sheet, workbook

if TYPE_CHECKING:
    from collections.abc import Callable

PLAIN = (
    "orgnr;navn;kommune\r\n"
    "313000001;Glåmøy Træsliperi AS;Sarpsborg\r\n"
    "313000028;Ærlig Øl SA;Halden\r\n"
)
BOTH = [
    {"orgnr": "313000001", "navn": "Glåmøy Træsliperi AS", "kommune": "Sarpsborg"},
    {"orgnr": "313000028", "navn": "Ærlig Øl SA", "kommune": "Halden"},
]
HEADS: list[object] = ["orgnr", "navn", "kommune"]
FIRST: list[object] = [313000001, "Glåmøy Træsliperi AS", "Sarpsborg"]
SECOND: list[object] = [313000028, "Ærlig Øl SA", "Halden"]


@dataclass(frozen=True)
class Readable:
    """A file, the rows that stand in it, and the lines they begin on."""

    name: str
    data: bytes
    rows: list[dict[str, str]] = field(default_factory=lambda: BOTH)
    lines: list[int] = field(default_factory=lambda: [2, 3])
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Refused:
    """A file, made when it is asked for, and the sentence that it is refused with."""

    name: str
    make: Callable[[], bytes]
    says: str


def _odd_lines() -> str:
    return (
        "orgnr;navn;kommune\n"
        '313000001;"Glåmøy\nTræsliperi ""Slipa"" AS";Sarpsborg\n'
        "313000028;Ærlig Øl SA;Halden\n"
    )


_DIVIDED_BY_NOTHING = Formula("1/0", "#DIV/0!", is_fault=True)
READABLE_TEXTS = [
    Readable("utf-8-semicolons.csv", PLAIN.encode()),
    Readable("utf-8-mark-commas.csv", PLAIN.replace(";", ",").encode("utf-8-sig")),
    Readable("excel-unicode-text.txt", PLAIN.replace(";", "\t").encode("utf-16")),
    Readable("utf-16-big.csv", b"\xfe\xff" + PLAIN.encode("utf-16-be")),
    Readable("utf-16-without-mark.csv", PLAIN.encode("utf-16-le")),
    Readable("windows.csv", PLAIN.encode("cp1252")),
    Readable("latin-1.csv", PLAIN.encode("latin-1")),
    Readable("macintosh.csv", PLAIN.encode("mac-roman")),
    Readable("dos.csv", PLAIN.encode("cp865")),
    Readable("decomposed-letters.csv", unicodedata.normalize("NFD", PLAIN).encode()),
    Readable(
        "angstrom-sign.csv",
        "orgnr;navn;kommune\n313000001;\u212bs Sag AS;Ås\n".encode(),
        rows=[{"orgnr": "313000001", "navn": "Ås Sag AS", "kommune": "Ås"}],
        lines=[2],
    ),
    Readable("read-wrong-and-saved-again.csv", PLAIN.encode().decode("cp1252").encode()),
    Readable("excel-says-semicolon.csv", f"sep=;\r\n{PLAIN}".encode(), lines=[3, 4]),
    Readable(
        "excel-says-bar.csv", f"sep=|\r\n{PLAIN.replace(';', '|')}".encode("cp1252"), lines=[3, 4]
    ),
    Readable("bars.csv", PLAIN.replace(";", "|").encode()),
    Readable(
        "commas-in-the-text.csv",
        b"orgnr;navn;kommune\n313000001;Rygg, Dal, Li og Vik AS;Moss\n",
        rows=[{"orgnr": "313000001", "navn": "Rygg, Dal, Li og Vik AS", "kommune": "Moss"}],
        lines=[2],
    ),
    Readable(
        "line-break-in-a-cell.csv",
        _odd_lines().encode(),
        rows=[BOTH[0] | {"navn": 'Glåmøy\nTræsliperi "Slipa" AS'}, BOTH[1]],
        lines=[2, 4],
    ),
    Readable("old-macintosh-lines.csv", PLAIN.replace("\r\n", "\r").encode()),
    Readable("nul-bytes.csv", PLAIN.encode().replace(b"Halden", b"Hal\0den\0")),
    Readable(
        "title-above.csv",
        f"Aktører i Østfold;;\r\n;;\r\nUttrekk 2. mai, til bruk i møtet;;\r\n{PLAIN}".encode(),
        lines=[5, 6],
        notes=["Line 4 names the columns."],
    ),
    Readable(
        "empty-columns-and-rows.csv",
        "orgnr;navn;kommune;;;\n;;;;;\n313000001;Glåmøy Træsliperi AS;Sarpsborg;;;\n\n"
        "313000028;Ærlig Øl SA;Halden;;;\n;;;;;\n".encode(),
        lines=[3, 5],
    ),
    Readable(
        "same-name-twice.csv",
        b"orgnr;navn;navn\n313000001;Slipa AS;Slipa\n",
        rows=[{"orgnr": "313000001", "navn": "Slipa AS", "navn (2)": "Slipa"}],
        lines=[2],
        notes=["Several columns are called “navn”; the first keeps the name."],
    ),
    Readable(
        "column-without-a-name.csv",
        b"orgnr;;navn\n313000001;ja;Slipa AS\n",
        rows=[{"orgnr": "313000001", "[B]": "ja", "navn": "Slipa AS"}],
        lines=[2],
    ),
    Readable(
        "formulas.csv",
        b'orgnr;navn;kommune\n="313000001";"=HYPERLINK(""http://a.example"")";#N/A\n',
        rows=[{"orgnr": "313000001", "navn": '=HYPERLINK("http://a.example")', "kommune": ""}],
        lines=[2],
    ),
    Readable(
        "unseen-signs.csv",
        "orgnr;navn;kommune\n313\xa0000\xa0001;\u200bSlipa\xa0AS ;\ufeffMoss\n".encode(),
        rows=[{"orgnr": "313 000 001", "navn": "Slipa AS", "kommune": "Moss"}],
        lines=[2],
    ),
]
READABLE_WORKBOOKS = [
    Readable("plain.xlsx", workbook(Sheet([HEADS, FIRST, SECOND]))),
    Readable(
        "numbers-every-way.xlsx",
        workbook(
            Sheet(
                [
                    ["orgnr", "ansatte", "stiftet", "medlem", "andel"],
                    [313000001.0, 12, Day(45415), True, 0.5],
                    ["'313000028", "12", "2. mai 2024", False, 2.0],
                ]
            )
        ),
        rows=[
            {
                "orgnr": "313000001",
                "ansatte": "12",
                "stiftet": "2024-05-03",
                "medlem": "true",
                "andel": "0.5",
            },
            {
                "orgnr": "'313000028",
                "ansatte": "12",
                "stiftet": "2. mai 2024",
                "medlem": "false",
                "andel": "2",
            },
        ],
    ),
    Readable(
        "title-over-all-columns.xlsx",
        workbook(
            Sheet([["Aktører i Østfold", None, None], [], HEADS, FIRST, SECOND], merged=("A1:C1",))
        ),
        lines=[4, 5],
        notes=["Line 3 names the columns."],
    ),
    Readable(
        "one-cell-over-two-rows.xlsx",
        workbook(
            Sheet(
                [
                    ["kommune", "orgnr", "navn"],
                    ["Moss", 313000001, "Slipa AS"],
                    [None, 313000028, "Ærlig Øl SA"],
                ],
                merged=("A2:A3",),
            )
        ),
        rows=[
            {"kommune": "Moss", "orgnr": "313000001", "navn": "Slipa AS"},
            {"kommune": "Moss", "orgnr": "313000028", "navn": "Ærlig Øl SA"},
        ],
    ),
    Readable(
        "names-on-the-second-sheet.xlsx",
        workbook(
            Sheet([["Til den det gjelder", "Se neste ark"]], name="Les meg"),
            Sheet([HEADS, FIRST, SECOND], name="Aktører"),
            Sheet([HEADS, [313000036, "Skjult AS", "Moss"]], name="Gamle", state="hidden"),
        ),
        notes=["The sheet “Aktører” was read. These were left alone: Les meg."],
    ),
    Readable(
        "formulas.xlsx",
        workbook(
            Sheet(
                [
                    HEADS,
                    [
                        313000001,
                        Formula('A2&" AS"', "Slipa AS"),
                        Formula("1/0", "#DIV/0!", is_fault=True),
                    ],
                ]
            )
        ),
        rows=[{"orgnr": "313000001", "navn": "Slipa AS", "kommune": ""}],
        lines=[2],
    ),
    Readable(
        "not-from-the-corner.xlsx",
        workbook(Sheet([[], [None, *HEADS], [None, *FIRST], [None, *SECOND]])),
        rows=BOTH,
        lines=[3, 4],
        notes=["Line 2 names the columns."],
    ),
    Readable(
        "decomposed-letters.xlsx",
        workbook(
            Sheet(
                [HEADS, [FIRST[0], unicodedata.normalize("NFD", str(FIRST[1])), FIRST[2]], SECOND]
            )
        ),
    ),
]


def _old_office(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + stream.encode("utf-16-le")


def _package(*names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return made.getvalue()


def _bomb() -> bytes:
    """A few hundred kilobytes that unfold into more than half a gigabyte."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", "<workbook/>")
        with parts.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _megabyte in range(520):
                sheet.write(b" " * 1024 * 1024)
    return made.getvalue()


def many_rows(number: int) -> bytes:
    """A file of ``number`` rows under two names."""
    return b"nr;navn\n" + b"".join(b"%d;Firma %d\n" % (each, each) for each in range(number))


_TABLE = "Send the table itself, as XLSX or CSV."
_AS = "Open it in a spreadsheet program, save it as XLSX or CSV, and send that."
_UNPACK = "Unpack it, and send what is in it."
_TOO_MANY = (
    "The table has more than 200 000 rows, which is the most we read. "
    "Divide it, and send one part at a time."
)
_LOCKED = (
    "The workbook is locked with a password. "
    "Remove the password in Excel, save it, and send it again."
)
_NO_NAMES = (
    "No line names the columns. Write a line on top that says what each column holds, such as "
    "“organisation number” and “name”, and send the file again."
)
REFUSED = [
    Refused(
        "no-names.csv",
        PLAIN.partition("\n")[2].encode,
        _NO_NAMES,
    ),
    Refused("no-names.xlsx", lambda: workbook(Sheet([FIRST, SECOND])), _NO_NAMES),
    Refused(
        "open-quotation-mark.csv",
        ('orgnr;navn\n313000001;"Slipa AS\n' + "313000028;Øl SA\n" * 300).encode,
        "A quotation mark on line 2 is never closed, so the cells cannot be told apart. "
        "Close it or remove it, and send the file again.",
    ),
    Refused(
        "empty.csv",
        lambda: b"\xef\xbb\xbf \r\n",
        "The file is empty. See that it was saved, and send it again.",
    ),
    Refused("one-row-too-many.csv", lambda: many_rows(200_001), _TOO_MANY),
    Refused(
        "too-large.csv",
        lambda: b"orgnr;navn\n" + b"313000001;Slipa AS\n" * 1_200_000,
        "The file is 22 MB, and 20 MB is the most we read. Divide it, and send one part at a time.",
    ),
    Refused(
        "too-wide.csv",
        lambda: ";".join(f"kolonne {number}" for number in range(401)).encode(),
        "The table has 401 columns, and 400 is the most we read. "
        "Keep the columns that are about the organisations, and send the file again.",
    ),
    Refused(
        "list.pdf",
        lambda: b"%PDF-1.7\n",
        f"This is a PDF: it shows a table, but holds none. {_TABLE}",
    ),
    Refused(
        "list.xls",
        lambda: b"\n<html><table><tr><td>orgnr</td></tr></table></html>",
        f"This is a web page, whatever its name says. {_AS}",
    ),
    Refused(
        "list-2003.xls",
        lambda: _old_office("Workbook"),
        f"This is an old Excel or Office file (XLS). {_AS}",
    ),
    Refused("locked.xlsx", lambda: _old_office("EncryptedPackage"), _LOCKED),
    Refused("list.ods", lambda: _package("content.xml"), f"This is an OpenDocument file. {_AS}"),
    Refused(
        "list.numbers", lambda: _package("Index/Document.iwa"), f"This is a Numbers document. {_AS}"
    ),
    Refused(
        "list.xlsb",
        lambda: _package("xl/workbook.bin"),
        f"This is a binary Excel workbook (XLSB). {_AS}",
    ),
    Refused(
        "list.docx", lambda: _package("word/document.xml"), f"This is a text document. {_TABLE}"
    ),
    Refused("list.zip", lambda: _package("list.csv"), f"This is a packed file (ZIP). {_UNPACK}"),
    Refused(
        "list.csv.gz",
        lambda: gzip.compress(PLAIN.encode()),
        f"This is a packed file (gzip). {_UNPACK}",
    ),
    Refused(
        "cut-off.xlsx",
        lambda: workbook(Sheet([HEADS, FIRST]))[:600],
        "The file is damaged: it ends before it is whole. "
        "Save it again where it came from, and send that.",
    ),
    Refused(
        "broken-inside.xlsx",
        lambda: _package("xl/workbook.xml"),
        "The workbook is damaged, and cannot be opened. "
        "Open it in Excel, save it again, and send that.",
    ),
    Refused(
        "bomb.xlsx",
        _bomb,
        "The workbook is too large once it is unpacked. "
        "Keep the one sheet with the organisations, and send that as CSV.",
    ),
    Refused(
        "one-cell-far-away.xlsx",
        lambda: workbook(Sheet([HEADS, FIRST], far={"XFD1048576": "her"})),
        "The workbook takes more memory or time to open than we give it. "
        "Keep the one sheet with the organisations, and send that as CSV.",
    ),
    Refused(
        "nothing-in-sight.xlsx",
        lambda: workbook(Sheet([], name="Tom"), Sheet([HEADS, FIRST], state="veryHidden")),
        "No visible sheet of the workbook has anything in it. "
        "Show the sheet with the organisations, save, and send the file again.",
    ),
    Refused(
        "program.csv",
        lambda: bytes(range(1, 9)) * 900,
        "This is not a text file. Save the table as XLSX or CSV, and send that.",
    ),
]
