"""The virtual environment and the locked packages in it."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from ground import commands
from ground.places import ENVIRONMENT, PROJECT, PYTHON, REQUIREMENTS
from ground.progress import Progress
from ground.steps import Step
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
# There while something is being put in place: an environment with it is not to be trusted.
_UNFINISHED = ENVIRONMENT / ".setup-unfinished"
_NOT_OURS = {
    *("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIREMENT"),
    *("PIP_EDITABLE", "PIP_NO_DEPS", "PIP_DRY_RUN", "PIP_QUIET", "PIP_VERBOSE", "PIP_REPORT"),
    *("PIP_REQUIRE_HASHES", "PIP_PROGRESS_BAR"),
}
_PIP = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install")


def environment_step() -> Step:
    """Make the environment; one that a killed run left half made is made anew."""
    base = os.path.realpath(sys.executable)
    return Step(
        "environment", _make_environment, facts=(base, _VERSION, str(PROJECT)), outputs=(PYTHON,)
    )


def packages_step(name: str, title: str, locks: tuple[str, ...]) -> Step:
    """Install what the locks name, each package checked against its hash."""
    files = tuple(REQUIREMENTS / f"{lock}.txt" for lock in locks)
    return Step(name, lambda: _install(name, title, files), inputs=files, facts=(_VERSION,))


def product_step() -> Step:
    """Install the package itself, to be edited where it stands."""
    inputs = (PROJECT / "pyproject.toml", REQUIREMENTS / "build.txt")
    return Step(
        "product", _install_product, inputs=inputs, outputs=(ENVIRONMENT / "bin" / "samskap",)
    )


def _make_environment() -> None:
    if not _UNFINISHED.exists() and _is_whole():
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise ProblemError(
            "This Python cannot make virtual environments: a part of it is not installed.",
            f"Install it (apt-get install python{_VERSION}-venv) and run the same command again.",
        )
    progress = Progress("Virtual environment")
    if ENVIRONMENT.exists() or ENVIRONMENT.is_symlink():
        _remove_environment()
    ENVIRONMENT.mkdir()
    _UNFINISHED.touch()
    base = getattr(sys, "_base_executable", sys.executable)
    made = subprocess.run(
        [base, "-m", "venv", str(ENVIRONMENT)],
        check=False,
        env=pip_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if made.returncode:
        progress.end("failed")
        raise commands.explain("Virtual environment", made.stdout + made.stderr)
    _UNFINISHED.unlink()
    progress.end()


def _remove_environment() -> None:
    if ENVIRONMENT.is_symlink():
        ENVIRONMENT.unlink()
    else:
        shutil.rmtree(ENVIRONMENT)


def _is_whole() -> bool:
    """Whether there is an environment of this Python, in this place, with a pip that runs."""
    question = "import pip, sys; print(sys.prefix, '%d.%d' % sys.version_info[:2], sep='\\n')"
    try:
        answer = subprocess.run(
            [PYTHON, "-c", question],
            check=True,
            env=pip_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.splitlines() == [str(ENVIRONMENT), _VERSION]


def _install(name: str, title: str, locks: tuple[Path, ...]) -> None:
    pinned = sum(len(re.findall(r"^[\w.-]+==", lock.read_text(), re.MULTILINE)) for lock in locks)
    command = [*_PIP, "--require-hashes", "--only-binary", ":all:"]
    for lock in locks:
        command += ["-r", str(lock)]
    _put_in_place(command, name=name, title=title, reading=_reader_of_pip(pinned))


def _install_product() -> None:
    """Install without asking for anything: what builds the package is locked and there already."""
    command = [*_PIP, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(PROJECT)]
    _put_in_place(command, name="product", title="Samskap itself", reading=lambda _: "")


def _put_in_place(
    command: list[str], *, name: str, title: str, reading: Callable[[str], str]
) -> None:
    _UNFINISHED.touch()
    try:
        commands.run(
            command, title=title, name=name, environment=pip_environment(), reading=reading
        )
    except ProblemError:
        # pip ended by its own will and left whole packages; only a killed one leaves halves.
        _UNFINISHED.unlink(missing_ok=True)
        raise
    _UNFINISHED.unlink()


def _reader_of_pip(pinned: int) -> Callable[[str], str]:
    seen = 0

    def words(line: str) -> str:
        nonlocal seen
        if line.startswith("Installing collected packages"):
            count = line.count(",") + 1
            return f"putting {count} in place"
        said = re.match(
            r"\s*(?:Collecting|Requirement already satisfied:|Ignoring) ([\w.-]+)", line
        )
        if said is None:
            return ""
        seen = min(seen + 1, pinned)
        return f"{seen} of {pinned}  {said.group(1).split('==')[0]}"

    return words


def pip_environment() -> dict[str, str]:
    """Give the machine's environment less what would send packages elsewhere.

    Where packages come from is the user's own setting and stays. A user-wide constraint, which
    has no hashes, would make pip refuse the lock: an empty one takes its place.
    """
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    return kept | {
        "PIP_CONSTRAINT": os.devnull,
        "PIP_NO_BINARY": ":none:",
        "PIP_USER": "0",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_ROOT_USER_ACTION": "ignore",
        "PYTHONUNBUFFERED": "1",
        "VIRTUAL_ENV": str(ENVIRONMENT),
    }
