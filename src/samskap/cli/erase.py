"""``samskap erase``: what says who someone is, removed at the machine."""

from __future__ import annotations

from pathlib import Path

import click

from samskap.cli.installation import with_installation
from samskap.runtime.problem import ProblemError

_EPILOG = """\b
Examples:
  samskap erase kari@example.org
  samskap erase kari@example.org --for-good
  samskap erase 5a1e0f6e-6f0c-4f5f-9d0a-0b7d5a2c9b41 --for-good
  samskap erase --again
"""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(epilog=_EPILOG)
@click.argument("who", metavar="EMAIL|KEY", required=False)
@click.option("--for-good", is_flag=True, help="Do it; without this you are told what would go.")
@click.option(
    "--again", is_flag=True, help="Everybody whom the list of the erased knows and who is back."
)
@click.option(
    "--erasures",
    type=_FILE,
    help="With --again: another list than erasures.jsonl in the data folder.",
)
def erase(who: str | None, *, for_good: bool, again: bool, erasures: Path | None) -> None:
    """Erase whoever has EMAIL or KEY, from every table, text, file and log.

    An account is closed and its mandates end; contacts with the same address are forgotten; where
    somebody is named in a text, that is struck out. What was done stays in the log, under a
    pseudonym, and a mandate that was held stays with someone who has no name.

    After a database was put back to a moment of before, --again erases whoever was erased since:
    before Samskap is started, so that nobody of them can sign in.
    """
    if again == bool(who) or (again and for_good) or (erasures and not again):
        raise click.UsageError("Say whom to erase: EMAIL, KEY or --again.")
    if again:
        _erase_again(erasures)
    else:
        _erase(str(who), for_good=for_good)


@with_installation
def _erase_again(path: Path | None) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from samskap.trust.privacy import erasures  # noqa: PLC0415

    number = erasures.replay(at=timezone.now(), path=path)
    click.echo(f"Erased again: {number}." if number else "Nobody who was erased is back.")


@with_installation
def _erase(who: str, *, for_good: bool) -> None:
    from django.utils import timezone  # noqa: PLC0415 - help needs no Django

    from samskap.trust.actions.erasing import erase_subject  # noqa: PLC0415
    from samskap.trust.doers import OPERATOR  # noqa: PLC0415
    from samskap.trust.guards import LastAdministratorError  # noqa: PLC0415
    from samskap.trust.privacy.erasures import foreseen  # noqa: PLC0415
    from samskap.trust.privacy.subjects import subject_called  # noqa: PLC0415

    subject = subject_called(who)
    what = foreseen(subject)
    if not what:
        raise ProblemError(
            f"Nothing is held about {who}.", "See that it is written as they write it."
        )
    called = ", ".join(sorted(subject.names)) or who
    if not for_good:
        click.echo(f"This would erase {called}:")
        for label, count in what.items():
            click.echo(f"{count:>7}  {label}")
        click.echo("Say --for-good to do it; there is no way back.")
        return
    try:
        erase_subject(subject=subject, by=OPERATOR, at=timezone.now())
    except LastAdministratorError as error:
        raise ProblemError(
            f"{called} is the last administrator.",
            "Let somebody else be one first: samskap appoint EMAIL --name NAME.",
        ) from error
    click.echo(f"Whoever was {who} is erased.")
