"""Figures for a collector, in Prometheus' text format: how the house is, and how fast it answers.

Nothing here says who: a page is known by its name, never by its address. Nobody is answered
without the installation's token (``SAMSKAP_METRICS_TOKEN``); without one there is no such page.
"""

from __future__ import annotations

import os
import time
from http import HTTPStatus
from secrets import compare_digest
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import Error, connection
from django.http import HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from samskap.runtime.diagnosis import free_bytes
from samskap.trust.log.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from prometheus_client.metrics_core import Metric

FORMAT: Final = "text/plain; version=0.0.4; charset=utf-8"
_SHARED_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
_OWN: Final = CollectorRegistry()
_ANSWERED: Final = Counter(
    "samskap_answers", "Answers, by page and status", ["page", "status"], registry=_OWN
)
_TOOK: Final = Histogram(
    "samskap_answer_seconds",
    "Seconds from a request to its answer, by page",
    ["page"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=_OWN,
)


class MeasuringMiddleware:
    """Counts and times every answer; stands first, so that all of it is counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the rest of the house does."""
        begun = time.perf_counter()
        answer = self.get_response(request)
        match = request.resolver_match
        page = (match.view_name if match else "") or "other"
        _ANSWERED.labels(page, str(answer.status_code)).inc()
        _TOOK.labels(page).observe(time.perf_counter() - begun)
        return answer


class _Installation(Collector):
    """What the database and the disk say at this moment."""

    def collect(self) -> Iterator[Metric]:
        """Ask each figure by itself: one that cannot be had hides no other."""
        yield _one(
            "samskap_disk_free_bytes", "Room under the data folder", free_bytes(settings.DATA)
        )
        is_up = 1.0
        for figure in _FIGURES:
            try:
                yield figure()
            except Error:
                is_up = 0.0
        yield _one("samskap_database_up", "1 when the database answers", is_up)

    def describe(self) -> list[Metric]:
        """Name nothing beforehand: nobody asks the database when the code is loaded."""
        return []


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Answer the installation's own collector; to anyone else there is nothing here."""
    if not _is_the_collector(request):
        return HttpResponse(status=HTTPStatus.NOT_FOUND, headers={"Cache-Control": "no-store"})
    registry = CollectorRegistry()
    if os.environ.get(_SHARED_FOLDER):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_OWN)
    registry.register(_Installation())
    return HttpResponse(
        generate_latest(registry), content_type=FORMAT, headers={"Cache-Control": "no-store"}
    )


def _is_the_collector(request: HttpRequest) -> bool:
    wanted, given = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    return bool(wanted) and compare_digest(f"Bearer {wanted}".encode(), given.encode())


def _letters() -> Metric:
    number = _asked("SELECT count(*) FROM kernel_letter WHERE delivered_at IS NULL")
    return _one("samskap_letters_waiting", "Letters that are queued and not delivered", number)


def _silence() -> Metric:
    seconds = _asked(
        "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
    )
    told = "Seconds since a worker said that it lives; -1 when none is there"
    return _one("samskap_worker_silent_seconds", told, -1 if seconds is None else seconds)


def _size() -> Metric:
    size = _asked("SELECT pg_database_size(current_database())")
    return _one("samskap_database_bytes", "Size of the database", size)


def _unsealed() -> Metric:
    told = "Entries of the log that wait for their seal"
    return _one("samskap_audit_entries_unsealed", told, waiting().number)


def _jobs() -> Metric:
    family = GaugeMetricFamily("samskap_jobs", "Jobs, by how they stand", labels=["status"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status")
        for status, number in cursor.fetchall():
            family.add_metric([status], number)
    return family


_FIGURES: Final[tuple[Callable[[], Metric], ...]] = (_letters, _silence, _size, _unsealed, _jobs)


def _asked(question: str) -> float | None:
    with connection.cursor() as cursor:
        cursor.execute(question)
        found = cursor.fetchone()[0]
    return None if found is None else float(found)


def _one(name: str, told: str, value: float | None) -> Metric:
    family = GaugeMetricFamily(name, told)
    family.add_metric([], value or 0.0)
    return family
