"""What is read of the partnership and its strategy, each through its access function."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Final

from samskap.strategy.models import Partnership, StrategyElement, StrategyVersion
from samskap.trust.access import PUBLIC, visible_to

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from samskap.trust.access import Reader

# Within a request: nothing yet, or the partnership as it was first read. Outside one: None.
_in_this_request: Final[ContextVar[list[Partnership | None] | None]] = ContextVar(
    "samskap_partnership", default=None
)


def the_partnership() -> Partnership | None:
    """Return the partnership this installation serves; ``None`` before its region is loaded.

    What a partnership is called and where it is at home is public, whoever reads. Asked once for
    each request, since every page says whose it is.
    """
    known = _in_this_request.get()
    if known is None:
        return Partnership.objects.order_by("id").first()
    if not known:
        known.append(Partnership.objects.order_by("id").first())
    return known[0]


def begin_request(**_signal: object) -> None:
    """Remember from now on, for as long as this request lasts."""
    _in_this_request.set([])


def end_request(**_signal: object) -> None:
    """Remember nothing outside a request."""
    _in_this_request.set(None)


def forget_partnership(**_signal: object) -> None:
    """Ask again, since it has changed."""
    if _in_this_request.get() is not None:
        _in_this_request.set([])


def strategies_seen_by(reader: Reader) -> QuerySet[StrategyVersion]:
    """Return the versions ``reader`` may see, the one adopted last first.

    What is published is everyone's; a draft is the secretariat's, and the auditor's to read.
    """
    return StrategyVersion.objects.filter(visible_to(reader)).order_by(
        "-adopted", "-first_year", "label"
    )


def elements_seen_by(reader: Reader) -> QuerySet[StrategyElement]:
    """Return the elements of the versions ``reader`` may see, in the order of the strategy."""
    return (
        StrategyElement.objects.filter(visible_to(reader, prefix="version__"))
        .select_related("version", "parent")
        .order_by("version", "position")
    )


def published_versions() -> QuerySet[StrategyVersion]:
    """Return the published versions, the one adopted last first."""
    return strategies_seen_by(PUBLIC).filter(published_at__isnull=False)


def current_version(*, on: date) -> StrategyVersion | None:
    """Return the published version that holds on the day ``on``.

    That is the one adopted last of those whose period has the year in it; between two periods, or
    before the first, the one adopted last of all. ``None`` when nothing is published.
    """
    versions = list(published_versions())
    covering = [version for version in versions if version.covers(on.year)]
    return next(iter(covering or versions), None)


def version_labelled(label: str, *, reader: Reader = PUBLIC) -> StrategyVersion | None:
    """Return the version called ``label``, if there is one that ``reader`` may see."""
    return strategies_seen_by(reader).filter(label=label).first()


def elements_of(version: StrategyVersion, *, reader: Reader = PUBLIC) -> QuerySet[StrategyElement]:
    """Return what ``version`` says, in its order, if ``reader`` may see it."""
    return elements_seen_by(reader).filter(version=version)
