"""The register that tests and benchmarks generate has the published shapes, and the dirt."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import os
from collections import Counter
from pathlib import Path

import pytest
from stdnum.no import orgnr

from samskap.actors.models import CodeStandard
from samskap.connectors.enhetsregisteret.files import read_json
from samskap.connectors.enhetsregisteret.standards import standard_of
from tools.register.columns import ENTITIES, ESTABLISHMENTS
from tools.register.files import write_all
from tools.register.numbers import MOST, entity_number, establishment_number
from tools.register.records import Recipe, entity

_SAMPLES = Path(os.environ.get("SAMSKAP_PUBLIC_DATA", "/nowhere")) / "samples" / "brreg"
_PUBLISHED = sorted(_SAMPLES.glob("bulk-*-sample.csv"))
_LARGE = Recipe(entities=3_000, establishments=2_000)


@pytest.fixture(scope="module")
def entities():
    return list(_LARGE.all_entities())


@pytest.fixture(scope="module")
def establishments():
    return list(_LARGE.all_establishments())


def test_register_of_the_countrys_size_has_the_lines_the_published_file_has():
    # 1 150 000 entities are 63 888 blocks of 18 and 16 more: 63 888 * 23 + 5 + 16 lines.
    assert Recipe(entities=1_150_000).lines == 1_469_445


def test_as_many_entities_as_asked_for_are_not_sole_proprietors(entities):
    forms = Counter(one["organisasjonsform"]["kode"] == "ENK" for one in entities)

    # 166 whole blocks of 18 and 12 more, each block with five persons before it.
    assert forms == {False: 3_000, True: 835}


def test_numbers_are_valid_of_the_3xx_series_and_nobodys_twice(entities, establishments):
    numbers = [one["organisasjonsnummer"] for one in [*entities, *establishments]]

    assert all(orgnr.is_valid(number) and number.startswith("3") for number in numbers)
    assert len(set(numbers)) == len(numbers) == 5_835
    assert entity_number(MOST - 1) < "400000000" > establishment_number(MOST - 1)
    with pytest.raises(ValueError, match="none for 3000000"):
        entity_number(MOST)


def test_record_is_the_same_in_a_register_of_any_size():
    assert entity(Recipe(entities=500), 17) == entity(Recipe(entities=5), 17)
    assert entity(Recipe(entities=500), 17) != entity(Recipe(entities=500, seed=2), 17)


def test_every_parent_is_in_the_register(entities, establishments):
    known = {one["organisasjonsnummer"]: one["organisasjonsform"]["kode"] for one in entities}

    units = [one for one in entities if one["organisasjonsform"]["kode"] == "ORGL"]

    assert {known[one["overordnetEnhet"]] for one in units} == {"KOMM"}
    assert {one["overordnetEnhet"] for one in establishments} <= known.keys()


@pytest.mark.parametrize("standard", ["SN2007", "SN2025"])
def test_codes_are_of_the_standard_asked_for(standard):
    records = Recipe(entities=300, standard=standard).all_entities()

    codes = {one["naeringskode1"]["kode"] for one in records if "naeringskode1" in one}

    assert standard_of(codes) == CodeStandard(standard)


def test_staff_under_five_is_hidden_and_never_told(entities):
    told = Counter((one["harRegistrertAntallAnsatte"], "antallAnsatte" in one) for one in entities)

    assert set(told) == {(False, False), (True, False), (True, True)}
    assert min(one["antallAnsatte"] for one in entities if "antallAnsatte" in one) == 5


def test_there_is_dirt_of_every_kind(entities):
    names = [one["navn"] for one in entities]
    addresses = [one["forretningsadresse"] for one in entities]

    assert any("\n" in line for one in entities for line in one.get("aktivitet", []))
    assert any(name != " ".join(name.split()) for name in names)
    assert any(name.islower() for name in names)
    assert any(None in address["adresse"] for address in addresses)
    assert any("kommunenummer" not in address for address in addresses)
    assert any(one.get("konkursdato") == "" for one in entities)
    assert any("naeringskode1" not in one for one in entities)


def test_changed_share_is_changed_and_the_rest_is_not(entities):
    later = Recipe(entities=3_000, changed=0.01).all_entities()

    differing = [new for old, new in zip(entities, later, strict=True) if old != new]

    assert 15 < len(differing) < 65
    assert all(new["hjemmeside"].startswith("www.ny-") for new in differing)


def test_all_four_files_tell_the_same_and_come_out_the_same_twice(tmp_path):
    recipe = Recipe(entities=200, establishments=100)

    paths = write_all(tmp_path / "one", recipe)
    again = write_all(tmp_path / "two", recipe)

    assert [path.name for path in paths] == [
        "enheter.json.gz",
        "enheter.csv.gz",
        "underenheter.json.gz",
        "underenheter.csv.gz",
    ]
    assert [path.read_bytes() for path in paths] == [path.read_bytes() for path in again]
    told = {path.name: _numbers_and_names(path) for path in paths}
    assert told["enheter.json.gz"] == told["enheter.csv.gz"]
    assert told["underenheter.json.gz"] == told["underenheter.csv.gz"]
    assert len(told["enheter.json.gz"]) == recipe.lines


def test_csv_writes_lists_and_dates_as_published(tmp_path):
    recipe = Recipe(entities=200, establishments=100)
    paths = write_all(tmp_path, recipe, formats=["csv"])
    rows = {row["organisasjonsnummer"]: row for row in _rows(paths[0])}
    with_care_of = next(
        one for one in recipe.all_entities() if "c/o" in (one["forretningsadresse"]["adresse"][0])
    )
    row = rows[with_care_of["organisasjonsnummer"]]
    first, second = with_care_of["forretningsadresse"]["adresse"]

    assert row["forretningsadresse.adresse"] == f"{first}/n{second}"
    assert (
        row["registreringsdatoenhetsregisteret"]
        == with_care_of["registreringsdatoEnhetsregisteret"]
    )
    assert {len(row["registreringsdatoIEnhetsregisteret"]) for row in _rows(paths[1])} == {10}
    assert gzip.decompress(paths[0].read_bytes()).startswith(b'"organisasjonsnummer","navn",')
    assert gzip.decompress(paths[1].read_bytes()).startswith(b"organisasjonsnummer,navn,")


def test_product_reads_every_entity_and_refuses_every_sole_proprietor(tmp_path):
    path, _ = write_all(tmp_path, Recipe(entities=180, establishments=1), formats=["json"])

    file = read_json(gzip.decompress(path.read_bytes()), on=dt.date(2026, 11, 24))

    assert Counter(bool(said.faults) for said in file.rows) == {False: 180, True: 50}


def test_there_are_as_many_columns_as_published():
    # The file of entities of September 2026 has 90, that of establishments of 2024 has 36.
    assert (len(ENTITIES), len(ESTABLISHMENTS)) == (90, 36)


if _PUBLISHED:

    @pytest.mark.parametrize("path", _PUBLISHED, ids=lambda path: path.name)
    def test_every_column_of_the_published_samples_is_written(path):
        published = set(next(csv.reader(io.StringIO(path.read_text("utf-8")))))

        assert published <= {*ENTITIES, *ESTABLISHMENTS}


def _numbers_and_names(path: Path) -> list[tuple[str, str]]:
    if ".json" in path.name:
        records = json.loads(gzip.decompress(path.read_bytes()))
    else:
        records = _rows(path)
    return [(one["organisasjonsnummer"], one["navn"]) for one in records]


def _rows(path: Path) -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode(), newline=""))
    )
