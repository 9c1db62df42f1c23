"""Read everything somebody can reach: every address, every link from there, every file inside."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

from tests.doors.access.calling import address
from tests.doors.access.table import TABLE
from tests.doors.access.world import undone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

    from tests.doors.access.world import World

# Selections beside an address: enough to meet each list filtered, too few to meet all of them.
_SELECTIONS: Final = 3
_LINK: Final = re.compile(r'(?:href|src|action|hx-get)="([^"#]+)')
_OTHER_LANGUAGES: Final = re.compile(r"^/(?:nb|sv)/")
_NEW_EACH_TIME: Final = re.compile(
    r'((?:csrfmiddlewaretoken|once)" value=|nonce=|X-CSRFToken": )"[^"]+"'
)
_NOT_READ: Final = re.compile(r"^/(?:static|api)/|/logout/")


def crawl(world: World, caller: str) -> Iterator[tuple[str, HttpResponse]]:
    """Yield every address that ``caller`` meets and its answer, in English, from every address on.

    An address of the table is read whether a link leads there or not.
    """
    waiting = [address(name, row, world) for name, row in TABLE.items() if row.get is not None]
    met, selections = set(waiting), Counter[str]()
    while waiting:
        where = waiting.pop(0)
        answer = read(world, caller, where)
        yield where, answer
        for link in links_in(answer, where):
            if link not in met and _is_worth_reading(link, selections):
                met.add(link)
                waiting.append(link)


def read(world: World, caller: str, where: str) -> HttpResponse:
    """Return what ``caller`` is answered at ``where``."""
    with undone(), translation.override("en"):
        answer = world.client(caller).get(where)
        if answer.streaming:
            answer.told = b"".join(answer)  # type: ignore[attr-defined]
        return answer


def send(world: World, caller: str, where: str, typed: dict[str, str]) -> HttpResponse:
    """Return what ``caller`` is answered for a form that is sent to ``where``."""
    with undone(), translation.override("en"):
        return world.client(caller).post(where, typed)


def told(answer: HttpResponse) -> str:
    """Return all that is told in an answer: its head, its text, and what is packed in its file."""
    content: bytes = answer.told if answer.streaming else answer.content  # type: ignore[attr-defined]
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return f"{head}\n{html.unescape(_text(content))}"


def links_in(answer: HttpResponse, where: str) -> list[str]:
    """Return the addresses of ours that a page leads to, and where it sends its reader on."""
    found = [answer["Location"]] if "Location" in answer else []
    if answer.get("Content-Type", "").startswith("text/html"):
        found += [html.unescape(each) for each in _LINK.findall(answer.content.decode())]
    whole = [urlsplit(urljoin(where, each)) for each in found]
    return [
        each.path + (f"?{each.query}" if each.query else "")
        for each in whole
        if each.netloc in {"", "testserver"} and each.scheme in {"", "http"}
    ]


def _is_worth_reading(where: str, selections: Counter[str]) -> bool:
    path, _mark, query = where.partition("?")
    if _OTHER_LANGUAGES.match(path) or _NOT_READ.search(path):
        return False
    if not query:
        return True
    selections[_name_of(path)] += 1
    return selections[_name_of(path)] <= _SELECTIONS


def _name_of(path: str) -> str:
    with translation.override("en"):
        try:
            return resolve(path).view_name
        except Resolver404:
            return path


def _text(content: bytes) -> str:
    if not content.startswith(b"PK\x03\x04"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        # When it was made stands apart, and is no secret.
        names = [name for name in packed.namelist() if not name.startswith("docProps/")]
        return "\n".join(packed.read(name).decode(errors="replace") for name in names)


def without_what_changes(answer: HttpResponse) -> str:
    """Return the text of an answer without the secrets that are new each time."""
    text = _text(answer.told if answer.streaming else answer.content)  # type: ignore[attr-defined]
    return _NEW_EACH_TIME.sub(r"\1", text)
