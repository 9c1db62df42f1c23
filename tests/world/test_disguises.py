"""A text is found whatever shape it stands in; the shapes are written by hand."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from tests.world.disguises import found_in


@pytest.mark.parametrize(
    "content",
    [
        b"x Ola B\xc3\xb8 x",
        b"x OLA B\xc3\x98 x",
        b"x Ola B\xf8 x",
        b"/sok/?q=Ola%20B%C3%B8&a=1",
        b"/sok/?q=ola+b%c3%b8",
        b'{"name": "Ola B\\u00f8"}',
        b"Ola B=C3=B8",
        b"T2xhIELDuA==",  # Ola Bø
        b"IE9sYSBCw7g=",  # with a space before
        b"ICBPbGEgQsO4",  # with two spaces before
        rb"\x4f6c612042c3b8",
        rb"\x5432786849454c447541",  # the first of the three, as bytes in a dump
        "Ola Bø".encode("utf-16-le"),
    ],
)
def test_a_name_is_found_in_every_shape(content):
    assert found_in(content, ["Ola Bø"]) == ["Ola Bø"]


@pytest.mark.parametrize("content", [b"", b"Ola B", b"Ole B\xc3\xb8", b"T2xhIEJv", b"4f6c612042"])
def test_another_name_is_not(content):
    assert found_in(content, ["Ola Bø"]) == []


def test_what_is_packed_is_opened():
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as workbook:
        workbook.writestr("sharedStrings.xml", "<si>Ola Bø</si>")

    assert found_in(packed.getvalue(), ["Ola Bø"]) == ["Ola Bø"]
