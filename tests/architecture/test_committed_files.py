"""What is committed is ours, complete in every language, and names no machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

import pytest

from tests.architecture.house import PROJECT, SOURCE, parsed

TEXT = {
    ".py",
    ".html",
    ".css",
    ".js",
    ".md",
    ".toml",
    ".yaml",
    ".yml",
    ".json",
    ".txt",
    ".in",
    ".cfg",
}
REGISTRY_HOSTS = (
    "pypi" + ".org",
    "files.python" + "hosted.org",
    "registry.npm" + "js.org",
    "registry.yarn" + "pkg.com",
)


def committed() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name]


def committed_text() -> list[tuple[str, str]]:
    return [
        (name, (PROJECT / name).read_text(encoding="utf-8"))
        for name in committed()
        if (PROJECT / name).suffix in TEXT and (PROJECT / name).exists()
    ]


def test_no_committed_file_names_a_package_registry():
    named = [
        f"{name}: {host}"
        for name, text in committed_text()
        for host in REGISTRY_HOSTS
        if host in text
    ]

    assert named == []


def test_the_python_locks_have_a_hash_for_every_package():
    for lock in sorted((PROJECT / "requirements").glob("*.txt")):
        text = lock.read_text()
        pinned = re.findall(r"^[a-z0-9._-]+==", text, re.MULTILINE)
        hashed = re.findall(r"^[a-z0-9._-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)

        assert (lock.name, len(hashed)) == (lock.name, len(pinned))
        assert pinned != []


def test_message_catalogues_are_complete_in_every_language():
    checked = subprocess.run(
        [sys.executable, "tools/messages.py", "check"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.stdout == ""
    assert checked.returncode == 0


def test_translation_functions_keep_the_names_that_the_catalogues_are_read_by():
    from tools.messages import KEYWORDS

    renamed = [
        f"{path.relative_to(SOURCE).as_posix()}: {alias.name} as {alias.asname}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and (alias.asname or alias.name) not in KEYWORDS
    ]

    assert renamed == []


TEMPLATES = sorted(SOURCE.rglob("*.html"))


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=[path.relative_to(SOURCE).as_posix() for path in TEMPLATES]
)
def test_no_template_carries_style_or_script_inline(template):
    text = template.read_text(encoding="utf-8")

    assert re.findall(r"\sstyle=|<style|\son[a-z]+=\"|javascript:|hx-on|hx-vals=.js:", text) == []
    assert (
        re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", text) == []
    )
