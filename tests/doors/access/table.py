"""Every address and everyone who calls: a new address has a row here, or the build fails.

``get`` are those who may read there, ``post`` those who may act; all others are turned away: who is
not signed in to sign-in and back, who holds another role with 403. ``None``: the address does not
take such a request from anyone. ``of`` names what the address is about (``world.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tests.doors.access.canaries import (
    ADMINISTRATOR,
    ANONYMOUS,
    AUDITOR,
    BOARD,
    CALLERS,
    COMPANY,
    DISABLED,
    ENDED,
    NO_MANDATE,
    NOBODY,
    PARTNER,
    SECRETARIAT,
)

EVERYONE: Final = frozenset(CALLERS)
# A session that ended is none: a closed account's, and one whose mandate has ended.
OUTSIDE: Final = frozenset({ANONYMOUS, DISABLED, ENDED})
SIGNED_IN: Final = EVERYONE - OUTSIDE
HOLDERS: Final = SIGNED_IN - {NO_MANDATE}
READERS: Final = SECRETARIAT | PARTNER | COMPANY | BOARD | AUDITOR
OVERSEERS: Final = SECRETARIAT | AUDITOR
KEEPERS: Final = SECRETARIAT | ADMINISTRATOR


@dataclass(frozen=True, slots=True)
class Row:
    """Who may read and who may act at one address.

    ``read`` and ``done`` are what they are answered: a status, or one of several when it depends on
    what they have. ``away`` is what the others are answered instead of sign-in or 403. ``at`` is
    the address itself, when the resolver has no name for it.
    """

    get: frozenset[str] | None = None
    post: frozenset[str] | None = None
    of: str = ""
    read: int | tuple[int, ...] = 200
    done: int | tuple[int, ...] = 422
    away: int | None = None
    at: str = ""


def _open(of: str = "", *, read: int | tuple[int, ...] = 200, at: str = "") -> Row:
    return Row(get=EVERYONE, of=of, read=read, at=at)


API: Final = {
    "api:start": _open(read=302),
    "api:docs": _open(),
    "api:v1:openapi-json": _open(),
    "api:v1:api-root": _open(read=302),
    "api:v1:strategy": _open(),
    "api:v1:strategy_versions": _open(),
    "api:v1:strategy_version": _open("version"),
    "api:v1:strategy_element": _open("element"),
    "api:v1:places": _open(),
    "api:v1:place": _open("API code"),
    "api:v1:boundary": _open("API code"),
    "api:v1:actors": _open(),
    "api:v1:actor": _open("API actor"),
    "api:v1:coverage_of_factors": _open(),
    "api:v1:balance_of": _open(),
    "api:v1:log_head": _open(),
    "api:v1:network_of_actors": _open(),
    "api:v1:ties": _open(),
    "api:v1:network_as_graphml": _open(),
    "api:v1:network_as_csv": _open(),
    "api:v1:memberships": _open(),
    "api:v1:bodies": _open(),
    "api:v1:body": _open("API body"),
    "api:schema": _open("schema"),
    "api:live": _open(),
    # No worker is at work in the tests' world, and health says so.
    "api:ready": _open(read=503),
    # Without its key it is not there.
    "api:metrics": _open(read=404),
    "^(?:api|schema)/": _open(read=404, at="/api/v0/actors"),
}

PORTAL: Final = {
    "robots.txt": _open(at="/robots.txt"),
    "favicon.ico": _open(at="/favicon.ico", read=301),
    "security-contact": _open(read=(200, 404)),
    "portal:home": _open(),
    "portal:strategy": _open(),
    "portal:strategy-versions": _open(),
    "portal:strategy-version": _open("version"),
    "portal:version-element": _open("version's element"),
    "portal:strategy-changes": _open("changes"),
    "portal:element": _open("element"),
    "portal:directory": _open(),
    "portal:directory-file": _open("xlsx"),
    "portal:network": _open(),
    "portal:place": _open("place"),
    "portal:actor": _open("actor"),
    "portal:letter-thanks": _open("thanks"),
    # The link is the key: without a letter's own there is nothing.
    "portal:letter": Row(get=EVERYONE, post=EVERYONE, of="secret", read=410, done=410),
    "portal:coverage": _open(),
    "portal:methods": _open(),
    "portal:about": _open(),
    "portal:partners": _open(),
    "portal:accessibility": _open(),
    "portal:privacy": _open(),
    "portal:open-data": _open(),
    "portal:log-head": _open(),
    "portal:log-head-file": _open("day of a head"),
    "portal:gallery": _open(),
}

# What exists only in a demonstration is not there; tests/doors/workspace/test_demonstration.py has
# what it is in one.
DEMONSTRATION: Final = {
    "outbox": Row(get=NOBODY, post=NOBODY, away=404),
    "outbox-letter": Row(get=NOBODY, post=NOBODY, of="letter", away=404),
    "workspace:demo-sign-in": Row(get=NOBODY, post=NOBODY, of="role", away=404),
}


def _own(
    *, read: int | tuple[int, ...] = 200, done: int | tuple[int, ...] | None, of: str = ""
) -> Row:
    """Return the row of a page where each changes their own sign-in."""
    if done is None:
        return Row(get=SIGNED_IN, read=read, of=of)
    return Row(get=SIGNED_IN, post=SIGNED_IN, read=read, done=done, of=of)


# 302: to prove once more who they are; 404: they have no such factor; 200: the form comes back.
ACCOUNT: Final = {
    "account_login": Row(get=OUTSIDE, post=OUTSIDE, done=200, away=302),
    "account_logout": Row(get=SIGNED_IN, post=SIGNED_IN, done=302, away=302),
    "account_inactive": _open(),
    "account_signup": Row(get=OUTSIDE, post=OUTSIDE, done=200, away=302),
    "account_reauthenticate": _own(read=(200, 302), done=(200, 302)),
    "account_email": _own(read=(200, 302), done=302),
    "account_sessions": _own(done=302),
    "account_email_verification_sent": _open(),
    "account_change_password": _own(done=200),
    "account_set_password": _own(read=302, done=302),
    "account_reset_password": Row(get=EVERYONE, post=EVERYONE, done=200),
    "account_confirm_login_code": Row(get=NOBODY, post=NOBODY, away=302),
    "account_confirm_email": Row(get=EVERYONE, post=EVERYONE, of="confirmation", done=404),
    "account_reset_password_from_key": Row(get=EVERYONE, post=EVERYONE, of="reset", done=200),
    "account_reset_password_from_key_done": _open(),
    "account_reset_password_done": _open(),
    # The link is the key, and there is no such service: tests/journeys has those that are.
    "account_invitation": Row(get=EVERYONE, post=EVERYONE, of="secret", read=410, done=410),
    "account_service": Row(post=EVERYONE, of="service", done=404),
    "account_service_answer": Row(get=EVERYONE, of="service", read=404),
    "account_service_disconnect": Row(post=SIGNED_IN, of="service", done=302),
    "mfa_index": _own(done=None),
    "mfa_authenticate": Row(get=NOBODY, post=NOBODY, away=302),
    "mfa_reauthenticate": _own(read=(200, 302), done=(200, 302)),
    "mfa_activate_totp": _own(read=302, done=302),
    "mfa_deactivate_totp": _own(read=(302, 404), done=(302, 404)),
    "mfa_view_recovery_codes": _own(read=(302, 404), done=None),
    "mfa_generate_recovery_codes": _own(read=302, done=302),
    "mfa_download_recovery_codes": _own(read=(302, 404), done=(302, 404)),
    "mfa_list_webauthn": _own(done=None),
    "mfa_add_webauthn": _own(read=302, done=302),
    "mfa_reauthenticate_webauthn": _own(read=302, done=302),
    "mfa_remove_webauthn": _own(of="security key", read=302, done=302),
    "mfa_edit_webauthn": _own(of="security key", read=302, done=302),
    "mfa_login_webauthn": Row(get=NOBODY, post=NOBODY, away=302),
}


def _acts(of: str = "", *, by: frozenset[str] = SECRETARIAT, done: int = 302) -> Row:
    """Return the row of an address that only takes an action."""
    return Row(post=by, of=of, done=done)


def _form(of: str = "", *, by: frozenset[str] = SECRETARIAT, done: int = 422) -> Row:
    """Return the row of a form: those who may read it may send it."""
    return Row(get=by, post=by, of=of, done=done)


DESK: Final = {
    "workspace:home": Row(get=SIGNED_IN),
    # Nobody acts for an organisation without a mandate for it, and none is named here.
    "workspace:act-for": _acts(by=SIGNED_IN, done=404),
    # Actors
    "workspace:actors": Row(get=READERS),
    "workspace:actors-file": Row(get=READERS, of="csv"),
    "workspace:network": Row(get=READERS),
    "workspace:actor": Row(get=READERS, of="actor"),
    "workspace:actor-new": _form(),
    "workspace:actor-number": _acts(done=200),
    "workspace:actor-edit": _form("actor"),
    # There is no such fact to confirm.
    "workspace:actor-confirm": _acts("actor", done=404),
    "workspace:actor-ask": _form("actor", done=302),
    "workspace:actor-history": Row(get=OVERSEERS, of="actor"),
    "workspace:duplicates": Row(get=SECRETARIAT),
    "workspace:merge-with": _form("actor"),
    "workspace:merge": _form("twins", done=302),
    "workspace:tell-apart": _acts("twins"),
    "workspace:merge-undo": _acts("merge"),
    # Files
    "workspace:imports": _form(),
    "workspace:import": Row(get=SECRETARIAT, of="import"),
    "workspace:import-change": _acts("import", done=422),
    "workspace:import-apply": _acts("import"),
    "workspace:import-cancel": _acts("import"),
    "workspace:import-rejected": Row(get=SECRETARIAT, of="import"),
    # Ties, and what actors suggest
    "workspace:tie-new": _form("actor"),
    "workspace:tie": _form("tie"),
    "workspace:tie-end": _form("tie"),
    "workspace:tie-remove": _form("tie"),
    "workspace:suggestions": Row(get=OVERSEERS),
    "workspace:suggestion-accept": _acts("suggestion"),
    "workspace:suggestion-decline": _form("suggestion"),
    # Talks and people
    "workspace:talks": Row(get=OVERSEERS),
    "workspace:talk-new": _form(),
    "workspace:find-actor": Row(get=KEEPERS),
    "workspace:talk-people": Row(get=SECRETARIAT),
    "workspace:talk-edit": _form("talk"),
    "workspace:talk-remove": _acts("talk"),
    "workspace:step-done": _acts("talk"),
    "workspace:step-reopen": _acts("talk"),
    "workspace:next-steps": Row(get=OVERSEERS),
    "workspace:actor-talks": Row(get=OVERSEERS, of="actor"),
    "workspace:briefing": Row(get=OVERSEERS, of="actor"),
    "workspace:contacts": Row(get=OVERSEERS, of="actor"),
    "workspace:contact-new": _form("actor"),
    "workspace:contact-edit": _form("contact"),
    "workspace:contact-left": _form("contact"),
    "workspace:contact-erase": _form("contact", done=302),
    # Memberships
    "workspace:partners": Row(get=READERS),
    "workspace:lapsing": Row(get=OVERSEERS),
    "workspace:membership": Row(get=READERS, of="actor"),
    "workspace:membership-new": _form("actor"),
    "workspace:representative-new": _form("actor"),
    "workspace:membership-edit": _form("membership"),
    "workspace:membership-end": _form("membership"),
    "workspace:agreement": Row(get=OVERSEERS, of="membership"),
    "workspace:agreement-remove": _acts("membership"),
    # Balance and bodies
    "workspace:balance": Row(get=READERS),
    "workspace:balance-board": Row(get=READERS),
    "workspace:bodies": Row(get=READERS),
    "workspace:body": Row(get=READERS, of="body"),
    "workspace:body-new": _form(),
    "workspace:body-edit": _form("body"),
    "workspace:seat-new": _form("body"),
    "workspace:seat-end": _form("seat"),
    # A new term may have no end, so a form without a day is a whole one.
    "workspace:seat-renew": _form("seat", done=302),
    # The house
    "workspace:log": Row(get=OVERSEERS),
    "workspace:undo": Row(get=SECRETARIAT, post=SECRETARIAT, of="change", read=200, done=302),
    "workspace:history": Row(get=READERS, of="history"),
    "workspace:person-history": Row(get=KEEPERS | AUDITOR, of="person"),
    "workspace:log-practice": Row(get=KEEPERS, post=KEEPERS, done=302),
    "workspace:people": Row(get=KEEPERS),
    "workspace:person": Row(get=KEEPERS, of="person"),
    "workspace:person-new": _form(by=KEEPERS),
    "workspace:mandate-give": _acts("person", by=KEEPERS, done=422),
    "workspace:mandate-end": _form("mandate", by=KEEPERS),
    "workspace:person-invite": _acts("person", by=KEEPERS, done=422),
    "workspace:invitation-withdraw": _acts("person", by=KEEPERS),
    "workspace:account-close": _acts("person", by=ADMINISTRATOR),
    "workspace:locks-remove": _acts("person", by=ADMINISTRATOR),
    "workspace:account-reopen": _acts("person", by=ADMINISTRATOR),
    "workspace:my-data": Row(get=SIGNED_IN),
    "workspace:my-data-file": Row(get=SIGNED_IN),
    "workspace:my-data-ask": _acts(by=SIGNED_IN, done=422),
    "workspace:privacy": Row(get=KEEPERS),
    "workspace:privacy-record": Row(get=KEEPERS, of="record"),
    "workspace:privacy-answer": _form("request", by=KEEPERS),
    "workspace:person-erase": _form("person", by=ADMINISTRATOR),
}

TABLE: Final[dict[str, Row]] = API | PORTAL | DEMONSTRATION | ACCOUNT | DESK
