"""Whom it is about: from an address or a key to every row that is that person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from allauth.account.models import EmailAddress

from samskap.kernel.personal import Subject
from samskap.trust.privacy import ledger, registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samskap.kernel.personal import Table
    from samskap.trust.models import Person

_ROUNDS: Final = 5  # an address leads to a row, a row to another address; nobody has more


def subject_at(address: str) -> Subject:
    """Return whoever has ``address``: an account, a contact or both; perhaps nobody."""
    return completed(Subject(addresses=frozenset({address.strip().lower()})))


def subject_with(key: UUID) -> Subject:
    """Return whoever is the row with ``key``, and what else they are; perhaps nobody."""
    rows = {
        table.model: frozenset(
            registry.model_of(table).objects.filter(key=key).values_list("pk", flat=True)
        )
        for table in people_tables()
    }
    return completed(Subject(rows=rows))


def subject_called(written: str) -> Subject:
    """Return whoever has what is written, an address or a key."""
    try:
        return subject_with(UUID(written))
    except ValueError:
        return subject_at(written)


def subject_of(person: Person) -> Subject:
    """Return everything that ``person`` is here, as a contact at an actor too."""
    return completed(Subject(rows={"trust.Person": frozenset({person.pk})}))


def verified_subject_of(person: Person) -> Subject:
    """Return what ``person`` is by addresses that are known to be theirs: what they may be shown.

    An address nobody has confirmed may be somebody else's, and so may what stands under it.
    """
    confirmed = EmailAddress.objects.filter(user=person.user_id, verified=True)
    own = Subject(
        rows={
            "trust.Person": frozenset({person.pk}),
            "trust.User": frozenset({person.user_id} if person.user_id else set()),
        },
        pseudonyms=frozenset({person.user.pseudonym} if person.user else set()),
        addresses=frozenset(
            address.lower() for address in confirmed.values_list("email", flat=True)
        ),
        names=frozenset({person.name}),
    )
    for room in registry.rooms():
        if room.identify is not None and room is not _own_room():
            own = room.identify(own)
    return own


def completed(subject: Subject) -> Subject:
    """Return ``subject`` with all that every room knows of it, until no room knows more."""
    for _ in range(_ROUNDS):
        before = subject
        for room in registry.rooms():
            if room.identify is not None:
                subject = room.identify(subject)
        if subject == before:
            break
    return subject


def people_tables() -> list[Table]:
    """Return the tables whose rows are people."""
    return [table for table in registry.tables().values() if table.called]


def keys_of(subject: Subject) -> Iterable[tuple[str, UUID]]:
    """Return the model and the key of every row that is the subject: what the ledger knows."""
    for table in people_tables():
        rows = registry.model_of(table).objects.filter(pk__in=subject.of(table.model))
        for key in rows.order_by("pk").values_list("key", flat=True):
            yield table.model, key
    if not subject.is_known:
        for address in sorted(subject.addresses):
            yield ledger.ADDRESS, ledger.key_of_address(address)


def namesakes(subject: Subject) -> frozenset[str]:
    """Return those of the subject's names that somebody else here has too."""
    shared: set[str] = set()
    for table in people_tables():
        others = registry.model_of(table).objects.exclude(pk__in=subject.of(table.model))
        for name in subject.names:
            if others.filter(**{f"{table.called}__iexact": name}).exists():
                shared.add(name)
    return frozenset(shared)


def _own_room() -> object:
    from samskap.trust.privacy.own import PRIVACY  # noqa: PLC0415

    return PRIVACY
