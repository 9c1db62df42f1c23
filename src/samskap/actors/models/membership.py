"""What an actor is to the partnership itself."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from samskap.actors.models.actor import Actor
from samskap.kernel.models import Kept
from samskap.kernel.period import Lasting
from samskap.trust.models import Visible


class MembershipKind(models.TextChoices):
    """In what way an actor belongs; one whose time is over is a former partner or observer."""

    PARTNER = "partner", pgettext_lazy("membership", "Partner")
    OBSERVER = "observer", pgettext_lazy("membership", "Observer")


def agreement_path(membership: Membership, _filename: str) -> str:
    """Return where the agreement is kept: under a name of our own, never the sender's."""
    return f"agreements/{membership.key}.pdf"


class Membership(Kept, Lasting, Visible):
    """An actor is a partner or an observer from a day, and perhaps to a day.

    The contribution and the agreement are for the secretariat and the auditor alone.
    """

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="memberships")
    kind = models.CharField(_("membership"), max_length=16, choices=MembershipKind.choices)
    contribution_nok = models.DecimalField(
        _("yearly contribution, NOK"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    agreement = models.FileField(
        _("agreement"), upload_to=agreement_path, max_length=200, blank=True
    )
    # What the file was called where it came from, for the one who downloads it.
    agreement_name = models.CharField(max_length=200, blank=True)
    agreement_ends_on = models.DateField(_("the agreement ends on"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta(Lasting.Meta, Visible.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-valid_from", "id"]
        constraints = [
            *Lasting.Meta.constraints,
            *Visible.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=MembershipKind.values), name="actors_membership_known_kind"
            ),
            models.CheckConstraint(
                condition=Q(contribution_nok__isnull=True) | Q(contribution_nok__gte=0),
                name="actors_membership_contribution_is_no_debt",
                violation_error_message=_("A contribution is zero or more."),
            ),
            ExclusionConstraint(
                name="actors_membership_one_at_a_time",
                expressions=[
                    ("actor", RangeOperators.EQUAL),
                    (
                        models.Func(
                            "valid_from",
                            "valid_to",
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "This actor is a partner or an observer already in that time. "
                    "End that first, or choose other days."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.kind} {self.valid_from}"
