"""XLSX workbooks written out part by part, so that every oddity in them is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterable

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# Style 1 of the workbook shows a number as a day.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


@dataclass(frozen=True)
class Day:
    """A day as Excel keeps it: days since the last of 1899."""

    serial: int


@dataclass(frozen=True)
class Formula:
    """A formula and what it came to when the workbook was saved."""

    text: str
    value: str
    is_fault: bool = False


@dataclass(frozen=True)
class Sheet:
    """Lines of cells: text, numbers, truths, days, formulas; ``None`` is an empty cell."""

    lines: list[list[object]]
    name: str = "Ark1"
    state: str = "visible"
    merged: tuple[str, ...] = ()
    # Cells apart, by their address.
    far: dict[str, object] = field(default_factory=dict)


def workbook(*sheets: Sheet) -> bytes:
    """Return a workbook with ``sheets``."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", _content_types(len(sheets)))
        parts.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        parts.writestr("xl/workbook.xml", _about(sheets))
        names = [f"worksheets/sheet{number}.xml" for number in range(1, len(sheets) + 1)]
        related = [*(("worksheet", name) for name in names), ("styles", "styles.xml")]
        parts.writestr("xl/_rels/workbook.xml.rels", _relations(related))
        parts.writestr("xl/styles.xml", _STYLES)
        for name, sheet in zip(names, sheets, strict=True):
            parts.writestr(f"xl/{name}", _sheet(sheet))
    return made.getvalue()


def _content_types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{kind}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{parts}</Types>'
    )


def _relations(related: Iterable[tuple[str, str]]) -> str:
    parts = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{parts}</Relationships>'


def _about(sheets: tuple[Sheet, ...]) -> str:
    parts = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" state="{sheet.state}" '
        f'r:id="r{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>{parts}</sheets></workbook>'


def _sheet(sheet: Sheet) -> str:
    lines = "".join(
        f'<row r="{row}">'
        + "".join(_cell(f"{_letter(at)}{row}", value) for at, value in enumerate(line))
        + "</row>"
        for row, line in enumerate(sheet.lines, start=1)
    )
    for address, value in sheet.far.items():
        row = "".join(filter(str.isdigit, address))
        lines += f'<row r="{row}">{_cell(address, value)}</row>'
    merged = "".join(f'<mergeCell ref="{each}"/>' for each in sheet.merged)
    merged = f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else ""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>{merged}</worksheet>'


def _letter(position: int) -> str:
    return chr(ord("A") + position)


def _cell(address: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return f'<c r="{address}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{address}"><v>{value!r}</v></c>'
    if isinstance(value, Day):
        return f'<c r="{address}" s="1"><v>{value.serial}</v></c>'
    if isinstance(value, Formula):
        kind = "e" if value.is_fault else "str"
        return (
            f'<c r="{address}" t="{kind}"><f>{escape(value.text)}</f>'
            f"<v>{escape(value.value)}</v></c>"
        )
    return f'<c r="{address}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
