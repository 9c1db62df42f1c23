"""PDFs written by hand, object by object."""

from __future__ import annotations

import io


def paper(*objects: str | bytes, trailer: str = "", root: int = 1) -> bytes:
    """Write a PDF of the given objects, numbered from 1, with a table that says where they are."""
    out, places = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, said in enumerate(objects, 1):
        places.append(out.tell())
        body = said if isinstance(said, bytes) else said.encode()
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R {trailer} >>\n".encode()
        + b"startxref\n%d\n%%%%EOF\n" % start
    )
    return out.getvalue()


CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
A_PAPER = paper(CATALOG, PAGES, PAGE)


def stream(data: bytes, entries: str) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"
