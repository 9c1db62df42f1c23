"""The code of a place among the properties of a feature, as those who publish them spell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from samskap.evidence.facts import PlaceCode
from samskap.kernel.identifiers import Country

if TYPE_CHECKING:
    from datetime import date

# A municipality's feature often tells its county too: the narrower code comes first.
_MUNICIPALITY: Final = {
    "kommunenummer": Country.NORWAY,
    "kommunenr": Country.NORWAY,
    "kommnr": Country.NORWAY,
    "knr": Country.NORWAY,
    "kommunkod": Country.SWEDEN,
    "knkod": Country.SWEDEN,
}
_COUNTY: Final = {
    "fylkesnummer": Country.NORWAY,
    "fylkesnr": Country.NORWAY,
    "fylkenr": Country.NORWAY,
    "lanskod": Country.SWEDEN,
    "lankod": Country.SWEDEN,
    "länskod": Country.SWEDEN,
    "lnkod": Country.SWEDEN,
}
_ANY: Final = ("code", "kode", "kod", "id")
_MUNICIPAL_DIGITS, _COUNTY_DIGITS = 4, 2


def code_of(properties: Any, *, on: date, country: str) -> PlaceCode | None:
    """Return the code among a feature's properties; nothing when there is none.

    Spelt as anybody does: case and underscores do not matter, and a code that lost its first zero
    gets it back.

    >>> from datetime import date
    >>> code_of({"Kommune_Nr": 301}, on=date(2024, 1, 1), country="NO").code
    '0301'
    """
    if not isinstance(properties, dict):
        return None
    said = {_plain(str(name)): value for name, value in properties.items()}
    for names, digits in ((_MUNICIPALITY, _MUNICIPAL_DIGITS), (_COUNTY, _COUNTY_DIGITS)):
        for name, its_country in names.items():
            code = _text(said.get(name))
            if code:
                return PlaceCode(code.zfill(digits), on=on, country=its_country)
    found = next((_text(said[name]) for name in _ANY if _text(said.get(name))), "")
    return _with_country(found, on=on, country=country) if found else None


def _with_country(code: str, *, on: date, country: str) -> PlaceCode:
    prefix, dash, rest = code.partition("-")
    if dash and prefix in set(Country):
        return PlaceCode(rest, on=on, country=prefix)
    if code.isdecimal() and len(code) % 2:
        code = f"0{code}"
    return PlaceCode(code, on=on, country=country)


def _plain(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()
