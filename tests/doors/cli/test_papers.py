"""`samskap papers`: drafts that say what this installation is, and leave the rest open."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from samskap.cli.main import cli
from tests.world.region import ostfold

pytestmark = pytest.mark.django_db
PAPERS = ["behandlingsprotokoll.md", "databehandleravtale.md", "dpia.md", "ros.md"]


@pytest.fixture
def written(tmp_path):
    ostfold()
    told = CliRunner().invoke(cli, ["papers", "--to", str(tmp_path / "papers")])
    assert told.exit_code == 0, told.output
    return {path.name: path.read_text() for path in sorted((tmp_path / "papers").iterdir())}


def test_there_are_four_and_each_names_the_partnership(written):
    assert list(written) == PAPERS
    assert all("Partnerskap" in text for text in written.values())


def test_they_are_in_norwegian_and_nothing_of_the_template_is_left(written):
    for text in written.values():
        assert not re.search(r"\$\w", text)
        assert "æ" in text or "ø" in text or "å" in text


def test_they_say_what_this_installation_is(written, settings):
    assert settings.SITE_ADDRESS in written["ros.md"]
    assert "data.brreg.no, ws.geonorge.no" in written["ros.md"]
    assert "beholdes i 30 dager" in written["databehandleravtale.md"]
    assert written["dpia.md"].count("\n| ") > 20


@pytest.mark.usefixtures("written")
def test_what_is_there_is_never_written_over(tmp_path):
    folder = tmp_path / "papers"
    (folder / "ros.md").write_text("vårt eget")

    told = CliRunner().invoke(cli, ["papers", "--to", str(folder)])

    assert told.exit_code == 1
    assert (folder / "ros.md").read_text() == "vårt eget"


def test_without_a_region_there_is_nothing_to_write(tmp_path):
    told = CliRunner().invoke(cli, ["papers", "--to", str(tmp_path / "papers")])

    assert told.exit_code == 1
    assert not (tmp_path / "papers").exists()
