"""How actors hang together: one typed tie at a time, with where we know it from."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - a signature the documentation reads
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.models.actor import Actor
from samskap.evidence.models import Source
from samskap.kernel.models import Kept
from samskap.kernel.text import LocalisedTextField
from samskap.trust.models import Visible


class TieKind(models.TextChoices):
    """What one actor is to another: a closed list, read from the first to the second."""

    MEMBER_OF = "member-of", pgettext_lazy("kind of tie", "Member of")
    OWNS = "owns", pgettext_lazy("kind of tie", "Owns")
    PART_OF = "part-of", pgettext_lazy("kind of tie", "Part of")
    LOCATED_AT = "located-at", pgettext_lazy("kind of tie", "Located at")
    FUNDS = "funds", pgettext_lazy("kind of tie", "Funds")
    SUPPLIES = "supplies", pgettext_lazy("kind of tie", "Supplies")
    EDUCATES_FOR = "educates-for", pgettext_lazy("kind of tie", "Educates for")
    ADVISES = "advises", pgettext_lazy("kind of tie", "Advises")
    COOPERATES_WITH = "cooperates-with", pgettext_lazy("kind of tie", "Cooperates with")
    RESEARCHES_WITH = "researches-with", pgettext_lazy("kind of tie", "Does research with")
    AGREEMENT_WITH = "agreement-with", pgettext_lazy("kind of tie", "Has an agreement with")

    @property
    def is_mutual(self) -> bool:
        """Whether it means the same in both directions, and is kept once."""
        return self in MUTUAL

    @property
    def from_the_other_side(self) -> str:
        """What the second actor is to the first."""
        return str(_OTHER_SIDE.get(self, self.label))


MUTUAL = frozenset({TieKind.COOPERATES_WITH, TieKind.RESEARCHES_WITH, TieKind.AGREEMENT_WITH})
_OTHER_SIDE = {
    TieKind.MEMBER_OF: pgettext_lazy("kind of tie", "Has as member"),
    TieKind.OWNS: pgettext_lazy("kind of tie", "Owned by"),
    TieKind.PART_OF: pgettext_lazy("kind of tie", "Has as part"),
    TieKind.LOCATED_AT: pgettext_lazy("kind of tie", "Houses"),
    TieKind.FUNDS: pgettext_lazy("kind of tie", "Funded by"),
    TieKind.SUPPLIES: pgettext_lazy("kind of tie", "Supplied by"),
    TieKind.EDUCATES_FOR: pgettext_lazy("kind of tie", "Recruits from"),
    TieKind.ADVISES: pgettext_lazy("kind of tie", "Advised by"),
}


class Confidence(models.TextChoices):
    """How sure we are, from the surest to the least sure."""

    REGISTERED = "registered", pgettext_lazy("confidence", "In a register")
    CONFIRMED = "confirmed", pgettext_lazy("confidence", "Confirmed by one of them")
    REPORTED = "reported", pgettext_lazy("confidence", "Told by others")
    ASSUMED = "assumed", pgettext_lazy("confidence", "Our own guess")


class Tie(Kept, Visible):
    """``from_actor`` is something to ``to_actor``, in a period that may be open in both ends.

    A mutual tie is kept once, with the actor of the lower database key first.
    """

    kind = models.CharField(_("kind of tie"), max_length=24, choices=TieKind.choices)
    from_actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="ties_out")
    to_actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="ties_in")
    # Empty: since before we knew of it.
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    role = LocalisedTextField(_("role in it"), blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="ties")
    source_note = LocalisedTextField(_("what the source says"), blank=True)
    confidence = models.CharField(
        _("how sure we are"),
        max_length=16,
        choices=Confidence.choices,
        default=Confidence.REPORTED,
    )
    is_demo = models.BooleanField(default=False)

    class Meta(Visible.Meta):
        verbose_name = _("tie")
        verbose_name_plural = _("ties")
        ordering = ["id"]
        constraints = [
            *Visible.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=TieKind.values), name="actors_tie_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=Confidence.values), name="actors_tie_known_confidence"
            ),
            models.CheckConstraint(
                condition=~Q(from_actor=F("to_actor")),
                name="actors_tie_is_between_two",
                violation_error_message=_("An actor has no tie to itself. Choose another."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="actors_tie_ends_after_it_begins",
                violation_error_message=_("A tie ends after the day it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(MUTUAL)) | Q(from_actor__lt=F("to_actor")),
                name="actors_tie_mutual_is_kept_once",
            ),
        ]
        indexes = [
            models.Index(fields=["from_actor", "kind"], name="actors_tie_from"),
            models.Index(fields=["to_actor", "kind"], name="actors_tie_to"),
        ]

    def __str__(self) -> str:
        return f"{self.from_actor_id} {self.kind} {self.to_actor_id} ({self.key})"

    def clean(self) -> None:
        """Say in words what the database would refuse without them."""
        super().clean()
        if self.from_actor_id == self.to_actor_id:
            raise ValidationError({"to_actor": _("An actor has no tie to itself. Choose another.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a mutual tie in the one order it is kept in."""
        if self.kind in MUTUAL and self.from_actor_id > self.to_actor_id:
            self.from_actor, self.to_actor = self.to_actor, self.from_actor
        super().save(*args, **kwargs)

    def holds_on(self, day: date) -> bool:
        """Whether the tie holds on ``day``."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)
