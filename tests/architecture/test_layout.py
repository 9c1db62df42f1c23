"""The house stands: imports and foreign keys point down, and every part has its place."""

from __future__ import annotations

import subprocess
import sys

import django.apps
import pytest
from django.db import models  # noqa: TC002

from tests.architecture.house import FLOOR_OF, PROJECT, SOURCE, imported_names


def our_models() -> list[type[models.Model]]:
    return [
        model for model in django.apps.apps.get_models() if model.__module__.startswith("samskap.")
    ]


def test_every_folder_of_the_house_has_its_floor():
    folders = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}

    assert folders == set(FLOOR_OF)


def test_foreign_keys_point_down_the_house():
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model.__module__.startswith("samskap.")
        and FLOOR_OF[field.related_model._meta.app_label] < FLOOR_OF[model._meta.app_label]
    ]

    assert upward == []


def test_imports_point_down_the_house():
    # A process of its own: the linter turns every other logger of its process off.
    linted = subprocess.run(
        [sys.executable, "-c", "from importlinter import cli; cli.lint_imports_command()"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert linted.returncode == 0, linted.stdout


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_model_says_which_row_it_is(model):
    assert "__str__" in {
        name
        for part in model.__mro__
        if part.__module__.startswith("samskap.")
        for name in vars(part)
    }


HTML_AND_HTTP = ("django.http", "django.shortcuts", "django.views", "django.template", "ninja")
ROOM_FILES = [
    path
    for room in ("actors", "strategy", "evidence", "trust")
    for path in sorted((SOURCE / room).rglob("*.py"))
]


def test_a_room_draws_no_html_and_speaks_no_http():
    found = [
        f"{path.relative_to(SOURCE).as_posix()}: {name}"
        for path in ROOM_FILES
        for name in imported_names(path)
        if name.startswith(HTML_AND_HTTP)
    ]

    assert found == []
