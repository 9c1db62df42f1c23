"""A region for the benchmarks: a database of its own, made for the run and thrown away after it.

Import this before anything of Django's: it finds or starts the server as the tests do.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, redirect_stdout
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

import tests.database_plugin  # noqa: E402, F401 - starts the server and names it

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samskap.config.settings")

import django  # noqa: E402
import psycopg  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from samskap.actors.actions import gather_sub_regions, load_actors  # noqa: E402
from samskap.actors.models import Actor  # noqa: E402
from samskap.actors.reading import read_actors  # noqa: E402
from samskap.config.wsgi import application  # noqa: E402
from samskap.evidence.actions import load_places  # noqa: E402
from samskap.evidence.reading import read_places  # noqa: E402
from samskap.strategy.actions import load_region, load_strategy, publish_strategy  # noqa: E402
from samskap.strategy.reading import read_region, read_strategy  # noqa: E402
from samskap.trust.doers import OPERATOR  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = PROJECT / "regions" / "ostfold"


@contextmanager
def region(*, actors: int) -> Iterator[None]:
    """Load the region folder, and multiply its actors until there are ``actors`` of them."""
    name = f"samskap_benchmark_{os.getpid()}"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost"]
    connection.settings_dict["TEST"]["NAME"] = name
    before = connection.settings_dict["NAME"]
    # Standard output is for figures; Django tells there of the table it finds for the cache.
    with redirect_stdout(sys.stderr):
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        _load()
        _multiply(actors)
        yield
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)


def _load() -> None:
    at = timezone.now()
    load_region(facts=read_region(FOLDER / "region.yaml"), by=OPERATOR, at=at)
    geography = read_places(FOLDER / "places.yaml")
    load_places(geography=geography, by=OPERATOR, at=at)
    gather_sub_regions(by=OPERATOR, at=at)
    version = load_strategy(facts=read_strategy(FOLDER / "strategy.yaml"), by=OPERATOR, at=at)
    publish_strategy(version=version, by=OPERATOR, at=at)
    roster = read_actors(FOLDER / "actors.yaml", places=geography.places)
    load_actors(roster=roster, by=OPERATOR, at=at)


def _multiply(actors: int) -> None:
    """Add numbered copies of the region's actors, with their places, factors and sources."""
    copies = max(0, actors - Actor.objects.count())
    statements = (_COPIES, _PARTIES, _ACTORS, _FACTORS)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, {"copies": copies} if "%(" in statement else None)
        cursor.execute("ANALYZE")


_COPIES = """
    CREATE TEMPORARY TABLE copy AS
    SELECT known.*, number, gen_random_uuid() AS party_key
    FROM generate_series(1, %(copies)s) AS number
    JOIN (
        SELECT actors_actor.*, row_number() OVER (ORDER BY id) - 1 AS turn, count(*) OVER () AS n
        FROM actors_actor
    ) AS known ON turn = (number - 1) %% n
"""
_PARTIES = """
    INSERT INTO trust_party (key, is_partnership) SELECT party_key, false FROM copy
"""
_ACTORS = """
    INSERT INTO actors_actor (
        key, visibility, slug, party_id, kind, country, organisation_number, name, official_name,
        place_id, side, source_id, source_note, is_demo, sort_key, sort_keys, search_text
    )
    SELECT gen_random_uuid(), visibility, 'copy-' || number, party.id, kind, country, '', name,
        official_name, place_id, side, source_id, source_note, is_demo,
        sort_key || lpad(number::text, 8, '0'), sort_keys, search_text
    FROM copy JOIN trust_party AS party ON party.key = party_key
"""
_FACTORS = """
    INSERT INTO actors_actorfactor (actor_id, factor, reason)
    SELECT made.id, factor.factor, factor.reason
    FROM copy
    JOIN actors_actor AS made ON made.slug = 'copy-' || number
    JOIN actors_actorfactor AS factor ON factor.actor_id = copy.id
"""


def cursor() -> psycopg.Cursor[Any]:
    """Return a cursor of the driver's own, on the connection that the product works with."""
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection)


def get(address: str) -> bytes:
    """Ask the product for ``address`` as its server does, through WSGI; return the whole body."""
    path, _, query = address.partition("?")
    status: list[str] = []

    def begin(line: str, _headers: list[tuple[str, str]], *_: Any) -> Any:
        status.append(line)

    body = application(_environ(path, query), begin)
    try:
        content = b"".join(body)
    finally:
        if hasattr(body, "close"):
            body.close()
    if not status[0].startswith("200"):
        raise RuntimeError(f"{address} answered {status[0]}: {content[:500]!r}")
    return content


def _environ(path: str, query: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
