"""In a real browser: every request goes to our own host, and nothing is kept but two cookies."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.journeys.pages import DESK_PAGES, PORTAL_PAGES, ROLES, sign_in_as

KEPT = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
COOKIES = {"session", "csrf"}
# What is fetched after the page itself: maps and networks.
DRAWN = ("map", "nettverk", "balanse", "dekning")


class Heard:
    """Every address a browser asks for, and what it keeps."""

    def __init__(self, visit) -> None:
        self.own = urlsplit(visit.url).netloc
        self.addresses: list[str] = []
        self.kept: set[str] = set()
        self._context = visit.context
        visit.context.on("request", lambda request: self.addresses.append(request.url))
        visit.context.on("page", self._listen)

    def _listen(self, page) -> None:
        page.on("websocket", lambda socket: self.addresses.append(socket.url))

    def read(self, page, addresses) -> None:
        for address in addresses:
            page.goto(address)
            if any(word in address for word in DRAWN):
                page.wait_for_load_state("networkidle")
            self.kept |= set(page.evaluate(KEPT))

    @property
    def elsewhere(self) -> list[str]:
        return [
            each
            for each in self.addresses
            if urlsplit(each).scheme not in {"data", "blob"} and urlsplit(each).netloc != self.own
        ]

    @property
    def cookies(self) -> set[str]:
        return {cookie["name"] for cookie in self._context.cookies()}


def test_the_pages_of_the_portal_ask_nobody_else_and_keep_nothing(visit):
    one = visit()
    heard = Heard(one)

    heard.read(one.page(), [each for each in PORTAL_PAGES if "/konto/" not in each])

    assert len(heard.addresses) > len(PORTAL_PAGES)
    assert heard.elsewhere == []
    assert heard.cookies == set()
    assert heard.kept == set()


@pytest.mark.parametrize("role", ROLES)
def test_the_pages_of_the_desk_ask_nobody_else_and_keep_the_sign_in_alone(visit, role):
    one = visit()
    heard = Heard(one)
    page = one.page()
    sign_in_as(page, role)

    heard.read(page, DESK_PAGES.get(role, ()))

    assert heard.elsewhere == []
    assert heard.cookies == COOKIES
    assert heard.kept == set()


def test_a_request_to_another_host_would_have_been_heard(visit):
    one = visit()
    one.expected.append("other.example")
    heard = Heard(one)
    page = one.page()
    heard.read(page, ["/nb/"])

    page.evaluate("new Image().src = 'https://other.example/seen.png'")
    page.wait_for_timeout(200)

    told = [*heard.elsewhere, *(trouble for trouble in one.troubles if "other.example" in trouble)]
    one.troubles.clear()
    assert told != []
