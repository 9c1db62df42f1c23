"""The key that signs the head of the log: made on first use, kept by the installation alone."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from samskap.runtime.keeping import kept_secret

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "log-key.pem"
# The public keys that were replaced, one PEM after the other.
FILE_OF_BEFORE: Final = "log-keys-before.pem"
_PEM: Final = re.compile(rb"-----BEGIN [^-]+-----.*?-----END [^-]+-----", re.DOTALL)
_PRIVATE_FOLDER: Final = 0o700


class UnknownKeyError(Exception):
    """What should be an Ed25519 key is none; the argument says where it was."""


def key_file() -> Path:
    """Return where the installation keeps the key it signs with."""
    folder: Path = settings.DATA / "secrets"
    return folder / FILE


def signing_key() -> Ed25519PrivateKey:
    """Return the key, made on the first call. Raises ``UnknownKeyError``."""
    path = key_file()
    path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    try:
        key = load_pem_private_key(kept_secret(path, _new).encode(), password=None)
    except ValueError as error:
        raise UnknownKeyError(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise UnknownKeyError(path)
    return key


def public_key() -> bytes:
    """Return what others check our signatures with, 32 bytes."""
    return signing_key().public_key().public_bytes_raw()


def known_keys() -> frozenset[bytes]:
    """Return the public keys that heads of ours may be signed with; nothing is made.

    It is the key of today, and those of before that were written down when they were replaced.
    Raises ``UnknownKeyError``.
    """
    today = {public_key()} if key_file().exists() else set()
    before = key_file().with_name(FILE_OF_BEFORE)
    if not before.exists():
        return frozenset(today)
    blocks = _PEM.findall(before.read_bytes())
    if not blocks:
        raise UnknownKeyError(before)
    return frozenset(today | {public_key_in(block, where=before) for block in blocks})


def fingerprint(raw: bytes) -> str:
    """Name a public key of 32 bytes shortly: its SHA-256, hexadecimal."""
    return f"SHA256:{hashlib.sha256(raw).hexdigest()}"


def public_key_in(pem: bytes, *, where: object) -> bytes:
    """Return the 32 bytes of a public key in a PEM file. Raises ``UnknownKeyError``."""
    try:
        key = load_pem_public_key(pem)
    except ValueError as error:
        raise UnknownKeyError(where) from error
    if not isinstance(key, Ed25519PublicKey):
        raise UnknownKeyError(where)
    return key.public_bytes_raw()


def as_pem(raw: bytes) -> str:
    """Write a public key of 32 bytes as programs like to read it."""
    key = Ed25519PublicKey.from_public_bytes(raw)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def is_signed(content: bytes, *, signature: bytes, by: bytes) -> bool:
    """Whether ``signature`` is of ``content``, by the one whose public key ``by`` is."""
    try:
        Ed25519PublicKey.from_public_bytes(by).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def in_text(raw: bytes) -> str:
    """Write bytes as they stand in a head: Base64."""
    return base64.b64encode(raw).decode()


def _new() -> str:
    return (
        Ed25519PrivateKey.generate()
        .private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        .decode()
    )
