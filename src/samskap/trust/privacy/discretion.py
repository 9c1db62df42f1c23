"""The log is for good, so nothing goes into it that says who somebody is.

A field that tells who it is about leaves only its name. In a text what looks like a person's own
e-mail address is struck out, and so is every name and telephone number of somebody known here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from samskap.kernel.naming import STRUCK, is_shared, pattern, struck, texts_in
from samskap.kernel.personal import Subject
from samskap.trust.privacy import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PLAIN: Final = re.compile(r"[0-9a-f-]{36}|[\d:.T+-]+|[a-z0-9-]{1,24}")


def discreet(
    told: Sequence[tuple[str, Mapping[str, Any]]], reason: str = ""
) -> tuple[list[dict[str, Any]], str]:
    """Return the changes of each of ``told`` (a model's label and its changes), and the reason.

    One question to each room that knows people, however many there are; none without a text.
    """
    kept = [
        {name: _unless_it_tells(label, name, value) for name, value in changes.items()}
        for label, changes in told
    ]
    texts = [
        text
        for (label, _), changes in zip(told, kept, strict=True)
        for name, value in changes.items()
        if _is_text(label, name)
        for text in texts_in(value)
    ]
    finding = _known_in("\n".join(text for text in (*texts, reason) if not _PLAIN.fullmatch(text)))
    return [_without(changes, finding) for changes in kept], _without(reason, finding)


def without_others(texts: Iterable[str], subject: Subject) -> Callable[[Any], Any]:
    """Return what strikes everybody known here but ``subject`` out of any of ``texts``.

    One question to each room that knows people, however many texts there are.
    """
    said = "\n".join(texts)
    own = {name.casefold() for name in subject.names}
    known = _everyone_in(said)
    others = Subject(
        names=frozenset(name for name in known.names if name.casefold() not in own),
        phones=frozenset(phone for phone in known.phones if phone not in subject.phones),
        addresses=frozenset(map(str.lower, _ADDRESS.findall(said))) - subject.addresses,
    )
    finding = pattern(others)
    return lambda value: struck(value, finding) if finding else value


def _unless_it_tells(label: str, name: str, value: Any) -> Any:
    said = _said(label, name)
    return [] if said is not None and said.tells_who else value


def _is_text(label: str, name: str) -> bool:
    """Any change may name somebody but that of a field which is said to be about nobody."""
    table = registry.tables_by_small_label().get(label)
    return table is None or name not in table.impersonal


def _said(label: str, name: str) -> Any:
    table = registry.tables_by_small_label().get(label)
    return table.personal.get(name) if table else None


def _known_in(text: str) -> re.Pattern[str] | None:
    return pattern(_everyone_in(text)) if text.strip() else None


def _everyone_in(text: str) -> Subject:
    known = Subject()
    for room in registry.rooms():
        if room.known_in is not None:
            known |= room.known_in(text)
    return known


def _without(value: Any, finding: re.Pattern[str] | None) -> Any:
    if isinstance(value, str):
        left = _ADDRESS.sub(_own_address_struck, value)
        return struck(left, finding) if finding else left
    if isinstance(value, dict):
        return {name: _without(each, finding) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without(each, finding) for each in value]
    return value


def _own_address_struck(found: re.Match[str]) -> str:
    return found.group() if is_shared(found.group()) else STRUCK
