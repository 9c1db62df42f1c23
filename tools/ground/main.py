"""The order of the steps, and what happens when one of them cannot be done."""

from __future__ import annotations

import argparse
import errno
import fcntl
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ground import commands, environment, frontend
from ground.places import PROJECT
from samskap.runtime.diagnosis import explained
from samskap.runtime.folders import DataFolders
from samskap.runtime.ports import require_free_port
from samskap.runtime.problem import ProblemError
from samskap.runtime.services import is_serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ground.steps import Step

_INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Set up what is not set up yet; say in one sentence what stands in the way."""
    parser = argparse.ArgumentParser(prog="make setup", description=__doc__)
    parser.add_argument("--for-tests", action="store_true", help="the tools of `make check`, too")
    parser.add_argument("--port", type=int, help="look first whether this port is free")
    wishes = parser.parse_args(arguments)
    try:
        with _alone(), explained(PROJECT), _full_disk_named():
            _set_up(_steps(for_tests=wishes.for_tests), port=wishes.port)
    except ProblemError as problem:
        print(f"{problem.sentence}\n{problem.remedy}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Run the same command again to go on.", file=sys.stderr)
        return _INTERRUPTED
    return 0


def _steps(*, for_tests: bool) -> list[Step]:
    tests = [environment.packages_step("tools", "Tools for tests", ("tools",))] if for_tests else []
    return [
        environment.environment_step(),
        environment.packages_step("packages", "Packages", ("runtime", "build")),
        *tests,
        environment.product_step(),
        frontend.packages_step(),
        frontend.assets_step(),
        frontend.catalogues_step(),
    ]


def _set_up(steps: Sequence[Step], *, port: int | None) -> None:
    if all(step.is_done for step in steps):
        return
    # What an earlier run of our own left on the port is for `samskap up` to deal with.
    if port is not None and not is_serving(DataFolders.locate(PROJECT, os.environ).data):
        require_free_port(port)
    print("Setting up. The first time this takes a minute or two.", flush=True)
    for step in steps:
        step.do()


@contextmanager
def _full_disk_named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise commands.full_disk() from error
        raise


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for another set-up of this checkout to end."""
    handle = os.open(PROJECT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up of this checkout is under way; waiting for it.", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
