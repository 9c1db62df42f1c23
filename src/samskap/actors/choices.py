"""Closed lists that no row keeps: they are found out when someone asks."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Belonging(models.TextChoices):
    """What an actor is to the partnership on a day."""

    PARTNER = "partner", pgettext_lazy("membership", "Partner")
    OBSERVER = "observer", pgettext_lazy("membership", "Observer")
    # Also one that was a member and is to be one again.
    COMING = "coming", pgettext_lazy("membership", "Coming member")
    FORMER = "former", pgettext_lazy("membership", "Former member")
    NONE = "none", pgettext_lazy("membership", "Not a member")


class Freshness(models.TextChoices):
    """Whether something we say of an actor should be asked about again."""

    FRESH = "fresh", pgettext_lazy("freshness", "Up to date")
    STALE = "stale", pgettext_lazy("freshness", "Should be checked")


class Sort(models.TextChoices):
    """The order of a list; those that are equal stand in Norwegian order of their names."""

    NAME = "name", pgettext_lazy("order", "Name")
    RECENT = "recent", pgettext_lazy("order", "Newest first")
    SIZE = "size", pgettext_lazy("order", "Largest first")
    TIES = "ties", pgettext_lazy("order", "Most ties first")
