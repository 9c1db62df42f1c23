"""What invented organisations do, and how the people of each trade speak of it."""

from __future__ import annotations

from typing import NamedTuple


class Trade(NamedTuple):
    """An industry: its code in both standards and its title, and how its people speak of it."""

    in_2007: str
    in_2025: str
    title: str
    names: tuple[str, ...]
    purpose: str

    def code(self, standard: str) -> str:
        """Return its code in ``standard``, SN2007 or SN2025."""
        return self.in_2007 if standard == "SN2007" else self.in_2025


TRADES = (
    Trade(
        "68.209",
        "68.200",
        "Utleie av egen eller leid fast eiendom",
        ("EIENDOM", "UTLEIE", "GÅRDEN"),
        "Eie, leie ut og utvikle fast eiendom, og å delta i andre selskaper",
    ),
    Trade(
        "64.202",
        "64.210",
        "Holdingselskaper",
        ("HOLDING", "INVEST", "KAPITAL"),
        "Investere i aksjer, verdipapirer og andre selskaper",
    ),
    Trade(
        "41.200",
        "41.000",
        "Oppføring av bygninger",
        ("BYGG", "ENTREPRENØR", "HUS"),
        "Oppføre og pusse opp boliger og næringsbygg, og kjøpe og selge tomter",
    ),
    Trade(
        "43.210",
        "43.210",
        "Elektrisk installasjonsarbeid",
        ("ELEKTRO", "INSTALLASJON", "STRØM"),
        "Elektrisk installasjon, service og salg av utstyr",
    ),
    Trade(
        "43.320",
        "43.320",
        "Snekkerarbeid",
        ("SNEKKERI", "TREARBEID", "TØMRERSERVICE"),
        "Snekkerarbeid og montering av dører, vinduer og kjøkken",
    ),
    Trade(
        "16.100",
        "16.110",
        "Saging og høvling av tre",
        ("SAGBRUK", "TRELAST", "HØVLERI"),
        "Foredle trevirke, selge trelast, og utnytte flis og bark til energi",
    ),
    Trade(
        "25.110",
        "25.110",
        "Produksjon av metallkonstruksjoner",
        ("MEK", "STÅL", "SVEIS"),
        "Produsere og montere stålkonstruksjoner for industri og bygg",
    ),
    Trade(
        "10.710",
        "10.710",
        "Produksjon av brød og ferske konditorvarer",
        ("BAKERI", "KONDITORI"),
        "Bakerivirksomhet med salg fra egne utsalg",
    ),
    Trade(
        "38.110",
        "38.110",
        "Innsamling av ikke-farlig avfall",
        ("GJENVINNING", "RENOVASJON", "OMLAST"),
        "Samle inn, sortere og gjenvinne avfall, og selge sekundære råvarer",
    ),
    Trade(
        "35.300",
        "35.300",
        "Damp- og varmtvannsforsyning",
        ("FJERNVARME", "BIOVARME"),
        "Produsere og levere fjernvarme av overskuddsvarme og biobrensel",
    ),
    Trade(
        "47.110",
        "47.110",
        "Butikkhandel med bredt vareutvalg",
        ("DAGLIGVARE", "LANDHANDEL", "MATSENTER"),
        "Handel med dagligvarer og det som naturlig hører med",
    ),
    Trade(
        "49.410",
        "49.410",
        "Godstransport på vei",
        ("TRANSPORT", "LASTEBIL", "LOGISTIKK"),
        "Transport av gods på vei, lagring og spedisjon",
    ),
    Trade(
        "55.101",
        "55.100",
        "Drift av hoteller",
        ("HOTELL", "GJESTEGÅRD"),
        "Drive hotell, kurs- og konferansesenter",
    ),
    Trade(
        "56.101",
        "56.110",
        "Drift av restauranter og kafeer",
        ("KAFÉ", "RESTAURANT", "SPISERI"),
        "Serveringsvirksomhet og cateringtjenester",
    ),
    Trade(
        "62.010",
        "62.100",
        "Programmeringstjenester",
        ("DATA", "SYSTEMER", "DIGITAL"),
        "Utvikle, selge og drifte programvare, og gi råd om den",
    ),
    Trade(
        "70.220",
        "70.200",
        "Bedriftsrådgivning",
        ("RÅDGIVNING", "CONSULTING", "NÆRINGSUTVIKLING"),
        "Rådgivning om næringsutvikling, ledelse og omstilling",
    ),
    Trade(
        "71.129",
        "71.129",
        "Annen teknisk konsulentvirksomhet",
        ("INGENIØR", "PROSJEKT", "TEKNIKK"),
        "Prosjektering og teknisk rådgivning for industri og kommuner",
    ),
    Trade(
        "01.410",
        "01.410",
        "Melkeproduksjon på storfe",
        ("GARDSDRIFT", "SAMDRIFT", "MELK"),
        "Husdyrhold og planteproduksjon, og utnyttelse av husdyrgjødsel",
    ),
    Trade(
        "02.200",
        "02.200",
        "Avvirkning",
        ("SKOG", "SKOGSDRIFT"),
        "Avvirkning og transport av tømmer",
    ),
    Trade(
        "81.300",
        "81.300",
        "Beplantning av hager og parkanlegg",
        ("HAGE", "GRØNTANLEGG"),
        "Anlegge og stelle hager, parker og uteområder",
    ),
)
CAUSES = (
    Trade(
        "93.120",
        "93.120",
        "Idrettslag og -klubber",
        ("IDRETTSLAG", "SPORTSKLUBB", "BÅTFORENING"),
        "Drive idrett og skape et godt miljø for barn og unge",
    ),
    Trade(
        "94.991",
        "94.991",
        "Aktiviteter i andre interesseorganisasjoner",
        ("VELFORENING", "HISTORIELAG", "NÆRINGSFORENING"),
        "Arbeide for medlemmenes felles interesser",
    ),
)
PUBLIC = Trade(
    "84.110", "84.110", "Generell offentlig administrasjon", ("KOMMUNE",), "Kommunal forvaltning"
)
UNIT = Trade(
    "84.110",
    "84.110",
    "Generell offentlig administrasjon",
    ("TEKNISK", "SENTRALADMINISTRASJON"),
    "",
)
