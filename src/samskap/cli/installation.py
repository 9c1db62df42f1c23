"""One installation as the command line sees it: its folders, its database, its secrets."""

from __future__ import annotations

import os
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

import click
import psycopg

from samskap.runtime.diagnosis import explained
from samskap.runtime.folders import DataFolders
from samskap.runtime.keeping import keep, kept, kept_secret
from samskap.runtime.postgres import PostgresSupervisor, choose_source
from samskap.runtime.postgres import settings as embedded
from samskap.runtime.postgres.processes import recorded_socket
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
T = TypeVar("T")

_PACKAGE: Final = Path(__file__).resolve().parents[1]
_CHECKOUT: Final = _PACKAGE.parents[1]
PROJECT: Final = _CHECKOUT if (_CHECKOUT / "pyproject.toml").exists() else Path.cwd()
"""The checkout, or where we stand when the package is installed without one."""

_PATIENCE_S: Final = 10
_LOG_LEVEL: Final = "SAMSKAP_LOG_LEVEL"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the database is: for the owner, who migrates, and for the application."""

    owner: str
    app: str


@dataclass(frozen=True, slots=True)
class Memory:
    """What an installation remembers of how it was last started."""

    demo: bool = False
    region: str = ""
    port: int = 0


@dataclass(frozen=True, slots=True)
class Installation:
    """The data folder this command works with, and whose database that is."""

    folders: DataFolders

    @classmethod
    def here(cls) -> Installation:
        """Find it from where the package stands and from the environment.

        Raises
        ------
        ProblemError
            The data folder cannot be reached by the account that runs the database.
        """
        return cls(DataFolders.locate(PROJECT, os.environ))

    @property
    def has_own_server(self) -> bool:
        """Whether the database is the embedded one, rather than one that DATABASE_URL names."""
        return not os.environ.get("DATABASE_URL")

    @property
    def is_begun(self) -> bool:
        """Whether there is a database to work with at all."""
        return not self.has_own_server or self.folders.database.exists()

    @property
    def memory(self) -> Memory:
        """What was remembered; nothing of a kind we do not know."""
        facts = kept(self._memory_file)
        return Memory(
            demo=facts.get("demo") is True,
            region=str(facts.get("region", "")),
            port=int(facts.get("port") or 0),
        )

    def remember(self, memory: Memory) -> None:
        """Remember how it was started now."""
        if memory != self.memory or not self._memory_file.exists():
            keep(
                self._memory_file,
                {"demo": memory.demo, "region": memory.region, "port": memory.port},
            )

    @property
    def _memory_file(self) -> Path:
        return self.folders.data / "installation.json"

    @property
    def demo_passwords_file(self) -> Path:
        """Where the passwords of the invented people lie: made here, valid nowhere else."""
        return self.folders.secrets / "demo-accounts.json"

    def external_addresses(self) -> Addresses:
        """Give the addresses the environment names."""
        app = os.environ["DATABASE_URL"]
        return Addresses(owner=os.environ.get("DATABASE_OWNER_URL") or app, app=app)

    def embedded_addresses(self) -> Addresses:
        """Give the addresses of the embedded server: where it says it is, else where it will be."""
        socket = recorded_socket(self.folders.database) or self.folders.socket
        return Addresses(
            owner=embedded.url(embedded.OWNER, socket), app=embedded.url(embedded.APP, socket)
        )

    def supervisor(self) -> PostgresSupervisor:
        """Give a supervisor of the embedded server; it starts nothing yet."""
        return PostgresSupervisor(
            self.folders, choose_source(self.folders, os.environ), progress=tell
        )

    def environment(self, addresses: Addresses, *, demo: bool) -> dict[str, str]:
        """Give what Django's settings read, for this installation and no other."""
        secret = os.environ.get("SAMSKAP_SECRET_KEY") or kept_secret(
            self.folders.secrets / "secret-key", lambda: secrets.token_urlsafe(64)
        )
        return {
            "DATABASE_URL": addresses.app,
            "DATABASE_OWNER_URL": addresses.owner,
            "DJANGO_SETTINGS_MODULE": os.environ.get(
                "DJANGO_SETTINGS_MODULE", "samskap.config.settings"
            ),
            "SAMSKAP_DATA": str(self.folders.data),
            "SAMSKAP_DEMO": "1" if demo else "",
            "SAMSKAP_SECRET_KEY": secret,
        }


def tell(sentence: str) -> None:
    """Say how far we have come, where it does not mix with what a program reads."""
    click.echo(sentence, err=True)


@contextmanager
def database(installation: Installation, *, may_make: bool = False) -> Iterator[Addresses]:
    """Give the database's addresses: the named server's, the running one's, or one started now.

    One that is started here is stopped at the end.

    Raises
    ------
    ProblemError
        It does not answer, or there is no installation yet and ``may_make`` is not said.
    """
    if not installation.has_own_server:
        addresses = installation.external_addresses()
        require_answer(addresses)
        # The keys lie here, wherever the database is.
        installation.folders.create()
        yield addresses
        return
    if not installation.is_begun and not may_make:
        raise ProblemError(
            f"There is no installation in {installation.folders.data} yet.",
            "Make one: samskap init regions/NAME, or samskap up. SAMSKAP_DATA names another place.",
        )
    addresses = installation.embedded_addresses()
    if answers(addresses.owner):
        yield addresses
        return
    supervisor = installation.supervisor()
    try:
        supervisor.initialise()
        supervisor.start()
        yield Addresses(owner=supervisor.owner_url, app=supervisor.app_url)
    finally:
        supervisor.stop()


def answers(url: str) -> bool:
    """Whether a server answers at this address."""
    try:
        psycopg.connect(url, connect_timeout=_PATIENCE_S).close()
    except psycopg.Error:
        return False
    return True


def require_answer(addresses: Addresses) -> None:
    """Refuse a server that lets us in as neither or only one of its two roles.

    Raises
    ------
    ProblemError
        The sentence says what the server said, without any password.
    """
    for name, url in (("DATABASE_URL", addresses.app), ("DATABASE_OWNER_URL", addresses.owner)):
        try:
            psycopg.connect(url, connect_timeout=_PATIENCE_S).close()
        except psycopg.Error as error:
            said = str(error).strip().partition("\n")[0].rstrip(".")
            raise ProblemError(
                f"The database that {name} names does not let us in: {said}.",
                "See that the server runs and that the address, the role and its password are "
                "right; without DATABASE_URL the embedded database is used.",
            ) from error


def enter(environment: dict[str, str]) -> None:
    """Set Django up for an installation, once in a process; the command line speaks English."""
    import django  # noqa: PLC0415 - help and problems must not wait for it
    from django.utils import translation  # noqa: PLC0415

    os.environ.update(environment)
    with _logging_only_what_is_wrong():
        django.setup()
    translation.activate("en")


@contextmanager
def _logging_only_what_is_wrong() -> Iterator[None]:
    """Keep the log out of what a command says; the servers that are started later log as told."""
    if _LOG_LEVEL in os.environ:
        yield
        return
    os.environ[_LOG_LEVEL] = "WARNING"
    try:
        yield
    finally:
        del os.environ[_LOG_LEVEL]


def with_installation(command: Callable[P, T]) -> Callable[P, T]:
    """Let a command work in the installation: database, secrets, Django, and the audit door.

    Where Django is set up already (in a test, in a shell) the command runs in that installation.
    """

    @wraps(command)
    def inside(*args: P.args, **kwargs: P.kwargs) -> T:
        if _django_is_ready():
            return _through_the_door(command, *args, **kwargs)
        installation = Installation.here()
        with explained(installation.folders.data), database(installation) as addresses:
            enter(installation.environment(addresses, demo=is_demo(installation)))
            require_migrated()
            try:
                return _through_the_door(command, *args, **kwargs)
            finally:
                _hang_up()

    return inside


def is_demo(installation: Installation) -> bool:
    """Whether the installation was last started as a demonstration, or the environment says so."""
    said = os.environ.get("SAMSKAP_DEMO", "").lower()
    return said in {"1", "true", "yes"} if said else installation.memory.demo


def require_migrated() -> None:
    """Refuse a database that is not at this version.

    Raises
    ------
    ProblemError
        Migrations are missing.
    """
    missing = missing_migrations()
    if missing:
        raise ProblemError(
            f"The database lacks {len(missing)} of this version's migrations.",
            "Run samskap migrate (samskap up does it, too).",
        )


def missing_migrations() -> list[str]:
    """Return the migrations that the database lacks, as ``app.name``, in the order of their names.

    A hole in the middle counts, though Django itself would pass over it.
    """
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    loader = MigrationLoader(connection)
    missing = set(loader.graph.nodes) - set(loader.applied_migrations)
    return [".".join(key) for key in sorted(missing)]


def _through_the_door(command: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    from samskap.trust import audit  # noqa: PLC0415
    from samskap.trust.models.audit import Door  # noqa: PLC0415

    with audit.through(Door.CLI):
        return command(*args, **kwargs)


def _django_is_ready() -> bool:
    from django.apps import apps  # noqa: PLC0415

    return apps.ready


def _hang_up() -> None:
    """Close our connections, so that a server we started can stop at once."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()


def as_json(facts: Any) -> str:
    """Write facts as JSON for a program to read."""
    import json  # noqa: PLC0415

    return json.dumps(facts, indent=2, ensure_ascii=False)


def short(folder: Path) -> str:
    """Write a region's folder as it is remembered: from the checkout when it lies there."""
    return str(folder.relative_to(PROJECT) if folder.is_relative_to(PROJECT) else folder)
