"""Whether this process answers, and whether the installation around it is fit to serve.

Anyone may ask, so an answer has neither version, size nor path: those go to our own log, and
``samskap doctor`` tells them at the machine.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Literal

import structlog
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samskap.runtime.diagnosis import free_bytes, least_free_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

log = structlog.get_logger(__name__)

State = Literal["ok", "failed", "unknown"]

OLDEST_POSTGRESQL: Final = 15
# procrastinate's workers say they live every ten seconds; three are missed before we say so.
LONGEST_SILENCE_SECONDS: Final = 40
_LETTERS: Final = "ÆØÅ"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: its name, how it stands, and that in words."""

    name: str
    state: State
    says: str


@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """Answer that the process answers; asks nothing of the database."""
    return _told({"state": "ok"}, HTTPStatus.OK)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when every check is ok, else 503.

    ``?without=jobs`` leaves named checks out of the verdict: a load balancer goes on sending
    readers to a site whose worker is away.
    """
    passed_over = set(request.GET.getlist("without"))
    checks = [check() for check in CHECKS]
    is_ready = all(check.state == "ok" for check in checks if check.name not in passed_over)
    return _told(
        {"state": "ok" if is_ready else "failed", "checks": [asdict(check) for check in checks]},
        HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE,
    )


def _told(facts: dict[str, object], status: HTTPStatus) -> HttpResponse:
    return JsonResponse(facts, status=status, headers={"Cache-Control": "no-store"})


def database() -> Check:
    """Reachable, a PostgreSQL we know, in UTF-8, with a locale that knows our letters."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int / 10000,"
                " current_setting('server_encoding'), lower(%s)",
                [_LETTERS],
            )
            version, encoding, letters = cursor.fetchone()
    except Error:
        return Check("database", "failed", _("The database does not answer."))
    if version < OLDEST_POSTGRESQL:
        log.warning("health.database", version=version, oldest=OLDEST_POSTGRESQL)
        return Check("database", "failed", _("The database is too old."))
    if encoding != "UTF8" or letters != _LETTERS.lower():
        says = _("The database must be in UTF-8, with a locale that knows æ, ø and å.")
        return Check("database", "failed", says)
    return Check("database", "ok", _("It answers, and knows our letters."))


def migrations() -> Check:
    """Whether the database has every migration of this version of the product."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
            applied = set(cursor.fetchall())
    except Error:
        return Check("migrations", "unknown", _("The database does not say."))
    missing = len(_wanted_migrations() - applied)
    if missing:
        log.warning("health.migrations", missing=missing)
        return Check("migrations", "failed", _("The database is not at this version."))
    return Check("migrations", "ok", _("All are applied."))


@cache
def _wanted_migrations() -> frozenset[tuple[str, str]]:
    loader = MigrationLoader(None)
    return frozenset(loader.graph.nodes)


def disk() -> Check:
    """Whether the disk under the data folder has room for a while yet."""
    try:
        free = free_bytes(settings.DATA)
    except OSError:
        return Check("disk", "unknown", _("The data folder cannot be looked at."))
    if free < least_free_bytes(os.environ):
        log.warning("health.disk", free_mb=free // (1024 * 1024))
        return Check("disk", "failed", _("The disk is nearly full."))
    return Check("disk", "ok", _("There is room."))


def jobs() -> Check:
    """Whether a worker has said lately that it lives."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT extract(epoch FROM now() - max(last_heartbeat))::int"
                " FROM procrastinate_workers"
            )
            silence = cursor.fetchone()[0]
    except Error:
        return Check("jobs", "unknown", _("The database does not say."))
    if silence is None:
        return Check("jobs", "failed", _("No worker is running."))
    if silence > LONGEST_SILENCE_SECONDS:
        log.warning("health.jobs", silent_seconds=silence)
        return Check("jobs", "failed", _("The worker has fallen silent."))
    return Check("jobs", "ok", _("A worker is at work."))


CHECKS: Final[tuple[Callable[[], Check], ...]] = (database, migrations, disk, jobs)
