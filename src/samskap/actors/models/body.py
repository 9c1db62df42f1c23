"""Boards, councils and groups, and who sits on them for how long."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.models.actor import Actor
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.models import Kept
from samskap.kernel.period import Lasting
from samskap.kernel.sorting import norwegian_sort_key
from samskap.kernel.text import LocalisedTextField
from samskap.trust.models import Person, Visible


class BodyKind(models.TextChoices):
    """What a body is for."""

    BOARD = "board", pgettext_lazy("kind of body", "Board")
    ASSEMBLY = "assembly", pgettext_lazy("kind of body", "Partnership assembly")
    COUNCIL = "council", pgettext_lazy("kind of body", "Council")
    WORKING_GROUP = "working-group", pgettext_lazy("kind of body", "Working group")
    REFERENCE_GROUP = "reference-group", pgettext_lazy("kind of body", "Reference group")


class Body(Kept, Visible):
    """A group of seats that the partnership has set up, with what it is for."""

    slug = models.SlugField(_("key in addresses"), max_length=80, unique=True)
    name = LocalisedTextField(_("name"))
    kind = models.CharField(_("kind of body"), max_length=24, choices=BodyKind.choices)
    purpose = LocalisedTextField(_("what it is for"), blank=True)
    sort_key = models.TextField(db_collation="C", editable=False, default="")
    is_demo = models.BooleanField(default=False)

    class Meta(Visible.Meta):
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        ordering = ["sort_key", "id"]
        constraints = [
            *Visible.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=BodyKind.values), name="actors_body_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key in step with the name."""
        self.sort_key = norwegian_sort_key(self.name.in_language(DEFAULT_LANGUAGE))
        super().save(*args, **kwargs)


class SeatRole(models.TextChoices):
    """What someone is in a body."""

    CHAIR = "chair", pgettext_lazy("seat", "Chair")
    DEPUTY_CHAIR = "deputy-chair", pgettext_lazy("seat", "Deputy chair")
    MEMBER = "member", pgettext_lazy("seat", "Member")
    SUBSTITUTE = "substitute", pgettext_lazy("seat", "Substitute")
    OBSERVER = "observer", pgettext_lazy("seat", "Observer")


class Seat(Kept, Lasting):
    """An actor holds a seat in a body for a term; perhaps we know who fills it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    role = models.CharField(_("seat"), max_length=16, choices=SeatRole.choices)

    class Meta(Lasting.Meta):
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["body", "id"]
        constraints = [
            *Lasting.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role__in=SeatRole.values), name="actors_seat_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.role} {self.actor_id} {self.valid_from}"
