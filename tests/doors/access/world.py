"""Two organisations with everything private about them, and someone of each role: loaded once."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone, translation

from samskap.actors.actions import edit_actor, memberships
from samskap.actors.models import (
    Actor,
    ImportRow,
    ImportRun,
    ImportState,
    Merge,
    RowOutcome,
    Suggestion,
)
from samskap.actors.standing import facts_of
from samskap.strategy.actions import load_strategy, publish_strategy
from samskap.trust import actions, audit
from samskap.trust.actions import sign_head
from samskap.trust.doers import OPERATOR
from samskap.trust.log.sealing import Sealer
from samskap.trust.models import PrivacyRequest, Role, User, Visibility
from tests.doors.access.canaries import (
    ANONYMOUS,
    BAKERY,
    CALLERS,
    DISABLED,
    ENDED,
    NO_MANDATE,
    ROLES,
    SAWMILL,
    canaries,
)
from tests.world import talks
from tests.world.factories import ActorFactory, SourceFactory, TieFactory, in_norwegian
from tests.world.people import NOON, person_with_account, someone
from tests.world.region import ostfold, place
from tests.world.strategies import strategy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from samskap.strategy.models import StrategyVersion
    from samskap.trust.models import Person
    from tests.doors.access.canaries import Canary

_ACTS_FOR = {Role.PARTNER_REPRESENTATIVE: SAWMILL, Role.COMPANY_MEMBER: BAKERY}


@dataclass(slots=True)
class World:
    """Who calls, and what the addresses are about."""

    cookies: dict[str, str] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    about: dict[str, dict[str, Any]] = field(default_factory=dict)
    canaries: list[Canary] = field(default_factory=list)

    def client(self, caller: str, **more: Any) -> Client:
        """Return a browser of ``caller``, as it was when the world was made."""
        browser = Client(raise_request_exception=False, **more)
        if caller in self.cookies:
            browser.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[caller]
        return browser


@contextmanager
def made(folder: Path) -> Iterator[World]:
    """Make the world inside a transaction of the application's role, and undo it afterwards."""
    kept = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder / "files"},
    }
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with (
        override_settings(
            DATA=folder,
            STORAGES=settings.STORAGES | {"default": kept},
            PASSWORD_HASHERS=quick,
        ),
        translation.override("en"),
        transaction.atomic(),
    ):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', %s, true)", [settings.DATABASE_APP_ROLE])
        yield _world()
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    """Undo what is done inside, so that the next caller finds the world as it was made."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _world() -> World:
    world = World(canaries=canaries())
    ostfold()
    version = load_strategy(facts=strategy(), by=OPERATOR, at=NOON)
    publish_strategy(version=version, by=OPERATOR, at=NOON)
    firms = {
        SAWMILL: _firm("Sagbruket", "sagbruket"),
        BAKERY: _firm("Bakeriet", "bakeriet"),
    }
    _people(world, firms)
    song = {(one.field, one.organisation): one.song for one in world.canaries}
    for organisation, firm in firms.items():
        about = _about_firm(organisation, firm, lambda name, of=organisation: song[name, of])
        if organisation == SAWMILL:
            world.about |= about
    world.about |= _about_the_rest(world, firms[SAWMILL], version)
    world.about["history"] = {"kind": "actor", "key": firms[SAWMILL].key}
    world.about["change"] = {"number": _changed(Actor.objects.get(slug="sagbruket-2"))}
    Sealer().seal_all()
    sign_head(by=OPERATOR, at=NOON)
    world.about["day of a head"] = {"day": NOON.date().isoformat()}
    return world


def _firm(name: str, slug: str) -> Actor:
    return ActorFactory(named=name, slug=slug, place=place("3105"))


# Who calls ----------------------------------------------------------------------------------------
def _people(world: World, firms: dict[str, Actor]) -> None:
    for role in ROLES:
        own = firms.get(_ACTS_FOR.get(Role(role), ""))
        world.users[role] = someone(role, party=own.party if own else None)
    for canary in world.canaries:
        if canary.field == "holder of a mandate, e-mail":
            _let_sign_in_as(world.users[_holder(canary.organisation)], canary.song)
    world.users[NO_MANDATE] = person_with_account("uten.fullmakt@samskap.example").user
    world.users[DISABLED] = someone(Role.BOARD_MEMBER)
    world.users[ENDED] = someone(Role.BOARD_MEMBER)
    for caller, user in world.users.items():
        world.cookies[caller] = _session(user)
    at = timezone.now()
    actions.close_account(person=world.users[DISABLED].person, by=OPERATOR, at=at)
    actions.end_mandate(
        mandate=world.users[ENDED].person.mandates.get(),
        on=timezone.localdate(at),
        by=OPERATOR,
        at=at,
    )
    assert set(world.cookies) == set(CALLERS) - {ANONYMOUS}


def _holder(organisation: str) -> str:
    return next(role for role, own in _ACTS_FOR.items() if own == organisation)


def _let_sign_in_as(user: User, email: str) -> None:
    user.email = email
    user.save()
    user.emailaddress_set.update(email=email)


def _session(user: User) -> str:
    browser = Client()
    browser.force_login(user)
    browser.get(reverse("portal:home"))
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


# What is private ----------------------------------------------------------------------------------
def _about_firm(
    organisation: str, firm: Actor, song: Callable[[str], str]
) -> dict[str, dict[str, Any]]:
    """Plant every canary of one organisation; return what its addresses are about."""
    contact = talks.contact(
        firm,
        f"{song('contact, name')} Hansen",
        role=song("contact, role"),
        email=song("contact, e-mail"),
        phone=song("contact, phone"),
    )
    contact.source_note = song("contact, where we know it from")
    contact.save()
    talk = talks.talk(
        firm,
        f"Vi snakket om {song('talk, what was said')}.",
        contacts=[contact],
        next_step=f"Send {song('talk, next step')}",
    )
    member = _member(firm, song)
    hidden = _kept_to_some(organisation, firm, song)
    audit.record(
        "actor.edited",
        about=firm,
        by=OPERATOR,
        at=NOON,
        changes={"web": ["", "https://eksempel.example"]},
        reason=f"Fordi {song('log, reason')}",
    )
    return {
        "actor": {"slug": firm.slug},
        "talk": {"key": talk.key},
        "contact": {"key": contact.key},
        "membership": {"key": member.key},
        "suggestion": {"key": _suggestions(firm, song).key},
        "import": {"key": _import(firm, song).key},
        "tie": {"slug": firm.slug, "key": hidden.key},
    }


def _member(firm: Actor, song: Callable[[str], str]) -> Any:
    contribution = Decimal(song("membership, contribution"))
    member = talks.membership(firm, contribution_nok=contribution)
    content = talks.A_PDF.replace(
        b"/Catalog", f"/Catalog % {song('membership, agreement')}\n/X 1".encode()
    )
    memberships.attach_agreement(
        membership=member,
        content=content,
        name=f"{song('membership, agreement' + chr(39) + 's name')}.pdf",
        by=OPERATOR,
        at=NOON,
    )
    return member


def _suggestions(firm: Actor, song: Callable[[str], str]) -> Suggestion:
    Suggestion.objects.create(
        actor=firm,
        kind="comment",
        comment=f"Vi flytter til {song('suggestion, comment')}.",
        suggested_at=NOON,
    )
    return Suggestion.objects.create(
        actor=firm,
        kind="correct",
        field="street",
        before="",
        after=f"{song('suggestion, value')} 1",
        suggested_at=NOON,
    )


def _import(firm: Actor, song: Callable[[str], str]) -> ImportRun:
    run = ImportRun.objects.create(
        file_name=f"{song('import, file name')}.csv",
        source=firm.source,
        state=ImportState.READ,
        format="brreg-csv",
        headers=["navn"],
        counts={"created": 0, "updated": 0, "unchanged": 0, "rejected": 1},
        uploaded_at=NOON,
        file_on=NOON.date(),
    )
    ImportRow.objects.create(
        run=run,
        line=2,
        values={"name": song("import, rejected row"), "navn": song("import, rejected row")},
        outcome=RowOutcome.REJECTED,
    )
    return run


def _kept_to_some(organisation: str, firm: Actor, song: Callable[[str], str]) -> Any:
    """Make actors, ties, bodies and a source for those who may see them; return a tie for one."""
    own = {"visibility": Visibility.PARTY, "visible_to_party": firm.party}
    ours = {"visibility": Visibility.SECRETARIAT}
    source = SourceFactory(
        key=f"kilde-{organisation}",
        title=in_norwegian(song("source of the secretariat, title")),
        **ours,
    )
    for whose, level in (
        ("the secretariat", ours | {"source": source}),
        ("one organisation", own),
    ):
        ActorFactory(
            named=song(f"actor of {whose}, name"),
            slug=f"{song(f'actor of {whose}, name').lower()}-{organisation}",
            description=in_norwegian(song(f"actor of {whose}, description")),
            place=place("3105"),
            **level,
        )
    partners_own = song("actor of the partners, name")
    ActorFactory(
        named=partners_own,
        slug=partners_own.lower(),
        place=place("3101"),
        visibility=Visibility.PARTNERS,
    )
    talks.body(song("body of the secretariat, name"), visibility=Visibility.SECRETARIAT)
    talks.body(song("body of the partners, name"), visibility=Visibility.PARTNERS)
    other = ActorFactory(
        named=f"Naboen til {firm.name}", slug=f"naboen-{organisation}", place=place("3105")
    )
    TieFactory(
        from_actor=firm,
        to_actor=other,
        role=in_norwegian(song("tie of the secretariat, role")),
        **ours,
    )
    return TieFactory(
        from_actor=firm,
        to_actor=other,
        kind="supplies",
        role=in_norwegian(song("tie of one organisation, role")),
        **own,
    )


def _changed(actor: Actor) -> int:
    """Change an actor, and return the number of the entry that tells of it."""
    facts = replace(facts_of(actor, but={}), official_name="Sagbruket To AS")
    edit_actor(actor=actor, facts=facts, by=OPERATOR, at=NOON)
    return audit.history_of(actor)[0].pk


# What the other addresses are about ---------------------------------------------------------------
def _asked(person: Person) -> PrivacyRequest:
    return PrivacyRequest.objects.create(person=person, wish="erase", asked_at=NOON)


def _about_the_rest(
    world: World, firm: Actor, version: StrategyVersion
) -> dict[str, dict[str, Any]]:
    board = world.users[Role.BOARD_MEMBER].person
    body = talks.body("Styret")
    seat = talks.seat(body, firm, valid_to=dt.date(2027, 1, 1))
    twin = ActorFactory(named="Sagbruket 2", slug="sagbruket-2", place=place("3105"))
    gone = ActorFactory(
        named="Et dobbelt sagbruk", slug="dobbelt", place=place("3105"), merged_into=twin
    )
    merge = Merge.objects.create(
        kept=twin,
        absorbed=gone,
        merged_at=NOON,
        record={"kept": {}, "absorbed": {"merged_into": [None, twin.pk]}, "moved": []},
    )
    element = {"kind": "focus-area", "key": "digital"}
    return {
        "twins": {"slug": firm.slug, "other": twin.slug},
        "merge": {"key": merge.key},
        "person": {"key": board.key},
        "request": {"key": _asked(board).key},
        "record": {"form": "md"},
        "mandate": {"key": board.mandates.get().key},
        "body": {"slug": body.slug},
        "seat": {"key": seat.key},
        "element": element,
        "version": {"label": version.label},
        "version's element": {"label": version.label, **element},
        "changes": {"old": version.label, "new": version.label},
        "place": {"key": "3105"},
        "csv": {"form": "csv"},
        "xlsx": {"form": "xlsx"},
        "role": {"role": "secretariat"},
        "schema": {"name": "region"},
        "letter": {"key": "00000000-0000-0000-0000-000000000000"},
        "service": {"key": "nobodys"},
        "secret": {"secret": "ukjent"},
        "thanks": {"came_of_it": "confirmed"},
        "reset": {"uidb36": "1", "key": "ukjent"},
        "confirmation": {"key": "ukjent"},
        "security key": {"pk": 1},
        "API code": {"code": "3105"},
        "API actor": {"key": firm.slug},
        "API body": {"key": body.slug},
    }
