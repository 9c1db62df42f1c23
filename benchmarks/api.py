"""What the API costs: a page of actors through it, beside the same rows straight to JSON.

Both give the same items, field for field: that is checked before anything is timed.
"""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

import convention
from world import cursor, get, region

if TYPE_CHECKING:
    from psycopg import Cursor

STATEMENT = """
    SELECT actor.key, actor.slug, actor.name, actor.official_name, actor.organisation_number,
        actor.country, actor.kind, actor.side, actor.source_note, actor.is_demo, actor.visibility,
        place.country, place.code, place.valid_from, place.name,
        source.key, source.title, source.publisher, source.year, source.url, source.licence,
        source.retrieved_on,
        (SELECT json_agg(json_build_array(counted.factor, counted.reason)
                ORDER BY array_position(ARRAY['public-authority', 'entrepreneurship',
                    'research-education', 'business', 'capital'], counted.factor::text))
            FROM actors_actorfactor AS counted WHERE counted.actor_id = actor.id)
    FROM actors_actor AS actor
    JOIN evidence_place AS place ON place.id = actor.place_id
    LEFT JOIN evidence_source AS source
        ON source.id = actor.source_id AND source.visibility = 'public'
    WHERE actor.visibility = 'public'
    ORDER BY actor.sort_key, actor.id
    LIMIT %s
"""


def main() -> None:
    """Compare, and print the ratio."""
    asked = _arguments()
    with region(actors=asked.actors):
        driver = cursor()

        def through_the_api() -> bytes:
            return get(f"/api/v1/actors?limit={asked.limit}")

        def straight() -> bytes:
            return rows_to_json(driver, asked.limit)

        ours, other = json.loads(through_the_api()), json.loads(straight())
        if ours["items"] != other["items"] or ours["count"] != other["count"]:
            raise SystemExit("The two do not give the same items; nothing was timed.")
        convention.compared(
            f"A page of {len(ours['items'])} of {ours['count']} actors, through the API (WSGI,"
            f" access, counting, validation, ETag) and by psycopg and json.dumps, {asked.rounds}"
            " rounds each in turn"
        )
        timings = convention.side_by_side(
            {"api": through_the_api, "straight": straight}, rounds=asked.rounds
        )
    convention.figures(timings)
    convention.ratio(timings["api"], timings["straight"])


def rows_to_json(driver: Cursor[Any], limit: int) -> bytes:
    """Return the page as a program would that knows the tables and asks no one's rights."""
    driver.execute("SELECT count(*) FROM actors_actor WHERE visibility = 'public'")
    count = driver.fetchone()[0]
    driver.execute(STATEMENT, [limit])
    items = [_item(row) for row in driver.fetchall()]
    return json.dumps({"items": items, "count": count}, default=str, ensure_ascii=False).encode()


def _item(row: tuple[Any, ...]) -> dict[str, Any]:
    key, slug, name, official, number, country, kind, side, note, is_demo, visibility = row[:11]
    place_country, code, valid_from, place_name = row[11:15]
    factors = row[22]
    return {
        "key": key,
        "slug": slug,
        "name": _text(name),
        "official_name": official or None,
        "organisation_number": number or None,
        "country": country,
        "kind": kind,
        "factors": [{"factor": factor, "reason": _text(reason)} for factor, reason in factors],
        "side": side or None,
        "place": {
            "key": code if place_country == "NO" else f"{place_country}-{code}",
            "country": place_country,
            "code": code,
            "valid_from": valid_from,
            "name": _text(place_name),
        },
        "source": _source(row[15:22]),
        "source_note": _text(note),
        "is_example": is_demo,
        "visibility": visibility,
    }


def _source(row: tuple[Any, ...]) -> dict[str, Any] | None:
    key, title, publisher, year, url, licence, retrieved_on = row
    if key is None:
        return None
    return {
        "key": key,
        "title": _text(title),
        "publisher": publisher,
        "year": year,
        "url": url or None,
        "licence": licence or None,
        "retrieved_on": retrieved_on,
    }


def _text(words: dict[str, str] | str) -> dict[str, str | None]:
    known = json.loads(words) if isinstance(words, str) else words
    return {language: known.get(language) or None for language in ("nb", "sv", "en")}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=10_000, help="how many actors there are")
    parser.add_argument("--limit", type=int, default=200, help="how many rows a page holds")
    parser.add_argument("--rounds", type=int, default=100, help="how often each is timed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
