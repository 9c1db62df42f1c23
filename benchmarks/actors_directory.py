"""How long the server takes over the directory: 10 000 actors, 40 000 ties, every filter."""

from __future__ import annotations

import argparse
import time

import convention
from django.db import connection
from world import get, region

LIMIT_MS = 60.0
_DIRECTORY = "/nb/hvem-er-hvem/"
_CHANGES = 5
ADDRESSES = {
    "everyone": _DIRECTORY,
    "page_100": f"{_DIRECTORY}?page=100",
    "search": f"{_DIRECTORY}?q=kommune",
    "search_one_letter": f"{_DIRECTORY}?q=a",
    "search_typo": f"{_DIRECTORY}?q=borregord",
    "one_filter": f"{_DIRECTORY}?factor=capital",
    "industry": f"{_DIRECTORY}?industry=C",
    "all_filters": (
        f"{_DIRECTORY}?q=o&factor=capital&factor=business&kind=company&kind=bank&place=31"
        "&place=beyond&side=employer&industry=C&industry=64&focus=digital&focus=green-industry"
        "&membership=none&membership=partner&size=5-19&size=unknown&status=active"
    ),
    "newest": f"{_DIRECTORY}?sort=recent",
    "largest": f"{_DIRECTORY}?sort=size",
    "most_ties": f"{_DIRECTORY}?sort=ties",
}


def main() -> None:
    """Time each address, and print the slowest's 95th percentile beside the limit."""
    asked = _arguments()
    with region(actors=asked.actors):
        tell_more(ties=asked.ties)
        convention.compared(
            f"Server time of the directory at {len(ADDRESSES)} addresses through WSGI in one"
            f" process beside a limit of {LIMIT_MS:.0f} ms, {asked.actors} actors and {asked.ties}"
            f" ties, {asked.rounds} rounds each in turn"
        )
        works = {name: (lambda at=at: get(at)) for name, at in ADDRESSES.items()}
        timings = convention.side_by_side(works, rounds=asked.rounds)
        changed = sorted(after_a_change() for _ in range(_CHANGES))
    convention.figures(timings)
    convention.figure("after_a_change", changed[_CHANGES // 2], "ms")
    worst = max(timing.p95_ms for timing in timings.values())
    convention.figure("share_of_limit", worst / LIMIT_MS, "x")
    convention.worst_p95(timings)


def after_a_change() -> float:
    """Return how many milliseconds the first page takes once an actor has changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE actors_actor SET web = web WHERE id = (SELECT min(id) FROM actors_actor)"
        )
    begun = time.perf_counter()
    get(_DIRECTORY)
    return (time.perf_counter() - begun) * 1000


def tell_more(*, ties: int) -> None:
    """Give the actors industries, focus areas, sizes, memberships, and ``ties`` between them."""
    with connection.cursor() as cursor:
        for statement in (_NUMBERED, _COUNTED, _SIZES, _INDUSTRIES, _AREAS, _MEMBERS, _TIES):
            cursor.execute(statement, {"ties": ties} if "%(" in statement else None)
        cursor.execute("ANALYZE")


_NUMBERED = """
    CREATE TEMPORARY TABLE numbered AS
    SELECT id, source_id, row_number() OVER (ORDER BY id) - 1 AS turn, count(*) OVER () AS n
    FROM actors_actor
"""
# A temporary table has no statistics of its own accord, and is then taken to be a handful of rows.
_COUNTED = "ANALYZE numbered"
_SIZES = """
    UPDATE actors_actor SET
        employees = turn % 300,
        size = CASE turn % 4 WHEN 0 THEN '1-4' WHEN 1 THEN '5-19' WHEN 2 THEN '50-249'
            ELSE 'unknown' END,
        known_since = date '2020-01-01' + (turn % 2000)::int,
        stale_from = CASE WHEN turn % 7 = 0 THEN date '2024-01-01' END,
        description = jsonb_build_object('nb', 'Lager og selger det de kan, nummer ' || turn)
    FROM numbered WHERE numbered.id = actors_actor.id
"""
_INDUSTRIES = """
    INSERT INTO actors_industrycode (actor_id, standard, code, position, source_id)
    SELECT id, standard, lpad((1 + (turn * 7 + step * 13) % 99)::text, 2, '0') || '.10', step,
        source_id
    FROM numbered, (VALUES (1, 'SN2007'), (2, 'SN2025')) AS given(step, standard)
    WHERE step = 1 OR turn % 2 = 0
"""
_AREAS = """
    INSERT INTO actors_actorfocusarea (actor_id, focus_area)
    SELECT id, (ARRAY['green-industry', 'bioeconomy', 'digital', 'attraction', 'capital-access',
        'competence-inclusion'])[1 + turn % 6]
    FROM numbered WHERE turn % 3 > 0
"""
_MEMBERS = """
    INSERT INTO actors_membership (key, visibility, actor_id, kind, valid_from, valid_to,
        agreement, agreement_name, is_demo)
    SELECT gen_random_uuid(), 'public', id, CASE WHEN turn % 5 = 0 THEN 'observer' ELSE 'partner'
        END, '2020-01-01', CASE WHEN turn % 3 = 0 THEN date '2023-01-01' END, '', '', false
    FROM numbered WHERE turn % 20 = 0
"""
_TIES = """
    INSERT INTO actors_tie (key, visibility, kind, from_actor_id, to_actor_id, role, source_id,
        source_note, confidence, is_demo)
    SELECT gen_random_uuid(), CASE WHEN step %% 10 = 0 THEN 'partners' ELSE 'public' END,
        (ARRAY['supplies', 'member-of', 'owns', 'funds'])[1 + step %% 4], one.id, other.id, '{}',
        one.source_id, '{}', 'reported', false
    FROM generate_series(0, %(ties)s - 1) AS step
    CROSS JOIN (SELECT count(*) AS n FROM numbered) AS everyone
    JOIN numbered AS one ON one.turn = step %% everyone.n
    JOIN numbered AS other ON other.turn = (step * 31 + 7 + step / everyone.n) %% everyone.n
    WHERE one.id <> other.id
"""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=10_000, help="how many actors there are")
    parser.add_argument("--ties", type=int, default=40_000, help="how many ties they have")
    parser.add_argument("--rounds", type=int, default=40, help="how often each is asked for")
    return parser.parse_args()


if __name__ == "__main__":
    main()
