"""What is written in each form, and what another changes meanwhile."""

from __future__ import annotations

import datetime as dt
import html
import re
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from samskap.actors.models import (
    Actor,
    Body,
    Contact,
    ContactEntry,
    ImportRun,
    Membership,
    Seat,
    Suggestion,
    Tie,
)
from samskap.trust.models import LogPractice, Mandate, Person, PrivacyRequest, Role, User
from tests.doors.access.calling import address
from tests.doors.access.forms import STANDS_ON, form_to
from tests.doors.access.table import DESK, TABLE
from tests.world.factories import in_norwegian


def who(name):
    """One who may send the form, and has what it asks for."""
    return Role.ADMINISTRATOR if Role.ADMINISTRATOR in DESK[name].post else Role.SECRETARIAT


def at(world, name, page=None):
    row = TABLE[name] if page is None else DESK[name]
    where = address(name, row, world)
    return where if page is None else reverse(page, kwargs=world.about[row.of] if row.of else None)


def opened(world, name, client):
    """The form of an address as a browser has it, and where it is sent."""
    where = at(world, name)
    stands_on = STANDS_ON.get(name, name)
    own = at(world, name, stands_on)
    if name == "workspace:person-invite":
        _without_account(world)
    if name == "workspace:account-reopen":
        User.objects.filter(pk=_board(world).pk).update(is_active=False)
    return where, form_to(client.get(own), where, own)


def _board(world):
    return world.users[Role.BOARD_MEMBER]


def _without_account(world):
    Person.objects.filter(**world.about["person"]).update(user=None)


def written(form, *, number=0):
    """A field of the form, and what somebody writes in it."""
    place = form.to_type_in()
    value = {
        "email": f"skrevet.{number}@eksempel.example",
        "date": f"2021-03-{4 + number:02}",
        "select": place.others[0] if place.others else "",
        "unticked": place.value,
    }.get(place.kind, f"Skrevet for hånd {number}")
    return place.name, value


# Two at one form ----------------------------------------------------------------------------------
ANOTHER_DAY = dt.date(2019, 5, 17)


def change(model, of, **fields):
    """What another does meanwhile."""

    def changed(world):
        about = {name: key for name, key in world.about[of].items() if name in {"key", "slug"}}
        if model is Tie:
            about = {"key": about["key"]}
        assert model.objects.filter(**about).update(**fields) == 1

    return changed


THEIRS = in_norwegian("Deres ord")
# What another writes meanwhile; the field that both write in; what is written; what they wrote, and
# how it reads.
BOTH_WRITE: dict[str, tuple[Any, str, str, str]] = {
    "workspace:actor-edit": (
        change(Actor, "actor", phone="69 22 22 22"),
        "phone",
        "69 33 33 33",
        "69 22 22 22",
    ),
    "workspace:body-edit": (change(Body, "body", purpose=THEIRS), "purpose", "Mine", "Deres ord"),
    "workspace:contact-edit": (change(Contact, "contact", role="Deres"), "role", "Min", "Deres"),
    "workspace:import-change": (
        change(ImportRun, "import", visibility="partners"),
        "visibility",
        "public",
        "The partners",
    ),
    "workspace:membership-edit": (
        change(Membership, "membership", contribution_nok=Decimal(4000)),
        "contribution_nok",
        "5000",
        "4000",
    ),
    "workspace:talk-edit": (change(ContactEntry, "talk", text="Deres"), "text", "Min", "Deres"),
    "workspace:tie": (change(Tie, "tie", role=THEIRS), "role", "Min", "Deres ord"),
}

# A tie of one organisation is changed by widening it, or by keeping it to the secretariat.
ALSO = {"workspace:tie": {"visibility": "secretariat"}}


def _account(*, is_open):
    def changed(world):
        User.objects.filter(pk=_board(world).pk).update(is_active=is_open)

    return changed


def _mails(_world):
    LogPractice.objects.update_or_create(is_the_one=True, defaults={"mails_heads": True})


# What another does meanwhile to what the page tells of and the form does not ask.
MEANWHILE: dict[str, tuple[Any, str]] = {
    "workspace:account-close": (_account(is_open=False), "Now it says: no"),
    "workspace:account-reopen": (_account(is_open=True), "Now it says: yes"),
    "workspace:contact-left": (change(Contact, "contact", role="Deres"), "Now it says: Deres"),
    "workspace:log-practice": (_mails, "stands in the form: on"),
    "workspace:mandate-end": (
        change(Mandate, "mandate", valid_from=ANOTHER_DAY),
        "Now it says: 17 May 2019",
    ),
    "workspace:membership-end": (
        change(Membership, "membership", valid_from=ANOTHER_DAY),
        "Now it says: 17 May 2019",
    ),
    "workspace:merge": (
        lambda _world: Actor.objects.filter(slug="sagbruket-2").update(phone="69 22 22 22"),
        "Now it says: / 69 22 22 22",
    ),
    "workspace:privacy-answer": (
        change(PrivacyRequest, "request", answer="Vi har slettet.", answered_at=timezone.now()),
        "Now it says: Vi har slettet.",
    ),
    "workspace:seat-end": (change(Seat, "seat", role="chair"), "Now it says: Chair"),
    "workspace:seat-renew": (change(Seat, "seat", role="chair"), "Now it says: Chair"),
    "workspace:suggestion-decline": (
        change(Suggestion, "suggestion", reason="Nei"),
        "Now it says: Nei",
    ),
    "workspace:tie-end": (change(Tie, "tie", role=THEIRS), "Now it says: Deres ord"),
    "workspace:tie-remove": (change(Tie, "tie", role=THEIRS), "Now it says: Deres ord"),
}


def in_words(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode())))


def stands(world, name, client, field):
    """What a field says when all is done."""
    if name == "workspace:import-change":
        # The file is being read anew, and its form is not there meanwhile.
        return getattr(ImportRun.objects.get(**world.about["import"]), field)
    _where, form = opened(world, name, client)
    return form.data.get(field, [""])[0]
