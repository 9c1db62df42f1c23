"""The one way out of the house: https, to hosts on a list, within a deadline and a size.

Whatever asks another machine for something asks through ``OutgoingClient``. It reaches only hosts
that the installation allows, at addresses that are public; the address that was looked at is the
one that is called. It follows no redirect and reads no proxy from the environment. What it guards
against, and what it does not: docs/reference/outgoing-requests.md.
"""

from __future__ import annotations

import ipaddress
import json
import queue
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import httpcore
import httpx
from django.conf import settings

import samskap

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterable, Iterator, Mapping

    IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
    Resolver: TypeAlias = Callable[[str, int], list[str]]

DEADLINE_S: Final = 10.0
LARGEST_ANSWER: Final = 5_000_000
_HTTPS_PORT: Final = 443
_REDIRECTS: Final = range(300, 400)
_BROKEN: Final = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpx.HTTPError,
)
# Addresses in which another address lies, reached through a gateway that we know nothing of.
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")


class OutgoingError(Exception):
    """The request was not made, or its answer was not taken."""


class NotHttpsError(OutgoingError):
    """The address is not one of https, or carries a user name."""


class HostNotAllowedError(OutgoingError):
    """The host is not on the installation's list."""


class AddressNotPublicError(OutgoingError):
    """The host's name leads to an address inside a private network, or to this machine."""


class UnreachableError(OutgoingError):
    """Nobody answered: no such name, no connection, a broken one, or a certificate that fails."""


class DeadlineExceededError(OutgoingError):
    """The whole answer had not come before the deadline."""


class RedirectRefusedError(OutgoingError):
    """The answer sends us to another address, which is followed by nobody."""


class AnswerTooLargeError(OutgoingError):
    """The answer is larger than was allowed, or packed so that its size cannot be told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole; ``status`` may be one of failure (404, 500)."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    def json(self) -> Any:
        """Return the body read as JSON; raises ``ValueError`` when it is not."""
        return json.loads(self.body)


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that ``host`` has now, as the system finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: IPAddress) -> bool:
    """Whether ``address`` is out in the world, also when another lies inside it.

    >>> [is_public(ipaddress.ip_address(a)) for a in ("193.69.1.1", "127.0.0.1", "::ffff:10.0.0.1")]
    [True, False, False]
    """
    if not address.is_global or address.is_multicast:
        return False
    return all(is_public(inner) for inner in _addresses_inside(address))


def _addresses_inside(address: IPAddress) -> Iterator[IPAddress]:
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    for inner in (address.ipv4_mapped, address.sixtofour, *(address.teredo or ())):
        if inner is not None:
            yield inner


@dataclass(frozen=True)
class OutgoingClient:
    """Asks other machines, on the terms above.

    Parameters
    ----------
    hosts : the hosts that may be asked, each as 'host' (port 443) or 'host:port'
    deadline_s : seconds from the question to the last byte of the answer
    largest : bytes of an answer's body
    proxy : address of a proxy, when the installation's only way out is one. It looks names up
        itself, so that what a name leads to is then the proxy's to judge
    resolver, may_reach, trust : how names are looked up, which addresses may be called, and whose
        certificates hold; tests have their own
    """

    hosts: frozenset[str]
    deadline_s: float = DEADLINE_S
    largest: int = LARGEST_ANSWER
    proxy: str = ""
    resolver: Resolver = resolve
    may_reach: Callable[[IPAddress], bool] = is_public
    trust: ssl.SSLContext | None = None

    def get(self, url: str, *, accept: str = "application/json") -> Answer:
        """Return the answer of ``url``, whatever its status but a redirect.

        Raises a kind of ``OutgoingError`` when there is none that we take.
        """
        return self._ask("GET", url, {"Accept": accept})

    def post_form(self, url: str, fields: Mapping[str, str], *, authorization: str = "") -> Answer:
        """Send ``fields`` to ``url`` as a form, on the same terms as ``get``.

        ``authorization`` is the header that says who we are, where the other end wants one.
        """
        headers = {"Accept": "application/json"}
        if authorization:
            headers["Authorization"] = authorization
        return self._ask("POST", url, headers, fields)

    def _ask(
        self, method: str, url: str, headers: dict[str, str], form: Mapping[str, str] | None = None
    ) -> Answer:
        address = self._allowed(url)
        deadline = _Deadline(self.deadline_s)
        ours = {
            "Accept-Encoding": "identity",
            "User-Agent": f"samskap/{samskap.__version__}",
            "Connection": "close",
        }
        request = httpx.Request(method, address, headers=headers | ours, data=form)
        with _told_apart(deadline, address.host), self._way_out(deadline) as client:
            return self._take(client.send(request, stream=True))

    def _allowed(self, url: str) -> httpx.URL:
        try:
            address = httpx.URL(url)
        except httpx.InvalidURL as wrong:
            raise NotHttpsError(url) from wrong
        if address.scheme != "https" or address.userinfo:
            raise NotHttpsError(url)
        port = address.port or _HTTPS_PORT
        names = {f"{address.host}:{port}", *([address.host] if port == _HTTPS_PORT else [])}
        if not names & self.hosts:
            raise HostNotAllowedError(address.host)
        return address

    @contextmanager
    def _way_out(self, deadline: _Deadline) -> Iterator[httpx.Client]:
        line = _Line(self, deadline)
        pool = (
            httpcore.HTTPProxy(self.proxy, ssl_context=self._trusted, network_backend=line)
            if self.proxy
            else httpcore.ConnectionPool(ssl_context=self._trusted, network_backend=line)
        )
        with pool, httpx.Client(transport=_Transport(pool), trust_env=False) as client:
            yield client

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return self.trust or httpx.create_ssl_context()

    def _take(self, response: httpx.Response) -> Answer:
        if response.status_code in _REDIRECTS:
            raise RedirectRefusedError(response.headers.get("Location", ""))
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise AnswerTooLargeError(response.headers["Content-Encoding"])
        body = bytearray()
        for piece in response.iter_raw():
            body += piece
            if len(body) > self.largest:
                raise AnswerTooLargeError(self.largest)
        return Answer(response.status_code, dict(response.headers), bytes(body))


def outgoing_client(
    *, deadline_s: float = DEADLINE_S, largest: int = LARGEST_ANSWER
) -> OutgoingClient:
    """Return a client that reaches what this installation's settings allow."""
    return OutgoingClient(
        hosts=frozenset(settings.OUTGOING_HOSTS),
        deadline_s=deadline_s,
        largest=largest,
        proxy=settings.OUTGOING_PROXY,
    )


# How a line is opened and held --------------------------------------------------------------------


class _Deadline:
    """A moment that comes nearer."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def is_past(self) -> bool:
        return time.monotonic() >= self._at

    def left(self) -> float:
        """Return the seconds that are left; raises ``DeadlineExceededError`` past the moment."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise DeadlineExceededError
        return left


@contextmanager
def _told_apart(deadline: _Deadline, host: str) -> Iterator[None]:
    """Turn what the libraries raise into our own, and a late failure into lateness."""
    try:
        yield
    except OutgoingError:
        raise
    except (httpcore.TimeoutException, httpx.TimeoutException) as late:
        raise DeadlineExceededError(host) from late
    except (*_BROKEN, OSError) as broken:
        if deadline.is_past:
            raise DeadlineExceededError(host) from broken
        raise UnreachableError(host) from broken


class _Line(httpcore.NetworkBackend):
    """Looks a name up once, looks at what it leads to, and calls that and nothing else."""

    def __init__(self, client: OutgoingClient, deadline: _Deadline) -> None:
        self._client, self._deadline = client, deadline
        self._lines = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is one for the whole
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = UnreachableError(host)
        for address in self._addresses(host, port):
            try:
                line = self._lines.connect_tcp(
                    address, port, self._deadline.left(), local_address, socket_options
                )
            except httpcore.ConnectError as refused:
                failure = refused
                continue
            return _Stream(line, self._deadline)
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        found = _within(self._deadline, lambda: self._client.resolver(host, port))
        if not self._client.proxy:
            for address in found:
                if not self._client.may_reach(ipaddress.ip_address(address)):
                    raise AddressNotPublicError(host)
        return found


def _within(deadline: _Deadline, look_up: Callable[[], list[str]]) -> list[str]:
    """Return what ``look_up`` finds; the system's own look-up cannot be told to hurry."""
    found: queue.Queue[list[str] | Exception] = queue.Queue()

    def run() -> None:
        try:
            found.put(look_up())
        except (OSError, UnicodeError) as unknown:
            found.put(OSError(str(unknown)))

    threading.Thread(target=run, daemon=True).start()
    try:
        answer = found.get(timeout=deadline.left())
    except queue.Empty as late:
        raise DeadlineExceededError from late
    if isinstance(answer, Exception):
        raise answer
    return answer


class _Stream(httpcore.NetworkStream):
    """A line on which every step has only the time that is left of the whole."""

    def __init__(self, line: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._line, self._deadline = line, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._line.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._line.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        # A handshake is many steps under one call: hang up on one that drags on.
        left = self._deadline.left()
        hang_up = threading.Timer(left, _hang_up, [self._line.get_extra_info("socket")])
        hang_up.daemon = True
        hang_up.start()
        try:
            return _Stream(self._line.start_tls(ssl_context, server_hostname, left), self._deadline)
        finally:
            hang_up.cancel()

    def get_extra_info(self, info: str) -> Any:
        return self._line.get_extra_info(info)


def _hang_up(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        # The other end was first.
        return


class _Transport(httpx.BaseTransport):
    """Hands httpx's questions to a pool of our own lines."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        asked = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.read(),
        )
        answered = self._pool.handle_request(asked)
        return httpx.Response(answered.status, headers=answered.headers, stream=_Body(answered))


class _Body(httpx.SyncByteStream):
    """An answer's body, a piece at a time."""

    def __init__(self, answered: httpcore.Response) -> None:
        self._answered = answered

    def __iter__(self) -> Iterator[bytes]:
        return self._answered.iter_stream()

    def close(self) -> None:
        self._answered.close()
