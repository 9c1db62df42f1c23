"""What ``samskap places`` does: boundaries from a file or from Kartverket, and the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils import timezone

from samskap.cli.installation import tell
from samskap.connectors import kartverket
from samskap.connectors.kartverket.load import refresh_boundaries
from samskap.evidence.actions import load_boundaries
from samskap.evidence.facts import SourceFacts
from samskap.evidence.models import Level
from samskap.evidence.queries import key_in_address, newest_boundaries, places_on
from samskap.evidence.reading.boundaries import read_boundaries
from samskap.kernel.folding import slug_of
from samskap.kernel.http import HostNotAllowedError, OutgoingError
from samskap.kernel.identifiers import Country
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.loading import Loaded
from samskap.kernel.text import LocalisedText
from samskap.runtime.problem import ProblemError
from samskap.trust.access import reader_for
from samskap.trust.doers import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from pathlib import Path

    from samskap.evidence.facts import BoundaryFacts

_PUBLISHERS: Final = {Country.NORWAY: "Kartverket", Country.SWEDEN: "SCB"}
_LICENCES: Final = {Country.NORWAY: "CC BY 4.0", Country.SWEDEN: "CC0"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What an operator says of a file: whose codes, who drew it, on what terms."""

    country: str
    publisher: str | None = None
    licence: str | None = None


def loaded_from(
    file: Path, terms: Terms, *, on: datetime | None, known_only: bool
) -> tuple[Loaded, tuple[str, ...]]:
    """Bring the boundaries of a file in; return the count, and the codes that were passed over.

    Raises ``UnreadableDocumentError`` with what is wrong with the file.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    read = read_boundaries(
        file,
        on=on.date() if on else today,
        fetched_on=today,
        country=terms.country,
        known_only=known_only,
    )
    loaded = Loaded()
    with transaction.atomic():
        for country in Country:
            mine = [each for each in read.boundaries if each.place.country == country]
            if mine:
                loaded += _load(mine, country, terms, at=now)
    return loaded, read.passed_over


def refreshed(codes: Sequence[str]) -> Loaded:
    """Fetch boundaries from Kartverket and bring them in.

    Raises
    ------
    ProblemError
        A code is no Norwegian municipality or county here, or Kartverket cannot be asked.
    """
    now = timezone.now()
    wanted = _codes(codes, on=timezone.localdate(now))
    try:
        return refresh_boundaries(
            codes=wanted,
            service=kartverket.kartverket(),
            by=OPERATOR,
            at=now,
            progress=lambda code: tell(f"Asking Kartverket about {code}."),
        )
    except HostNotAllowedError as shut:
        raise ProblemError(
            "This installation may not ask Kartverket, and nothing was changed.",
            "Name ws.geonorge.no in SAMSKAP_OUTGOING_HOSTS.",
        ) from shut
    except OutgoingError as silent:
        raise ProblemError(
            "Kartverket could not be reached, and nothing was changed.",
            "See that this machine is on the internet and run the same command again, "
            "or load a file with samskap places load.",
        ) from silent
    except kartverket.UnknownCodeError as unknown:
        raise ProblemError(
            f"Kartverket knows no place by the code {unknown} today, and nothing was changed.",
            "Correct the code in the region's places.yaml, or name the codes to fetch.",
        ) from unknown
    except (kartverket.KartverketUnavailableError, kartverket.UnexpectedAnswerError) as odd:
        raise ProblemError(
            f"Kartverket gave an answer that cannot be used ({odd}), and nothing was changed.",
            "Run the same command again later.",
        ) from odd


def every_place(*, level: str | None, on: datetime | None) -> list[dict[str, Any]]:
    """Return what a list says of every place that holds on a day, in Norwegian order.

    Raises
    ------
    ProblemError
        There is no such level.
    """
    if level is not None and level not in Level.values:
        raise ProblemError(
            f"There is no level called {level}.", f"It is one of {', '.join(Level.values)}."
        )
    today = timezone.localdate()
    found = places_on(on.date() if on else today, reader=reader_for(OPERATOR, on=today))
    rows = list(found.filter(level=level) if level else found)
    drawn = newest_boundaries(row.pk for row in rows)
    return [
        {
            "key": key_in_address(row),
            "name": row.name.in_language(DEFAULT_LANGUAGE),
            "level": row.level,
            "valid_from": row.valid_from.isoformat(),
            "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            "boundary": drawn[row.pk].source.publisher if row.pk in drawn else None,
            "area_km2": round(drawn[row.pk].area_km2, 1) if row.pk in drawn else None,
        }
        for row in rows
    ]


def _load(
    boundaries: list[BoundaryFacts], country: Country, terms: Terms, *, at: datetime
) -> Loaded:
    return load_boundaries(
        boundaries=boundaries,
        source=_source(country, terms, timezone.localdate(at)),
        by=OPERATOR,
        at=at,
    )


def _source(country: Country, terms: Terms, today: date) -> SourceFacts:
    publisher = terms.publisher or _PUBLISHERS[country]
    return SourceFacts(
        key=f"boundaries-{country.value.lower()}-{slug_of(publisher)}"[:64],
        title=LocalisedText(
            nb="Grenser, lastet fra fil",
            sv="Gränser, inlästa från fil",
            en="Boundaries, loaded from a file",
        ),
        publisher=publisher,
        year=today.year,
        licence=terms.licence or _LICENCES[country],
        retrieved_on=today,
    )


def _codes(codes: Sequence[str], *, on: date) -> list[str]:
    norwegian = places_on(on).filter(
        country=Country.NORWAY, level__in=(Level.MUNICIPALITY, Level.COUNTY)
    )
    here = list(norwegian.values_list("code", flat=True).order_by("code"))
    unknown = sorted(set(codes) - set(here))
    if unknown:
        raise ProblemError(
            f"No Norwegian municipality or county here has the code {', '.join(unknown)} today.",
            "samskap places list shows those that are here.",
        )
    return sorted(set(codes)) or here
