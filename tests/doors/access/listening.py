"""What each caller hears of what is private: in pages, files and answers, and what the logs say."""

from __future__ import annotations

import io
import logging
import logging.config
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from samskap.actors.models import Actor
from samskap.config.logging import logging_settings
from samskap.trust.models import Visibility
from tests.doors.access.calling import address
from tests.doors.access.canaries import sung
from tests.doors.access.crawling import crawl, read, send, told
from tests.doors.access.table import TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpResponse

    from tests.doors.access.canaries import Canary
    from tests.doors.access.world import World


class Heard(NamedTuple):
    """The canaries in one answer, but for those that whoever asked wrote themselves."""

    where: str
    canaries: set[Canary]


def heard_by(world: World, caller: str) -> list[Heard]:
    """Return what ``caller`` hears: everything that opens, and everything that is refused."""
    return [
        _heard(world, where, answer)
        for answers in (crawl(world, caller), _refused(world, caller))
        for where, answer in answers
    ]


def heard_at(world: World, caller: str, addresses: Iterable[str]) -> list[Heard]:
    """Return what ``caller`` hears at these addresses alone."""
    return [_heard(world, where, read(world, caller, where)) for where in addresses]


def _heard(world: World, where: str, answer: HttpResponse) -> Heard:
    return Heard(where, sung(told(answer), world.canaries, besides=where))


def leaks(heard: Iterable[Heard], caller: str) -> dict[str, list[str]]:
    """Return each address where ``caller`` heard what is not theirs, and what it was."""
    return {
        where: wrong
        for where, canaries in heard
        if (wrong := sorted(_words(one) for one in canaries if caller not in one.seen_by))
    }


def _words(canary: Canary) -> str:
    return f"{canary.field} ({canary.organisation})"


def _refused(world: World, caller: str) -> Iterator[tuple[str, HttpResponse]]:
    """Yield answers to what makes no sense: empty forms, odd parameters, hidden addresses."""
    for name, row in TABLE.items():
        if row.post is not None:
            where = address(name, row, world)
            yield where, send(world, caller, where, {})
    for where in (*_ODD, *hidden_addresses()):
        yield where, read(world, caller, where)


_ODD = (
    "/api/v1/actors?no=such",
    "/api/v1/actors?factor=none",
    "/api/v1/ties?cursor=x",
    "/api/v1/network.graphml?kind=none",
    "/en/who-is-who/?factor=none&place=none",
    "/en/work/actors/?visibility=none",
    "/en/work/actors/selection.exe",
)


def hidden_addresses() -> Iterator[str]:
    """Yield where what is not for everyone would be, for someone who guesses."""
    for actor in Actor.objects.exclude(visibility=Visibility.PUBLIC).order_by("id"):
        yield f"/en/who-is-who/{actor.slug}/"
        yield f"/en/work/actors/{actor.slug}/"
        yield f"/en/work/actors/{actor.slug}/membership/"
        yield f"/api/v1/actors/{actor.slug}"


@contextmanager
def logs() -> Iterator[io.StringIO]:
    """Give what is logged inside, as it is written where the product runs."""
    settings = logging_settings("DEBUG")
    kind = next(iter(settings["formatters"].values()))
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    factory = kind.pop("()")
    handler.setFormatter(factory(**kind))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield written
    finally:
        root.removeHandler(handler)
