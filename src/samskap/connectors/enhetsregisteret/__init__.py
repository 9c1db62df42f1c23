"""What Enhetsregisteret, Norway's register of organisations, says of a number today."""

from samskap.connectors.enhetsregisteret.client import (
    Register,
    RegisterUnavailableError,
    UnknownNumberError,
    the_register,
)
from samskap.connectors.enhetsregisteret.parse import RegisteredEntity, UnexpectedAnswerError

__all__ = [
    "Register",
    "RegisterUnavailableError",
    "RegisteredEntity",
    "UnexpectedAnswerError",
    "UnknownNumberError",
    "the_register",
]
