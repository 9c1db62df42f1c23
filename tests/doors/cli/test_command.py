"""The `samskap` command as a newcomer meets it: help, exit codes, and what it costs to ask."""

from __future__ import annotations

import re
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from samskap.cli.main import COMMANDS, cli
from tests.runtime.world import PROJECT


def _commands() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []

    def walk(command: click.Command, path: tuple[str, ...]) -> None:
        found.append(path)
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                assert inner is not None, name
                walk(inner, (*path, name))

    walk(cli, ())
    return found


EACH = pytest.mark.parametrize("path", _commands(), ids=lambda path: " ".join(("samskap", *path)))


@EACH
def test_every_command_has_help_with_an_example(path):
    said = CliRunner().invoke(cli, [*path, "--help"], prog_name="samskap")

    after = said.output.partition("Example")[2]
    assert said.exit_code == 0
    assert f"samskap {' '.join(path)}".strip() in after


@EACH
def test_every_command_says_in_one_line_what_it_is_for(path):
    command: click.Command = cli
    for name in path:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), name) or command

    first = (command.help or "").strip().splitlines()[0]

    assert first.endswith((".", ","))
    assert len(first) <= 100


def test_list_of_commands_is_what_can_be_run():
    said = CliRunner().invoke(cli, ["--help"])

    listed = said.output.partition("Commands:\n")[2].partition("\n\n")[0]
    assert re.findall(r"^  (\w+)", listed, re.MULTILINE) == list(COMMANDS)


def test_help_needs_no_django():
    program = (
        "import sys; from click.testing import CliRunner; from samskap.cli.main import cli\n"
        "said = CliRunner().invoke(cli, ['--help'])\n"
        "print(said.exit_code, 'django' in sys.modules)"
    )

    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert said.stdout == "0 False\n"


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["up", "--port", "many"], ["up", "--port", "70000"], ["init"]]
)
def test_misuse_exits_with_two(arguments):
    assert CliRunner().invoke(cli, arguments).exit_code == 2


def test_a_problem_is_told_in_two_lines_and_exits_with_one(monkeypatch, tmp_path):
    monkeypatch.setenv("SAMSKAP_DATA", str(tmp_path / "none"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)

    said = CliRunner().invoke(cli, ["migrate"])

    assert said.exit_code == 1
    assert said.stderr.splitlines() == [
        f"There is no installation in {tmp_path / 'none'} yet.",
        "Make one: samskap init regions/NAME, or samskap up. SAMSKAP_DATA names another place.",
    ]
    assert not (tmp_path / "none").exists()


def test_a_database_that_does_not_let_us_in_is_named_by_its_setting(monkeypatch, tmp_path):
    monkeypatch.setenv("SAMSKAP_DATA", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:hemmelig@127.0.0.1:1/nothing")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)

    said = CliRunner().invoke(cli, ["migrate"])

    assert said.exit_code == 1
    assert said.stderr.startswith("The database that DATABASE_URL names does not let us in: ")
    assert "hemmelig" not in said.output


@EACH
def test_every_command_stands_in_the_reference(path):
    reference = (PROJECT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    is_group = path == () or path in {inner[:-1] for inner in _commands() if inner}

    assert is_group or f"`samskap {' '.join(path)}" in reference
