"""Erased, somebody is in no dump that PostgreSQL itself makes, no file, no search and no log."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg.conninfo
import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from samskap.cli.main import cli
from samskap.runtime.folders import DataFolders
from samskap.runtime.postgres import choose_source
from samskap.trust import actions
from samskap.trust.doers import OPERATOR
from samskap.trust.log.sealing import Sealer
from samskap.trust.models import Session
from samskap.trust.privacy import exports
from samskap.trust.privacy.subjects import verified_subject_of
from tests.world.canaries import TRACES, leave_traces, plant, told
from tests.world.disguises import found_in
from tests.world.people import NOON

# It commits, and runs programs beside the database.
pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
SEARCHES = ("/nb/hvem-er-hvem/?q={}", "/api/v1/actors?q={}")


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path):
    settings.DATA = tmp_path
    kept = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = settings.STORAGES | {"default": kept}


def program(name: str, *arguments: object) -> bytes:
    """Run one of PostgreSQL's own programs, of the server's version, and return what it writes."""
    folders = DataFolders.locate(Path(settings.PROJECT), os.environ)
    done = subprocess.run(
        [choose_source(folders, os.environ).bin / name, *arguments], capture_output=True, check=True
    )
    return done.stdout


def address():
    given = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    return psycopg.conninfo.make_conninfo(**{each: given[each] for each in names if each in given})


def dumps(folder):
    """Return the whole database, every schema, as text and as PostgreSQL's own format holds it."""
    own = folder / "own.dump"
    own.write_bytes(program("pg_dump", "--format=custom", f"--dbname={address()}"))
    return {
        "plain": program("pg_dump", "--format=plain", f"--dbname={address()}"),
        "inserts": program("pg_dump", "--format=plain", "--inserts", f"--dbname={address()}"),
        "custom": program("pg_dump", "--format=custom", "--compress=0", f"--dbname={address()}"),
        "custom, read back": program("pg_restore", "--file=-", own),
    }


def on_disk():
    return {
        str(path.relative_to(settings.DATA)): path.read_bytes()
        for path in sorted(Path(settings.DATA).rglob("*"))
        if path.is_file()
    }


def traces(held, texts=TRACES):
    return {where: found for where, content in held.items() if (found := found_in(content, texts))}


def found_by_search():
    asked = [search.format(word) for search in SEARCHES for word in ("fuglesang", "kanari")]
    return [where for where in asked if b"rlig-as" in Client().get(where).content]


def test_forty_things_are_told_and_after_erasing_none_is_in_a_dump_a_file_or_a_log(
    tmp_path_factory,
):
    person, canaries = plant()
    leave_traces(person)
    Sealer().seal_all()
    data = exports.data_about(verified_subject_of(person), at=NOON)
    values = {canary.value for canary in canaries}
    folder = tmp_path_factory.mktemp("dumps")
    before, files_before, searched = dumps(folder), traces(on_disk()), found_by_search()

    actions.erase_person(person=person, by=OPERATOR, at=timezone.now())
    Sealer().seal_all()

    assert [told(canary, data) for canary in canaries] == [True] * 40
    assert {form: set(found) for form, found in traces(before, values).items()} == dict.fromkeys(
        ("plain", "inserts", "custom", "custom, read back"), values
    )
    assert {Path(where).parts[0] for where in files_before} == {"files", "logs", "outbox"}
    after = dumps(folder)
    assert all(b"trust_auditentry" in dump for dump in after.values())
    assert traces(after, [*values, *TRACES]) == {}
    assert traces(on_disk(), [*values, *TRACES]) == {}
    assert (len(searched), found_by_search()) == (4, [])
    assert [str(row.get_decoded()) for row in Session.objects.all()] == []
    verified = CliRunner().invoke(cli, ["audit", "verify"])
    assert verified.exit_code == 0, verified.output
    assert "the log is whole" in verified.output
