"""`samskap strategy`: check a folder, load a draft, look at it, publish it for good."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import translation

from samskap.cli.main import cli
from samskap.strategy.models import StrategyVersion
from samskap.trust.models import AuditEntry
from tests.world.region import FOLDER

STRATEGY = str(FOLDER / "strategy.yaml")


def strategy(*arguments: str, answer: str = ""):
    with translation.override("en"):
        return CliRunner().invoke(cli, ["strategy", *arguments], input=answer)


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the region folder, to make mistakes in."""
    return Path(shutil.copytree(FOLDER, tmp_path / "region"))


def misspell(folder: Path) -> int:
    """Make one mistake in the strategy, and return its line."""
    path = folder / "strategy.yaml"
    text = path.read_text().replace("ground: true", "grund: true")
    path.write_text(text)
    return text[: text.index("grund: true")].count("\n") + 1


# Checking -----------------------------------------------------------------------------------------


def test_a_clean_region_has_no_faults_and_exits_with_0():
    told = strategy("check", str(FOLDER))

    assert (told.exit_code, told.stdout) == (0, f"{FOLDER}: no faults.\n")


def test_a_fault_is_told_with_its_line_and_exits_with_1(folder):
    line = misspell(folder)

    told = strategy("check", str(folder))

    assert told.exit_code == 1
    assert told.stdout == (
        f"{folder}/strategy.yaml:{line}: “grund” is not a key that is known here.\n"
        "    Did you mean “ground”?\n"
        f"{folder}: 1 fault.\n"
    )


def test_a_program_reads_the_faults_as_json(folder):
    line = misspell(folder)

    told = strategy("check", str(folder / "strategy.yaml"), "--json")

    assert told.exit_code == 1
    assert json.loads(told.stdout) == {
        "path": str(folder / "strategy.yaml"),
        "faults": [
            {
                "path": str(folder / "strategy.yaml"),
                "line": line,
                "sentence": "“grund” is not a key that is known here.",
                "remedy": "Did you mean “ground”?",
            }
        ],
    }


@pytest.mark.parametrize("arguments", [["check"], ["check", "/nowhere"], ["publish"], ["sow"]])
def test_a_command_used_as_it_cannot_be_exits_with_2(arguments):
    assert strategy(*arguments).exit_code == 2


def test_checking_needs_no_database_and_no_secret():
    lacking = {"DATABASE_URL", "DATABASE_OWNER_URL", "SAMSKAP_SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    environment = {key: value for key, value in os.environ.items() if key not in lacking}
    environment["DATABASE_URL"] = "postgresql://nobody@localhost:1/nothing"

    told = subprocess.run(
        [sys.executable, "-m", "samskap.cli", "strategy", "check", str(FOLDER)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stdout) == (0, f"{FOLDER}: no faults.\n")


# Loading, showing, publishing ---------------------------------------------------------------------


@pytest.mark.django_db
def test_a_strategy_goes_from_file_to_draft_to_published():
    loaded = strategy("load", STRATEGY)
    draft = StrategyVersion.objects.get()
    assert (loaded.exit_code, draft.label, draft.is_published) == (0, "2024-27", False)

    published = strategy("publish", "2024-27", "--yes")

    assert (published.exit_code, published.stdout) == (0, "The strategy 2024-27 is published.\n")
    assert StrategyVersion.objects.get().is_published
    assert list(AuditEntry.objects.order_by("id").values_list("verb", "door")) == [
        ("strategy.loaded", "cli"),
        ("strategy.published", "cli"),
    ]


@pytest.mark.django_db
def test_publishing_asks_first_and_no_means_no():
    strategy("load", STRATEGY)

    told = strategy("publish", "2024-27", answer="n\n")

    assert told.exit_code == 1
    assert not StrategyVersion.objects.get().is_published


@pytest.mark.django_db
def test_loading_again_says_that_nothing_is_to_be_done(folder):
    strategy("load", STRATEGY)
    strategy("publish", "2024-27", "--yes")

    told = strategy("load", str(folder))

    assert told.exit_code == 0
    assert told.stdout == "The strategy 2024-27 is published and says the same: nothing to do.\n"


@pytest.mark.django_db
def test_a_changed_file_with_a_published_label_is_refused(folder):
    strategy("load", STRATEGY)
    strategy("publish", "2024-27", "--yes")
    path = folder / "strategy.yaml"
    path.write_text(path.read_text().replace("nb: Kobler", "nb: Brobygger"))

    told = strategy("load", str(path))

    assert told.exit_code == 1
    assert told.stderr == (
        "The strategy “2024-27” is published, and a published version never changes.\n"
        "Give the changed strategy a new label, for instance “2024-27.2”, and load it again.\n"
    )


@pytest.mark.django_db
def test_a_file_with_faults_is_not_loaded(folder):
    misspell(folder)

    told = strategy("load", str(folder))

    assert told.exit_code == 1
    assert "Did you mean “ground”?" in told.stdout
    assert StrategyVersion.objects.count() == 0


@pytest.mark.django_db
def test_a_draft_is_shown_as_a_list_with_parts_further_in():
    strategy("load", STRATEGY)

    told = strategy("show", "--language", "nb")

    lines = told.stdout.splitlines()
    assert lines[1] == "Version 2024-27, draft, adopted 2024-03, for 2024 to 2027"
    assert lines[3] == "vision vision: Sammen får vi ting til å skje!"
    assert "    theme industrial-symbiosis: Industriell symbiose" in lines


@pytest.mark.django_db
def test_a_program_reads_what_a_version_says_as_json():
    strategy("load", STRATEGY)

    shown = json.loads(strategy("show", "--version", "2024-27", "--json").stdout)

    assert (shown["label"], shown["published_at"]) == ("2024-27", None)
    assert shown["elements"][0]["title"] == {
        "nb": "Sammen får vi ting til å skje!",
        "sv": "Tillsammans får vi saker att hända!",
        "en": "Together we make things happen!",
    }


@pytest.mark.django_db
def test_showing_what_is_not_there_says_what_there_is():
    nothing = strategy("show")
    strategy("load", STRATEGY)
    unknown = strategy("show", "--version", "2020-23")

    assert (nothing.exit_code, nothing.stderr) == (
        1,
        "No strategy is loaded.\nLoad one: samskap strategy load regions/NAME/strategy.yaml\n",
    )
    assert (unknown.exit_code, unknown.stderr) == (
        1,
        "There is no strategy called 2020-23.\nThese are loaded: 2024-27.\n",
    )
