"""The gallery: every component as it looks, in both colour schemes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from samskap.actors import public as actors
from samskap.ui.drawings import Knot, ModelArea, ModelDrawing
from samskap.ui.forms import Form
from samskap.ui.maps import MapArea, MapKey, MapPicture, MapPoint, MapRow, MapTable
from samskap.ui.marks import MARKS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_COUNTS = {
    "public-authority": 22,
    "entrepreneurship": 4,
    "research-education": 9,
    "business": 31,
    "capital": 1,
}


# A partner of whom something should be checked, and who is invented.
_ROW = {
    "belonging": actors.Belonging.PARTNER,
    "status": "active",
    "is_stale": True,
    "line": {"is_demo": True},
}


class ExampleForm(Form):
    """One of each field, with a fault in one of them."""

    name = forms.CharField(label=_("Name of the organisation"))
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("We use it only to answer you.")
    )
    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[("need", _("A need")), ("offer", _("An offer"))],
    )
    message = forms.CharField(label=_("Tell us more"), widget=forms.Textarea(attrs={"rows": 3}))
    factors = forms.MultipleChoiceField(
        label=_("Factors"),
        choices=[(key, mark.name) for key, mark in MARKS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    answer = forms.BooleanField(label=_("I would like an answer"), required=False)


class ExampleChoices(Form):
    """A few choices, of which one is taken."""

    when = forms.ChoiceField(
        label=_("When shall we call?"),
        choices=[("morning", _("Morning")), ("day", _("Midday")), ("evening", _("Evening"))],
        widget=forms.RadioSelect,
        initial="day",
    )


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component, for those who build and those who judge."""
    home = reverse("portal:home")
    return render(
        request,
        "portal/gallery.html",
        {
            "marks": MARKS.values(),
            "counts": (0, 1, 3, 12, 48),
            "trail": [(_("Home"), home), (_("Components"), home)],
            "page": Paginator(range(1, 241), 20).page(4),
            "schemes": _forms(),
            "choices": {
                scheme: ExampleChoices(auto_id=f"{scheme}-%s") for scheme in ("light", "dark")
            },
            "meetings": {scheme: _meeting(scheme) for scheme in ("light", "dark")},
            "unsent": {"texts": [_("Our name is spelt with two l’s.")]},
            "maps": {
                "light": _map("map-light", str(_("The same in a table"))),
                "dark": _map("map-dark", str(_("The same in a table, in dark colours"))),
            },
            "looks": actors.ways_to_look(
                actors.Selection(), directory=home, network=home, shown_as="map"
            ),
            "chosen": [{"label": MARKS["capital"].name, "without": home}],
            "action": home,
            "sorts": actors.Sort,
            "filters": _filters(),
            "merging": {scheme: _merging(scheme) for scheme in ("light", "dark")},
            "place_maps": {
                "light": _place_map("place-light", str(_("What is on the map"))),
                "dark": _place_map("place-dark", str(_("What is on the map, in dark colours"))),
            },
            "row": _ROW,
            "bars": {
                "light": _bars("light", str(_("Factors"))),
                "dark": _bars("dark", str(_("Numbers that belong together"))),
            },
            "knot": Knot.of(_COUNTS, dict.fromkeys(MARKS, home)),
            "model": ModelDrawing(
                [ModelArea(str(_("A pillar")), str(_("What it is about")), home)] * 3,
                [ModelArea(str(_("Across")), str(_("What it is about")), home)],
                [ModelArea(str(_("A support")), str(_("What it is about")), home)] * 2,
            ),
        },
    )


def _meeting(key: str) -> dict[str, object]:
    """Return a field that two have changed, and one that only the other has."""
    both = {"choice": f"{key}-phone", "label": _("Phone"), "now": "69 22 22 22"}
    taken_in = {"label": _("Street address"), "now": "Kaia 2", "typed": "Kaia 1"}
    return {
        "key": key,
        "both": [both | {"typed": "69 33 33 33"}],
        "taken_in": [taken_in],
    }


def _filters() -> list[dict[str, object]]:
    """Return one filter whose boxes are counted, the first of them ticked."""
    boxes = [
        {"value": key, "label": MARKS[key].name, "count": count, "is_chosen": key == "capital"}
        for key, count in _COUNTS.items()
    ]
    return [
        {"name": "factor", "legend": _("Factors"), "choices": boxes, "chosen": boxes[-1:]},
    ]


def _merging(key: str) -> dict[str, object]:
    """Return two actors that may be one, and what they say differently."""
    said = [
        (_("Phone"), "69 22 22 22", "69 33 33 33"),
        (_("Street address"), "", "Kaia 1"),
    ]
    return {
        "kept": {"name": "Rakkestad Gründerhus"},
        "absorbed": {"name": "Gründerhuset Rakkestad"},
        "differences": [
            {
                "label": label,
                "choice": f"{key}-{number}",
                "kept": kept,
                "absorbed": absorbed,
                "takes": not kept,
            }
            for number, (label, kept, absorbed) in enumerate(said)
        ],
    }


def _bars(key: str, title: str) -> dict[str, object]:
    """Return how many there are of each factor, with what is thin in a sentence."""
    most = max(_COUNTS.values())
    return {
        "key": key,
        "title": title,
        "sentence": str(_("Nobody with capital in Marker")),
        "bars": [
            {"label": MARKS[factor].name, "count": count, "length": round(100 * count / most)}
            for factor, count in _COUNTS.items()
        ],
    }


# Three places side by side, as they would lie on a page.
_PLACES = (
    ("Sarpsborg", "step-4", 31, "M20 30L200 20L220 160L120 210L30 170Z", (120.0, 110.0)),
    ("Rakkestad", "step-1", 4, "M200 20L440 40L450 190L220 160Z", (330.0, 100.0)),
    ("Marker", "gap", 0, "M220 160L450 190L430 300L180 290L120 210Z", (300.0, 235.0)),
)


def _map(key: str, caption: str) -> MapPicture:
    """Return a map with an area that has much, one with little, and one with nothing."""
    here = "#content"
    return MapPicture(
        key=key,
        title=str(_("Nobody with capital in Marker")),
        width=480,
        height=320,
        areas=[
            MapArea(name, name, here, str(count), f"{name}: {count}", look, *middle, path=path)
            for name, look, count, path, middle in _PLACES
        ],
        points=[MapPoint(str(_("An actor")), here, "factor--business", 90, 70, "N")],
        legend=[
            MapKey("step-4", str(_("Many"))),
            MapKey("step-1", str(_("Few"))),
            MapKey("gap", str(_("None"))),
            MapKey("factor--business", str(_("An actor")), "N"),
        ],
        table=MapTable(
            caption=caption,
            columns=[str(_("Place")), str(_("Actors"))],
            rows=[MapRow(name, [count], here) for name, _look, count, _path, _xy in _PLACES],
        ),
    )


# What a place is to the one a page is about, and how it is drawn.
_AROUND = {
    "Sarpsborg": ("here", pgettext_lazy("on a map", "here")),
    "Rakkestad": ("home", pgettext_lazy("on a map", "neighbour")),
    "Marker": ("step-2", pgettext_lazy("on a map", "same sub-region")),
}


def _place_map(key: str, caption: str) -> MapPicture:
    """Return a place with a neighbour, and one that it goes together with."""
    here = "#content"
    return MapPicture(
        key=key,
        title=str(_("A place, and what lies around it")),
        width=480,
        height=320,
        areas=[
            MapArea(
                f"{key}-{name}",
                name,
                here,
                str(count),
                f"{name}: {_AROUND[name][1]}",
                _AROUND[name][0],
                *middle,
                path=path,
            )
            for name, _look, count, path, middle in _PLACES
        ],
        points=[],
        legend=[MapKey(look, str(what)) for look, what in _AROUND.values()],
        table=MapTable(
            caption=caption,
            columns=[str(_("Place")), str(_("What it is here")), str(_("Actors"))],
            rows=[
                MapRow(name, [str(_AROUND[name][1]), count], here)
                for name, _look, count, _path, _xy in _PLACES
            ],
        ),
    )


def _forms() -> dict[str, ExampleForm]:
    """Return a form for each scheme, each with its own ids, sent in with faults."""
    return {
        scheme: ExampleForm(
            {"name": "Rakkestad Gründerhus", "email": "post", "answer": True},
            auto_id=f"{scheme}-%s",
        )
        for scheme in ("light", "dark")
    }
