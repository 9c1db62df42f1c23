"""What commands that read a region folder share: Django without a database, and faults told."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from samskap.cli.installation import as_json, enter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from samskap.kernel.documents import Fault

P = ParamSpec("P")
T = TypeVar("T")


def without_installation(command: Callable[P, T]) -> Callable[P, T]:
    """Let a command read files with the rooms' help, where there need be no installation."""

    @wraps(command)
    def inside(*args: P.args, **kwargs: P.kwargs) -> T:
        from django.apps import apps  # noqa: PLC0415

        if not apps.ready:
            settings = os.environ.get("DJANGO_SETTINGS_MODULE", "samskap.config.settings")
            enter({"DJANGO_SETTINGS_MODULE": settings, "SAMSKAP_WITHOUT_SECRETS": "1"})
        return command(*args, **kwargs)

    return inside


def tell_faults(path: Path, faults: Sequence[Fault], *, wants_json: bool) -> None:
    """Write what is wrong with ``path``, each fault with its line and what to do."""
    if wants_json:
        click.echo(as_json({"path": str(path), "faults": [_facts(fault) for fault in faults]}))
        return
    for fault in faults:
        place = f"{fault.path}:{fault.line}" if fault.line else str(fault.path)
        click.echo(f"{place}: {fault.sentence}\n    {fault.remedy}")
    click.echo(f"{path}: {_counted(len(faults))}")


@contextmanager
def faults_told(path: Path, *, wants_json: bool) -> Iterator[None]:
    """Tell the faults of a document that cannot be read, and end the command with 1."""
    from samskap.kernel.documents import UnreadableDocumentError  # noqa: PLC0415

    try:
        yield
    except UnreadableDocumentError as unreadable:
        tell_faults(path, unreadable.faults, wants_json=wants_json)
        raise click.exceptions.Exit(1) from unreadable


def _facts(fault: Fault) -> dict[str, Any]:
    return {
        "path": str(fault.path),
        "line": fault.line or None,
        "sentence": fault.sentence,
        "remedy": fault.remedy,
    }


def _counted(faults: int) -> str:
    return {0: "no faults.", 1: "1 fault."}.get(faults, f"{faults} faults.")
