"""A mail server that takes everything it is given, for the tests that send over the wire."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Taken:
    """One message as it came over the wire."""

    sender: str
    recipients: list[str]
    message: bytes


@dataclass
class MailServer:
    """Where it listens, what it has taken, and how many messages it is to refuse first."""

    port: int
    taken: list[Taken] = field(default_factory=list)
    refuses: int = 0


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 tests")
        sender, recipients = "", []
        while line := self.rfile.readline().decode().strip():
            word = line[:4].upper()
            if word == "MAIL":
                sender, recipients = line.partition(":")[2].strip("<>").partition(">")[0], []
            elif word == "RCPT":
                recipients.append(line.partition(":")[2].strip("<>"))
            elif word == "QUIT":
                self._say("221 bye")
                return
            if word == "DATA":
                self._take(sender, recipients)
            else:
                self._say("250 ok")

    def _take(self, sender: str, recipients: list[str]) -> None:
        kept: MailServer = self.server.kept
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        if kept.refuses:
            kept.refuses -= 1
            self._say("451 come back later")
            return
        kept.taken.append(Taken(sender, recipients, b"".join(lines)))
        self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Listen on a free port of this machine until the test is done."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        server.kept = MailServer(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server.kept
        finally:
            server.shutdown()
            thread.join()
