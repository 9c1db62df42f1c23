"""Which sign-in services an installation has, read from its settings.

A service is one entry of a JSON list; docs/reference/settings.md lists the fields. A profile fills
in what is the same for everyone: ``ansattporten``, ``entra``, or ``openid`` for any other.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from samskap.runtime.problem import ProblemError
from samskap.trust.sign_in.claims import NEVER_KEPT

if TYPE_CHECKING:
    from collections.abc import Mapping

_REQUIRED: Final = ("key", "name", "issuer", "client_id")
# The words for roles, which settings are read with before any model can be; a test holds the two
# together. The first are held for the partnership, the others for an organisation.
ROLES_IN_THE_PARTNERSHIP: Final = ("administrator", "auditor", "board-member", "secretariat")
ROLES_OF_AN_ORGANISATION: Final = ("company-member", "partner-representative")


class WrongServiceError(ProblemError):
    """An entry cannot be used; the sentence says which, and what to write."""

    def __init__(self, sentence: str) -> None:
        super().__init__(
            sentence,
            "Mend the file that SAMSKAP_SIGN_IN_FILE names, or SAMSKAP_SIGN_IN_SERVICES;"
            " docs/guides/sign-in.md tells what each field means.",
        )


@dataclass(frozen=True, slots=True)
class GroupRole:
    """Who is in ``group`` holds ``role``, for the organisation with the number, if it is one's."""

    group: str
    role: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """One sign-in service, and what we ask of its answers.

    Parameters
    ----------
    key : its name in addresses and in the database
    name : its name on the page
    issuer : who signs its answers, as the answers say it
    acr : the levels that will do; empty when any will. The first is asked for
    resource : the resource whose organisations may be acted for (Ansattporten)
    groups : what groups mean here; with any, whoever is in none of them is refused
    groups_claim : the claim that names the groups
    keeps : the claims that are kept of an answer
    strong_acr, strong_amr : answers that say so are proof of two factors
    links_by_email : the service vouches for its addresses: who has one of ours is its owner
    is_inside : it stands in a network of ours, at an address that is not public
    """

    key: str
    name: str
    issuer: str
    client_id: str
    profile: str = "openid"
    client_secret: str = field(default="", repr=False)
    client_key: str = field(default="", repr=False)
    client_key_id: str = ""
    scopes: tuple[str, ...] = ("openid",)
    acr: tuple[str, ...] = ()
    resource: str = ""
    groups: tuple[GroupRole, ...] = ()
    groups_claim: str = "groups"
    keeps: tuple[str, ...] = ()
    strong_acr: tuple[str, ...] = ()
    strong_amr: tuple[str, ...] = ()
    links_by_email: bool = False
    hosts: tuple[str, ...] = ()
    is_inside: bool = False
    ca_file: str = ""

    @property
    def origin(self) -> str:
        """Return scheme, host and port of the issuer."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"


_PROFILES: Final[dict[str, dict[str, Any]]] = {
    "openid": {"scopes": ["openid", "email", "profile"]},
    "ansattporten": {
        "name": "Ansattporten",
        "issuer": "https://ansattporten.no",
        "scopes": ["openid"],
        "acr": ["substantial", "high"],
        "strong_acr": ["substantial", "high"],
    },
    "entra": {
        "name": "Microsoft Entra ID",
        "scopes": ["openid", "email", "profile"],
        "strong_amr": ["mfa"],
    },
}
_NAMES: Final = frozenset(each.name for each in fields(Service))
_FILES: Final = {"client_secret_file": "client_secret", "client_key_file": "client_key"}


def read_services(text: str) -> tuple[Service, ...]:
    """Return the services that ``text``, a JSON list, describes; none for an empty text.

    Raises ``WrongServiceError``.
    """
    if not text.strip():
        return ()
    try:
        entries = json.loads(text)
    except ValueError as wrong:
        raise WrongServiceError(f"The sign-in services are not JSON: {wrong}.") from wrong
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise WrongServiceError("The sign-in services are a JSON list with an object for each.")
    services = tuple(_service(entry) for entry in entries)
    if len({service.key for service in services}) != len(services):
        raise WrongServiceError("Two sign-in services have the same key. Give each its own.")
    return services


def read_services_at(path: str) -> tuple[Service, ...]:
    """Return the services that the file at ``path`` describes; none, when no file is named.

    Raises ``WrongServiceError``.
    """
    return read_services(_read("sign-in services", path)) if path else ()


def _service(entry: Mapping[str, Any]) -> Service:
    profile = str(entry.get("profile", "openid"))
    key = str(entry.get("key") or profile)
    if profile not in _PROFILES:
        raise WrongServiceError(f"{key}: no profile is called {profile}. {', '.join(_PROFILES)}.")
    facts = {**_PROFILES[profile], **entry, "key": key, "profile": profile}
    for name, target in _FILES.items():
        if path := facts.pop(name, ""):
            facts[target] = _read(key, path)
    for name in sorted(facts.keys() - _NAMES):
        raise WrongServiceError(f"{key}: nothing is called {name}.")
    for name in _REQUIRED:
        if not facts.get(name):
            raise WrongServiceError(f"{key}: {name} is missing.")
    return _checked(Service(**{name: _typed(key, name, fact) for name, fact in facts.items()}))


def _typed(key: str, name: str, fact: Any) -> Any:
    if name == "groups":
        return tuple(_group(key, each) for each in fact)
    if name in {"is_inside", "links_by_email"}:
        return fact is True
    return tuple(str(each) for each in fact) if isinstance(fact, list) else str(fact)


def _group(key: str, entry: Any) -> GroupRole:
    if not isinstance(entry, dict) or not entry.get("group") or not entry.get("role"):
        raise WrongServiceError(f"{key}: each of groups has a group and a role.")
    _check_role(key, str(entry["role"]), is_for_one=bool(entry.get("organisation")))
    return GroupRole(str(entry["group"]), str(entry["role"]), str(entry.get("organisation", "")))


def _check_role(key: str, role: str, *, is_for_one: bool) -> None:
    known = (*ROLES_IN_THE_PARTNERSHIP, *ROLES_OF_AN_ORGANISATION)
    if role not in known:
        raise WrongServiceError(f"{key}: no role is called {role}. {', '.join(sorted(known))}.")
    if is_for_one and role in ROLES_IN_THE_PARTNERSHIP:
        raise WrongServiceError(f"{key}: {role} is for the partnership. Take organisation out.")
    if not is_for_one and role in ROLES_OF_AN_ORGANISATION:
        raise WrongServiceError(f"{key}: {role} is for an organisation. Write its number.")


def _checked(service: Service) -> Service:
    if urlsplit(service.issuer).scheme != "https":
        raise WrongServiceError(f"{service.key}: the issuer is an https address.")
    if not service.client_secret and not service.client_key:
        raise WrongServiceError(f"{service.key}: client_secret_file or client_key_file is missing.")
    if service.profile == "ansattporten" and not service.resource:
        raise WrongServiceError(f"{service.key}: resource is missing (urn:altinn:resource:…).")
    for claim in service.keeps:
        if claim in NEVER_KEPT:
            raise WrongServiceError(f"{service.key}: {claim} is never kept. Take it out of keeps.")
    return service


def _read(key: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as wrong:
        raise WrongServiceError(f"{key}: {path} cannot be read: {wrong.strerror}.") from wrong
