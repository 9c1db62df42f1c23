"""A control that is turned off is missed: the test that the ledger names for it fails.

Each control is turned off alone, in a copy of the house; nothing here is changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from ruamel.yaml import YAML

from tests.architecture.house import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.drill
IS_FULL = bool(os.environ.get("SAMSKAP_DRILL_FULL"))
# What is tried when not all are.
FEW = ("1.3.6", "3.4.3", "8.2.2")
HEADERS = "tests/doors/safety/test_headers.py::test_"
HTTP = "tests/rooms/kernel/test_http.py::test_"


@dataclass(frozen=True, slots=True)
class Control:
    """One demand of the ledger, the line that meets it, the line that would not, and its test."""

    demand: str
    file: str
    on: str
    off: str
    test: str


CONTROLS = (
    Control(
        "1.2.1",
        "src/samskap/ui/tags/words.py",
        "shown = conditional_escape(str(text))",
        "shown = SafeString(str(text))",
        "tests/doors/safety/test_what_people_type.py"
        "::test_what_people_type_is_shown_as_they_typed_it_and_never_as_markup",
    ),
    Control(
        "1.3.6",
        "src/samskap/kernel/http.py",
        "if not names & self.hosts:",
        "if not names:",
        f"{HTTP}a_host_or_port_that_is_not_on_the_list_is_never_looked_up",
    ),
    Control(
        "1.4.1",
        "src/samskap/kernel/files/child.py",
        "    allow_reading_alone()\n",
        "    pass\n",
        "tests/rooms/kernel/test_files_child.py::test_child_reads_and_does_nothing_else",
    ),
    Control(
        "2.3.3",
        "src/samskap/trust/actions/mandates.py",
        "@transaction.atomic\n",
        "",
        "tests/architecture/test_actions.py::test_an_action_is_one_transaction",
    ),
    Control(
        "3.3.4",
        "src/samskap/config/safety.py",
        "LANGUAGE_COOKIE_HTTPONLY = True",
        "LANGUAGE_COOKIE_HTTPONLY = False",
        f"{HEADERS}cookies_are_out_of_reach_of_scripts_and_of_other_sites",
    ),
    Control(
        "3.4.3",
        "src/samskap/config/safety.py",
        '"script-src": ["\'self\'"]',
        '"script-src": ["\'self\'", "\'unsafe-inline\'"]',
        f"{HEADERS}every_answer_keeps_the_browser_strict",
    ),
    Control(
        "4.1.3",
        "src/samskap/config/safety.py",
        "if BEHIND_PROXY else None",
        "if not BEHIND_PROXY else None",
        f"{HEADERS}a_forwarded_scheme_is_believed_only_behind_a_proxy_of_ours",
    ),
    Control(
        "6.2.1",
        "src/samskap/config/sign_in.py",
        '"OPTIONS": {"min_length": 12}',
        '"OPTIONS": {"min_length": 1}',
        "tests/doors/workspace/test_sign_in.py"
        "::test_a_password_that_will_not_do_is_refused_with_what_to_do",
    ),
    Control(
        "6.3.1",
        "src/samskap/workspace/guessing.py",
        "    for action, about, sentence in bounds:\n",
        "    for action, about, sentence in bounds[:-1]:\n",
        "tests/doors/workspace/test_guessing.py"
        "::test_guessing_from_many_networks_is_stopped_and_the_page_says_how_the_owner_gets_in",
    ),
    Control(
        "7.3.1",
        "src/samskap/workspace/resting.py",
        "if rested > settings.SESSION_REST_S:",
        "if rested < 0:",
        "tests/doors/safety/test_sessions.py::test_a_session_that_rests_for_two_hours_ends",
    ),
    Control(
        "8.2.2",
        "src/samskap/trust/access.py",
        "    if reader.sees_all:\n        return Q()",
        "    if reader:\n        return Q()",
        "tests/rooms/trust/test_access.py::test_a_reader_sees_what_is_for_them_and_no_more",
    ),
    Control(
        "13.2.2",
        "src/samskap/trust/database_roles.py",
        "REVOKE UPDATE, DELETE ON {} FROM {}",
        "REVOKE TRUNCATE ON {} FROM {}",
        "tests/rooms/trust/test_audit.py::test_the_application_cannot_change_or_remove_an_entry",
    ),
    Control(
        "13.4.4",
        "src/samskap/kernel/safety.py",
        '"OPTIONS")',
        '"OPTIONS", "TRACE")',
        f"{HEADERS}methods_nobody_needs_are_refused",
    ),
    Control(
        "13.4.5",
        "src/samskap/api/metrics.py",
        "return bool(wanted) and compare_digest(",
        "return True or compare_digest(",
        "tests/doors/api/test_metrics.py::test_nobody_else_finds_anything_there",
    ),
    Control(
        "14.3.2",
        "src/samskap/workspace/desk.py",
        "            add_never_cache_headers(answer)\n",
        "            pass\n",
        "tests/doors/workspace/test_turned_away.py::test_no_browser_or_proxy_keeps_a_page_of_the_desk",
    ),
    Control(
        "15.3.2",
        "src/samskap/kernel/http.py",
        "if response.status_code in _REDIRECTS:",
        "if response.status_code in ():",
        f"{HTTP}no_redirect_is_followed",
    ),
    Control(
        "16.2.5",
        "src/samskap/config/logging.py",
        '_SECRET.sub("(secret)", event[name])',
        "event[name]",
        "tests/config/test_logging.py::test_secret_of_a_letters_link_is_in_no_line",
    ),
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a copy of what is committed and what is built, to change as one likes."""
    folder = tmp_path_factory.mktemp("copy") / "samskap"
    leave = shutil.ignore_patterns(".git", ".venv", "node_modules", "var", "dist", "__pycache__")
    shutil.copytree(PROJECT, folder, ignore=leave, symlinks=True)
    (folder / "node_modules").symlink_to(PROJECT / "node_modules")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _passes(folder: Path, test: str) -> bool:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test],
        cwd=folder,
        env={**os.environ, "SAMSKAP_TEST_DATABASE": "test_controls", "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )
    # 1 is that tests failed; anything else is that they could not be run.
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    return done.returncode == 0


def _tried() -> list[Control]:
    return [one for one in CONTROLS if IS_FULL or one.demand in FEW]


@pytest.mark.parametrize("control", _tried(), ids=lambda one: one.demand)
def test_a_control_that_is_off_is_missed(copy: Path, control: Control) -> None:
    path = copy / control.file
    code = path.read_text(encoding="utf-8")
    assert code.count(control.on) >= 1

    path.write_text(code.replace(control.on, control.off, 1), encoding="utf-8")
    try:
        passes = _passes(copy, control.test)
    finally:
        path.write_text(code, encoding="utf-8")

    assert not passes


def test_fifteen_controls_at_least_spread_over_the_chapters_are_in_the_ledger() -> None:
    ledger = PROJECT / "docs" / "security" / "ledger.yaml"
    evidence = {
        row["demand"]: row.get("evidence", [])
        for row in YAML(typ="safe").load(ledger.read_text(encoding="utf-8"))
    }

    assert len({one.demand for one in CONTROLS}) >= 15
    assert len({one.demand.partition(".")[0] for one in CONTROLS}) >= 10
    assert [one.demand for one in CONTROLS if one.test not in evidence[one.demand]] == []
