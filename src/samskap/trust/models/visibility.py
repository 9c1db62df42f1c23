"""Who may see an object: said on the object itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samskap.kernel.checking import Checked
from samskap.trust.models.rights import Party


class Visibility(models.TextChoices):
    """From the widest to the narrowest."""

    PUBLIC = "public", _("Everyone")
    PARTNERS = "partners", _("The partners")
    PARTY = "party", _("One organisation and the secretariat")
    SECRETARIAT = "secretariat", _("The secretariat")

    def is_wider_than(self, other: Visibility) -> bool:
        """Whether more people see what is at this level than what is at ``other``."""
        levels = list(Visibility)
        return levels.index(self) < levels.index(other)


class Visible(Checked):
    """An object that says who may see it; new content starts with the secretariat alone."""

    visibility = models.CharField(
        _("visible to"),
        max_length=16,
        choices=Visibility.choices,
        default=Visibility.SECRETARIAT,
    )
    visible_to_party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values),
                name="%(app_label)s_%(class)s_known_visibility",
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PARTY) | Q(visible_to_party__isnull=False),
                name="%(app_label)s_%(class)s_one_party_is_named",
            ),
        ]
