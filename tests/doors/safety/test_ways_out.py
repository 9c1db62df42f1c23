"""Forty ways to write an address that leads inside: none is called, and none takes long."""

from __future__ import annotations

import resource
import time

import httpcore
import pytest

from samskap.kernel.http import (
    AddressNotPublicError,
    HostNotAllowedError,
    NotHttpsError,
    OutgoingClient,
    OutgoingError,
)

ALLOWED = "data.brreg.no"
_SECONDS, _KILOBYTES = 2.0, 200_000

# An address that does not lead where the list allows, and what is said of it.
FORMS = [
    # Another scheme, or none.
    ("http://data.brreg.no/", NotHttpsError),
    ("file:///etc/passwd", NotHttpsError),
    ("ftp://data.brreg.no/", NotHttpsError),
    ("gopher://127.0.0.1:6379/_INFO", NotHttpsError),
    ("dict://127.0.0.1:11211/stat", NotHttpsError),
    ("ldap://127.0.0.1/", NotHttpsError),
    ("jar:https://data.brreg.no!/", NotHttpsError),
    ("data:text/plain,hei", NotHttpsError),
    ("//data.brreg.no/", NotHttpsError),
    ("data.brreg.no", NotHttpsError),
    # Someone else's host behind a name that is allowed.
    ("https://data.brreg.no@127.0.0.1/", NotHttpsError),
    ("https://data.brreg.no:443@10.0.0.1/", NotHttpsError),
    ("https://data.brreg.no%40127.0.0.1/", OutgoingError),
    ("https://data.brreg.no.127.0.0.1.nip.io/", HostNotAllowedError),
    ("https://data.brreg.no.example.org/", HostNotAllowedError),
    ("https://xdata.brreg.no/", HostNotAllowedError),
    ("https://brreg.no/", HostNotAllowedError),
    ("https://data.brreg.no./", HostNotAllowedError),
    ("https://data.brreg.no:22/", HostNotAllowedError),
    ("https://data.brreg.no:8443/", HostNotAllowedError),
    ("https://data.brreg.no\\@127.0.0.1/", OutgoingError),
    ("https://127.0.0.1#@data.brreg.no/", HostNotAllowedError),
    ("https://127.0.0.1?@data.brreg.no/", HostNotAllowedError),
    ("https://data.brreg.no\r\nHost: 127.0.0.1/", OutgoingError),
    ("https://data.brreg.no\x00.example.org/", OutgoingError),
    # This machine and its neighbours, however they are written.
    ("https://127.0.0.1/", HostNotAllowedError),
    ("https://127.1/", HostNotAllowedError),
    ("https://2130706433/", HostNotAllowedError),
    ("https://0x7f000001/", HostNotAllowedError),
    ("https://0177.0.0.1/", OutgoingError),
    ("https://0/", HostNotAllowedError),
    ("https://localhost/", HostNotAllowedError),
    ("https://[::1]/", HostNotAllowedError),
    ("https://[::ffff:127.0.0.1]/", HostNotAllowedError),
    ("https://[::ffff:7f00:1]/", HostNotAllowedError),
    ("https://[fe80::1%25eth0]/", OutgoingError),
    ("https://[64:ff9b::7f00:1]/", HostNotAllowedError),
    ("https://169.254.169.254/latest/meta-data/", HostNotAllowedError),
    ("https://metadata.google.internal/", HostNotAllowedError),
    ("https://①②⑦.⓪.⓪.①/", OutgoingError),
    ("https://127。0。0。1/", OutgoingError),
]
# Where a name that is allowed is led to by whoever answers for it.
LEADS_INSIDE = [
    "127.0.0.1",
    "0.0.0.0",  # noqa: S104 - an address to refuse
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fc00::1",
    "fe80::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:0001::",
    "2001:0:7f00:1::80ff:fffe",
]


@pytest.fixture(autouse=True)
def called(monkeypatch):
    """Note every line that is opened, and open none."""
    lines = []

    def connect(_self: object, host: str, port: int, *_more: object, **_terms: object) -> None:
        lines.append((host, port))
        raise httpcore.ConnectError

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return lines


@pytest.fixture(autouse=True)
def _soon_and_with_little():
    begun, held = time.monotonic(), _most_held()
    yield
    assert time.monotonic() - begun < _SECONDS
    assert _most_held() - held < _KILOBYTES


def _most_held():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_there_are_forty_forms_at_least():
    assert len({form for form, _ in FORMS}) >= 40


@pytest.mark.parametrize(("address", "refusal"), FORMS)
def test_no_form_of_an_address_leads_where_the_list_does_not(address, refusal, called):
    looked_up = []
    client = OutgoingClient(
        hosts=frozenset({ALLOWED}), resolver=lambda host, _: looked_up.append(host) or []
    )

    with pytest.raises(refusal):
        client.get(address)

    assert (called, looked_up) == ([], [])


@pytest.mark.parametrize("inside", LEADS_INSIDE)
def test_an_allowed_name_that_is_led_inside_is_not_called(inside, called):
    client = OutgoingClient(hosts=frozenset({ALLOWED}), resolver=lambda *_: [inside])

    with pytest.raises(AddressNotPublicError):
        client.get(f"https://{ALLOWED}/enheter")

    assert called == []


def test_an_allowed_name_that_leads_out_is_called_where_it_leads(called):
    client = OutgoingClient(hosts=frozenset({ALLOWED}), resolver=lambda *_: ["193.69.1.1"])

    with pytest.raises(OutgoingError):
        client.get(f"https://{ALLOWED}/enheter")

    assert called == [("193.69.1.1", 443)]
