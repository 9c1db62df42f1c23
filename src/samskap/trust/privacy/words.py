"""What a field is called where somebody reads what is held about them, when its model says not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrOrPromise


_WORDS: Final[Mapping[str, _StrOrPromise]] = {
    "about_key": pgettext_lazy("held", "about what, by its key"),
    "about_kind": pgettext_lazy("held", "about what kind of thing"),
    "accepted_at": pgettext_lazy("held", "accepted"),
    "actor": pgettext_lazy("held", "organisation"),
    "after": pgettext_lazy("held", "after"),
    "answered_at": pgettext_lazy("held", "answered"),
    "applied_at": pgettext_lazy("held", "brought in"),
    "asked_at": pgettext_lazy("held", "asked"),
    "asked_for_at": pgettext_lazy("held", "asked to be brought in"),
    "at": pgettext_lazy("held", "when"),
    "before": pgettext_lazy("held", "before"),
    "body": pgettext_lazy("held", "body"),
    "capacity": pgettext_lazy("held", "role"),
    "claims": pgettext_lazy("held", "what the service said of you"),
    "comment": pgettext_lazy("held", "comment"),
    "confirmed_on": pgettext_lazy("held", "confirmed"),
    "connected_at": pgettext_lazy("held", "connected"),
    "created_at": pgettext_lazy("held", "added"),
    "decided_at": pgettext_lazy("held", "decided"),
    "door": pgettext_lazy("held", "through"),
    "expire_date": pgettext_lazy("held", "ends"),
    "expires_at": pgettext_lazy("held", "expires"),
    "field": pgettext_lazy("held", "field"),
    "given_through": pgettext_lazy("held", "given through"),
    "headers": pgettext_lazy("held", "headings in the file"),
    "invited_at": pgettext_lazy("held", "invited"),
    "issuer": pgettext_lazy("held", "who runs the service"),
    "last_used_at": pgettext_lazy("held", "last used"),
    "mapping": pgettext_lazy("held", "which column is what"),
    "notes": pgettext_lazy("held", "notes"),
    "party": pgettext_lazy("held", "for whom"),
    "pseudonym": pgettext_lazy("held", "pseudonym in the log"),
    "queued_at": pgettext_lazy("held", "written"),
    "reason": pgettext_lazy("held", "why"),
    "recipients": pgettext_lazy("held", "to whom"),
    "sent_at": pgettext_lazy("held", "sent"),
    "service": pgettext_lazy("held", "service"),
    "standing": pgettext_lazy("held", "standing"),
    "subject": pgettext_lazy("held", "what the service calls you"),
    "type": pgettext_lazy("held", "kind"),
    "uploaded_at": pgettext_lazy("held", "uploaded"),
    "valid_from": pgettext_lazy("held", "from"),
    "valid_to": pgettext_lazy("held", "to"),
    "verb": pgettext_lazy("held", "what was done"),
    "withdrawn_at": pgettext_lazy("held", "withdrawn"),
}


def is_named(field: Any) -> bool:
    """Tell whether somebody has said what a field is called."""
    return bool(getattr(field, "_verbose_name", None)) or field.name in _WORDS


def name_of(field: Any) -> str:
    """Return what a field is called, in the language that is active and with a capital."""
    said = getattr(field, "_verbose_name", None) or _WORDS.get(field.name)
    return str(capfirst(str(said or getattr(field, "verbose_name", field.name))))
