"""How long 10 000 organisations take to come in, each held up to 10 000 that are here."""

from __future__ import annotations

import argparse
from itertools import count, cycle, islice, product
from typing import TYPE_CHECKING, Final

import convention
from django.db import transaction
from django.utils import timezone
from world import region

from samskap.actors.actions.importing import receive_import
from samskap.actors.models import Actor
from samskap.connectors.actor_imports import apply_read, source_of
from samskap.kernel.identifiers import clean_organisation_number
from samskap.trust.doers import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT_MS: Final = 20_000.0


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FIRST: Final = _words("Glå Rak Svart Tist Krå Hal Ber Sol Ør Tom Spy Ask Mys Deg Skje Bor On Rol")
_SECOND: Final = _words("møy ner tjern e dal ke rø le ge li je ter berg im en nes vik sø")
_THIRD: Final = _words("by stad heim rud land vold set bø vang ås tvet sand")
_MIDDLES: Final = _words(
    "Tre Stål Mekaniske Elektro Bygg Transport Regnskap Maskin Plast Fisk Korn Meieri Emballasje "
    "Betong Rør Tak Glass Vind Sol Vann Data Design Reklame Trykk Tekstil Møbel Kjøtt Brød Frukt "
    "Hage Skog Jord Gjenvinning Energi Prosess Automasjon Sveis Lakk Verktøy Logistikk"
)
_TAILS: Final = ("AS", "Service AS", "Industrier AS", "Gruppen ASA", "Partner SA", "og Sønner AS")
_PLACES: Final = _words(
    "3101 3103 3105 3107 3110 3112 3114 3116 3118 3120 3122 3124 3207 3212 3214 3216 3218 3220"
)
_CODES: Final = ("16.102", "25.110", "43.210", "49.410", "62.100", "70.200", "85.590", "56.110")


def main() -> None:
    """Time reading, checking and writing, and print the median as a share of the limit."""
    asked = _arguments()
    with region(actors=0):
        numbers = _numbers()
        _bring_in(_file(asked.actors, numbers, turned=False))
        new, old = (
            _file(asked.actors, numbers, turned=True),
            _file(asked.actors, _numbers(), turned=False),
        )
        convention.compared(
            f"Import of {asked.actors} new rows with duplicate check against {asked.actors} "
            f"actors, and of those actors’ own rows again, beside the limit of "
            f"{LIMIT_MS / 1000:.0f} s, {asked.rounds} rounds each in turn"
        )
        timings = convention.side_by_side(
            {"new": lambda: _taken_back(new), "again": lambda: _again(old)}, rounds=asked.rounds
        )
    convention.figures(timings)
    convention.figure("rows_a_second", asked.actors / timings["new"].p50_ms * 1000, "rows/s")
    convention.ratio(timings["new"], convention.Timing((LIMIT_MS,)))


@transaction.atomic
def _taken_back(content: bytes) -> None:
    """Bring a file in and take it back, so that each round finds the same actors here."""
    before = Actor.objects.count()
    counts = _bring_in(content)
    assert counts["created"] == Actor.objects.count() - before > 0
    transaction.set_rollback(True)


def _again(content: bytes) -> None:
    """Bring in what is here already, and change nothing."""
    counts = _bring_in(content)
    assert counts["unchanged"] == sum(counts.values())


@transaction.atomic
def _bring_in(content: bytes) -> dict[str, int]:
    now = timezone.now()
    told = {"by": OPERATOR, "at": now}
    run = receive_import(
        content=content,
        file_name="firms.csv",
        source=source_of(content, file_name="firms.csv", file_on=timezone.localdate(now), **told),
        is_demo=True,
        is_read_now=True,
        **told,
    )
    run = apply_read(run=run, content=content, **told)
    assert run.counts["rejected"] == 0, run.counts
    return run.counts


def _file(rows: int, numbers: Iterator[str], *, turned: bool) -> bytes:
    """Return a list of ``rows`` firms; ``turned`` gives the same places other trades."""
    lines = ["orgnr;navn;kommune;organisasjonsform;næringskode;ansatte;adresse;postnummer;poststed"]
    heads = islice(cycle(map("".join, product(_FIRST, _SECOND, _THIRD))), rows)
    for turn, head in enumerate(heads):
        middle = _MIDDLES[(turn * 7 + turn // 3888 * 11 + 19 * turned) % len(_MIDDLES)]
        name = f"{head} {middle} {_TAILS[(turn + turned) % len(_TAILS)]}"
        lines.append(
            f"{next(numbers)};{name};{_PLACES[turn % 18]};AS;{_CODES[turn % 8]};{turn % 90};"
            f"Storgata {turn};17{turn % 90:02};Sarpsborg"
        )
    return "\n".join(lines).encode()


def _numbers() -> Iterator[str]:
    """Return synthetic numbers, which begin with 3 and pass the check of modulus 11."""
    for stem in count(31_400_000):
        for last in range(10):
            try:
                yield clean_organisation_number(f"{stem}{last}")
            except Exception:  # noqa: BLE001, S112 - nine of ten are no numbers
                continue


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=10_000, help="how many rows and actors")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is brought in")
    return parser.parse_args()


if __name__ == "__main__":
    main()
