"""``samskap erase``: what says who someone is, removed at the machine."""

from __future__ import annotations

import click

from samskap.cli.installation import with_installation
from samskap.runtime.problem import ProblemError

_EPILOG = """\b
Example:
  samskap erase kari@example.org --for-good
"""


@click.command(epilog=_EPILOG)
@click.argument("email")
@click.option("--for-good", is_flag=True, help="Do it; without this you are told whom it is about.")
@with_installation
def erase(email: str, *, for_good: bool) -> None:
    """Erase the person who signs in as EMAIL: name, addresses, sign-in, sessions, waiting letters.

    The account is closed and the mandates end. What was done stays in the log, under a pseudonym.
    """
    from django.utils import timezone  # noqa: PLC0415 - help needs no Django

    from samskap.trust import actions  # noqa: PLC0415
    from samskap.trust.doers import OPERATOR  # noqa: PLC0415
    from samskap.trust.models import Person  # noqa: PLC0415

    person = Person.objects.filter(user__email__iexact=email).first()
    if person is None:
        raise ProblemError(
            f"Nobody signs in as {email}.", "See that the address is written as they write it."
        )
    if not for_good:
        click.echo(
            f"This would erase {person.name}. Say --for-good to do it; there is no way back."
        )
        return
    try:
        actions.erase_person(person=person, by=OPERATOR, at=timezone.now())
    except actions.LastAdministratorError as error:
        raise ProblemError(
            f"{person.name} is the last administrator.",
            "Let somebody else be one first: samskap appoint EMAIL --name NAME.",
        ) from error
    click.echo(f"Whoever signed in as {email} is erased.")
