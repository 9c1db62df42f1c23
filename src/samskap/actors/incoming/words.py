"""What words in a cell stand for: a kind, factors, a side, a country, a day, an address."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import override

from samskap.actors.facts import CodedIndustry
from samskap.actors.models import ActorKind, CodeStandard
from samskap.kernel.folding import folded
from samskap.kernel.identifiers import FORMS_OF_PERSONS, Country
from samskap.kernel.languages import LANGUAGES
from samskap.strategy.keys import Factor, Side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import TextChoices

_FACTOR_WORDS: Final[Mapping[str, Factor]] = {
    "public": Factor.PUBLIC_AUTHORITY,
    "offentlig": Factor.PUBLIC_AUTHORITY,
    "det offentlige": Factor.PUBLIC_AUTHORITY,
    "myndighet": Factor.PUBLIC_AUTHORITY,
    "research": Factor.RESEARCH_EDUCATION,
    "forskning": Factor.RESEARCH_EDUCATION,
    "utdanning": Factor.RESEARCH_EDUCATION,
    "akademia": Factor.RESEARCH_EDUCATION,
    "fou": Factor.RESEARCH_EDUCATION,
    "næringsliv": Factor.BUSINESS,
    "bedrift": Factor.BUSINESS,
    "gründer": Factor.ENTREPRENEURSHIP,
    "grynder": Factor.ENTREPRENEURSHIP,
    "entreprenørskap": Factor.ENTREPRENEURSHIP,
    "investor": Factor.CAPITAL,
    "finans": Factor.CAPITAL,
}
_COUNTRIES: Final[Mapping[str, Country]] = {
    "no": Country.NORWAY, "nor": Country.NORWAY, "norge": Country.NORWAY,
    "noreg": Country.NORWAY, "norway": Country.NORWAY,
    "se": Country.SWEDEN, "swe": Country.SWEDEN, "sverige": Country.SWEDEN,
    "sweden": Country.SWEDEN,
}  # fmt: skip
_SEVERAL: Final = re.compile(r"[,;/|+\n]")
_CODE: Final = re.compile(
    r"(?<![0-9.])([0-9]{2})(?:\.([0-9]{1,3}))?(?![0-9.])|(?<![0-9])([0-9]{5})(?![0-9])"
)
_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%Y%m%d", "%Y-%m-%d %H:%M:%S")
_MOST_DIGITS: Final = 12
_YEAR: Final = re.compile(r"(1[6-9]|20)[0-9]{2}")
_FORMS_OF_PERSONS: Final = frozenset(
    folded(words)
    for words in (
        *FORMS_OF_PERSONS,
        "enkeltpersonforetak",
        "enkeltmannsforetak",
        "enkeltmannsfirma",
        "enkeltmannforetak",
        "annen person",
        "enskild firma",
        "enskild näringsidkare",
        "enskild näringsverksamhet",
        "sole proprietor",
        "sole proprietorship",
        "sole trader",
    )
)
_LEGAL_FORM: Final = re.compile(r"[A-ZÆØÅ]{2,6}")


def kind_said(text: str) -> ActorKind | None:
    """Return the kind that ``text`` names by its key or its label in any language."""
    return _labels(ActorKind).get(folded(text))


def is_of_a_person(text: str) -> bool:
    """Tell whether ``text`` says, as a code or in words, that somebody trades as themselves."""
    return folded(text) in _FORMS_OF_PERSONS


def legal_form_said(text: str) -> str:
    """Return the register's code of a legal form, such as AS; '' when ``text`` is none."""
    return text.strip() if _LEGAL_FORM.fullmatch(text.strip()) else ""


def factors_said(text: str) -> tuple[list[Factor], list[str]]:
    """Return the factors that ``text`` names, and its words that name none."""
    known = {**_FACTOR_WORDS, **_labels(Factor)}
    whole = known.get(folded(text.replace("_", " ")))
    if whole:
        return [whole], []
    found, strange = [], []
    for word in filter(None, map(str.strip, _SEVERAL.split(text))):
        factor = known.get(folded(word.replace("_", " ")))
        (found.append(factor) if factor else strange.append(word))
    return list(dict.fromkeys(found)), strange


def side_said(text: str) -> Side | None:
    """Return the side that ``text`` names by its key or its label in any language."""
    return _labels(Side).get(folded(text))


def country_said(text: str) -> Country | None:
    """Return the country that ``text`` names, if it is one whose register we know."""
    return _COUNTRIES.get(folded(text))


def day_said(text: str) -> dt.date | None:
    """Return the day that ``text`` writes as Norwegians, Swedes or ISO do; a year is its first."""
    if _YEAR.fullmatch(text):
        return dt.date(int(text), 1, 1)
    for form in _DAYS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def count_said(text: str) -> int | None:
    """Return the whole number that ``text`` writes, thousands apart or not."""
    bare = re.sub(r"[\s.](?=[0-9]{3}(\D|$))", "", text).removesuffix(",0").removesuffix(".0")
    return int(bare) if bare.isdecimal() and len(bare) <= _MOST_DIGITS else None


def codes_said(text: str, standard: str) -> tuple[CodedIndustry, ...]:
    """Return the codes of industry in ``text``, each once; 16102 is read as 16.102."""
    found = []
    for two, more, five in _CODE.findall(text):
        code = f"{five[:2]}.{five[2:]}" if five else f"{two}.{more}" if more else two
        found.append(CodedIndustry(standard, code))
    return tuple(dict.fromkeys(found))


def standard_of(column: str, country: str) -> str:
    """Return the standard of codes in a column: what its name says, else the country's present."""
    is_old = "2007" in column
    if country == Country.SWEDEN:
        return CodeStandard.SNI2007 if is_old else CodeStandard.SNI2025
    return CodeStandard.SN2007 if is_old else CodeStandard.SN2025


def web_said(text: str) -> str:
    """Return ``text`` as an address of a page, with https where it has none; '' when it is none."""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return ""
    return address


def email_said(text: str) -> str:
    """Return ``text`` when it is an e-mail address; '' when it is none."""
    try:
        EmailValidator()(text)
    except ValidationError:
        return ""
    return text


@cache
def _labels(choices: type[TextChoices]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        with override(language):
            found |= {folded(str(each.label)): each for each in choices}
    return found | {folded(each.value): each for each in choices}
