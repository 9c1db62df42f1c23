"""`make setup`: done again only when it must be, and never left half done."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from ground import commands, environment, main, progress, steps

from samskap.runtime.problem import ProblemError
from tests.runtime.world import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

SETUP = PROJECT / "tools" / "setup.py"
AS_OLD_PYTHON = """
import sys
sys.version_info = (3, 9, 2)
sys.argv = ["setup.py"]
exec(open({path!r}).read(), {{"__name__": "__main__"}})
"""


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(steps, "PROJECT", tmp_path)
    monkeypatch.setattr(steps, "RECORDS", tmp_path / "records")
    return tmp_path


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Give where an environment is to be made."""
    there = tmp_path / "med æøå og mellomrom" / ".venv"
    there.parent.mkdir()
    monkeypatch.setattr(environment, "ENVIRONMENT", there)
    monkeypatch.setattr(environment, "PYTHON", there / "bin" / "python")
    monkeypatch.setattr(environment, "_UNFINISHED", there / ".setup-unfinished")
    return there


def a_step(checkout: Path, done: list[str], **facts: tuple[str, ...]) -> steps.Step:
    made = checkout / "made"

    def work() -> None:
        done.append("done")
        made.touch()

    return steps.Step("step", work, inputs=(checkout / "inputs",), outputs=(made,), **facts)


# Steps --------------------------------------------------------------------------------------------


def test_step_is_done_once_for_the_same_inputs(checkout):
    (checkout / "inputs").mkdir()
    (checkout / "inputs" / "lock").write_text("a==1")
    done: list[str] = []

    a_step(checkout, done).do()
    a_step(checkout, done).do()

    assert done == ["done"]


@pytest.mark.parametrize(
    "change",
    [
        lambda checkout: (checkout / "inputs" / "lock").write_text("a==2"),
        lambda checkout: (checkout / "inputs" / "other").write_text(""),
        lambda checkout: (checkout / "inputs" / "lock").rename(checkout / "inputs" / "renamed"),
        lambda checkout: (checkout / "made").unlink(),
    ],
    ids=["content", "new file", "new name", "result gone"],
)
def test_step_is_done_again_when_something_it_depends_on_has_changed(checkout, change):
    (checkout / "inputs").mkdir()
    (checkout / "inputs" / "lock").write_text("a==1")
    done: list[str] = []
    a_step(checkout, done).do()

    change(checkout)
    a_step(checkout, done).do()

    assert done == ["done", "done"]


def test_step_is_done_again_for_another_python(checkout):
    done: list[str] = []

    a_step(checkout, done, facts=("3.11",)).do()
    a_step(checkout, done, facts=("3.12",)).do()

    assert done == ["done", "done"]


@pytest.mark.usefixtures("checkout")
def test_step_that_failed_is_not_taken_for_done():
    def fail() -> None:
        raise ProblemError("It failed.", "Try again.")

    step = steps.Step("step", fail)
    with pytest.raises(ProblemError):
        step.do()

    assert not step.is_done


# The environment ----------------------------------------------------------------------------------


@pytest.mark.drill
def test_half_made_environment_is_made_anew_under_spaces_and_norwegian_letters_and_then_kept(
    place,
):
    (place / "bin").mkdir(parents=True)
    (place / "bin" / "python").symlink_to(sys.executable)
    (place / ".setup-unfinished").touch()

    environment._make_environment()
    said = subprocess.run(
        [place / "bin" / "python", "-m", "pip", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    (place / "ours").touch()
    environment._make_environment()

    assert str(place) in said.stdout
    assert not (place / ".setup-unfinished").exists()
    assert (place / "ours").exists()


def test_python_without_its_venv_part_names_the_package_to_install(place, monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda _: None)

    with pytest.raises(ProblemError) as problem:
        environment._make_environment()

    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"apt-get install python{version}-venv" in problem.value.remedy
    assert not place.exists()


def test_settings_that_choose_packages_are_set_aside_and_those_that_choose_the_mirror_are_kept(
    monkeypatch,
):
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_CONSTRAINT", "/etc/constraints.txt")
    monkeypatch.setenv("PIP_FIND_LINKS", "/mirror")
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")

    given = environment.pip_environment()

    names = ("PIP_TARGET", "PIP_CONSTRAINT", "PIP_FIND_LINKS", "PYTHONPATH")
    assert [given.get(name) for name in names] == [None, "/dev/null", "/mirror", None]


def test_old_python_is_told_what_to_do():
    program = AS_OLD_PYTHON.format(path=str(SETUP))

    said = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 1
    assert said.stderr.startswith("Samskap needs Python 3.11 or newer, and this is Python 3.9.")


# What programs say --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution",
            "Packages: the place the packages come from cannot be reached.",
        ),
        (
            "npm error code EAI_AGAIN",
            "Packages: the place the packages come from cannot be reached.",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "Packages: a package that was fetched is not the one whose hash is in the lock.",
        ),
        ("something else", "Packages: this step failed; the last lines it said stand above."),
    ],
)
def test_failure_is_explained_in_one_sentence(said, sentence):
    assert commands.explain("Packages", said).sentence == sentence


def test_full_disk_is_named():
    problem = commands.explain("Packages", "OSError: [Errno 28] No space left on device")

    assert "disk" in problem.sentence
    assert str(PROJECT) in problem.sentence


def test_output_is_read_line_by_line_and_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(commands, "RECORDS", tmp_path)
    monkeypatch.setattr(commands, "PROJECT", tmp_path)
    monkeypatch.setattr(progress, "_SILENCE_S", 0.0)
    program = "print('Collecting django==5'); print('Collecting æ==1')"
    reading = environment._reader_of_pip(2)

    commands.run(
        [sys.executable, "-c", program],
        title="Packages",
        name="packages",
        environment={"PYTHONIOENCODING": "utf-8"},
        reading=reading,
    )

    shown = capsys.readouterr().out
    assert "1 of 2  django" in shown
    assert "2 of 2  æ" in shown
    assert (tmp_path / "packages.log").read_text() == "Collecting django==5\nCollecting æ==1\n"


def test_taken_port_is_said_before_anything_is_set_up(capsys, monkeypatch):
    def never() -> None:
        raise AssertionError("nothing may be begun")

    def refuse(port: int) -> None:
        raise ProblemError(f"Port {port} is taken.", "Choose another.")

    monkeypatch.setattr(main, "_steps", lambda **_: [steps.Step("never-done", never)])
    monkeypatch.setattr(main, "require_free_port", refuse)

    code = main.main(["--port", "8000"])

    assert code == 1
    assert capsys.readouterr().err == "Port 8000 is taken.\nChoose another.\n"
