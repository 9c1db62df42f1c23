"""What others call the columns that we know."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from samskap.kernel.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django_stubs_ext import StrPromise

_YEAR: Final = re.compile(r"\s*(19|20)[0-9]{2}$")


@dataclass(frozen=True, slots=True)
class Column:
    """A field that a column may hold, and names that such a column goes by, folded."""

    label: StrPromise
    names: tuple[str, ...]


COLUMNS: Final[Mapping[str, Column]] = {
    "organisation_number": Column(
        _("Organisation number"),
        (
            "organisasjonsnummer", "organisasjonsnr", "org nummer", "orgnummer", "org nr", "orgnr",
            "foretaksnummer", "foretaksnr", "bedriftsnummer", "organisationsnummer",
            "organisationsnr", "organisation number", "organization number", "org number",
            "company number", "org no",
        ),
    ),
    "name": Column(
        _("Name"),
        (
            "navn", "namn", "name", "aktør", "actor", "organisasjon", "organisasjonsnavn",
            "virksomhet", "virksomhetsnavn", "bedrift", "bedriftsnavn", "bedriftens navn",
            "firma", "firmanavn", "foretak", "foretaksnavn", "selskap", "selskapsnavn",
            "organisation", "organization", "company", "company name", "førening", "forening",
            "førretag", "førretagsnamn", "firmanamn", "navn på virksomhet", "navn på bedrift",
        ),
    ),
    "official_name": Column(
        _("Name in the register"),
        ("juridisk navn", "registrert navn", "navn i registeret", "official name", "legal name",
         "registrerat namn"),
    ),
    "country": Column(_("Country"), ("land", "landkode", "country", "country code")),
    "place": Column(
        _("Municipality"),
        (
            "kommune", "kommunenr", "kommunenummer", "kommunenavn", "kommun", "kommunkod",
            "municipality", "place", "sted", "ort", "plass",
        ),
    ),
    "kind": Column(_("Kind"), ("kind", "slag", "type", "typ", "aktørtype", "art")),
    "factors": Column(
        _("Factor"),
        ("faktor", "faktorer", "factor", "factors", "reve factor", "reve faktor", "rolle i reve"),
    ),
    "reason": Column(
        _("Why it counts under the factor"),
        ("begrunnelse", "grunn", "motivering", "reason", "why", "hvorfor"),
    ),
    "legal_form": Column(
        _("Legal form"),
        ("organisasjonsform", "orgform", "selskapsform", "juridisk form", "legal form",
         "organisationsform", "bolagsform", "førretagsform"),
    ),
    "industry_codes": Column(
        _("Industry codes"),
        ("næringskode", "næringskoder", "nærings kode", "bransjekode", "nace", "nace kode",
         "nace code", "sn2007", "sn2025", "industry code", "industry codes", "sni", "sni kod",
         "naeringskode"),
    ),
    "side": Column(_("Side in working life"), ("side", "part", "partsside", "sida")),
    "web": Column(
        _("Web page"),
        ("hjemmeside", "nettside", "nettsted", "web", "url", "webside", "website", "web page",
         "hemsida", "webbplats", "www", "internett"),
    ),
    "description": Column(
        _("What it does"),
        ("beskrivelse", "om", "hva de gjør", "virksomhetsbeskrivelse", "beskrivning",
         "description", "about"),
    ),
    "email": Column(
        _("E-mail"), ("e post", "epost", "e postadresse", "epostadresse", "mail", "email", "e mail")
    ),
    "phone": Column(
        _("Phone"), ("telefon", "tlf", "telefonnummer", "phone", "telephone", "sentralbord")
    ),
    "street": Column(
        _("Street address"),
        ("adresse", "gateadresse", "besøksadresse", "forretningsadresse", "gate", "street",
         "address", "street address", "adress", "gatuadress"),
    ),
    "postcode": Column(
        _("Postcode"), ("postnummer", "postnr", "postcode", "post code", "zip", "postkode")
    ),
    "post_town": Column(_("Post town"), ("poststed", "postort", "post town", "city", "by", "stad")),
    "employees": Column(
        _("Employees"),
        ("ansatte", "antall ansatte", "antallansatte", "årsverk", "employees",
         "number of employees", "anstællda", "antal anstællda", "sysselsatte"),
    ),
    "founded_on": Column(
        _("Founded on"),
        ("stiftet", "stiftelsesdato", "etablert", "founded", "founded on", "grundat", "bildat"),
    ),
}  # fmt: skip
WORDS: Final = frozenset(name for column in COLUMNS.values() for name in column.names)


def guessed_mapping(
    headers: Iterable[str], *, remembered: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return which column each of our fields is in, as far as names tell.

    ``remembered`` is what was chosen the last time, and goes first where the column is there. A
    year behind a name is passed over: kommune2024 holds municipalities.
    """
    there = list(headers)
    kept = {field: name for field, name in (remembered or {}).items() if name in there}
    found = dict(kept)
    for field, column in COLUMNS.items():
        for header in there:
            if field in found or header in found.values():
                continue
            if _plain(header) in column.names:
                found[field] = header
    return found


def known_words(headers: Iterable[str]) -> frozenset[str]:
    """Return the words a table may name its columns by: ours, and those of ``headers``."""
    return WORDS | {folded(header) for header in headers}


def _plain(header: str) -> str:
    return folded(_YEAR.sub("", header.strip()))
