"""What a legal form and codes of industry make likely: a kind, and a factor with its reason.

The register knows nothing of factors. Whoever is new comes in under what is likely, with a reason
that says what it rests on; the secretariat corrects it, and an import never takes that back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from samskap.actors.models import ActorKind
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from samskap.actors.facts import CodedIndustry

_BY_FORM: Final[Mapping[str, tuple[ActorKind, Factor]]] = {
    "KOMM": (ActorKind.MUNICIPALITY, Factor.PUBLIC_AUTHORITY),
    "FYLK": (ActorKind.COUNTY, Factor.PUBLIC_AUTHORITY),
    "STAT": (ActorKind.STATE_BODY, Factor.PUBLIC_AUTHORITY),
    "ORGL": (ActorKind.STATE_BODY, Factor.PUBLIC_AUTHORITY),
    "SÆR": (ActorKind.STATE_BODY, Factor.PUBLIC_AUTHORITY),
    "SF": (ActorKind.STATE_BODY, Factor.PUBLIC_AUTHORITY),
    "HF": (ActorKind.STATE_BODY, Factor.PUBLIC_AUTHORITY),
    "RHF": (ActorKind.STATE_BODY, Factor.PUBLIC_AUTHORITY),
    "ADOS": (ActorKind.STATE_BODY, Factor.PUBLIC_AUTHORITY),
    "KF": (ActorKind.OTHER, Factor.PUBLIC_AUTHORITY),
    "FKF": (ActorKind.OTHER, Factor.PUBLIC_AUTHORITY),
    "IKS": (ActorKind.OTHER, Factor.PUBLIC_AUTHORITY),
    "SPA": (ActorKind.BANK, Factor.CAPITAL),
    "VPFO": (ActorKind.INVESTOR, Factor.CAPITAL),
    "PK": (ActorKind.INVESTOR, Factor.CAPITAL),
    "GFS": (ActorKind.INVESTOR, Factor.CAPITAL),
    "STI": (ActorKind.FOUNDATION, Factor.BUSINESS),
    "FLI": (ActorKind.OTHER, Factor.BUSINESS),
    "KIRK": (ActorKind.OTHER, Factor.PUBLIC_AUTHORITY),
}
# The first that fits; the same in both Norwegian standards and in the Swedish ones.
_BY_CODE: Final = (
    ("64.19", ActorKind.BANK, Factor.CAPITAL),
    ("64.3", ActorKind.INVESTOR, Factor.CAPITAL),
    ("66.3", ActorKind.INVESTOR, Factor.CAPITAL),
    ("72", ActorKind.RESEARCH, Factor.RESEARCH_EDUCATION),
    ("85.4", ActorKind.RESEARCH, Factor.RESEARCH_EDUCATION),
    ("85", ActorKind.SCHOOL, Factor.RESEARCH_EDUCATION),
    ("94.11", ActorKind.BUSINESS_ASSOCIATION, Factor.BUSINESS),
    ("94.2", ActorKind.UNION, Factor.BUSINESS),
    ("84", ActorKind.STATE_BODY, Factor.PUBLIC_AUTHORITY),
)
# Forms that say more than any code does.
_DECIDED: Final = frozenset({"KOMM", "FYLK", "SPA", "HF", "RHF"})
_BY_FACTOR: Final[Mapping[Factor, ActorKind]] = {
    Factor.RESEARCH_EDUCATION: ActorKind.RESEARCH,
    Factor.CAPITAL: ActorKind.INVESTOR,
    Factor.ENTREPRENEURSHIP: ActorKind.INCUBATOR,
    Factor.PUBLIC_AUTHORITY: ActorKind.STATE_BODY,
    Factor.BUSINESS: ActorKind.COMPANY,
}


def likely(
    form: str, codes: Sequence[CodedIndustry], factors: Sequence[Factor] = ()
) -> tuple[ActorKind, Factor]:
    """Return the kind and the factor that a legal form, codes and said factors make likely."""
    kind, factor = _BY_FORM.get(form, (None, None))
    if form not in _DECIDED and codes:
        starts = (row for row in _BY_CODE if codes[0].code.startswith(row[0]))
        _code, kind, factor = next(starts, ("", kind, factor))
    if factors and (kind is None or factors[0] == Factor.RESEARCH_EDUCATION):
        return kind if kind is ActorKind.SCHOOL else _BY_FACTOR[factors[0]], factors[0]
    return kind or ActorKind.COMPANY, factor or Factor.BUSINESS


def reason_for(form: str, codes: Sequence[CodedIndustry]) -> LocalisedText:
    """Return what a likely factor rests on, in each language; '' parts are left out."""
    code = codes[0].code if codes else ""
    if form and code:
        return LocalisedText(
            nb=f"Etter organisasjonsformen {form} og næringskoden {code} i registeret.",
            sv=f"Enligt organisationsformen {form} och näringskoden {code} i registret.",
            en=f"By its legal form {form} and its industry code {code} in the register.",
        )
    if form:
        return LocalisedText(
            nb=f"Etter organisasjonsformen {form}.",
            sv=f"Enligt organisationsformen {form}.",
            en=f"By its legal form {form}.",
        )
    if code:
        return LocalisedText(
            nb=f"Etter næringskoden {code}.",
            sv=f"Enligt näringskoden {code}.",
            en=f"By its industry code {code}.",
        )
    return LocalisedText(
        nb="Regnet som bedrift, for kilden sier ikke annet.",
        sv="Räknad som företag, eftersom källan inte säger annat.",
        en="Counted as a company, for the source does not say otherwise.",
    )


AS_THE_SOURCE_SAYS: Final = LocalisedText(
    nb="Slik kilden oppgir det.",
    sv="Så som källan uppger det.",
    en="As the source has it.",
)
