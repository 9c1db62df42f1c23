"""Text that only this installation can read back: what must be kept, and must not be read.

AES-128-CBC with HMAC-SHA256 over all of it (Fernet), under a key derived from the secret key by
HKDF-SHA256. A secret key that was replaced still reads what it sealed, as long as it stands among
``SECRET_KEY_FALLBACKS``.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_BYTES: Final = 32
_BEGINS: Final = "gAAAA"


class UnreadableError(Exception):
    """Sealed under a key that is not here, or changed since."""


def seal(text: str, *, purpose: str) -> str:
    """Return ``text`` sealed for ``purpose`` ('second step'); another purpose does not open it."""
    return _box(purpose, *_keys()).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Return what was sealed. Raises ``UnreadableError`` when it cannot be read."""
    try:
        return _box(purpose, *_keys()).decrypt(sealed.encode()).decode()
    except InvalidToken as unreadable:
        raise UnreadableError(purpose) from unreadable


def is_sealed(text: str) -> bool:
    """Whether ``text`` looks like something that ``seal`` made."""
    return text.startswith(_BEGINS)


def _keys() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=16)
def _box(purpose: str, *keys: str) -> MultiFernet:
    return MultiFernet([_one(purpose, key) for key in keys])


def _one(purpose: str, key: str) -> Fernet:
    told = HKDF(algorithm=SHA256(), length=_BYTES, salt=None, info=f"samskap {purpose}".encode())
    return Fernet(urlsafe_b64encode(told.derive(key.encode())))
