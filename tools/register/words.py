"""What invented organisations are called, and where they are."""

from __future__ import annotations

from typing import NamedTuple


class Town(NamedTuple):
    """A municipality with its code of 2024, and one postal code in it."""

    code: str
    municipality: str
    postcode: str
    post_town: str


TOWNS = (
    Town("3101", "HALDEN", "1776", "HALDEN"),
    Town("3103", "MOSS", "1530", "MOSS"),
    Town("3105", "SARPSBORG", "1706", "SARPSBORG"),
    Town("3107", "FREDRIKSTAD", "1607", "FREDRIKSTAD"),
    Town("3110", "HVALER", "1684", "VESTERØY"),
    Town("3112", "RÅDE", "1640", "RÅDE"),
    Town("3114", "VÅLER", "1592", "VÅLER I ØSTFOLD"),
    Town("3116", "SKIPTVET", "1816", "SKIPTVET"),
    Town("3118", "INDRE ØSTFOLD", "1850", "MYSEN"),
    Town("3120", "RAKKESTAD", "1890", "RAKKESTAD"),
    Town("3122", "MARKER", "1870", "ØRJE"),
    Town("3124", "AREMARK", "1798", "AREMARK"),
    Town("3207", "NORDRE FOLLO", "1400", "SKI"),
    Town("3216", "VESTBY", "1540", "VESTBY"),
    Town("3218", "ÅS", "1430", "ÅS"),
    Town("3301", "DRAMMEN", "3015", "DRAMMEN"),
    Town("0301", "OSLO", "0150", "OSLO"),
    Town("0301", "OSLO", "0657", "OSLO"),
    Town("0301", "OSLO", "0978", "OSLO"),
    Town("4601", "BERGEN", "5003", "BERGEN"),
    Town("4601", "BERGEN", "5147", "FYLLINGSDALEN"),
    Town("5001", "TRONDHEIM", "7011", "TRONDHEIM"),
    Town("1103", "STAVANGER", "4006", "STAVANGER"),
    Town("4204", "KRISTIANSAND S", "4611", "KRISTIANSAND S"),
    Town("5501", "TROMSØ", "9008", "TROMSØ"),
    Town("1508", "ÅLESUND", "6002", "ÅLESUND"),
)
FIRST_PARTS = (
    "NORD",
    "SØR",
    "ØST",
    "VEST",
    "BORG",
    "GLOMMA",
    "FJORD",
    "SKJÆR",
    "BERG",
    "DAL",
    "GRAN",
    "BJØRK",
    "ELVE",
    "VANN",
    "STEIN",
    "KYST",
    "HAV",
    "LØKKE",
    "MYR",
    "HEI",
    "FURU",
    "ÅS",
    "ØY",
    "TANGE",
)
LAST_PARTS = (
    "HEIM",
    "VIK",
    "NES",
    "STAD",
    "RUD",
    "LAND",
    "LI",
    "VOLL",
    "HAUG",
    "TUN",
    "SUND",
    "ENG",
    "MO",
    "FOSS",
    "BAKKEN",
    "MARK",
    "HOLT",
    "ÅSEN",
    "BØ",
    "SETER",
)
STREETS = (
    "Storgata",
    "Industriveien",
    "Kirkegata",
    "Sagveien",
    "Bryggegata",
    "Jernbanegata",
    "Skoleveien",
    "Havnegata",
    "Nordre Åsvei",
    "Ørneveien",
    "Løkkegata",
    "Gamle Riksvei",
)
GIVEN_NAMES = ("KARI", "OLA", "ÅSE", "BJØRN", "INGRID", "ØYVIND", "NINA", "TOR", "SIV", "PER")
FORMS = {
    "AS": "Aksjeselskap",
    "ASA": "Allmennaksjeselskap",
    "ENK": "Enkeltpersonforetak",
    "FLI": "Forening/lag/innretning",
    "ANS": "Ansvarlig selskap med solidarisk ansvar",
    "SA": "Samvirkeforetak",
    "STI": "Stiftelse",
    "NUF": "Norskregistrert utenlandsk foretak",
    "KOMM": "Kommune",
    "ORGL": "Organisasjonsledd",
    "BEDR": "Underenhet til næringsdrivende og offentlig forvaltning",
}
SECTORS = {
    "AS": ("2100", "Private aksjeselskaper mv."),
    "ASA": ("2100", "Private aksjeselskaper mv."),
    "ENK": ("8200", "Personlig næringsdrivende"),
    "FLI": ("7000", "Ideelle organisasjoner"),
    "ANS": ("2300", "Personlige foretak mv."),
    "SA": ("2100", "Private aksjeselskaper mv."),
    "STI": ("7000", "Ideelle organisasjoner"),
    "NUF": ("2100", "Private aksjeselskaper mv."),
    "KOMM": ("6500", "Kommuneforvaltningen"),
    "ORGL": ("6500", "Kommuneforvaltningen"),
}
