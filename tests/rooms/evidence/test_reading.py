"""The places of a region folder, read with every fault by its line."""

from __future__ import annotations

import pytest

from samskap.evidence.models import Level
from samskap.evidence.reading import check_places, read_places
from samskap.kernel.documents import UnreadableDocumentError, read_document
from tests.world.region import FOLDER

GOOD = """\
sources:
  - key: kart
    title: {nb: Kart, sv: Karta, en: Map}
    publisher: Kartverket
places:
  - {country: "NO", code: "3105", level: municipality, name: Sarpsborg, valid-from: 2024-01-01,
     parent: "31", replaces: ["3003"], source: kart}
  - {country: "NO", code: "31", level: county, name: Østfold, valid-from: 2024-01-01, source: kart}
  - {country: "NO", code: "3003", level: municipality, name: Sarpsborg, valid-from: 2020-01-01,
     valid-to: 2024-01-01, source: kart}
"""


def written(folder, text):
    path = folder / "places.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder, text):
    return [
        (fault.line, fault.sentence) for fault in check_places(read_document(written(folder, text)))
    ]


def test_places_come_in_an_order_in_which_each_follows_what_it_points_to(tmp_path):
    geography = read_places(written(tmp_path, GOOD))

    assert [(place.code, place.level) for place in geography.places] == [
        ("31", Level.COUNTY),
        ("3003", Level.MUNICIPALITY),
        ("3105", Level.MUNICIPALITY),
    ]


def test_region_folder_is_clean():
    assert check_places(read_document(FOLDER / "places.yaml")) == []


@pytest.mark.parametrize(
    ("before", "after", "line", "sentence"),
    [
        ('parent: "31"', 'parent: "99"', 7, "99 is not the code of a place on 2024-01-01."),
        ('["3003"]', '["3033"]', 7, "3033 is not the code of a place on 2023-12-31."),
        ("valid-to: 2024-01-01", "valid-to: 2020-01-01", 10, "3003 ends before it begins."),
        (
            'code: "3003"',
            'code: "31"',
            7,
            "3003 is not the code of a place on 2023-12-31.",
        ),
        (
            "Østfold, valid-from: 2024-01-01, source: kart",
            "Østfold, valid-from: 2024-01-01, source: kartet",
            8,
            "There is no source “kartet” in this file.",
        ),
        ("level: county", "level: fylke", 8, "“level” cannot be “fylke”."),
        (
            "valid-from: 2020-01-01",
            "valid-from: 2020-02-30",
            9,
            "“valid-from” cannot be “2020-02-30”: there is no such date.",
        ),
    ],
)
def test_fault_is_told_with_its_line(tmp_path, before, after, line, sentence):
    assert GOOD.count(before) >= 1

    assert (line, sentence) in faults(tmp_path, GOOD.replace(before, after))


def test_two_places_under_one_code_at_once_are_told_of(tmp_path):
    twin = GOOD.splitlines()[7].replace("Østfold", "Viken").replace("2024-01-01", "2025-01-01")

    assert faults(tmp_path, GOOD + twin) == [(11, "31 is another place’s code in the same time.")]


def test_every_fault_is_told_at_once(tmp_path):
    broken = GOOD.replace('parent: "31"', 'parent: "99"').replace('["3003"]', '["3033"]')

    with pytest.raises(UnreadableDocumentError) as told:
        read_places(written(tmp_path, broken))

    assert [fault.line for fault in told.value.faults] == [7, 7]
