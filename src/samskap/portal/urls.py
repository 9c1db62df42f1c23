"""The portal's addresses. Path words follow the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import include, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from samskap.portal.views import (
    actor,
    actors,
    directory,
    directory_files,
    gallery,
    home,
    letter,
    log_head,
    network,
    pages,
    partners,
    place,
    strategy,
)

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver
    from django.utils.functional import _StrPromise

app_name = "portal"

_KIND_WORDS: Final = {
    "vision": pgettext_lazy("address", "vision"),
    "mission": pgettext_lazy("address", "mission"),
    "role": pgettext_lazy("address", "role"),
    "value": pgettext_lazy("address", "value"),
    "purpose": pgettext_lazy("address", "purpose"),
    "precondition": pgettext_lazy("address", "precondition"),
    "outcome": pgettext_lazy("address", "outcome"),
    "focus-area": pgettext_lazy("address", "focus-area"),
    "goal": pgettext_lazy("address", "goal"),
    "theme": pgettext_lazy("address", "theme"),
    "factor": pgettext_lazy("address", "factor"),
    "side": pgettext_lazy("address", "side"),
    "principle": pgettext_lazy("address", "principle"),
    "neighbour": pgettext_lazy("address", "neighbour"),
    "sub-region": pgettext_lazy("address", "sub-region"),
    "evidence": pgettext_lazy("address", "evidence"),
    "note": pgettext_lazy("address", "note"),
}


def _at(word: _StrPromise, rest: str = "") -> _StrPromise:
    """Return an address that begins with ``word`` in the reader's language."""
    return format_lazy("{}/{}", word, rest)


def _elements(name: str) -> list[URLPattern]:
    return [
        path(_at(word, "<slug:key>/"), strategy.element, {"kind": kind}, name=name)
        for kind, word in _KIND_WORDS.items()
    ]


_strategy: list[URLPattern | URLResolver] = [
    path("", strategy.strategy, name="strategy"),
    path(_at(pgettext_lazy("address", "versions")), strategy.versions, name="strategy-versions"),
    path(
        _at(pgettext_lazy("address", "version"), "<str:label>/"),
        include(
            [
                path("", strategy.strategy_version, name="strategy-version"),
                *_elements("version-element"),
            ]
        ),
    ),
    path(
        _at(pgettext_lazy("address", "changes"), "<str:old>/<str:new>/"),
        strategy.changes,
        name="strategy-changes",
    ),
    *_elements("element"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path(_at(pgettext_lazy("address", "strategy")), include(_strategy)),
    path(_at(pgettext_lazy("address", "who-is-who")), directory.directory, name="directory"),
    path(
        format_lazy(
            "{}/{}.<str:form>",
            pgettext_lazy("address", "who-is-who"),
            pgettext_lazy("address", "selection"),
        ),
        directory_files.directory_file,
        name="directory-file",
    ),
    path(
        format_lazy(
            "{}/{}/", pgettext_lazy("address", "who-is-who"), pgettext_lazy("address", "network")
        ),
        network.network,
        name="network",
    ),
    path(
        format_lazy(
            "{}/{}/<slug:key>/",
            pgettext_lazy("address", "who-is-who"),
            pgettext_lazy("address", "place"),
        ),
        place.place,
        name="place",
    ),
    path(_at(pgettext_lazy("address", "who-is-who"), "<slug:slug>/"), actor.actor, name="actor"),
    path(
        _at(pgettext_lazy("address", "answered"), "<slug:came_of_it>/"),
        letter.thanks,
        name="letter-thanks",
    ),
    path(_at(pgettext_lazy("address", "answer"), "<str:secret>/"), letter.letter, name="letter"),
    path(_at(pgettext_lazy("address", "coverage")), actors.balance, name="coverage"),
    path(_at(pgettext_lazy("address", "how-we-count")), pages.methods, name="methods"),
    path(_at(pgettext_lazy("address", "about")), pages.about, name="about"),
    path(
        format_lazy(
            "{}/{}/", pgettext_lazy("address", "about"), pgettext_lazy("address", "partners")
        ),
        partners.partners,
        name="partners",
    ),
    path(_at(pgettext_lazy("address", "accessibility")), pages.accessibility, name="accessibility"),
    path(_at(pgettext_lazy("address", "privacy")), pages.privacy, name="privacy"),
    path(_at(pgettext_lazy("address", "open-data")), pages.open_data, name="open-data"),
    path(_at(pgettext_lazy("address", "daily-seal")), log_head.log_head, name="log-head"),
    path(
        _at(pgettext_lazy("address", "daily-seal"), "<str:day>.json"),
        log_head.log_head_file,
        name="log-head-file",
    ),
    path(_at(pgettext_lazy("address", "components")), gallery.gallery, name="gallery"),
]
