"""The list of parts that the product runs on is whole, and each part may be used with ours."""

from __future__ import annotations

import json
import re

import pytest
from packaging.requirements import Requirement

from tools import sbom

pytestmark = pytest.mark.drill

# Licences that EUPL-1.2 code may stand on. GPL and AGPL alone are not among them.
_CLOSED = re.compile(r"(?<![L])GPL|AGPL|SSPL|Commons-Clause|BUSL", re.IGNORECASE)


@pytest.fixture(scope="module")
def parts():
    return sbom.document()


def test_every_locked_package_is_a_part(parts):
    lines = re.findall(r"^[\w.-]+==[^\\\n]+", sbom.LOCK.read_text(), re.MULTILINE)
    # What is locked for another system or another Python is not installed here.
    asked = [one for one in map(Requirement, lines) if one.marker is None or one.marker.evaluate()]
    here = {(sbom._plain(one.name), str(one.specifier).removeprefix("==")) for one in asked}
    listed = {
        (sbom._plain(part["name"]), part["version"])
        for part in parts["components"]
        if part["purl"].startswith("pkg:pypi/")
    }

    assert here - listed == set()


def test_what_is_shipped_of_the_front_end_is_a_part_and_what_builds_it_is_not(parts):
    asked = json.loads((sbom.PROJECT / "package.json").read_text(encoding="utf-8"))
    listed = {part["name"] for part in parts["components"] if part["purl"].startswith("pkg:npm/")}

    assert set(asked["dependencies"]) <= listed
    assert not set(asked["devDependencies"]) & listed


def test_every_part_says_under_which_licence_and_none_closes_ours(parts):
    licences = {
        part["name"]: json.dumps(part.get("licenses", []), ensure_ascii=False)
        for part in parts["components"]
    }

    assert [name for name, said in licences.items() if said == "[]"] == []
    assert [
        name
        for name, said in licences.items()
        if _CLOSED.search(said.replace("Lesser General Public License", "LGPL"))
    ] == []
