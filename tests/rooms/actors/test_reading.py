"""The actors of a region folder: real ones with sources, invented ones that cannot be real."""

from __future__ import annotations

import pytest

from samskap.actors.models import ActorKind
from samskap.actors.reading import check_actors, read_actors, schema
from samskap.evidence.reading import read_places
from samskap.kernel.documents import UnreadableDocumentError, read_document
from samskap.strategy.keys import Factor, Side
from samskap.trust.models import Visibility
from tests.world.region import FOLDER

# Typed from the list of verified numbers, and beside each the place it has there.
VERIFIED = {
    "930580694": ("Østfold fylkeskommune", "31"),
    "959159092": ("Halden kommune", "3101"),
    "920817521": ("Moss kommune", "3103"),
    "938801363": ("Sarpsborg kommune", "3105"),
    "940039541": ("Fredrikstad kommune", "3107"),
    "964947082": ("Hvaler kommune", "3110"),
    "940802652": ("Råde kommune", "3112"),
    "959272581": ("Våler kommune", "3114"),
    "941962726": ("Skiptvet kommune", "3116"),
    "920123899": ("Indre Østfold kommune", "3118"),
    "945372281": ("Rakkestad kommune", "3120"),
    "964944334": ("Marker kommune", "3122"),
    "940875560": ("Aremark kommune", "3124"),
    "922092648": ("Nordre Follo kommune", "3207"),
    "944383565": ("Nesodden kommune", "3212"),
    "963999089": ("Frogn kommune", "3214"),
    "943485437": ("Vestby kommune", "3216"),
    "964948798": ("Ås kommune", "3218"),
    "964949581": ("Enebakk kommune", "3220"),
    "971567376": ("Høgskolen i Østfold", "3101"),
    "983971768": ("Sykehuset Østfold HF", "3105"),
    "969159570": ("Norges miljø- og biovitenskapelige universitet (NMBU)", "3218"),
    "998753562": ("Borregaard ASA", "3105"),
    "837884942": ("SpareBank 1 Østfold Akershus", "3103"),
    "986399445": ("Innovasjon Norge", "0301"),
    "974761319": ("Statsforvalteren i Østfold, Buskerud, Oslo og Akershus", "NO"),
}

GOOD = """\
codes-valid-on: 2024-06-01
sources:
  - key: kart
    title: {nb: Kart, sv: Karta, en: Map}
    publisher: Kartverket
reasons:
  verft: {nb: Bygger båter., sv: Bygger båtar., en: Builds boats.}
actors:
  - key: hvaler-kommune
    kind: municipality
    name: Hvaler kommune
    organisation-number: "964947082"
    place: "3110"
    side: authority
    factors:
      public-authority: {nb: Er kommunen., sv: Är kommunen., en: Is the municipality.}
    source: kart
  - key: verftet
    kind: company
    name: {nb: Verftet, en: The Yard}
    country: SE
    place: "1765"
    factors: {business: verft}
    source: kart
    visibility: partners
"""


def written(folder, text):
    path = folder / "actors.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder, text, *, places=None):
    document = read_document(written(folder, text))
    return [(fault.line, fault.sentence) for fault in check_actors(document, places=places)]


def test_region_folder_knows_the_26_verified_actors_and_nobody_else():
    roster = read_actors(FOLDER / "actors.yaml")

    assert {
        facts.organisation_number: (facts.name["nb"], facts.place.code) for facts in roster.actors
    } == VERIFIED


@pytest.mark.parametrize("file", ["actors.yaml", "demo/actors.yaml"])
def test_region_folder_is_clean(file):
    places = read_places(FOLDER / "places.yaml").places

    assert check_actors(read_document(FOLDER / file), places=places) == []


@pytest.mark.parametrize("file", ["actors.yaml", "demo/actors.yaml"])
def test_every_reason_and_source_is_told_in_every_language(file):
    roster = read_actors(FOLDER / file)

    texts = [reason for facts in roster.actors for reason in facts.factors.values()]
    texts += [source.title for source in roster.sources]
    assert [text for text in texts if not (text["nb"] and text["sv"] and text["en"])] == []


def test_what_is_written_is_what_is_read(tmp_path):
    municipality, yard = read_actors(written(tmp_path, GOOD)).actors

    assert (municipality.slug, municipality.kind, municipality.side, municipality.visibility) == (
        "hvaler-kommune",
        ActorKind.MUNICIPALITY,
        Side.AUTHORITY,
        Visibility.PUBLIC,
    )
    assert municipality.place.on.isoformat() == "2024-06-01"
    assert municipality.factors[Factor.PUBLIC_AUTHORITY]["sv"] == "Är kommunen."
    assert (yard.country, yard.place.country, yard.visibility) == ("SE", "SE", "partners")
    assert yard.factors == {
        Factor.BUSINESS: {"nb": "Bygger båter.", "sv": "Bygger båtar.", "en": "Builds boats."}
    }
    assert (yard.name["en"], yard.side, yard.is_demo) == ("The Yard", None, False)


@pytest.mark.parametrize(
    ("before", "after", "line", "sentence"),
    [
        (
            '"964947082"',
            '"964947083"',
            12,
            "“964947083” is not an organisation number: check the digits.",
        ),
        ('"964947082"', '"313001202"', 12, "313001202 is a number of an example."),
        ('"964947082"', "964947082", 12, "“organisation-number” should be text."),
        ("key: verftet", "key: hvaler-kommune", 18, "Two actors have the key “hvaler-kommune”."),
        ("business: verft}", "business: verk}", 23, "There is no shared reason “verk”."),
        ("kind: company", "kind: compny", 19, "“kind” cannot be “compny”."),
        ("side: authority", "side: employees", 14, "“side” cannot be “employees”."),
        ("public-authority: {nb", "public: {nb", 16, "“public” is not a key that is known here."),
        (", en: Is the municipality.}", "}", 16, "“public-authority” lacks “en”."),
        ("    factors: {business: verft}\n", "", 18, "Entry 2 of “actors” lacks “factors”."),
    ],
)
def test_fault_is_told_with_its_line(tmp_path, before, after, line, sentence):
    assert GOOD.count(before) == 1

    assert (line, sentence) in faults(tmp_path, GOOD.replace(before, after))


def test_number_twice_is_told_of(tmp_path):
    twin = GOOD.replace("    country: SE\n", '    organisation-number: "964947082"\n')

    assert faults(tmp_path, twin) == [(21, "Two actors have the number 964947082.")]


def test_code_that_is_no_place_that_day_is_told_of(tmp_path):
    places = read_places(FOLDER / "places.yaml").places

    assert faults(tmp_path, GOOD, places=places) == []
    assert faults(tmp_path, GOOD.replace("2024-06-01", "2023-06-01"), places=places) == [
        (13, "3110 is not the code of a place on 2023-06-01.")
    ]


def test_invented_actor_with_a_number_that_may_be_real_is_told_of(tmp_path):
    demo = "demo: true\n" + GOOD

    assert faults(tmp_path, demo) == [(13, "964947082 may belong to a real organisation.")]


def test_every_fault_is_told_at_once(tmp_path):
    broken = GOOD.replace('"964947082"', '"964947083"').replace(
        "{business: verft}", "{business: x}"
    )

    with pytest.raises(UnreadableDocumentError) as told:
        read_actors(written(tmp_path, broken))

    assert [fault.line for fault in told.value.faults] == [12, 23]


def test_schema_names_every_kind_factor_and_side_there_is():
    shape = schema()["$defs"]["actor"]["properties"]

    assert shape["kind"]["enum"] == ActorKind.values
    assert shape["side"]["enum"] == Side.values
    assert list(shape["factors"]["properties"]) == Factor.values
