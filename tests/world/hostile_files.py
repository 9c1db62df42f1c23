"""Files made to do harm, each in its own way, and what becomes of it.

A table, a paper (PDF) or a picture that is sent in. Every one is made here, from its format's own
specification; none was found anywhere.
"""

from __future__ import annotations

import gzip
import io
import random
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.world.papers import A_PAPER, CATALOG, PAGE, PAGES, paper, stream
from tests.world.workbooks import Formula, Sheet, workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Kind = Literal["table", "paper", "picture"]
MB = 1024 * 1024


@dataclass(frozen=True)
class Hostile:
    """A file, made when asked for; ``comes_to`` is what is read of it, or ``None``: refused."""

    name: str
    kind: Kind
    make: Callable[[], bytes]
    comes_to: object = None


# Packed files -------------------------------------------------------------------------------------


def zeros(megabytes: int) -> bytes:
    """Pack so many megabytes of blanks without unfolding them anywhere: one block, many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + b"\x03\x00"


def packed(parts: Mapping[str, bytes | tuple[bytes, int]], *, flags: int = 0) -> bytes:
    """Write a zip by hand: a part is its bytes, or what is packed already and what it claims."""
    out, directory = io.BytesIO(), []
    for name, part in parts.items():
        raw, size = part if isinstance(part, tuple) else (_deflated(part), len(part))
        crc = 0 if isinstance(part, tuple) else zlib.crc32(part)
        about = struct.pack("<HHHHHIIIHH", 20, flags, 8, 0, 0x21, crc, len(raw), size, len(name), 0)
        directory.append((about, name.encode(), out.tell()))
        out.write(b"PK\x03\x04" + about + name.encode() + raw)
    start = out.tell()
    for about, name_bytes, offset in directory:
        tail = struct.pack("<HHHII", 0, 0, 0, 0, offset)
        out.write(b"PK\x01\x02\x14\x00" + about + tail + name_bytes)
    length, number = out.tell() - start, len(directory)
    out.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, number, number, length, start, 0))
    return out.getvalue()


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>'
    '<sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>"
)
ROOT = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATION}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>'
)


def book(sheet: str | tuple[bytes, int], strings: str = "", **more: str | bytes) -> bytes:
    """Write a workbook of one sheet, with its parts as they are given."""
    parts: dict[str, bytes | tuple[bytes, int]] = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": ROOT.encode(),
        "xl/workbook.xml": BOOK.encode(),
        "xl/_rels/workbook.xml.rels": RELATIONS.encode(),
        "xl/worksheets/sheet1.xml": sheet.encode() if isinstance(sheet, str) else sheet,
    }
    if strings:
        parts["xl/sharedStrings.xml"] = strings.encode()
    for name, part in more.items():
        parts[name] = part.encode() if isinstance(part, str) else part
    return packed(parts)


def cells(rows: str, before: str = "", after: str = "") -> str:
    return f'{before}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def said(*texts: str) -> str:
    """Write a row for each text, with two columns so that it is a table."""
    return "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for n, text in enumerate(texts, 1)
    )


PLAIN_SHEET = cells(said("navn", "Slipa AS"))
ONE_ROW = [{"navn": "Slipa AS", "navn (2)": "Slipa AS"}]


def _laughs() -> str:
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10)
    )
    return f"<!DOCTYPE x [{entities}]>"


def _blown_up() -> str:
    return f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>'


def _nested_zip() -> bytes:
    inner = packed({"0.dll": (zeros(100), 100 * MB)})
    return packed({f"lib {n}.zip": inner for n in range(16)})


def _in_itself() -> bytes:
    """A zip whose one part is the zip: the part's bytes begin where the archive begins."""
    name = b"xl/workbook.xml"
    for length in range(120, 400):
        about = struct.pack("<HHHHHIIIHH", 10, 0, 0, 0, 0x21, 0, length, length, len(name), 0)
        local = b"PK\x03\x04" + about + name
        central = b"PK\x01\x02\x14\x00" + about + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
        end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
        whole = local + central + end
        if len(whole) == length:
            return whole
    return whole


def _overlapping() -> bytes:
    """Two thousand names for one and the same packed megabyte."""
    raw = zeros(1)
    name = b"xl/workbook.xml"
    about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0x21, 0, len(raw), MB, len(name), 0)
    local = b"PK\x03\x04" + about + name + raw
    central = b""
    for n in range(1900):
        each = name if n == 0 else b"%s%06d" % (name[:9], n)
        central += b"PK\x01\x02\x14\x00" + about + struct.pack("<HHHII", 0, 0, 0, 0, 0) + each
    end = struct.pack("<HHHHIIH", 0, 0, 1900, 1900, len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


def _lying_directory() -> bytes:
    """A directory that says there are 65 000 parts where there is one."""
    data = bytearray(packed({"xl/workbook.xml": b"<workbook/>"}))
    data[-14:-10] = struct.pack("<HH", 65_000, 65_000)
    return bytes(data)


def _zip_of(parts: int) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", BOOK)
        for n in range(parts):
            archive.writestr(ZipInfo(f"xl/{n}.xml"), b"")
    return out.getvalue()


def _encrypted_zip() -> bytes:
    data = bytearray(book(PLAIN_SHEET))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _many_strings() -> bytes:
    strings = "".join(f"<si><t>{'x' * 40}</t></si>" for _ in range(300_000))
    return book(
        cells(said("navn", "Slipa AS")), f'<sst xmlns="{MAIN}" count="4000000000">{strings}</sst>'
    )


def _merged(number: int) -> str:
    ranges = "".join(f'<mergeCell ref="A{n}:XFD{n + 900_000}"/>' for n in range(1, number))
    return f"<mergeCells>{ranges}</mergeCells>"


# Text ---------------------------------------------------------------------------------------------


def _random(number: int) -> bytes:
    return b"\x01" + random.Random(4).randbytes(number)  # noqa: S311 - noise, not a secret


# Papers -------------------------------------------------------------------------------------------


def _hidden_script() -> bytes:
    """A script in a packed object stream, where no search for its name finds it."""
    inside = b"5 0 << /S /JavaScript /JS (app.alert(1)) >>"
    packed_objects = stream(
        zlib.compress(inside), "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"
    )
    return _with_xref_stream(
        [CATALOG.replace(">>", "/OpenAction 5 0 R >>"), PAGES, PAGE, packed_objects]
    )


def _with_xref_stream(objects: list[str | bytes], *, index: int = 0) -> bytes:
    """Write a PDF whose table of places is packed, with object 5 inside object 4."""
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, each in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + (each if isinstance(each, bytes) else each.encode()))
        out.write(b"\nendobj\n")
    start = out.tell()
    rows = b"\0\0\0\0\0\0" + b"".join(struct.pack(">BIB", 1, place, 0) for place in places)
    rows += struct.pack(">BIB", 2, 4, index) + struct.pack(">BIB", 1, start, 0)
    table = stream(
        zlib.compress(rows), "/Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Filter /FlateDecode"
    )
    out.write(b"6 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _bomb_of_objects() -> bytes:
    packer = zlib.compressobj(9)
    block = packer.compress(b" " * MB) + packer.flush(zlib.Z_FULL_FLUSH)
    # A zlib stream without its check at the end: readers take what they get.
    return _with_xref_stream(
        [
            CATALOG,
            PAGES,
            PAGE,
            stream(block + block[2:] * 600, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"),
        ]
    )


def _looping_xref() -> bytes:
    data = paper(CATALOG, PAGES, PAGE, trailer="/Prev 0")
    start = data.rindex(b"startxref\n") + 10
    place = data[start : data.index(b"\n", start)]
    return data.replace(b"/Prev 0", b"/Prev " + place)


# Pictures -----------------------------------------------------------------------------------------


def png(width: int, height: int, *chunks: tuple[bytes, bytes], data: bytes = b"") -> bytes:
    """Write a PNG by hand; without ``data`` its points are missing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", head), *chunks, (b"IDAT", data), (b"IEND", b""))
    )


def points(width: int, height: int) -> bytes:
    return zlib.compress((b"\0" + b"\x80\x10\x20" * width) * height)


SMALL = png(3, 2, data=points(3, 2))


def _zlib_bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    block = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block + block[2:] * (megabytes - 1)


def _jpeg(width: int, height: int) -> bytes:
    """Write the head of a JPEG, and an end."""
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    return head + b"\xff\xc0" + struct.pack(">H", len(size) + 2) + size + b"\xff\xd9"


def _with_place() -> bytes:
    from PIL import Image

    exif = Image.Exif()
    exif[0x013B] = "Kari Nordmann"
    exif.get_ifd(0x8825)[1] = "N"
    saved = io.BytesIO()
    Image.new("RGB", (3, 2), (128, 16, 32)).save(saved, "JPEG", exif=exif)
    return saved.getvalue()


def _moving() -> bytes:
    from PIL import Image

    saved = io.BytesIO()
    frames = [Image.new("P", (3, 2), n % 250) for n in range(600)]
    frames[0].save(saved, "GIF", save_all=True, append_images=frames[1:], optimize=False)
    return saved.getvalue()


TABLES = [
    Hostile("bomb.xlsx", "table", lambda: book((zeros(600), 600 * MB))),
    Hostile("bomb-that-lies.xlsx", "table", lambda: book((zeros(600), 1000))),
    Hostile(
        "many-bombs.xlsx",
        "table",
        lambda: packed(
            {
                "xl/workbook.xml": BOOK.encode(),
                **{f"xl/worksheets/sheet{n}.xml": (zeros(10), 10 * MB) for n in range(60)},
            }
        ),
    ),
    Hostile("zip-of-zips.xlsx", "table", _nested_zip),
    Hostile("zip-in-itself.xlsx", "table", _in_itself),
    Hostile("one-part-with-many-names.xlsx", "table", _overlapping),
    Hostile("lying-directory.xlsx", "table", _lying_directory),
    Hostile("many-parts.xlsx", "table", lambda: _zip_of(5_000)),
    Hostile(
        "huge-sizes.xlsx", "table", lambda: packed({"xl/workbook.xml": (b"\x03\x00", 0xFFFFFFFE)})
    ),
    Hostile("encrypted-parts.xlsx", "table", _encrypted_zip),
    Hostile(
        "billion-laughs.xlsx",
        "table",
        lambda: book(cells(said("navn", "&l9;"), _laughs())),
    ),
    Hostile(
        "blown-up-entity.xlsx",
        "table",
        lambda: book(cells(said("navn", *["&a;"] * 5000), _blown_up())),
    ),
    Hostile(
        "reads-our-files.xlsx",
        "table",
        lambda: book(
            cells(said("navn", "&f;"), '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>')
        ),
    ),
    Hostile(
        "asks-the-network.xlsx",
        "table",
        lambda: book(
            cells(said("navn", "&f;"), '<!DOCTYPE x SYSTEM "http://169.254.169.254/x.dtd">')
        ),
    ),
    Hostile(
        "million-columns.xlsx",
        "table",
        lambda: book(
            cells(said("navn", "Slipa AS").replace("</row>", '<c r="BDWGN1"><v>1</v></c></row>', 1))
        ),
        ONE_ROW,
    ),
    Hostile(
        "far-corner.xlsx",
        "table",
        lambda: book(
            cells(
                said("navn", "Slipa AS") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
            )
        ),
    ),
    Hostile(
        "row-without-end.xlsx",
        "table",
        lambda: book(
            cells(
                said("navn", "Slipa AS")
                + '<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>'
            )
        ),
    ),
    Hostile(
        "column-out-of-range.xlsx",
        "table",
        lambda: book(cells('<row r="1"><c r="ZZZZZZZZZZ1"><v>1</v></c></row>')),
    ),
    Hostile("deep.xlsx", "table", lambda: book(cells("<a>" * 400_000 + "</a>" * 400_000))),
    Hostile("many-strings.xlsx", "table", _many_strings, ONE_ROW),
    Hostile(
        "merged-all-over.xlsx",
        "table",
        lambda: book(cells(said("navn", "Slipa AS"), after=_merged(15_000))),
        ONE_ROW,
    ),
    Hostile(
        "climbs-out.xlsx",
        "table",
        lambda: book(PLAIN_SHEET, **{"../../../../tmp/owned.xml": "x", "/etc/owned": "x"}),
        ONE_ROW,
    ),
    Hostile(
        "with-a-macro.xlsm",
        "table",
        lambda: book(PLAIN_SHEET, **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" * 400}),
        ONE_ROW,
    ),
    Hostile(
        "runs-a-program.xlsx",
        "table",
        lambda: workbook(
            Sheet([["navn", "sted"], [Formula("cmd|'/c calc'!A0", "Slipa AS"), "Moss"]])
        ),
        [{"navn": "Slipa AS", "sted": "Moss"}],
    ),
    Hostile("cut-off.xlsx", "table", lambda: book(PLAIN_SHEET)[:-40]),
    Hostile("paper-and-workbook.xlsx", "table", lambda: b"%PDF-1.7\n" + book(PLAIN_SHEET)),
    Hostile("picture.xlsx", "table", lambda: SMALL),
    Hostile("bomb.csv.gz", "table", lambda: gzip.compress(bytes(20 * MB))),
    Hostile("one-cell.csv", "table", lambda: b"navn;sted\n" + b"x" * 2_000_000 + b";Moss\n"),
    Hostile("nothing-but-nuls.csv", "table", lambda: bytes(1_000_000)),
    Hostile(
        "nuls-between.csv",
        "table",
        lambda: b"na\0vn;sted\nSli\0pa AS;Moss\n",
        [{"navn": "Slipa AS", "sted": "Moss"}],
    ),
    Hostile(
        "wide-letters-without-mark.csv",
        "table",
        lambda: "navn;sted\nSlipa AS;Moss\n".encode("utf-16-le"),
        [{"navn": "Slipa AS", "sted": "Moss"}],
    ),
    Hostile("never-closed.csv", "table", lambda: b'navn;sted\n"' + b"a;b\n" * 400_000),
    Hostile(
        "quotation-marks.csv",
        "table",
        lambda: b"navn;sted\n" + b'"' * 1_000_001,
        [{"navn": '"' * 500_000, "sted": ""}],
    ),
    Hostile("many-columns.csv", "table", lambda: b";".join(b"k%d" % n for n in range(100_000))),
    Hostile(
        "empty-lines.csv",
        "table",
        lambda: b"navn;sted\n" + b"\n" * 1_000_000 + b"Slipa AS;Moss\n",
        [],
    ),
    Hostile("returns-alone.csv", "table", lambda: b"navn;sted\r" + b"a;b\r" * 250_000),
    Hostile("noise.csv", "table", lambda: _random(500_000)),
    Hostile(
        "letters-upon-letters.csv",
        "table",
        ("navn;sted\nZ" + "\u0301\u0323" * 300_000 + ";Moss\n").encode,
    ),
    Hostile("page.csv", "table", lambda: b"\xef\xbb\xbf <!DOCTYPE html><script>alert(1)</script>"),
    Hostile(
        "drawing.csv",
        "table",
        lambda: (
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
        ),
    ),
]
PAPERS = [
    Hostile(
        "script.pdf",
        "paper",
        lambda: paper(
            CATALOG.replace(">>", "/OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>"),
            PAGES,
            PAGE,
        ),
    ),
    Hostile(
        "script-in-other-letters.pdf",
        "paper",
        lambda: paper(
            CATALOG.replace(">>", "/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >> >>"),
            PAGES,
            PAGE,
        ),
    ),
    Hostile(
        "script-nobody-points-to.pdf",
        "paper",
        lambda: paper(CATALOG, PAGES, PAGE, "<< /S /JavaScript /JS (1) >>"),
    ),
    Hostile("script-packed.pdf", "paper", _hidden_script),
    Hostile(
        "starts-a-program.pdf",
        "paper",
        lambda: paper(
            CATALOG.replace(">>", "/OpenAction << /S /Launch /F (cmd.exe) >> >>"), PAGES, PAGE
        ),
    ),
    Hostile(
        "sends-a-form.pdf",
        "paper",
        lambda: paper(
            CATALOG,
            PAGES,
            PAGE.replace(">>", "/AA << /O << /S /SubmitForm /F (http://example.org) >> >> >>"),
        ),
    ),
    Hostile("table-in-a-loop.pdf", "paper", _looping_xref, 1),
    Hostile(
        "pages-in-a-loop.pdf",
        "paper",
        lambda: paper(
            CATALOG, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9999999 /Parent 2 0 R >>", PAGE
        ),
        1,
    ),
    Hostile(
        "object-of-itself.pdf",
        "paper",
        lambda: paper(CATALOG, PAGES, PAGE, "4 0 R"),
    ),
    Hostile(
        "packed-in-itself.pdf",
        "paper",
        lambda: _with_xref_stream(
            [
                CATALOG,
                PAGES,
                PAGE,
                stream(
                    zlib.compress(b"5 0 << /A 5 0 R >>"),
                    "/Type /ObjStm /N 1 /First 4 /Extends 4 0 R /Filter /FlateDecode",
                ),
            ]
        ),
        1,
    ),
    Hostile("bomb-of-objects.pdf", "paper", _bomb_of_objects),
    Hostile(
        "large-stream.pdf",
        "paper",
        lambda: paper(CATALOG, PAGES, PAGE, stream(_zlib_bomb(900), "/Filter /FlateDecode")),
        1,
    ),
    Hostile(
        "deep-lists.pdf",
        "paper",
        lambda: paper(CATALOG, PAGES, PAGE, "[" * 100_000 + "]" * 100_000),
    ),
    Hostile(
        "size-without-end.pdf",
        "paper",
        lambda: paper(CATALOG, PAGES, PAGE).replace(b"/Size 4", b"/Size 2147483647"),
        1,
    ),
    Hostile(
        "locked.pdf",
        "paper",
        lambda: paper(
            CATALOG,
            PAGES,
            PAGE,
            f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'00' * 32}> /U <{'00' * 32}> >>",
            trailer="/Encrypt 4 0 R /ID [<00> <00>]",
        ),
    ),
    Hostile("no-pages.pdf", "paper", lambda: paper("<< /Type /Catalog >>")),
    Hostile("cut-off.pdf", "paper", lambda: A_PAPER[:-30]),
    Hostile("page.pdf", "paper", lambda: b"<html>%PDF-1.7 startxref %%EOF</html>"),
    Hostile(
        "nothing-inside.pdf",
        "paper",
        lambda: b"%PDF-1.7\n" + bytes(3_000_000) + b"startxref\n9\n%%EOF",
    ),
]
PICTURES = [
    Hostile("huge.png", "picture", lambda: png(50_000, 50_000, data=_zlib_bomb(40))),
    Hostile(
        "huge.gif",
        "picture",
        lambda: (
            b"GIF89a"
            + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0)
            + b","
            + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0)
            + b"\x02\x00;"
        ),
    ),
    Hostile("huge.jpg", "picture", lambda: _jpeg(65_500, 65_500)),
    Hostile(
        "more-points-than-it-says.png", "picture", lambda: png(3, 2, data=_zlib_bomb(300)), (3, 2)
    ),
    Hostile(
        "words-that-unfold.png",
        "picture",
        lambda: png(3, 2, (b"zTXt", b"a\0\0" + _zlib_bomb(300)), data=points(3, 2)),
    ),
    Hostile(
        "colours-that-unfold.png",
        "picture",
        lambda: png(3, 2, (b"iCCP", b"a\0\0" + _zlib_bomb(300)), data=points(3, 2)),
    ),
    Hostile("cut-off.png", "picture", lambda: png(300, 200, data=points(300, 200))[:120]),
    Hostile(
        "picture-and-page.png",
        "picture",
        lambda: SMALL + b"<script>alert(1)</script>" + packed({"a": b"b"}),
        (3, 2),
    ),
    Hostile("says-where-and-who.jpg", "picture", _with_place, (3, 2)),
    Hostile("moves.gif", "picture", _moving, (3, 2)),
    Hostile(
        "drawing.svg",
        "picture",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    ),
    Hostile("other-kind.tif", "picture", lambda: b"II*\0\x08\0\0\0" + bytes(64)),
    Hostile(
        "runs-postscript.eps",
        "picture",
        lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n",
    ),
    Hostile("no-width.png", "picture", lambda: png(0, 0, data=zlib.compress(b""))),
]
EVERY_ONE = [*TABLES, *PAPERS, *PICTURES]
