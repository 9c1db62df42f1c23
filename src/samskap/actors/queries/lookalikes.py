"""Who of those we know may be the same as somebody on their way in, asked for all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.db import connection, transaction

from samskap.actors.models import Actor
from samskap.kernel.folding import folded
from samskap.kernel.languages import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

# Of 1: as alike as this where the place is the same, and as this wherever it is.
ALIKE_IN_ONE_PLACE: Final = 0.6
ALIKE_ANYWHERE: Final = 0.8
_LIKELY_THE_SAME: Final = 0.9
# What tells firms apart no better than "the" does.
_FORMS: Final = frozenset(
    {"as", "asa", "sa", "ans", "da", "ab", "hb", "kommune", "kommun", "avd", "iks", "kf", "hf"}
)
# Pages that many share say nothing of who is who.
_SHARED: Final = frozenset({"facebook.com", "instagram.com", "linkedin.com", "proff.no"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody on their way in; ``place`` is a database key, ``web`` an address or ''."""

    line: int
    name: str
    place: int | None = None
    web: str = ""


@dataclass(frozen=True, slots=True)
class Lookalike:
    """Somebody we know who may be the one on ``line``; ``similarity`` of names is 0 to 1."""

    line: int
    key: UUID
    slug: str
    name: str
    number: str
    similarity: float
    is_same_place: bool
    is_same_web: bool

    @property
    def is_likely_the_same(self) -> bool:
        """Whether nothing but a number could tell them apart."""
        has_same_name = self.similarity >= _LIKELY_THE_SAME
        return has_same_name and (self.is_same_place or self.is_same_web)


@transaction.atomic
def possible_duplicates_of(asked: Iterable[Asked]) -> list[Lookalike]:
    """Return who may be the same as each of ``asked``, by line, the likest first.

    Names are compared without legal forms, by the trigrams they share. Four questions to the
    database however many are asked about: both sides are copied to tables that last as long as the
    transaction, and the names of those we know get an index there.
    """
    wanted = [(each, core_of(each.name), host_of(each.web)) for each in asked]
    if not wanted:
        return []
    known = _known()
    _copy("samskap_known", "actor bigint, core text, place bigint, web text", _rows(known.values()))
    _copy(
        "samskap_asked",
        "line bigint, core text, place bigint, web text",
        ((each.line, core, each.place, web) for each, core, web in wanted if core),
    )
    found = _joined()
    return [
        Lookalike(line, *_facts(known[actor]), similarity, is_same_place, is_same_web)
        for line, actor, similarity, is_same_place, is_same_web in found
    ]


def core_of(name: str) -> str:
    """Return what of a name tells it from others: folded, without its legal form."""
    words = folded(name).split()
    return " ".join(word for word in words if word not in _FORMS) or " ".join(words)


def host_of(web: str) -> str:
    """Return the host of a page, without www; '' for one that many share."""
    host = (urlsplit(web).hostname or "").removeprefix("www.")
    return "" if host in _SHARED else host


def _known() -> dict[int, Actor]:
    fields = ("key", "slug", "name", "official_name", "organisation_number", "place", "web")
    found = Actor.objects.filter(merged_into__isnull=True).order_by("id").only(*fields)
    return {actor.pk: actor for actor in found}


def _rows(actors: Iterable[Actor]) -> Iterator[tuple[int, str, int, str]]:
    for actor in actors:
        names = {core_of(name) for name in (*actor.name.values(), actor.official_name)}
        for core in filter(None, names):
            yield actor.pk, core, actor.place_id, host_of(actor.web)


def _facts(actor: Actor) -> tuple[UUID, str, str, str]:
    name = actor.name.in_language(DEFAULT_LANGUAGE)
    return actor.key, actor.slug, name, actor.organisation_number


def _copy(table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP")
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


_ALIKE = """
    SELECT line, actor, max(alike)::float, bool_or(is_same_place), bool_or(is_same_web) FROM (
        SELECT asked.line, known.actor, similarity(known.core, asked.core) AS alike,
               coalesce(known.place = asked.place, false) AS is_same_place,
               known.web <> '' AND known.web = asked.web AS is_same_web
        FROM samskap_asked asked JOIN samskap_known known ON known.core % asked.core
        UNION ALL
        SELECT asked.line, known.actor, similarity(known.core, asked.core),
               coalesce(known.place = asked.place, false), true
        FROM samskap_asked asked JOIN samskap_known known
             ON known.web = asked.web AND asked.web <> ''
    ) pairs
    GROUP BY line, actor
    HAVING bool_or(is_same_web) OR bool_or(is_same_place) OR max(alike) >= %s
    ORDER BY line, max(alike) DESC, actor
"""


def _joined() -> list[tuple[int, int, float, bool, bool]]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX ON samskap_known USING gin (core gin_trgm_ops)")
        cursor.execute("ANALYZE samskap_known, samskap_asked")
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE_IN_ONE_PLACE)]
        )
        cursor.execute(_ALIKE.replace("known.core % ", "known.core %% "), [ALIKE_ANYWHERE])
        return cursor.fetchall()
