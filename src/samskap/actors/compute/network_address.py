"""What the address of the network's page asks for, and what the page leads on to."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import get_language

from samskap.actors.compute.network import NetworkSelection
from samskap.actors.compute.network_page import Asked
from samskap.actors.compute.selection import Selection, in_address
from samskap.actors.models import TieKind
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

    from samskap.actors.compute.network_page import NetworkPage

_LONGEST_NAME: Final = 200
_LARGEST_PAGE_DIGITS: Final = 5


def network_asked(asked: MultiValueDict[str, str], selection: Selection) -> NetworkSelection:
    """Return the network an address asks for; a day that is none is today."""
    known = [kind for kind in asked.getlist("tie") if kind in TieKind.values]
    return NetworkSelection(
        on=_day(asked.get("on", "")), actors=selection, kinds=tuple(dict.fromkeys(known))
    )


def asked_of_network(asked: MultiValueDict[str, str]) -> Asked:
    """Return what an address asks of the page beside that."""
    return Asked(
        one=str(asked.get("one", ""))[:_LONGEST_NAME],
        other=str(asked.get("other", ""))[:_LONGEST_NAME],
        page=_number(asked.get("page", "1")),
        ties_page=_number(asked.get("ties", "1")),
    )


def network_context(page: NetworkPage, *, here: str, api: str) -> dict[str, Any]:
    """Return what the page's template is drawn from; ``here`` and ``api`` are its two addresses."""
    kept = _in_address(page.asked)
    # A list has an order; a network has none.
    asked = [(name, value) for name, value in kept if name != "sort"]
    answer = page.answer
    return {
        "page": page,
        "here": here,
        "api": f"{api}?{urlencode([('lang', get_language() or ''), *asked])}",
        "graphml": f"{api}.graphml?{urlencode(asked)}",
        "csv": f"{api}.csv?{urlencode(asked)}",
        "kept": kept,
        "factors": list(Factor),
        "is_today": page.asked.on == timezone.localdate(),
        "words": json.dumps(page.words, ensure_ascii=False),
        "ties_before": page.ties.page - 1,
        "ties_after": page.ties.page + 1,
        "sides": [("one", answer.one), ("other", answer.other)] if answer else [],
    }


def _in_address(asked: NetworkSelection) -> list[tuple[str, str]]:
    """Return the names and values that say ``asked``; today is left unsaid, so that it moves on."""
    day = [] if asked.on == timezone.localdate() else [("on", asked.on.isoformat())]
    return [*in_address(asked.actors), *(("tie", kind) for kind in asked.kinds), *day]


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return timezone.localdate()


def _number(written: str) -> int:
    is_one = written.isdecimal() and len(written) <= _LARGEST_PAGE_DIGITS
    return int(written) if is_one else 1
