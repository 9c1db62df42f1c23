"""The languages of the product, in the order the switch shows them."""

from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["nb", "sv", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("nb", "sv", "en")
OWN_NAMES: Final[dict[Language, str]] = {"nb": "Bokmål", "sv": "Svenska", "en": "English"}
DEFAULT_LANGUAGE: Final[Language] = "nb"
