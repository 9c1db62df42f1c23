"""What holds whatever is done with people: someone can open accounts, and the trail is discreet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from samskap.kernel.folding import folded
from samskap.kernel.period import valid_on
from samskap.trust.models import Mandate, Party, Role

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from samskap.trust.models import Person

# Shorter words are as often prepositions as they are names.
_LEAST_LETTERS: Final = 3


class LastAdministratorError(Exception):
    """Nobody would be left to open accounts."""


def keep_an_administrator(*, besides: QuerySet[Mandate], on: date | None = None) -> None:
    """Raise ``LastAdministratorError`` when those who are left can open no account.

    They are counted on ``on``, though never before today: what was ended back in time leaves
    somebody today too.
    """
    day = max(on or timezone.localdate(), timezone.localdate())
    # Two who close each other at once wait here for one another.
    Party.objects.select_for_update().filter(is_partnership=True).first()
    administrators = Mandate.objects.filter(
        valid_on(day), capacity=Role.ADMINISTRATOR, person__user__is_active=True
    )
    leaving = administrators.filter(pk__in=besides.values("pk"))
    if leaving.exists() and not administrators.exclude(pk__in=besides.values("pk")).exists():
        raise LastAdministratorError


def require_impersonal(reason: str, *, person: Person) -> None:
    """Refuse a ``reason`` that has the person's name or an e-mail address in it.

    A reason stays in the trail when the person is erased. Raises ``ValidationError``.
    """
    named = {word for word in folded(person.name).split() if len(word) >= _LEAST_LETTERS}
    if named & set(folded(reason).split()) or "@" in reason:
        raise ValidationError(
            _(
                "The log keeps the reason for good. "
                "Write it without the person’s name and without e-mail addresses."
            )
        )
