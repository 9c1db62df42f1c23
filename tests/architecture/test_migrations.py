"""Migrations do no harm to an installation at work: what squawk says of their SQL.

All migrations are read as one file, in the order they run, so that squawk knows which tables are
new and may be locked at will. When a first release has been made, only those after it are read.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

SQUAWK = Path(sys.executable).parent / "squawk"
# What we turn down, and why.
NOT_ASKED = {
    "prefer-text-field": "a length is a promise to the reader of a form; widening it is instant",
    "prefer-bigint-over-int": "years, positions and counts of attempts are small",
    "prefer-bigint-over-smallint": "years, positions and counts of attempts are small",
    "require-lock-timeout": "samskap migrate sets it",
    "require-statement-timeout": "a migration may take its time once it has its locks",
}
ITS_OWN_TRANSACTION = re.compile(r"^(BEGIN|COMMIT);$", re.MULTILINE)


def sql_of_all_migrations() -> str:
    loader = MigrationLoader(connection)
    texts = []
    for app, name in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        if loader.graph.nodes[app, name].__module__.startswith("samskap."):
            text = io.StringIO()
            call_command("sqlmigrate", app, name, stdout=text, no_color=True)
            texts.append(f"-- {app} {name}\n{text.getvalue()}")
    return ITS_OWN_TRANSACTION.sub("", "\n".join(texts))


@pytest.mark.django_db
def test_no_migration_locks_a_table_that_people_work_with(tmp_path):
    script = tmp_path / "migrations.sql"
    script.write_text(sql_of_all_migrations())

    read = subprocess.run(
        [
            SQUAWK,
            script,
            "--reporter=gcc",
            "--assume-in-transaction",
            "--pg-version=15.0",
            f"--exclude={','.join(NOT_ASKED)}",
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert read.stdout == ""
    assert read.returncode == 0
    assert "CREATE TABLE" in script.read_text()
