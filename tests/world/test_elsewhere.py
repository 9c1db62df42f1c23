"""Whatever way a page may fetch from another host is seen; links to click are left."""

from __future__ import annotations

import pytest

from tests.world.elsewhere import (
    fetched_from_elsewhere,
    from_elsewhere,
    heads_to_elsewhere,
    in_style,
)

OTHER = "https://other.example/x"


@pytest.mark.parametrize(
    "planted",
    [
        f'<img src="{OTHER}">',
        f'<img srcset="/a.png 1x, {OTHER} 2x">',
        f'<link rel="preconnect" href="{OTHER}">',
        f'<link rel="stylesheet" href="{OTHER}">',
        f'<script src="{OTHER}"></script>',
        f'<form action="{OTHER}">',
        f'<button formaction="{OTHER}">',
        f'<meta http-equiv="Refresh" content="0; url={OTHER}">',
        f'<p style="background: url({OTHER})">',
        f"<style>p {{ background: url('{OTHER}') }}</style>",
        f'<iframe src="{OTHER}"></iframe>',
        f'<object data="{OTHER}"></object>',
        f'<video poster="{OTHER}"></video>',
        f'<svg><use xlink:href="{OTHER}"/></svg>',
        f'<div hx-get="{OTHER}"></div>',
        f'<a href="/" ping="{OTHER}">',
        f'<base href="{OTHER}">',
    ],
)
def test_what_is_fetched_from_another_host_is_seen(planted):
    assert fetched_from_elsewhere(f"<html><body>{planted}</body></html>") == [OTHER]


def test_an_address_without_its_scheme_is_seen():
    assert fetched_from_elsewhere('<img src="//other.example/x">') == ["//other.example/x"]


@pytest.mark.parametrize(
    "own",
    [
        '<img src="/static/a.png" srcset="/static/a.png 1x">',
        '<a href="https://other.example/">Til</a>',
        '<img src="data:image/png;base64,AAAA">',
        '<link rel="canonical" href="http://testserver/nb/">',
        '<form action="" method="post">',
        '<meta http-equiv="refresh" content="5">',
    ],
)
def test_what_is_our_own_or_waits_for_a_click_is_left(own):
    assert fetched_from_elsewhere(own) == []


def test_a_style_sheet_is_read_too():
    sheet = f"@import '{OTHER}'; p {{ src: url(/a.woff2) url(\"{OTHER}\") }}"

    assert in_style(sheet) == [OTHER, "/a.woff2", OTHER]
    assert from_elsewhere(in_style(sheet)) == [OTHER, OTHER]


def test_a_head_that_leads_elsewhere_is_seen():
    heads = {"Link": f"<{OTHER}>; rel=preload", "Refresh": "5; url=/nb/"}

    assert list(heads_to_elsewhere(heads)) == [f"Link: <{OTHER}>; rel=preload"]
