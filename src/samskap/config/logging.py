"""Logs: one JSON object a line on standard error, for a collector or for ``var/logs``.

No personal data: an address stands without its query, an account as its pseudonym or not at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import structlog

if TYPE_CHECKING:
    from collections.abc import MutableMapping

# No word of ours in an address is as long as this.
_SECRET: Final = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}(?=/)")
# What every line carries, whether it comes from us or from a library's own logger.
_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def _with_its_address(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Name the page that failed by its path alone: a query may hold what somebody searched for."""
    del logger, method
    record = event.get("_record")
    request = getattr(record, "request", None)
    if request is not None:
        event["path"] = getattr(request, "path", "")
        event["method"] = getattr(request, "method", "")
        event["status"] = getattr(record, "status_code", None)
    return event


def _without_secrets(
    logger: Any, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Leave out what opens a door: the long secret in the address of a letter's link."""
    del logger, method
    for name in ("event", "path", "exception"):
        if isinstance(event.get(name), str):
            event[name] = _SECRET.sub("(secret)", event[name])
    return event


def configure_structlog() -> None:
    """Send structlog's lines through the standard library, where all lines are written alike."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_settings(level: str) -> dict[str, Any]:
    """Return Django's ``LOGGING``: everything from ``level`` up, as JSON on standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [
                    _with_its_address,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    _without_secrets,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            },
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would write the same lines a second time.
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # A page that is not there is the visitor's matter; one that failed is ours.
            "django.request": {"level": "ERROR", "propagate": True},
            # What it registers at each start is in our own code already.
            "procrastinate.blueprints": {"level": "WARNING", "propagate": True},
            "procrastinate.periodic": {"level": "WARNING", "propagate": True},
            "django.security.DisallowedHost": {"level": "CRITICAL", "propagate": True},
        },
    }
