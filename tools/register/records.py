"""One record of the register, in the JSON it publishes, decided by a seed and where it stands.

The record at an index is the same in a register of any size, but for whom an establishment is part
of. Every 46 records have ten sole proprietors, as the published file has; every thousandth entity
is a municipality, and its units follow it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tools.register import trades, words
from tools.register.dice import Dice
from tools.register.numbers import entity_number, establishment_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.register.trades import Trade

    Record = dict[str, Any]

_A_MUNICIPALITY = 1000
_SOLE, _OF = 5, 23
_FORMS = (*["AS"] * 22, *["FLI"] * 6, "ANS", "SA", "STI", "NUF", "ORGL", "ASA")
_EPOCH, _DAYS = dt.date(1995, 2, 19), 11_200
_NORMS = (*["Bokmål"] * 9, "Nynorsk")
_MILLION = 1_000_000
_FEWEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Recipe:
    """What register to make.

    ``entities`` are those that are not sole proprietors, who come on top of them. ``changed`` is
    the share whose facts differ from those of the same seed with 0.
    """

    entities: int
    establishments: int = 0
    seed: int = 1
    standard: str = "SN2025"
    changed: float = 0.0

    @property
    def lines(self) -> int:
        """How many records the file of entities has, with its sole proprietors."""
        whole, rest = divmod(self.entities, _OF - _SOLE)
        return whole * _OF + (rest + _SOLE if rest else 0)

    def all_entities(self) -> Iterator[Record]:
        """Return every entity, sole proprietors among them."""
        return (entity(self, index) for index in range(self.lines))

    def all_establishments(self) -> Iterator[Record]:
        """Return every establishment; each is part of an entity."""
        return (establishment(self, index) for index in range(self.establishments))


def is_sole_proprietor(index: int) -> bool:
    """Whether the entity at ``index`` is a person in business."""
    return index % _OF < _SOLE


def entity(recipe: Recipe, index: int) -> Record:
    """Return the entity at ``index``."""
    dice = Dice(recipe.seed, "entity", index)
    form = _form(index, dice)
    trade = _trade(form, dice)
    number = entity_number(index)
    record: Record = {"organisasjonsnummer": number, "navn": _name(form, trade, dice)}
    record |= _beginning(form, trade, recipe, dice)
    home = dice.pick(words.TOWNS)
    record["forretningsadresse"] = _address(dice, home, is_abroad=form == "NUF")
    if dice.is_one_in(6):
        record["postadresse"] = _address(dice, home, is_abroad=False)
    if form == "ORGL":
        record["overordnetEnhet"] = entity_number(_municipality_before(index))
    code, title = words.SECTORS[form]
    record["institusjonellSektorkode"] = {"kode": code, "beskrivelse": title}
    record |= _registrations(form, dice) | _endings(dice)
    record["maalform"] = dice.pick(_NORMS)
    if form not in {"ENK", "ORGL"}:
        record |= _purpose(trade, dice)
    return _with_links(_changed(record, recipe, "entity", index), "enheter")


def establishment(recipe: Recipe, index: int) -> Record:
    """Return the establishment at ``index``."""
    dice = Dice(recipe.seed, "establishment", index)
    parent = dice.below(recipe.lines)
    trade = dice.pick(trades.TRADES)
    town = dice.pick(words.TOWNS)
    name = f"{_stem(dice)} {dice.pick(trade.names)} AVD {town.municipality}"
    record: Record = {"organisasjonsnummer": establishment_number(index), "navn": _odd(name, dice)}
    record |= _beginning("BEDR", trade, recipe, dice)
    record["overordnetEnhet"] = entity_number(parent)
    record["beliggenhetsadresse"] = _address(dice, town, is_abroad=False)
    record["registrertIMvaregisteret"] = False
    if not dice.is_one_in(12):
        record["oppstartsdato"] = _day(dice)
    if dice.is_one_in(30):
        record["datoEierskifte"] = _day(dice)
    if dice.is_one_in(200):
        record["nedleggelsesdato"] = _day(dice)
    return _with_links(_changed(record, recipe, "establishment", index), "underenheter")


def _form(index: int, dice: Dice) -> str:
    if is_sole_proprietor(index):
        return "ENK"
    if _municipality_before(index) == index:
        return "KOMM"
    form = dice.pick(_FORMS)
    return "FLI" if form == "ORGL" and _municipality_before(index) > index else form


def _municipality_before(index: int) -> int:
    """Return where the municipality of this thousand stands: its first that is no person."""
    first = index - index % _A_MUNICIPALITY
    while is_sole_proprietor(first):
        first += 1
    return first


def _trade(form: str, dice: Dice) -> Trade:
    if form == "KOMM":
        return trades.PUBLIC
    if form == "ORGL":
        return trades.UNIT
    return dice.pick(trades.CAUSES if form in {"FLI", "STI"} else trades.TRADES)


def _stem(dice: Dice) -> str:
    return dice.pick(words.FIRST_PARTS) + dice.pick(words.LAST_PARTS)


def _name(form: str, trade: Trade, dice: Dice) -> str:
    if form == "ENK":
        return f"{_stem(dice)} {dice.pick(trade.names)} {dice.pick(words.GIVEN_NAMES)}"
    ending = f" {form}" if form in {"AS", "ASA", "ANS", "SA", "NUF"} else ""
    return _odd(f"{_stem(dice)} {dice.pick(trade.names)}{ending}", dice)


def _odd(name: str, dice: Dice) -> str:
    """Write a name in capitals, as most are, or as one in twenty is."""
    if not dice.is_one_in(20):
        return name
    return dice.pick((name.title(), name.lower(), name.replace(" ", "  ", 1), f"{name} "))


def _beginning(form: str, trade: Trade, recipe: Recipe, dice: Dice) -> Record:
    record: Record = {
        "organisasjonsform": {"kode": form, "beskrivelse": words.FORMS[form]},
        "registreringsdatoEnhetsregisteret": _day(dice),
    }
    if not dice.is_one_in(17):
        record["naeringskode1"] = _industry(trade, recipe)
        if dice.is_one_in(15):
            record["naeringskode2"] = _industry(dice.pick(trades.TRADES), recipe)
    if dice.is_one_in(10):
        record["hjemmeside"] = f"www.{dice.pick(words.LAST_PARTS).lower()}-{dice.below(9999)}.no"
    return record | _staff(dice)


def _industry(trade: Trade, recipe: Recipe) -> dict[str, str]:
    return {"kode": trade.code(recipe.standard), "beskrivelse": trade.title}


def _staff(dice: Dice) -> Record:
    """Say how many work there, as the register does: below five it says only that some do."""
    if not dice.is_one_in(6):
        return {"harRegistrertAntallAnsatte": False}
    counted = {
        "harRegistrertAntallAnsatte": True,
        "registreringsdatoAntallAnsatteEnhetsregisteret": _day(dice),
    }
    if not dice.is_one_in(3):
        return counted
    most = 2 ** (1 + dice.below(10))
    return counted | {"antallAnsatte": _FEWEST_SHOWN + dice.below(most)}


def _address(dice: Dice, town: words.Town, *, is_abroad: bool) -> Record:
    street = f"{dice.pick(words.STREETS)} {1 + dice.below(190)}"
    if is_abroad:
        return {"land": "Sverige", "landkode": "SE", "poststed": "STRÖMSTAD", "adresse": [street]}
    lines: list[str | None] = [street]
    if dice.is_one_in(9):
        lines = ["c/o Regnskapskontoret", street]
    elif dice.is_one_in(20):
        lines = [street, None, ""]
    return {
        "land": "Norge",
        "landkode": "NO",
        "postnummer": town.postcode,
        "poststed": town.post_town,
        "adresse": lines,
        "kommune": town.municipality,
        "kommunenummer": town.code,
    }


def _registrations(form: str, dice: Dice) -> Record:
    is_company = form in {"AS", "ASA", "ANS", "SA", "NUF"}
    record: Record = {
        "registrertIMvaregisteret": is_company and not dice.is_one_in(3),
        "registrertIForetaksregisteret": is_company,
        "registrertIStiftelsesregisteret": form == "STI",
        "registrertIFrivillighetsregisteret": form == "FLI" and dice.is_one_in(3),
    }
    if form in {"AS", "ASA"} and not dice.is_one_in(8):
        record["sisteInnsendteAarsregnskap"] = str(2022 + dice.below(4))
    if not dice.is_one_in(4):
        record["stiftelsesdato"] = _day(dice)
    return record


def _endings(dice: Dice) -> Record:
    is_bankrupt, is_ending = dice.is_one_in(120), dice.is_one_in(60)
    record: Record = {
        "konkurs": is_bankrupt,
        "underAvvikling": is_ending,
        "underTvangsavviklingEllerTvangsopplosning": dice.is_one_in(400),
    }
    if is_bankrupt:
        record["konkursdato"] = _day(dice)
    elif dice.is_one_in(50):
        record["konkursdato"] = ""
    if is_ending:
        record["underAvviklingDato"] = _day(dice)
    return record


def _purpose(trade: Trade, dice: Dice) -> Record:
    """Tell the purpose in lines broken where they were full, some with a break of their own."""
    said = f"{trade.purpose}, samt alt som står i forbindelse med dette."
    middle = said.find(" ", len(said) // 2)
    lines = [said[:middle], said[middle + 1 :]]
    if dice.is_one_in(25):
        lines = [f"{said[:middle]}\n{said[middle + 1 :]}", 'Se "vedtektene".']
    record: Record = {"aktivitet": lines}
    if dice.is_one_in(2):
        record |= {"vedtektsdato": _day(dice), "vedtektsfestetFormaal": lines}
    return record


def _changed(record: Record, recipe: Recipe, kind: str, index: int) -> Record:
    if not recipe.changed:
        return record
    dice = Dice(recipe.seed, "changed", kind, index)
    if dice.below(_MILLION) >= recipe.changed * _MILLION:
        return record
    return record | {
        "hjemmeside": f"www.ny-{record['organisasjonsnummer']}.no",
        "harRegistrertAntallAnsatte": True,
        "antallAnsatte": _FEWEST_SHOWN + dice.below(500),
    }


def _day(dice: Dice) -> str:
    return (_EPOCH + dt.timedelta(days=dice.below(_DAYS))).isoformat()


def _with_links(record: Record, path: str) -> Record:
    record["_links"] = {
        "self": {
            "href": "https://data.brreg.no/enhetsregisteret/api/"
            f"{path}/{record['organisasjonsnummer']}"
        }
    }
    return record
