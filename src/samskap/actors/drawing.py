"""Ask for the picture of the network to be drawn again, in the transaction of what changed it."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

LAYOUT_TASK: Final = "samskap.jobs.lay_out_network"


def ask_for_layout() -> None:
    """Queue the job that computes where actors stand; one that waits already is enough.

    The job is queued with the change and undone with it, so that it never sees half of it. One
    that waits may begin before the change is there to see: then another is queued after it.
    """
    if not _queued():
        transaction.on_commit(_queued)


def _queued() -> bool:
    try:
        # A savepoint: a lock that is taken must not undo the change that asks.
        with transaction.atomic():
            jobs.configure_task(LAYOUT_TASK, queue="network", queueing_lock="network").defer()
    except AlreadyEnqueued:
        return False
    return True
