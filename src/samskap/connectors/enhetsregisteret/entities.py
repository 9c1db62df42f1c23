"""What the register's own record of an organisation says of an actor.

A record comes as JSON, or as a line of the bulk CSV whose names join the JSON's with points
(``organisasjonsform.kode``); ``flattened`` makes the first into the second, and everything after
that reads one shape. Names of fields are compared without regard to capitals: the two do not agree.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_noop as _

from samskap.actors.facts import CodedIndustry
from samskap.actors.incoming import Incoming, SaidPlace
from samskap.actors.incoming.numbers import WrongNumberError, number_of
from samskap.actors.incoming.reckoning import likely, reason_for
from samskap.actors.incoming.words import web_said
from samskap.actors.models import ActorStatus
from samskap.connectors.enhetsregisteret.writing import as_people_write
from samskap.kernel.identifiers import FORMS_OF_PERSONS, Country
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.remark import Remark
from samskap.kernel.tables.cells import clean
from samskap.kernel.text import LocalisedText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from samskap.actors.models import CodeStandard

    # Names in small letters, joined with points.
    Record = Mapping[str, str]

# Where it works: an entity's and a sub-entity's address, and at last where its post goes.
_ADDRESSES: Final = ("forretningsadresse", "beliggenhetsadresse", "postadresse")
_CODES: Final = ("naeringskode1.kode", "naeringskode2.kode", "naeringskode3.kode")
_NORMS: Final[Mapping[str, str]] = {"bokmål": "nb", "nynorsk": "nn"}
_CODE: Final = re.compile(r"[0-9]{2}\.[0-9]{3}")
_NO_CODE: Final = "00.000"
_MOST_DIGITS: Final = 12
# The bulk file joins the lines of an address so.
_NEW_LINE: Final = "/n"


def flattened(record: Mapping[str, Any], above: str = "") -> dict[str, str]:
    """Return a JSON record as the bulk file would have it: names joined, every value a text."""
    flat: dict[str, str] = {}
    for name, value in record.items():
        key = f"{above}{name}".lower()
        if isinstance(value, dict):
            flat |= flattened(value, f"{key}.")
        elif isinstance(value, list):
            lines = [clean(line) for line in value if isinstance(line, str)]
            flat[key] = (_NEW_LINE if key.endswith(".adresse") else " ").join(filter(None, lines))
        elif isinstance(value, bool):
            flat[key] = "true" if value else "false"
        elif value is not None:
            flat[key] = clean(str(value))
    return flat


def codes_in(record: Record) -> Iterator[str]:
    """Return the codes of industry of a record, the main one first."""
    for key in _CODES:
        code = record.get(key, "").strip()
        if _CODE.fullmatch(code) and code != _NO_CODE:
            yield code


def incoming_of(
    record: Record,
    *,
    line: int,
    original: Mapping[str, str],
    standard: CodeStandard,
    on: dt.date,
) -> Incoming:
    """Return what a record says of an actor; ``on`` is the day the file was taken out.

    What is wrong with it is among its ``faults``. A sole proprietor is a person: nothing of such a
    record is kept but where it stood.
    """
    form = record.get("organisasjonsform.kode", "").upper()
    said = Incoming(line=line, original=original, on=on)
    if form in FORMS_OF_PERSONS:
        message = _("A sole proprietor (%(form)s) is a person, and a person is never an actor.")
        said.faults.append(Remark(message, {"form": form}))
        said.original = {}
        return said
    _number_and_name(record, said)
    _place(record, said)
    said.codes = tuple(CodedIndustry(standard, code) for code in dict.fromkeys(codes_in(record)))
    said.fields |= _fields(record, on)
    if form:
        said.fields["legal_form"] = form
    said.is_gone = said.fields.get("status") == ActorStatus.CLOSED
    said.superior = record.get("overordnetenhet", "")
    kind, factor = likely(form, said.codes)
    said.likely_kind, said.likely_factors = kind, {factor: reason_for(form, said.codes)}
    return said


def _number_and_name(record: Record, said: Incoming) -> None:
    try:
        said.number, _country = number_of(
            record.get("organisasjonsnummer", ""), country=Country.NORWAY
        )
        if not said.number:
            said.faults.append(Remark(_("The row has no organisation number.")))
    except WrongNumberError as wrong:
        said.faults.append(wrong.remark)
    name = " ".join(record.get("navn", "").split())
    if not name:
        said.faults.append(Remark(_("The row has no name.")))
    said.name = as_people_write(name)
    said.fields["official_name"] = name


def _place(record: Record, said: Incoming) -> None:
    """Take the place and the street of the first address that is in a country we know."""
    for address in _ADDRESSES:
        country = record.get(f"{address}.landkode", "")
        code = record.get(f"{address}.kommunenummer", "")
        if not country and not code:
            continue
        said.place = SaidPlace(
            code=code,
            name=record.get(f"{address}.kommune", "") or record.get(f"{address}.land", ""),
            country=country or Country.NORWAY,
            is_certain=True,
        )
        if address != "postadresse":
            said.fields |= _street(record, address)
        return


def _street(record: Record, address: str) -> dict[str, str]:
    lines = record.get(f"{address}.adresse", "").split(_NEW_LINE)
    parts = {
        "street": ", ".join(" ".join(line.split()) for line in lines if line.strip())[:250],
        "postcode": record.get(f"{address}.postnummer", ""),
        "post_town": as_people_write(record.get(f"{address}.poststed", "")),
    }
    return {field: value for field, value in parts.items() if value}


def _fields(record: Record, on: dt.date) -> dict[str, Any]:
    fields: dict[str, Any] = {"status": _status(record, on)} | _employees(record)
    founded = _day(record, "stiftelsesdato") or _day(record, "oppstartsdato")
    if founded:
        fields["founded_on"] = founded
    web = record.get("hjemmeside", "")
    if web and web_said(web):
        fields["web"] = web_said(web)
    norm = _NORMS.get(record.get("maalform", "").lower())
    if norm:
        fields["written_norm"] = norm
    about = record.get("aktivitet", "") or record.get("vedtektsfestetformaal", "")
    if about:
        # The register breaks its text in lines wherever they were full.
        fields["description"] = LocalisedText({DEFAULT_LANGUAGE: _joined(about)})
    return fields


def _employees(record: Record) -> dict[str, Any]:
    """Return the count of employees, or that it is hidden because there are few.

    The register hides counts under five: the flag is set and the number is not there. With neither
    number nor flag it says nothing.
    """
    counted = _day(record, "registreringsdatoantallansatteenhetsregisteret")
    when = {"employees_on": counted} if counted else {}
    number = record.get("antallansatte", "")
    if number.isdecimal() and len(number) <= _MOST_DIGITS:
        return {"employees": int(number), "employees_are_few": False} | when
    if _is_true(record, "harregistrertantallansatte"):
        return {"employees": None, "employees_are_few": True} | when
    return {}


def _status(record: Record, on: dt.date) -> ActorStatus:
    ended = _day(record, "slettedato") or _day(record, "nedleggelsesdato")
    if ended and ended <= on:
        return ActorStatus.CLOSED
    if _is_true(record, "konkurs") or _day(record, "konkursdato"):
        return ActorStatus.BANKRUPT
    if _is_true(record, "underavvikling") or _is_true(
        record, "undertvangsavviklingellertvangsopplosning"
    ):
        return ActorStatus.WINDING_UP
    return ActorStatus.ACTIVE


def _joined(text: str) -> str:
    return " ".join(text.replace(_NEW_LINE, " ").split())


def _is_true(record: Record, key: str) -> bool:
    return record.get(key, "").lower() in {"true", "ja", "j"}


def _day(record: Record, key: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(record.get(key, "")[:10])
    except ValueError:
        return None
