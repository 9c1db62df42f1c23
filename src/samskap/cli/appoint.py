"""``samskap appoint``: the first people of an installation, who let the others in."""

from __future__ import annotations

import click

from samskap.cli.installation import with_installation
from samskap.runtime.problem import ProblemError

# The capacities in the partnership itself; who acts for a partner is the secretariat's to say.
CAPACITIES = ("administrator", "secretariat", "auditor", "board-member")
_EPILOG = """\b
Example:
  samskap appoint kari@example.org --name "Kari Nordmann" --as administrator
"""


@click.command(epilog=_EPILOG)
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option(
    "--as",
    "capacity",
    type=click.Choice(CAPACITIES),
    default="administrator",
    show_default=True,
    help="What the person is in the partnership.",
)
@with_installation
def appoint(email: str, name: str, capacity: str) -> None:
    """Open an account for EMAIL and give its holder a mandate in the partnership from today.

    They choose a password by the link that "forgotten password" on the sign-in page mails them.
    The first administrator of an installation comes in so; the others are let in at the desk.
    """
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - help needs no Django
    from django.db import transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from samskap.trust import actions  # noqa: PLC0415
    from samskap.trust.doers import OPERATOR  # noqa: PLC0415
    from samskap.trust.models import Role  # noqa: PLC0415

    at = timezone.now()
    try:
        with transaction.atomic():
            person = actions.register_person(name=name, by=OPERATOR, at=at)
            actions.open_account(person=person, email=email, by=OPERATOR, at=at)
            actions.give_mandate(
                person=person,
                party=actions.found_partnership(by=OPERATOR, at=at),
                capacity=Role(capacity),
                valid_from=timezone.localdate(at),
                by=OPERATOR,
                at=at,
            )
    except ValidationError as error:
        raise ProblemError(
            f"No account was opened for {email}: {' '.join(error.messages)}",
            "Give another address, or let the account there is have the mandate, at the desk.",
        ) from error
    click.echo(f"{name} may sign in as {email} once a password is chosen: “forgotten password”.")
