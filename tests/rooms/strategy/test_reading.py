"""What a person is told who writes a region folder and makes a mistake."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from samskap.kernel.documents import UnreadableDocumentError
from samskap.strategy.reading import check_path, read_region, read_strategy
from tests.world.region import FOLDER


class Planted(NamedTuple):
    """A fault: what is replaced, the text whose line is at fault, and what is to be said."""

    name: str
    file: str
    was: str
    becomes: str
    line_of: str
    sentence: str
    remedy: str
    lines_above: int = 0


FAULTS = (
    Planted(
        "a misspelt key",
        "strategy.yaml",
        "ground: true",
        "grund: true",
        "grund: true",
        "“grund” is not a key that is known here.",
        "Did you mean “ground”?",
    ),
    Planted(
        "a kind that there is not",
        "strategy.yaml",
        "kind: cross-cutting",
        "kind: crosscutting",
        "kind: crosscutting",
        "“kind” cannot be “crosscutting”.",
        "Did you mean “cross-cutting”? Use one of “effort”, “cross-cutting”, “support”.",
    ),
    Planted(
        "a language that is missing",
        "strategy.yaml",
        "      sv: Brobyggare\n",
        "",
        "nb: Kobler",
        "“title” has no text in Svenska.",
        "Add “sv:” beneath it, with the text in that language.",
        lines_above=1,
    ),
    Planted(
        "a text that is empty",
        "strategy.yaml",
        "en: Catalyst",
        'en: " "',
        'en: " "',
        "“en” is empty.",
        "Write the text after the colon.",
    ),
    Planted(
        "a label that is a number",
        "strategy.yaml",
        "label: 2024-27",
        "label: 2024",
        "label: 2024",
        "“label” should be text.",
        "Put it in quotation marks.",
    ),
    Planted(
        "a period that ends before it begins",
        "strategy.yaml",
        "to: 2027",
        "to: 2023",
        "to: 2023",
        "The period ends in 2023, before it begins in 2024.",
        "Write the last year of the period, 2024 or later.",
    ),
    Planted(
        "a month that there is not",
        "strategy.yaml",
        "adopted: 2024-03",
        "adopted: 2024-13",
        "adopted: 2024-13",
        "“adopted” cannot be “2024-13”: there is no such date.",
        "Write year, month and day, “2024-03-15”, or year and month, “2024-03”.",
    ),
    Planted(
        "an adoption after the period",
        "strategy.yaml",
        "adopted: 2024-03",
        "adopted: 2042-03",
        "adopted: 2042-03",
        "A strategy from 2024 to 2027 cannot have been adopted in 2042.",
        "Check the year of the adoption, or the period.",
    ),
    Planted(
        "a key that another element has",
        "strategy.yaml",
        "key: catalyst",
        "key: initiator",
        "sv: Initiativtagare",
        "The key “initiator” is used twice for the same kind of thing.",
        "Give each its own key, or remove one of them.",
        lines_above=4,
    ),
    Planted(
        "a support area that serves no effort area of ours",
        "strategy.yaml",
        "    serves: [green-industry, bioeconomy, digital]\n    title:\n      nb: Kapital",
        "    serves: [green-industri, bioeconomy, digital]\n    title:\n      nb: Kapital",
        "serves: [green-industri,",
        "“green-industri” is not one of the effort areas.",
        "Did you mean “green-industry”?",
    ),
    Planted(
        "a support area that does not say what it serves",
        "strategy.yaml",
        "    serves: [green-industry, bioeconomy, digital]\n    title:\n      nb: Kapital",
        "    title:\n      nb: Kapital",
        "- key: capital-access",
        "The support area “capital-access” does not say what it serves.",
        "Add “serves:” with one or more of “green-industry”, “bioeconomy”, “digital”.",
    ),
    Planted(
        "an effort area that serves",
        "strategy.yaml",
        '    kind: effort\n    section: "1.2"\n    title:\n      nb: Digital omstilling',
        "    kind: effort\n    serves: [digital]\n    title:\n      nb: Digital omstilling",
        "serves: [digital]\n",
        "Only a support area says what it serves.",
        "Remove “serves”, or say “kind: support”.",
    ),
    Planted(
        "a focus area that nearly has a known name",
        "strategy.yaml",
        "- key: attraction\n",
        "- key: atraction\n",
        "- key: atraction\n",
        "“atraction” is nearly the key of a known focus area.",
        "Did you mean “attraction”?",
    ),
    Planted(
        "an analysis without a publisher",
        "strategy.yaml",
        "    publisher: DiveOpp\n",
        "",
        "- key: smart-transition",
        "The analysis “smart-transition” has no publisher.",
        "Add “publisher:” with the name of who published it.",
    ),
    Planted(
        "a neighbour that the region does not have",
        "strategy.yaml",
        "- key: varmland",
        "- key: bohus",
        "- key: bohus",
        "“region.yaml” has no “bohus” under “neighbours”.",
        "Use one of “follo”, “varmland”, “vastra-gotaland”.",
    ),
    Planted(
        "two values that are the ground",
        "strategy.yaml",
        "  - key: enthusiasm\n",
        "  - key: enthusiasm\n    ground: true\n",
        "  - key: enthusiasm\n    ground: true\n",
        "Another value is the ground already.",
        "Let one value be the ground of the others.",
        lines_above=-1,
    ),
    Planted(
        "a tab",
        "strategy.yaml",
        "  from: 2024",
        "\tfrom: 2024",
        "\tfrom: 2024",
        "The line has a tab in it.",
        "Indent with spaces, two for each level.",
    ),
    Planted(
        "the same key twice",
        "strategy.yaml",
        "vision:\n",
        "label: 2024-28\nvision:\n",
        "label: 2024-28",
        "“label” stands here for the second time; the first is on line 5.",
        "Keep one of them, or rename the other.",
    ),
    Planted(
        "a host that there is not",
        "region.yaml",
        "host: association",
        "host: club",
        "host: club",
        "“host” cannot be “club”.",
        "Use one of “public”, “association”.",
    ),
    Planted(
        "a default language that the region does not speak",
        "region.yaml",
        "languages: [nb, sv, en]\ndefault-language: nb",
        "languages: [nb, sv]\ndefault-language: en",
        "default-language: en",
        "The default language “en” is not one of the region’s languages.",
        "Add it under “languages”, or choose one that is there.",
    ),
    Planted(
        "a sub-region with a municipality that is not ours",
        "region.yaml",
        'municipalities: ["3103", "3114"]',
        'municipalities: ["3103", "3115"]',
        '"3115"',
        "3115 is not one of the region’s municipalities.",
        "Check the code, or add it under “home”.",
    ),
    Planted(
        "a municipality in two sub-regions",
        "region.yaml",
        'municipalities: ["3101", "3124"]',
        'municipalities: ["3101", "3124", "3103"]',
        '"3124", "3103"',
        "3103 is already in the sub-region “moss”.",
        "Keep it in one of them.",
    ),
    Planted(
        "a municipality that was left out",
        "region.yaml",
        '    - "3105" # Sarpsborg\n',
        "",
        '  municipalities:\n    - "3101"',
        "The municipality 3105 is missing.",
        "Add “3105” to the list.",
    ),
    Planted(
        "a neighbour's code that means nothing",
        "region.yaml",
        'places: ["17"]',
        'places: ["71"]',
        'places: ["71"]',
        "71 is not the code of a place that we know.",
        "Check the code, or add the place to “places.yaml”.",
    ),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the region folder, to make mistakes in."""
    return Path(shutil.copytree(FOLDER, tmp_path / "region"))


def plant(folder: Path, fault: Planted) -> int:
    """Make the mistake, and return the line where a person should look."""
    path = folder / fault.file
    text = path.read_text(encoding="utf-8")
    assert text.count(fault.was) == 1, fault.was
    text = text.replace(fault.was, fault.becomes)
    path.write_text(text, encoding="utf-8")
    assert text.count(fault.line_of) == 1, fault.line_of
    return text[: text.index(fault.line_of)].count("\n") + 1 - fault.lines_above


def test_the_region_of_ostfold_has_no_faults():
    assert check_path(FOLDER) == []


@pytest.mark.parametrize("planted", FAULTS, ids=lambda planted: planted.name)
def test_a_planted_fault_is_told_with_its_line_and_a_remedy(folder, planted):
    line = plant(folder, planted)

    told = [
        (fault.path, fault.line, fault.sentence, fault.remedy)
        for fault in check_path(folder)
        if fault.path.name == planted.file
    ]

    assert (folder / planted.file, line, planted.sentence, planted.remedy) in told
    assert len(told) <= 2, "one mistake is not told many times over"


TOGETHER = (
    "a misspelt key",
    "a kind that there is not",
    "a language that is missing",
    "a text that is empty",
    "a period that ends before it begins",
    "a key that another element has",
    "a support area that serves no effort area of ours",
    "an analysis without a publisher",
    "a neighbour that the region does not have",
    "a host that there is not",
    "a sub-region with a municipality that is not ours",
    "a neighbour's code that means nothing",
)


def test_faults_in_both_files_are_all_told_at_once(folder):
    planted = [fault for fault in FAULTS if fault.name in TOGETHER]
    for fault in planted:
        plant(folder, fault)

    told = [(fault.path.name, fault.sentence) for fault in check_path(folder)]

    assert sorted(told) == sorted((fault.file, fault.sentence) for fault in planted)


def test_no_fault_shows_the_words_of_the_validator_or_the_parser(folder):
    for fault in FAULTS:
        if fault.name in TOGETHER:
            plant(folder, fault)

    told = " ".join(fault.sentence + fault.remedy for fault in check_path(folder))

    for foreign in ("is not valid under", "required property", "is not one of ['", "while parsing"):
        assert foreign not in told


def test_a_strategy_alone_is_held_to_every_language_we_have(folder):
    (folder / "region.yaml").unlink()
    path = folder / "strategy.yaml"
    path.write_text(path.read_text().replace("      sv: Brobyggare\n", ""))

    assert [fault.sentence for fault in check_path(path)] == ["“title” has no text in Svenska."]


def test_a_region_of_two_languages_needs_no_third(folder):
    region = folder / "region.yaml"
    region.write_text(region.read_text().replace("[nb, sv, en]", "[nb, en]"))
    path = folder / "strategy.yaml"
    path.write_text(path.read_text().replace("      sv: Brobyggare\n", ""))

    assert check_path(path) == []


def test_a_folder_without_its_files_is_told_so(tmp_path):
    assert [(fault.path.name, fault.sentence) for fault in check_path(tmp_path)] == [
        ("region.yaml", "There is no such file."),
        ("strategy.yaml", "There is no such file."),
    ]


def test_a_factor_and_a_side_cannot_be_left_out(folder):
    path = folder / "strategy.yaml"
    text = path.read_text()
    begin, end = text.index("  - key: capital\n"), text.index("sides:\n")
    path.write_text(text[:begin] + text[end:].replace("  - key: employee\n", "  - key: employer\n"))

    told = [(fault.sentence, fault.remedy) for fault in check_path(path)]

    assert told == [
        ("“factors” lacks “capital”.", "Add an entry with “key: capital”."),
        ("“sides” lacks “employee”.", "Add an entry with “key: employee”."),
        (
            "The key “employer” is used twice for the same kind of thing.",
            "Give each its own key, or remove one of them.",
        ),
    ]


def test_a_focus_area_of_another_regions_own_is_no_fault(folder):
    path = folder / "strategy.yaml"
    path.write_text(path.read_text().replace("- key: attraction\n", "- key: tourism\n"))

    assert check_path(path) == []


def test_a_misspelt_focus_area_is_one_fault_however_much_points_to_it(folder):
    path = folder / "strategy.yaml"
    text = path.read_text(encoding="utf-8")
    pointing = text.count("green-industry") - 1
    path.write_text(
        text.replace("  - key: green-industry\n", "  - key: green-industri\n"), encoding="utf-8"
    )

    faults = check_path(folder)

    assert pointing > 1
    assert [fault.sentence for fault in faults] == [
        "“green-industri” is nearly the key of a known focus area."
    ]


def test_what_is_read_of_the_region_is_what_the_file_says():
    region = read_region(FOLDER / "region.yaml")

    assert (region.key, region.host, region.home_place) == ("ostfold", "association", "31")
    assert region.languages == ("nb", "sv", "en")
    assert len(region.municipalities) == 12
    assert {each.key: each.municipalities for each in region.sub_regions} == {
        "moss": ("3103", "3114"),
        "nedre-glomma": ("3105", "3107", "3110", "3112"),
        "halden": ("3101", "3124"),
        "indre-ostfold": ("3116", "3118", "3120", "3122"),
    }
    assert [(each.key, each.country) for each in region.neighbours] == [
        ("follo", "NO"),
        ("varmland", "SE"),
        ("vastra-gotaland", "SE"),
    ]


def test_what_is_read_of_the_strategy_keeps_its_parts_and_their_order():
    strategy = read_strategy(FOLDER / "strategy.yaml")

    areas = [each for each in strategy.elements if each.kind == "focus-area"]
    assert [(area.key, area.attributes["kind"]) for area in areas] == [
        ("green-industry", "effort"),
        ("bioeconomy", "effort"),
        ("digital", "effort"),
        ("attraction", "cross-cutting"),
        ("capital-access", "support"),
        ("competence-inclusion", "support"),
    ]
    symbiosis = next(each for each in strategy.elements if each.key == "industrial-symbiosis")
    assert (symbiosis.kind, symbiosis.parent) == ("theme", ("goal", "circular-industry"))
    assert (strategy.first_year, strategy.last_year, strategy.adopted) == (2024, 2027, "2024-03")


def test_a_folder_with_faults_is_not_read_at_all(folder):
    plant(folder, FAULTS[0])

    with pytest.raises(UnreadableDocumentError, match="“grund” is not a key"):
        read_strategy(folder / "strategy.yaml")
