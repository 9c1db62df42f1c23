"""The ``samskap`` command. Subcommands are loaded when they are asked for, so help is instant."""

from importlib import import_module
from typing import IO, Any

import click

import samskap
from samskap.runtime.problem import ProblemError

# Name to one line; the command of that name stands in the file of that name.
COMMANDS = {
    "up": "Serve a region on this machine.",
    "init": "Make an empty installation of a region.",
    "migrate": "Bring the database up to this version.",
    "upgrade": "Bring the installation up to this version, with a way back.",
    "doctor": "Say what is wrong, and what to do about it.",
    "backup": "Keep database, files and keys in one file.",
    "restore": "Bring back what a backup holds.",
    "strategy": "Load, check and show the strategy.",
    "places": "Load, fetch and list places and where they end.",
    "actors": "Load, check and list the actors.",
    "audit": "Hold the log to its seals, and sign how far they go.",
    "appoint": "Let somebody in to work for the partnership.",
    "erase": "Remove what says who someone is.",
    "privacy": "Tell what is held about people, and let it go in time.",
    "papers": "Write drafts of ROS, DPIA, agreement and record, in Norwegian.",
    "mail": "See whether letters go out.",
    "manage": "Run one of Django's own commands on this installation.",
}
EPILOG = """\b
Example:
  samskap up --demo

Exit codes: 0 it went well, 1 it failed, 2 the command was used in a way it cannot be.
"""


class Problem(click.ClickException):
    """A problem as the command line tells it: what is wrong, then what to do; exit 1."""

    def __init__(self, problem: ProblemError) -> None:
        """Keep the problem itself."""
        super().__init__(problem.sentence)
        self.problem = problem

    def show(self, file: IO[Any] | None = None) -> None:
        """Write both sentences to standard error, each on its line."""
        click.echo(f"{self.problem.sentence}\n{self.problem.remedy}", file=file, err=True)


class LazyGroup(click.Group):
    """A group that imports a subcommand only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order a newcomer meets them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"samskap.cli.{cmd_name}"), cmd_name)
        if not isinstance(found, click.Command):
            raise TypeError(cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading any of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, and tell a problem the way an operator wants it told."""
        try:
            return super().invoke(ctx)
        except ProblemError as problem:
            raise Problem(problem) from problem


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(samskap.__version__, prog_name="samskap")
def cli() -> None:
    """Samskap: the operating platform of a regional partnership for business development."""


def main() -> None:
    """Run the command and end the process with its exit code."""
    cli(prog_name="samskap")
