"""``procrastinate`` as the queue has it, whose worker seals the log besides."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from procrastinate.contrib.django.management.commands.procrastinate import Command as TheQueues

from samskap.jobs.sealing import sealing


class Command(TheQueues):
    """The queue's own command; ``worker`` seals the log for as long as it works."""

    def handle(self, *args: Any, **kwargs: Any) -> None:
        """Run it."""
        is_worker = kwargs.get("command") == "worker"
        with sealing() if is_worker else nullcontext():
            super().handle(*args, **kwargs)
