"""Two at one form: whoever saves last is told what the other wrote, sees both, and chooses."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.forms import Form
    from django.http import QueryDict

    # What a page says of the thing beside what its form asks: label and words, by name.
    Told: TypeAlias = Mapping[str, tuple[str, str]]

VERSION: Final = "version"
CHOICE: Final = "choice-"
THEIRS: Final = "theirs"
_TOLD: Final = "told:"
_NOTHING: Final = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Both:
    """A field that another changed: what stands there now, and what was typed or stood there."""

    name: str
    label: str
    now: str
    typed: str = ""

    @property
    def choice(self) -> str:
        """The name of the buttons with which one of the two is chosen."""
        return CHOICE + self.name


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the other one changed: what both changed, what is taken in, what is only told.

    ``data`` is what the form is drawn anew with, and ``version`` what it answers.
    """

    both: tuple[Both, ...]
    taken_in: tuple[Both, ...]
    told: tuple[Both, ...]
    data: QueryDict
    version: str


def version_of(form: Form, told: Told | None = None) -> str:
    """Return the state of an unsent form, a few signs a field, to be sent along with it."""
    state = {name: _digest(form[name].value()) for name in form.fields}
    state |= {_TOLD + name: _digest(words) for name, (_label, words) in (told or {}).items()}
    return json.dumps(state)


def chosen_of(now: Form, data: QueryDict) -> QueryDict:
    """Return what was sent, with the other's words wherever those were chosen."""
    theirs = [name for name in now.fields if data.get(CHOICE + name) == THEIRS]
    merged = data.copy()
    for name in theirs:
        _write(merged, now, name)
    return merged


def meeting_of(sent: Form, now: Form, data: QueryDict, told: Told | None = None) -> Meeting | None:
    """Return what another has changed since the form was drawn; none when nobody has.

    ``now`` is the same form, unsent, as things stand. In the ``data`` to draw anew, what only the
    other changed is theirs, what both changed is as it was typed.
    """
    begun = _begun(data)
    if begun is None:
        return None
    moved = [name for name in now.fields if begun.get(name, "") != _digest(now[name].value())]
    differ = [n for n in moved if _digest(now[n].value()) != _digest(sent[n].value())]
    news = _news(begun, told or {})
    if not differ and not news:
        return None
    merged = data.copy()
    version = merged[VERSION] = version_of(now, told)
    untouched = [name for name in differ if begun.get(name, "") == _digest(sent[name].value())]
    for name in untouched:
        _write(merged, now, name)
    return Meeting(
        both=tuple(_both(sent, now, name) for name in differ if name not in untouched),
        taken_in=tuple(_both(sent, now, name) for name in untouched),
        told=news,
        data=merged,
        version=version,
    )


def _begun(data: QueryDict) -> dict[str, str] | None:
    try:
        begun = json.loads(data.get(VERSION, ""))
    except ValueError:
        return None
    return begun if isinstance(begun, dict) else None


def _news(begun: dict[str, str], told: Told) -> tuple[Both, ...]:
    return tuple(
        Both(name, label, words or _NOTHING)
        for name, (label, words) in told.items()
        if begun.get(_TOLD + name, "") != _digest(words)
    )


def _write(data: QueryDict, now: Form, name: str) -> None:
    value = now[name].value()
    values = value if isinstance(value, list) else [_plain(value)] if _plain(value) else []
    data.setlist(name, values)


def _both(sent: Form, now: Form, name: str) -> Both:
    return Both(name, str(now[name].label), _shown(now, name), _shown(sent, name))


def _shown(form: Form, name: str) -> str:
    value = form[name].value()
    choices = {
        str(key): str(label) for key, label in _flat(getattr(form.fields[name], "choices", ()))
    }
    values = value if isinstance(value, list) else [value]
    return ", ".join(choices.get(_plain(each), _plain(each)) for each in values) or _NOTHING


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
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
