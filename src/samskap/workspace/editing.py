"""Changing what is there already: nobody's change is written over by one who has not seen it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Model
from django.forms import Form
from django.utils.text import capfirst

from samskap.trust import audit
from samskap.ui.unsent import typed
from samskap.workspace import trail
from samskap.workspace.forms.versions import (
    VERSION,
    Meeting,
    chosen_of,
    meeting_of,
    version_of,
)
from samskap.workspace.words import field_in_words, value_in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, QueryDict

    from samskap.workspace.desk import Desk
    from samskap.workspace.forms.versions import Told

F = TypeVar("F", bound=Form)


@dataclass(frozen=True, slots=True)
class Editing(Generic[F]):
    """One request for a form that changes something: the form, and who else has changed it.

    ``other`` is who changed it last, when somebody has since the form was drawn.
    """

    form: F
    version: str
    is_sent: bool = False
    meeting: Meeting | None = None
    other: str = ""

    @property
    def may_be_kept(self) -> bool:
        """Whether the form was sent, nobody was before, and what was typed is right."""
        return self.is_sent and self.meeting is None and self.form.is_valid()

    @property
    def status(self) -> int:
        """409 when somebody was before, 422 for what is not taken, 200 for a form to be read."""
        if self.meeting is not None:
            return 409
        return 422 if self.is_sent else 200


def editing(
    request: HttpRequest,
    desk: Desk,
    row: Model,
    make: Callable[[QueryDict | None], F],
    *,
    told: Callable[[], Told] | None = None,
) -> Editing[F]:
    """Draw the form that ``make`` makes of what was typed, or find who was before.

    Stands in a transaction: until it ends, ``row`` is held and read anew, so that a second saver
    waits. ``told`` is what the page says of the thing beside what its form asks.
    """
    is_sent = request.method == "POST" and "find" not in request.POST
    if is_sent:
        hold(row)
    standing = told() if told else {}
    now, data = make(None), typed(request)
    if data is None:
        return drawn(now, standing)
    if not is_sent:
        return Editing(make(data), data.get(VERSION) or version_of(now, standing))
    chosen = chosen_of(now, data)
    sent = make(chosen)
    meeting = meeting_of(sent, now, chosen, standing)
    if meeting is None:
        return Editing(sent, data.get(VERSION) or version_of(now, standing), is_sent=True)
    other = trail.told(audit.history_of(row)[:1], reader=desk.reader)
    return Editing(
        make(meeting.data),
        meeting.version,
        is_sent=True,
        meeting=meeting,
        other=other[0].who if other else "",
    )


def drawn(form: F, told: Told | None = None) -> Editing[F]:
    """Draw ``form`` as things stand, for a page that it is sent from and does not answer on."""
    return Editing(form, version_of(form, told))


def hold(row: Model) -> None:
    """Let nobody else change ``row`` until the transaction ends, and read it anew."""
    if row.pk is None:
        return
    type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
    row.refresh_from_db()


def standing_of(row: Model, *fields: str) -> dict[str, tuple[str, str]]:
    """Return fields of ``row`` as a page says them: label and words, by name."""
    kind = row._meta.label_lower
    return {
        name: (capfirst(field_in_words(kind, name)), _words(kind, name, getattr(row, name)))
        for name in fields
    }


def _words(kind: str, name: str, value: Any) -> str:
    if isinstance(value, Model):
        return str(getattr(value, "name", value))
    plain = value.isoformat() if isinstance(value, date) else value
    return value_in_words(kind, name, plain)
