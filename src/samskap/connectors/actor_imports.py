"""Take a file of organisations all the way: where it is from, what is in it, and in."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from samskap.actors.actions.importing import (
    ImportNotReadyError,
    apply_import,
    give_up_import,
    read_import,
    refuse_import,
)
from samskap.actors.models import ColumnMapping, ImportRun, ImportState
from samskap.connectors.actor_files import read_actor_file
from samskap.connectors.enhetsregisteret.files import is_json
from samskap.evidence.actions import load_sources
from samskap.evidence.facts import SourceFacts
from samskap.evidence.models import Source
from samskap.kernel.folding import slug_of
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.tables import RefusedFileError
from samskap.kernel.text import LocalisedText
from samskap.strategy.queries import the_partnership
from samskap.trust.doers import OPERATOR
from samskap.trust.models import User, Visibility

if TYPE_CHECKING:
    from datetime import date, datetime

    from samskap.actors.incoming import IncomingFile
    from samskap.trust.doers import Doer

_LOOKED_AT: Final = 4096
# Stands in the first line of the register's bulk files, in whatever letters they are.
_OF_BULK: Final = b"organisasjonsform.kode"
_LONGEST_KEY: Final = 64


def source_of(content: bytes, *, file_name: str, file_on: date, by: Doer, at: datetime) -> Source:
    """Return the source that a file is: the register on a day, or the file by its name.

    The next file of the same name is the same source, so that its columns are remembered. Writes
    the source down the first time.
    """
    facts = _register(file_on) if _is_the_registers(content) else _file(file_name)
    load_sources(sources=[facts], by=by, at=at)
    return Source.objects.get(key=facts.key)


def read_received(*, run: ImportRun, content: bytes, by: Doer, at: datetime) -> ImportRun:
    """Read a file that has been received, or write down why it cannot be."""
    try:
        return read_import(run=run, file=file_of(run, content), by=by, at=at)
    except RefusedFileError as refused:
        headers = getattr(refused, "headers", ())
        return refuse_import(run=run, refused=refused, headers=headers, by=by, at=at)


def apply_read(*, run: ImportRun, content: bytes, by: Doer, at: datetime) -> ImportRun:
    """Bring in what has been read."""
    return apply_import(run=run, file=file_of(run, content), by=by, at=at)


def read_waiting(key: str, *, at: datetime) -> None:
    """Read a file that waits, as whoever sent it in; one that has been read is left alone."""
    run = ImportRun.objects.select_related("source", "uploaded_by__user").get(key=key)
    if run.state == ImportState.WAITING:
        by = run.uploaded_by.user if run.uploaded_by else None
        read_received(run=run, content=_content_of(run), by=by or OPERATOR, at=at)


def apply_asked_for(key: str, *, user: int | None, at: datetime) -> None:
    """Bring in what ``user`` asked for; what is in already is left alone.

    When it cannot be, nothing is, and the file can be asked for again; then the fault is raised.
    """
    run = ImportRun.objects.select_related("source").get(key=key)
    if run.state != ImportState.READ or run.asked_for_at is None:
        return
    try:
        by = User.objects.get(pk=user) if user is not None else OPERATOR
        apply_read(run=run, content=_content_of(run), by=by, at=at)
    except ImportNotReadyError:
        # Another job was quicker, and has brought it in.
        return
    except Exception:
        give_up_import(run=run, by=OPERATOR, at=at)
        raise


def _content_of(run: ImportRun) -> bytes:
    with run.file.open("rb") as file:
        return bytes(file.read())


def file_of(run: ImportRun, content: bytes) -> IncomingFile:
    """Return the file of an import, under the columns that were chosen or are remembered.

    Raises ``RefusedFileError``.
    """
    kept = ColumnMapping.objects.filter(source=run.source).first()
    day = run.file_on or timezone.localdate(run.uploaded_at)
    return read_actor_file(
        content, on=day, mapping=run.mapping, remembered=kept.mapping if kept else None
    )


def _is_the_registers(content: bytes) -> bool:
    return is_json(content) or _OF_BULK in content[:_LOOKED_AT].replace(b"\0", b"").lower()


def _register(on: date) -> SourceFacts:
    return SourceFacts(
        key=f"enhetsregisteret-file-{on.isoformat()}",
        title=LocalisedText(
            nb="Enhetsregisteret, hentet som fil",
            sv="Enhetsregisteret, hämtat som fil",
            en="The Central Coordinating Register for Legal Entities, fetched as a file",
        ),
        publisher="Brønnøysundregistrene",
        year=on.year,
        url="https://data.brreg.no/enhetsregisteret/api/dokumentasjon/no/index.html",
        licence="NLOD 2.0",
        retrieved_on=on,
    )


def _file(file_name: str) -> SourceFacts:
    name = PurePath(file_name.replace("\\", "/")).name
    slug = slug_of(PurePath(name).stem) or "list"
    partnership = the_partnership()
    return SourceFacts(
        key=f"file-{slug}"[:_LONGEST_KEY].strip("-"),
        title=LocalisedText(nb=f"Filen «{name}»", sv=f"Filen ”{name}”", en=f"The file “{name}”"),
        publisher=partnership.name.in_language(DEFAULT_LANGUAGE) if partnership else "",
        # What a list of ours is called is nobody else's business.
        visibility=Visibility.SECRETARIAT,
    )
