"""What this room lets go by itself, and when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samskap.actors.models import (
    ConfirmationLetter,
    Contact,
    ContactEntry,
    ImportRow,
    Suggestion,
    SuggestionState,
)
from samskap.actors.queries.imports import left_lying
from samskap.kernel.personal import Rule
from samskap.trust.doers import OPERATOR

if TYPE_CHECKING:
    from datetime import datetime

    from samskap.kernel.personal import Rows

KEEP_CONTACTS: Final = timedelta(days=365)
KEEP_TALKS: Final = timedelta(days=5 * 365)
KEEP_LETTERS: Final = timedelta(days=365)
KEEP_SUGGESTIONS: Final = timedelta(days=730)
KEEP_ROWS: Final = timedelta(days=180)
KEEP_FILES: Final = timedelta(days=30)


def _contacts(at: datetime) -> Rows:
    return Contact.objects.filter(left_on__lt=timezone.localdate(at) - KEEP_CONTACTS).order_by("pk")


def _forget_contacts(rows: Rows, at: datetime) -> int:
    """Forget each as if they had asked: the trail and the ledger say so."""
    from samskap.actors.actions.contacts import erase_contact  # noqa: PLC0415 - it knows this room

    found = list(rows)
    for contact in found:
        erase_contact(contact=contact, by=OPERATOR, at=at)
    return len(found)


def _talks(at: datetime) -> Rows:
    """Return the talks that are old enough, unless a step of theirs is still to be done."""
    old = ContactEntry.objects.filter(happened_on__lt=timezone.localdate(at) - KEEP_TALKS)
    return old.filter(Q(next_step="") | Q(done_on__isnull=False)).order_by("pk")


def _letters(at: datetime) -> Rows:
    return ConfirmationLetter.objects.filter(
        expires_at__lt=at - KEEP_LETTERS, contact__isnull=False
    ).order_by("pk")


def _forget_reader(rows: Any, _at: datetime) -> int:
    return int(rows.update(contact=None))


def _suggestions(at: datetime) -> Rows:
    decided = Suggestion.objects.filter(decided_at__lt=at - KEEP_SUGGESTIONS)
    return decided.exclude(state=SuggestionState.WAITING).order_by("pk")


def _rows(at: datetime) -> Rows:
    """Return the rows of imports that came to an end, or to nothing, half a year ago."""
    ended = ImportRow.objects.annotate(
        ended_at=Coalesce(F("run__applied_at"), F("run__uploaded_at"))
    )
    return ended.filter(ended_at__lt=at - KEEP_ROWS).order_by("pk")


def _files(at: datetime) -> Rows:
    return left_lying(since=at - KEEP_FILES)


def _put_away(rows: Rows, at: datetime) -> int:
    from samskap.actors.actions.importing import cancel_import  # noqa: PLC0415

    found = list(rows)
    with transaction.atomic():
        for run in found:
            cancel_import(run=run, by=OPERATOR, at=at)
    return len(found)


RULES: Final = (
    Rule(
        "contacts-left",
        _("Contacts are forgotten a year after they left: nothing says we may keep them longer."),
        _contacts,
        _forget_contacts,
    ),
    Rule("talks", _("Talks are deleted after five years, unless a step is still open."), _talks),
    Rule(
        "letters-unanswered",
        _("Whom a letter went to is emptied a year after it could be answered."),
        _letters,
        _forget_reader,
    ),
    Rule(
        "suggestions",
        _("Suggestions are deleted two years after they were decided on."),
        _suggestions,
    ),
    Rule(
        "import-files",
        _("Files that nobody has brought in are put away after thirty days."),
        _files,
        _put_away,
    ),
    Rule(
        "import-rows",
        _("Rows of files are deleted half a year after they were brought in."),
        _rows,
    ),
)
