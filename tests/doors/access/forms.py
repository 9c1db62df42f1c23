"""The forms of a page as a browser would send them, and which address changes what."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from django.http import HttpResponse

# Where a thing that is there is changed: whoever saves last sees what another has changed.
EDITS: Final = frozenset(
    {
        "workspace:account-close",
        "workspace:account-reopen",
        "workspace:actor-edit",
        "workspace:body-edit",
        "workspace:contact-edit",
        "workspace:contact-left",
        "workspace:import-change",
        "workspace:log-practice",
        "workspace:mandate-end",
        "workspace:membership-edit",
        "workspace:membership-end",
        "workspace:merge",
        "workspace:privacy-answer",
        "workspace:seat-end",
        "workspace:seat-renew",
        "workspace:suggestion-decline",
        "workspace:talk-edit",
        "workspace:tie",
        "workspace:tie-end",
        "workspace:tie-remove",
    }
)
# Where something new is made of what is typed, and the page where the form stands.
ADDS: Final = {
    "workspace:actor-new": "workspace:actor-new",
    "workspace:body-new": "workspace:body-new",
    "workspace:contact-new": "workspace:contact-new",
    "workspace:imports": "workspace:imports",
    "workspace:mandate-give": "workspace:person",
    "workspace:membership-new": "workspace:membership-new",
    "workspace:merge-with": "workspace:merge-with",
    "workspace:my-data-ask": "workspace:my-data",
    "workspace:person-erase": "workspace:person-erase",
    "workspace:person-invite": "workspace:person",
    "workspace:person-new": "workspace:person-new",
    "workspace:representative-new": "workspace:representative-new",
    "workspace:seat-new": "workspace:seat-new",
    "workspace:talk-new": "workspace:talk-new",
    "workspace:tie-new": "workspace:tie-new",
}
# Buttons: nothing is typed. What each does twice, or to what another has changed, its action says.
PRESSES: Final = frozenset(
    {
        "workspace:act-for",
        "workspace:actor-ask",
        "workspace:actor-confirm",
        "workspace:actor-number",
        "workspace:agreement-remove",
        "workspace:contact-erase",
        "workspace:import-apply",
        "workspace:import-cancel",
        "workspace:invitation-withdraw",
        "workspace:locks-remove",
        "workspace:merge-undo",
        "workspace:step-done",
        "workspace:step-reopen",
        "workspace:suggestion-accept",
        "workspace:talk-remove",
        "workspace:tell-apart",
        "workspace:undo",
    }
)
# An edit whose form stands on another page.
STANDS_ON: Final = ADDS | {
    "workspace:account-close": "workspace:person",
    "workspace:account-reopen": "workspace:person",
    "workspace:import-change": "workspace:import",
}
_CARRIED: Final = frozenset({"csrfmiddlewaretoken", "begun_by", "version", "token"})
_WRITTEN: Final = ("textarea", "text", "email", "tel", "date")


@dataclass
class Field:
    """One field as it stands in a page."""

    name: str
    kind: str
    value: str
    others: list[str] = field(default_factory=list)


@dataclass
class SentForm:
    """One form of a page: where it goes, and what it holds."""

    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def data(self) -> dict[str, list[str]]:
        """What a browser sends, with nothing typed."""
        told: dict[str, list[str]] = {}
        for each in self.fields:
            if each.kind not in {"unticked", "file"}:
                told.setdefault(each.name, []).append(each.value)
        return told

    def to_type_in(self) -> Field:
        """The field that a test writes in: the first for words, else what there is."""
        open_ = [each for each in self.fields if each.name not in _CARRIED and each.name]
        for kind in (*_WRITTEN, "select", "unticked", "search"):
            for each in open_:
                if each.kind == kind and (kind != "select" or each.others):
                    return each
        raise AssertionError(self.action)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[SentForm] = []
        self._inside: SentForm | None = None
        self._writing: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = SentForm(said.get("action", ""))
            self.forms.append(self._inside)
        elif self._inside is None:
            return
        elif tag == "input" and said.get("type") not in {"submit", "button"}:
            self._inside.fields.append(_read_input(said))
        elif tag in {"textarea", "select"}:
            self._writing = Field(said.get("name", ""), tag, "")
            self._inside.fields.append(self._writing)
        elif tag == "option" and self._writing is not None:
            if "selected" in said:
                self._writing.value = said.get("value", "")
            elif said.get("value"):
                self._writing.others.append(said["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = None
        elif tag in {"textarea", "select"} and self._writing is not None:
            # A browser leaves out the line break that a text area begins with.
            self._writing.value = self._writing.value.removeprefix("\n")
            self._writing = None

    def handle_data(self, data: str) -> None:
        if self._writing is not None and self._writing.kind == "textarea":
            self._writing.value += data


def _read_input(said: dict[str, str]) -> Field:
    kind, value = said.get("type", "text"), said.get("value", "")
    if kind in {"checkbox", "radio"}:
        kind, value = ("ticked" if "checked" in said else "unticked"), value or "on"
    return Field(said.get("name", ""), kind, value)


def forms_in(page: HttpResponse) -> list[SentForm]:
    """Return every form of a page."""
    reader = _Reader()
    reader.feed(page.content.decode())
    return reader.forms


def form_to(page: HttpResponse, where: str, own: str = "") -> SentForm:
    """Return the form of a page that is sent to ``where``; ``own`` is the page's own address."""
    return next(
        each
        for each in forms_in(page)
        if (each.action or own).partition("?")[0] == where and len(each.fields) > 1
    )


def holds(page: HttpResponse, name: str, value: str) -> bool:
    """Whether a form of the page has ``value`` in a field."""
    return any(
        (each.name, each.value) == (name, value) and each.kind not in {"unticked", "file"}
        for form in forms_in(page)
        for each in form.fields
    )
