"""``samskap audit``: hold the log to its seals, and sign how far they go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from samskap.cli.installation import as_json, tell, with_installation
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from samskap.trust.log.heads import Head

# What needs Django is imported when it is used: help and misuse are answered at once.
# ruff: noqa: PLC0415

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_VERIFY: Final = """\b
Examples:
  samskap audit verify
  samskap audit verify --head log-head-2026-11-24.json
  samskap audit verify --head log-head-2026-11-24.json --key log-key.pem
"""


@click.group(epilog="\b\nExample:\n  samskap audit verify")
def audit() -> None:
    """Hold the log to its seals, and sign how far they go."""


@audit.command(epilog=_VERIFY)
@click.option("--head", "head_file", type=_FILE, help="A signed head of before, to hold it to.")
@click.option(
    "--key",
    "key_file",
    type=_FILE,
    help="The public key that head must be signed with (PEM); ours, if left out.",
)
@click.option("--json", "wants_json", is_flag=True, help="For a program to read.")
@click.pass_context
@with_installation
def verify(
    ctx: click.Context, *, head_file: Path | None, key_file: Path | None, wants_json: bool
) -> None:
    """Say whether the log is as it was sealed: nothing changed, removed, put in or moved.

    Names the place of everything that is wrong, and says what is not sealed yet. Holds the chain to
    every head that was signed here; with --head also to one that was kept elsewhere, which shows a
    cut tail or a chain made anew. A head signed with a key that is not this installation's, and
    not named with --key, is not believed. Changes nothing. Exits with 1 when something is wrong.
    """
    from samskap.cli.audit_words import facts_of, lines_of
    from samskap.trust.log.comparing import held_to, kept_heads
    from samskap.trust.log.verifying import verify as verify_the_chain

    heads, known = kept_heads(), known_keys_and(key_file)
    if head_file is not None:
        heads.append(head_from(head_file, key_file))
    verdict = held_to(verify_the_chain(), heads, known=known)
    if wants_json:
        click.echo(as_json(facts_of(verdict, heads=heads, known=known)))
    else:
        for line in lines_of(verdict, heads=heads, known=known):
            click.echo(line)
    ctx.exit(0 if verdict.is_whole else 1)


@audit.command(epilog="\b\nExample:\n  samskap audit head --out log-head.json")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; standard output, if left out.",
)
@with_installation
def head(*, out: Path | None) -> None:
    """Seal what waits, sign how far the log goes, and write that down for others to keep.

    It is shown on the public site as well, beside those of every day.
    """
    from django.utils import timezone

    from samskap.trust import actions
    from samskap.trust.doers import OPERATOR
    from samskap.trust.log.heads import Head
    from samskap.trust.log.sealing import Sealer

    Sealer().seal_all()
    try:
        row = actions.sign_head(by=OPERATOR, at=timezone.now())
    except actions.NothingSealedError as nothing:
        raise ProblemError(
            "Nothing is logged yet, so there is no head to sign.", "Do something first."
        ) from nothing
    written = str(Head.of(row))
    if out is None:
        click.echo(written, nl=False)
        return
    out.write_text(written, encoding="utf-8")
    tell(f"{out}: the log up to {row.sequence}, signed.")


@audit.command(epilog="\b\nExample:\n  samskap audit key > log-key.pem")
@with_installation
def key() -> None:
    """Write the public key that our heads are signed with (PEM)."""
    from samskap.trust.log.keys import as_pem, public_key

    click.echo(as_pem(public_key()), nl=False)


def known_keys_and(key_file: Path | None) -> frozenset[bytes]:
    """Return the public keys that a head may be signed with: ours, and the one that was named.

    Raises
    ------
    ProblemError
        A file holds no such key.
    """
    from samskap.trust.log.keys import UnknownKeyError, known_keys

    try:
        known = known_keys()
    except UnknownKeyError as unknown:
        raise _no_key(unknown) from unknown
    return known | {_key_in(key_file)} if key_file else known


def _key_in(file: Path) -> bytes:
    from samskap.trust.log.keys import UnknownKeyError, public_key_in

    try:
        return public_key_in(file.read_bytes(), where=file)
    except UnknownKeyError as unknown:
        raise _no_key(unknown) from unknown


def _no_key(unknown: Exception) -> ProblemError:
    return ProblemError(
        f"{unknown} holds no Ed25519 key.", "Take the file that samskap audit key writes."
    )


def head_from(file: Path, key_file: Path | None) -> Head:
    """Return the head in ``file``, its signature checked.

    Raises
    ------
    ProblemError
        The file is no head, it is not signed as it says, or it is signed with another key.
    """
    from samskap.trust.log.heads import UnreadableHeadError, read_head
    from samskap.trust.log.keys import fingerprint

    known = frozenset({_key_in(key_file)}) if key_file else known_keys_and(None)
    try:
        found = read_head(file.read_bytes())
    except UnreadableHeadError as unreadable:
        raise ProblemError(
            f"{file} is not the head of a log: {unreadable}.",
            "Take the file as it was fetched or mailed: from { to }, whole.",
        ) from unreadable
    if not found.is_signed:
        raise ProblemError(
            f"{file} is not signed as it says: it was changed after it was signed.",
            "Take another copy, and ask who changed this one.",
        )
    if found.public_key not in known:
        whose = f"the one in {key_file}" if key_file else "this installation's"
        raise ProblemError(
            f"{file} is signed with another key than {whose}: {fingerprint(found.public_key)}.",
            "If you know that key, from a day you trust, name it with --key.",
        )
    return found
