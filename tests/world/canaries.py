"""A person of whom something stands in every table that is about people, and where it stands."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, quote_plus

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from procrastinate.contrib.django import app

from samskap.actors.models import (
    ActorFactor,
    ColumnMapping,
    ImportRow,
    ImportRun,
    ImportState,
    Merge,
    Suggestion,
)
from samskap.kernel import mail
from samskap.kernel.remark import Remark
from samskap.kernel.text import LocalisedText
from samskap.trust.models import Identity, Invitation, PrivacyRequest
from samskap.trust.session_store import SessionStore
from tests.world import talks
from tests.world.factories import ActorFactory, SourceFactory, TieFactory
from tests.world.people import NOON, person_with_account

if TYPE_CHECKING:
    from samskap.trust.models import Person

NAME: Final = "Kanari Bjørk Fuglesang"
EMAIL: Final = "kanari.fuglesang@samskap.example"
SECOND: Final = "k.fuglesang@reir.example"
PHONE: Final = "+47 911 22 333"
MOBILE: Final = "922 33 444"
# What no dump, file or log may hold once she is erased, in small letters.
TRACES: Final = (
    "kanari",
    "fuglesang",
    "bjørk",
    "91122333",
    "911 22 333",
    "92233444",
    "922 33 444",
    "fuglekonge",
)


@dataclass(frozen=True, slots=True)
class Canary:
    """Something of hers, and in which table and field it was put."""

    table: str
    field: str
    value: str


def plant() -> tuple[Person, list[Canary]]:
    """Return her, and the forty things that she is to be told and that are to be gone."""
    person = person_with_account(EMAIL, name=NAME)
    canaries = [
        Canary("trust.Person", "name", NAME),
        Canary("trust.User", "email", EMAIL),
        Canary("account.EmailAddress", "email", EMAIL),
        *_account(person),
        *_asked(person),
        *_contacts(),
        *_texts(),
        *_imports(),
    ]
    return person, canaries


def _account(person: Person) -> list[Canary]:
    EmailAddress.objects.create(user=person.user, email=SECOND, verified=True)
    Invitation.objects.create(
        person=person,
        email=SECOND,
        digest="d" * 64,
        invited_at=NOON,
        expires_at=NOON + dt.timedelta(days=7),
    )
    Identity.objects.create(
        user=person.user,
        service="ansattporten",
        issuer="https://fuglekonge.example",
        subject="fuglekonge-17",
        claims={"nickname": "Fuglekongen"},
        connected_at=NOON,
    )
    mail.post(to=[f"{NAME} <{EMAIL}>"], subject="Til deg", text="Hei", language="nb")
    return [
        Canary("account.EmailAddress", "email", SECOND),
        Canary("trust.Invitation", "email", SECOND),
        Canary("trust.Identity", "issuer", "https://fuglekonge.example"),
        Canary("trust.Identity", "subject", "fuglekonge-17"),
        Canary("trust.Identity", "claims", "Fuglekongen"),
        Canary("kernel.Letter", "recipients", EMAIL),
    ]


def _asked(person: Person) -> list[Canary]:
    PrivacyRequest.objects.create(
        person=person,
        wish="rectify",
        text="Jeg heter fuglekonge på fritiden.",
        asked_at=NOON,
        answered_at=NOON,
        answer="Vi skriver fuglekonge heretter.",
    )
    return [
        Canary("trust.PrivacyRequest", "text", "Jeg heter fuglekonge på fritiden."),
        Canary("trust.PrivacyRequest", "answer", "Vi skriver fuglekonge heretter."),
    ]


def _contacts() -> list[Canary]:
    """Let her work at two firms, with talks at one of them that she was in and not in."""
    sawmill, brewery, stranger = (
        ActorFactory(named=f"{name} AS") for name in ("Sag", "Bryg", "Fjern")
    )
    one = talks.contact(
        sawmill,
        NAME,
        email=SECOND,
        phone=PHONE,
        role="Fuglekongelig sjef",
        source_note="Fuglekongens visittkort",
    )
    talks.contact(
        brewery,
        "Kanari F. Fuglesang",
        email=EMAIL.upper(),
        phone=MOBILE,
        role="Fuglekonge",
        source_note="Fuglekongens kone",
    )
    talks.talk(
        sawmill,
        "Fuglesang, Kanari Bjørk fortalte om flis.",
        contacts=[one],
        next_step=f"Ring {PHONE}",
        next_step_on=NOON.date(),
    )
    talks.talk(sawmill, f"Svar til {SECOND} når vi vet mer.")
    talks.talk(stranger, f"{NAME}s navn ble nevnt.", next_step="Spør 0047 92233444")
    entry = "actors.ContactEntry"
    return [
        Canary("actors.Contact", "name", NAME),
        Canary("actors.Contact", "email", SECOND),
        Canary("actors.Contact", "phone", PHONE),
        Canary("actors.Contact", "role", "Fuglekongelig sjef"),
        Canary("actors.Contact", "source_note", "Fuglekongens visittkort"),
        Canary("actors.Contact", "name", "Kanari F. Fuglesang"),
        Canary("actors.Contact", "email", EMAIL.upper()),
        Canary("actors.Contact", "phone", MOBILE),
        Canary("actors.Contact", "role", "Fuglekonge"),
        Canary("actors.Contact", "source_note", "Fuglekongens kone"),
        Canary(entry, "text", "Fuglesang, Kanari Bjørk"),
        Canary(entry, "next_step", f"Ring {PHONE}"),
        Canary(entry, "text", f"Svar til {SECOND}"),
        Canary(entry, "text", f"{NAME}s navn"),
        Canary(entry, "next_step", "Spør 0047 92233444"),
    ]


def _texts() -> list[Canary]:
    actor = ActorFactory(
        named="Ærlig AS",
        email=EMAIL,
        phone=MOBILE,
        description=LocalisedText(nb=f"Ledes av {NAME}.", sv=f"Skriv till {SECOND}."),
    )
    reason = LocalisedText(nb=f"{NAME} sier det")
    ActorFactor.objects.filter(actor=actor).update(reason=reason)
    board = talks.body("Styret")
    board.purpose = LocalisedText(nb=f"{NAME} innkaller.")
    board.save()
    TieFactory(from_actor=actor, source_note=LocalisedText(nb=f"Etter {NAME.upper()}"))
    Suggestion.objects.create(
        actor=actor,
        kind="correct",
        field="email",
        before="post@erlig.example",
        after=SECOND,
        comment=f"Hilsen {NAME}",
        suggested_at=NOON,
    )
    Merge.objects.create(
        kept=actor,
        absorbed=ActorFactory(merged_into=actor),
        merged_at=NOON,
        record={"kept": {"email": ["", EMAIL]}, "absorbed": {}, "moved": []},
    )
    SourceFactory(publisher=f"{NAME}, selvstendig")
    return [
        Canary("actors.Actor", "email", EMAIL),
        Canary("actors.Actor", "phone", MOBILE),
        Canary("actors.Actor", "description", f"Ledes av {NAME}"),
        Canary("actors.Actor", "description", f"Skriv till {SECOND}"),
        Canary("actors.ActorFactor", "reason", f"{NAME} sier det"),
        Canary("actors.Body", "purpose", f"{NAME} innkaller"),
        Canary("actors.Tie", "source_note", f"Etter {NAME.upper()}"),
        Canary("actors.Suggestion", "after", SECOND),
        Canary("actors.Suggestion", "comment", f"Hilsen {NAME}"),
        Canary("actors.Merge", "record", EMAIL),
        Canary("evidence.Source", "publisher", f"{NAME}, selvstendig"),
    ]


def _imports() -> list[Canary]:
    run = ImportRun.objects.create(
        file_name=f"Liste fra {NAME}.csv",
        source=SourceFactory(),
        state=ImportState.APPLIED,
        format="table",
        uploaded_at=NOON,
        applied_at=NOON,
        file_on=NOON.date(),
    )
    ImportRow.objects.create(
        run=run,
        line=2,
        values={"Kontakt": f"{NAME}, {PHONE}"},
        outcome="rejected",
        reasons=[Remark("“%(value)s” is not a legal form.", {"value": SECOND}).kept()],
    )
    ColumnMapping.objects.create(
        source=run.source, mapping={"name": f"Kolonnen til {NAME}"}, remembered_at=NOON
    )
    return [
        Canary("actors.ImportRun", "file_name", f"Liste fra {NAME}.csv"),
        Canary("actors.ImportRow", "values", f"{NAME}, {PHONE}"),
        Canary("actors.ImportRow", "reasons", SECOND),
    ]


def leave_traces(person: Person) -> None:
    """Leave what nobody is told of and is to be gone all the same: files, logs, queue, cache."""
    for notice, account in (("", person.user_id), (f"{NAME} er registrert", 0)):
        session = SessionStore()
        session["_auth_user_id"], session["notice"] = str(account), notice
        session.create()
    cache.set("lately", {"from": EMAIL}, 600)
    app.configure_task("samskap.tests.nothing", allow_unknown=True).defer(about=NAME)
    _files()


def _files() -> None:
    data = Path(settings.DATA)
    outbox, logs = data / "outbox", data / "logs"
    outbox.mkdir(parents=True, exist_ok=True)
    logs.mkdir(parents=True, exist_ok=True)
    for number, (to, text) in enumerate([(EMAIL, "Hei"), ("andre@x.example", f"{NAME} ber deg")]):
        (outbox / f"00000000-0000-4000-8000-00000000000{number}.eml").write_text(
            f"From: a@x.example\nTo: {to}\nSubject: Noe\n"
            f"Date: Tue, 24 Nov 2026 12:00:00 +0000\n\n{text}\n"
        )
    (logs / "web.log").write_text(
        f'{{"event": "Key (lower(email))=({EMAIL}) already exists", "æøå": "{NAME.upper()}"}}\n'
        f'{{"path": "/nb/folk/{quote(NAME)}/{quote(EMAIL)}/", "next": "{quote_plus(PHONE)}"}}\n'
        f"{json.dumps({'event': NAME, 'about': NAME.upper()})}\n"
        '{"event": "something else"}\n'
    )
    for content in (_sheet(), f"navn;tlf\nSag AS;{PHONE}\n{NAME};\n".encode("cp1252")):
        run = ImportRun(
            file_name="liste",
            source=SourceFactory(),
            state=ImportState.READ,
            uploaded_at=NOON,
            file_on=NOON.date(),
        )
        run.file.save("liste", ContentFile(content), save=False)
        run.save()


def _sheet() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as workbook:
        workbook.writestr("xl/sharedStrings.xml", f"<sst><si><t>{NAME}</t></si></sst>")
    return packed.getvalue()


def told(canary: Canary, data: dict[str, Any]) -> bool:
    """Whether what she gets has the canary, in the table and the field it was put in."""
    rows = [
        str(row[canary.field])
        for table in data["tables"]
        if table["table"] == canary.table
        for row in table["rows"]
        if canary.field in row
    ]
    texts = [
        each["text"]
        for each in data["named_in"]
        if (each["table"], each["field"]) == (canary.table, canary.field)
    ]
    return any(canary.value in text for text in (*rows, *texts))
