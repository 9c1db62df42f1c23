"""The one way out of the house, tried against real servers on this machine."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import threading
import time

import pytest

from samskap.kernel.http import (
    AddressNotPublicError,
    AnswerTooLargeError,
    DeadlineExceededError,
    HostNotAllowedError,
    NotHttpsError,
    OutgoingClient,
    RedirectRefusedError,
    UnreachableError,
    is_public,
    outgoing_client,
)
from tests.world.https_server import HOST, answer, https_server, silent_server


def here(_host, _port):
    return ["127.0.0.1"]


def anywhere(_address):
    return True


def client_for(server, **terms):
    terms = {
        "hosts": frozenset({f"{HOST}:{server.port}"}),
        "deadline_s": 5.0,
        "resolver": here,
        "may_reach": anywhere,
        "trust": server.trust,
    } | terms
    return OutgoingClient(**terms)


def saying(body, **headers):
    return lambda caller: caller.sendall(answer(body, **headers))


def test_an_allowed_host_is_asked_and_its_answer_taken_whole(tmp_path):
    with https_server(tmp_path, saying(b'{"navn": "EKSEMPEL"}')) as server:
        came = client_for(server).get(server.address("/enheter/313001202"))

    assert (came.status, came.json()) == (200, {"navn": "EKSEMPEL"})
    assert server.asked == ["GET /enheter/313001202 HTTP/1.1"]


def test_a_form_is_sent_on_the_same_terms(tmp_path):
    with https_server(tmp_path, saying(b'{"access_token": "x"}')) as server:
        client = client_for(server)
        came = client.post_form(server.address("/token"), {"grant_type": "authorization_code"})
        with pytest.raises(HostNotAllowedError):
            client.post_form("https://elsewhere.example/token", {"code": "x"})

    assert came.json() == {"access_token": "x"}
    assert server.asked == ["POST /token HTTP/1.1"]


def test_an_answer_of_failure_is_an_answer(tmp_path):
    with https_server(tmp_path, saying(b"{}", status="404 Not Found")) as server:
        assert client_for(server).get(server.address()).status == 404


@pytest.mark.parametrize(
    "url",
    [
        "http://data.brreg.no/",
        "ftp://data.brreg.no/",
        "//data.brreg.no/",
        "https://me@data.brreg.no/",
    ],
)
def test_only_https_without_a_user_name_goes_out(url):
    client = OutgoingClient(hosts=frozenset({"data.brreg.no"}), resolver=here)

    with pytest.raises(NotHttpsError):
        client.get(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://brreg.no/",
        "https://data.brreg.no.example.org/",
        "https://data.brreg.no:8443/",
        "https://193.69.1.1/",
    ],
)
def test_a_host_or_port_that_is_not_on_the_list_is_never_looked_up(url):
    looked_up = []
    client = OutgoingClient(
        hosts=frozenset({"data.brreg.no"}), resolver=lambda host, _: looked_up.append(host) or []
    )

    with pytest.raises(HostNotAllowedError):
        client.get(url)
    assert looked_up == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["::1"],
        ["fe80::1%lo"],
        ["::ffff:192.168.0.1"],
        ["193.69.1.1", "192.168.0.1"],
    ],
)
def test_a_name_that_leads_inside_is_not_called(tmp_path, addresses):
    with https_server(tmp_path, saying(b"{}")) as server:
        client = client_for(server, resolver=lambda *_: addresses, may_reach=is_public)

        with pytest.raises(AddressNotPublicError):
            client.get(server.address())
    assert server.asked == []


def test_the_address_that_was_looked_at_is_the_one_that_is_called(tmp_path):
    # A name that answers differently the second time would otherwise slip past the look.
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    seen = []
    with https_server(tmp_path, saying(b"{}")) as server:
        client = client_for(
            server,
            resolver=lambda *_: next(answers),
            may_reach=lambda address: seen.append(address) or True,
        )
        client.get(server.address())

    assert seen == [ipaddress.ip_address("127.0.0.1")]
    assert next(answers) == ["10.0.0.1"]


def test_the_next_address_is_tried_when_the_first_does_not_answer(tmp_path):
    with https_server(tmp_path, saying(b"{}")) as server:
        client = client_for(server, resolver=lambda *_: ["127.0.0.2", "127.0.0.1"])

        assert client.get(server.address()).status == 200


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "308 Permanent Redirect"])
def test_no_redirect_is_followed(tmp_path, status):
    reply = saying(b"", status=status, Location="https://10.0.0.1/")
    with (
        https_server(tmp_path, reply) as server,
        pytest.raises(RedirectRefusedError, match=r"^https://10\.0\.0\.1/$"),
    ):
        client_for(server).get(server.address())

    assert len(server.asked) == 1


def test_an_answer_of_the_largest_size_is_taken_and_one_byte_more_is_not(tmp_path):
    with https_server(tmp_path, saying(b"x" * 1000)) as server:
        assert len(client_for(server, largest=1000).get(server.address()).body) == 1000
        with pytest.raises(AnswerTooLargeError):
            client_for(server, largest=999).get(server.address())


def test_an_answer_without_end_is_cut_off_at_the_largest_size(tmp_path):
    def without_end(caller):
        caller.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            caller.sendall(b"x" * 65536)

    with https_server(tmp_path, without_end) as server, pytest.raises(AnswerTooLargeError):
        client_for(server, largest=1_000_000).get(server.address())


def test_a_packed_answer_is_refused_because_its_size_cannot_be_told(tmp_path):
    packed = gzip.compress(b"0" * 10_000_000)
    with (
        https_server(tmp_path, saying(packed, Content_Encoding="gzip")) as server,
        pytest.raises(AnswerTooLargeError, match="gzip"),
    ):
        client_for(server, largest=100_000).get(server.address())


def test_a_server_that_drips_a_byte_at_a_time_does_not_outlast_the_deadline(tmp_path):
    done = threading.Event()

    def drip(caller):
        caller.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while not done.wait(0.05):
            caller.sendall(b"x")

    with https_server(tmp_path, drip) as server:
        began = time.monotonic()
        with pytest.raises(DeadlineExceededError):
            client_for(server, deadline_s=0.5).get(server.address())
        took = time.monotonic() - began
        done.set()

    assert 0.5 <= took < 3


def test_a_server_that_never_says_a_word_does_not_outlast_the_deadline(tmp_path):
    with https_server(tmp_path, saying(b"")) as server, silent_server() as port:
        client = client_for(server, hosts=frozenset({f"{HOST}:{port}"}), deadline_s=0.3)

        with pytest.raises(DeadlineExceededError):
            client.get(f"https://{HOST}:{port}/")


def test_a_handshake_that_drags_on_does_not_outlast_the_deadline(tmp_path):
    # Each byte comes in time; it is all of them together that do not.
    with (
        https_server(tmp_path, saying(b"")) as server,
        socket.create_server(("127.0.0.1", 0)) as slow,
    ):
        port = slow.getsockname()[1]

        def drag_on():
            caller, _ = slow.accept()
            with caller:
                try:
                    for byte in b"\x16\x03\x03\x40\x00" + b"\x00" * 200:
                        caller.sendall(bytes([byte]))
                        time.sleep(0.05)
                except OSError:
                    return

        thread = threading.Thread(target=drag_on)
        thread.start()
        began = time.monotonic()
        with pytest.raises(DeadlineExceededError):
            client_for(server, hosts=frozenset({f"{HOST}:{port}"}), deadline_s=0.5).get(
                f"https://{HOST}:{port}/"
            )
        took = time.monotonic() - began
        thread.join()

    assert took < 3


def test_a_name_that_takes_too_long_to_look_up_does_not_outlast_the_deadline(tmp_path):
    found = threading.Event()
    with https_server(tmp_path, saying(b"{}")) as server:
        client = client_for(
            server, deadline_s=0.2, resolver=lambda *_: found.wait(5) and ["127.0.0.1"]
        )
        with pytest.raises(DeadlineExceededError):
            client.get(server.address())
        found.set()


def test_a_certificate_of_another_is_not_trusted(tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    with (
        https_server(tmp_path, saying(b"{}")) as server,
        https_server(other, saying(b"{}")) as stranger,
        pytest.raises(UnreachableError),
    ):
        client_for(server, trust=stranger.trust).get(server.address())


def test_nobody_at_home_is_said_so(tmp_path):
    with https_server(tmp_path, saying(b"")) as server:
        client = client_for(server)
    with pytest.raises(UnreachableError):
        client.get(server.address())


def test_a_name_that_nobody_has_is_unreachable(tmp_path):
    def no_such_name(_host, _port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with https_server(tmp_path, saying(b"")) as server, pytest.raises(UnreachableError):
        client_for(server, resolver=no_such_name).get(server.address())


def test_a_proxy_in_the_environment_is_passed_over(tmp_path, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with https_server(tmp_path, saying(b"{}")) as server:
        assert client_for(server).get(server.address()).status == 200


def test_a_proxy_that_the_settings_name_is_the_way_out(tmp_path):
    asked = []

    def pass_on(caller, server_port):
        asked.append(caller.recv(4096).partition(b"\r\n")[0])
        with socket.create_connection(("127.0.0.1", server_port)) as server:
            caller.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_copy, args=(server, caller))
            back.start()
            _copy(caller, server)
            back.join()

    with (
        https_server(tmp_path, saying(b'{"way": "out"}')) as server,
        socket.create_server(("127.0.0.1", 0)) as proxy,
    ):

        def serve():
            caller, _ = proxy.accept()
            with caller:
                pass_on(caller, server.port)

        thread = threading.Thread(target=serve)
        thread.start()
        client = client_for(
            server, proxy=f"http://127.0.0.1:{proxy.getsockname()[1]}", may_reach=is_public
        )
        came = client.get(server.address())
        thread.join()

    assert came.json() == {"way": "out"}
    assert asked == [f"CONNECT {HOST}:{server.port} HTTP/1.1".encode()]


def _copy(source, target):
    while piece := source.recv(65536):
        target.sendall(piece)
    target.shutdown(socket.SHUT_WR)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("193.69.1.1", True),
        ("2001:67c:21e0::16", True),
        ("0.0.0.0", False),  # noqa: S104
        ("100.64.0.1", False),
        ("172.16.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:193.69.1.1", True),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:0a00:0001::", False),
    ],
)
def test_what_is_out_in_the_world_is_told_from_what_is_inside(address, public):
    assert is_public(ipaddress.ip_address(address)) is public


def test_the_installation_reaches_the_registers_and_nobody_else_unless_told(settings):
    assert outgoing_client().hosts == frozenset({"data.brreg.no", "ws.geonorge.no"})
    assert outgoing_client().proxy == ""

    settings.OUTGOING_HOSTS = ["data.brreg.no"]

    assert outgoing_client().hosts == frozenset({"data.brreg.no"})
