"""What a password must be, and what we say when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib.auth import password_validation as rules
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.kernel.folding import folded
from samskap.strategy import public as strategies

if TYPE_CHECKING:
    from samskap.trust.models import User

_SHORTEST: Final = 5
# What anyone would try at this door: the product, and what it is for.
_OURS: Final = ("samskap", "partnerskap", "partnership", "sekretariat", "passord", "password")


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


class NoWordOfTheHouse:
    """Refuses a password that is mostly a word anyone would try here."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ``ValidationError`` when a word of ours is half of ``password`` or more."""
        del user
        plain = folded(password)
        if any(word in plain and 2 * len(word) >= len(plain) for word in words_of_the_house()):
            raise ValidationError(
                _("That has a word of ours in it that anyone would try. Choose others."),
                code="password_of_the_house",
            )

    def get_help_text(self) -> str:
        """Say nothing beforehand: the page says what a password is to be."""
        return ""


def words_of_the_house() -> set[str]:
    """Return the product's and the partnership's words, folded: five letters and more."""
    partnership = strategies.partnership()
    names = (
        [partnership.name, partnership.short_name, partnership.region_name] if partnership else []
    )
    told = " ".join(str(text) for name in names for text in name.values())
    return {word for word in folded(f"{' '.join(_OURS)} {told}").split() if len(word) >= _SHORTEST}
