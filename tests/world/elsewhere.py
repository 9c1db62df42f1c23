"""What a page makes a browser fetch, or send a form to, from another host than its own."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OWN: Final = "http://testserver/"
_LOADS: Final = frozenset(
    {
        "src",
        "srcset",
        "imagesrcset",
        "poster",
        "background",
        "data",
        "action",
        "formaction",
        "manifest",
        "ping",
        "xlink:href",
        "hx-get",
        "hx-post",
        "hx-put",
        "hx-delete",
    }
)
# Where an address is fetched or built upon, and not only followed by a click.
_LOADS_BY_HREF: Final = frozenset({"link", "base", "use", "image", "feimage", "script"})
_LISTS: Final = frozenset({"srcset", "imagesrcset"})
_IN_STYLE: Final = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE)
_NEW_ADDRESS: Final = re.compile(r"url\s*=\s*['\"]?([^'\";]+)", re.IGNORECASE)
# Heads of an answer that make a browser fetch or report.
_HEADS: Final = ("Link", "Refresh", "Report-To", "Reporting-Endpoints", "NEL", "SourceMap")


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            self.found += _NEW_ADDRESS.findall(given.get("content", ""))
        for name, value in given.items():
            if name in _LISTS:
                self.found += [each.split()[0] for each in value.split(",") if each.strip()]
            elif name in _LOADS or (name == "href" and tag in _LOADS_BY_HREF):
                self.found.append(value)
            elif name == "style":
                self.found += in_style(value)

    def handle_data(self, data: str) -> None:
        if self._is_style:
            self.found += in_style(data)


def in_style(text: str) -> list[str]:
    """Return every address that a style sheet fetches."""
    return [one or other for one, other in _IN_STYLE.findall(text)]


def from_elsewhere(addresses: list[str], own: str = OWN) -> list[str]:
    """Return those of ``addresses`` that lead to another host than ``own``."""
    return [
        each for each in addresses if _host(each.strip(), own) not in {urlsplit(own).netloc, ""}
    ]


def fetched_from_elsewhere(page: str, own: str = OWN) -> list[str]:
    """Return every address on another host that a page fetches from or sends to by itself."""
    reading = _Reading()
    reading.feed(page)
    return from_elsewhere(reading.found, own)


def heads_to_elsewhere(heads: Mapping[str, str]) -> Iterator[str]:
    """Return the heads of an answer that name another host to fetch from or report to."""
    for name in _HEADS:
        if re.search(r"(?:https?:)?//(?!testserver)", heads.get(name, "")):
            yield f"{name}: {heads[name]}"


def _host(address: str, own: str) -> str:
    whole = urlsplit(urljoin(own, address))
    return "" if whole.scheme in {"data", "blob"} else whole.netloc
