"""Two at one form: whoever saves last is told what the other wrote, and sees both."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import QueryDict

VERSION = "version"


@dataclass(frozen=True, slots=True)
class Both:
    """A field that two have changed: what stands there now, and what was typed."""

    label: str
    now: str
    typed: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the other one changed: fields both changed, and fields that are taken in."""

    both: tuple[Both, ...]
    taken_in: tuple[Both, ...]
    data: QueryDict


def version_of(form: Form) -> str:
    """Return the state of an unsent form, a few signs a field, to be sent along with it."""
    return json.dumps({name: _digest(form[name].value()) for name in form.fields})


def meeting_of(sent: Form, now: Form, data: QueryDict) -> Meeting | None:
    """Return what another has changed since the form was drawn; none when nobody has.

    ``now`` is the same form, unsent, as things stand. In the ``data`` to draw anew, what only the
    other changed is theirs, what both changed is as it was typed.
    """
    begun = _begun(data)
    if begun is None:
        return None
    moved = [name for name in now.fields if begun.get(name, "") != _digest(now[name].value())]
    differ = [n for n in moved if _digest(now[n].value()) != _digest(_typed(sent, n))]
    if not differ:
        return None
    merged = data.copy()
    merged[VERSION] = version_of(now)
    untouched = [name for name in differ if begun.get(name, "") == _digest(_typed(sent, name))]
    for name in untouched:
        value = now[name].value()
        values = value if isinstance(value, list) else [_plain(value)] if _plain(value) else []
        merged.setlist(name, values)
    return Meeting(
        both=tuple(_both(sent, now, name) for name in differ if name not in untouched),
        taken_in=tuple(_both(sent, now, name) for name in untouched),
        data=merged,
    )


def _begun(data: QueryDict) -> dict[str, str] | None:
    try:
        begun = json.loads(data.get(VERSION, ""))
    except ValueError:
        return None
    return begun if isinstance(begun, dict) else None


def _typed(form: Form, name: str) -> Any:
    return form[name].value()


def _both(sent: Form, now: Form, name: str) -> Both:
    return Both(str(now[name].label), _shown(now, name), _shown(sent, name))


def _shown(form: Form, name: str) -> str:
    value = form[name].value()
    choices = {
        str(key): str(label) for key, label in _flat(getattr(form.fields[name], "choices", ()))
    }
    values = value if isinstance(value, list) else [value]
    return ", ".join(choices.get(_plain(each), _plain(each)) for each in values) or "\N{EN DASH}"


def _flat(choices: Any) -> Any:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _plain(value: Any) -> str:
    if value in (None, "", False):
        return ""
    return "on" if value is True else str(value).replace("\r\n", "\n")


def _digest(value: Any) -> str:
    said = "|".join(sorted(map(_plain, value))) if isinstance(value, list) else _plain(value)
    return hashlib.sha256(said.strip().encode()).hexdigest()[:8]
