"""What a password must be, and what we say when it is not."""

from __future__ import annotations

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(rules.MinimumLengthValidator):
    """Refuses what can be guessed by trying everything."""

    def get_error_message(self) -> str:
        """Say how long it must be."""
        return ngettext(
            "That is too short. Use at least %(number)s character.",
            "That is too short. Use at least %(number)s characters.",
            self.min_length,
        ) % {"number": self.min_length}


class NotOneOfTheCommon(rules.CommonPasswordValidator):
    """Refuses what others have used so often that it is tried first."""

    def get_error_message(self) -> str:
        """Say what to choose instead."""
        return _("Too many people have used that one. Choose words nobody else would put together.")


class NotTheirAddress(rules.UserAttributeSimilarityValidator):
    """Refuses what anyone who knows the e-mail address would try."""

    def get_error_message(self) -> str:
        """Say what it is too like."""
        return _("That is too like your e-mail address. Choose something else.")
