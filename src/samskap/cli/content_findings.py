"""What ``samskap doctor`` finds in an installation's contents, asked through Django."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from samskap.cli.findings import Finding, failed, ok
from samskap.cli.installation import missing_migrations
from samskap.trust.checks import invented_things_only_in_a_demonstration
from samskap.trust.queries import who_lack_a_second_step

if TYPE_CHECKING:
    from collections.abc import Iterator


def findings_of_the_contents() -> Iterator[Finding]:
    """Look at the migrations; when they are all there, at the region and at invented things."""
    missing = missing_migrations()
    if missing:
        sentence = f"The database lacks {len(missing)} of this version's migrations."
        yield failed("migrations", sentence, "Run samskap migrate.")
        return
    yield ok("migrations", "The database is at this version.")
    yield region()
    yield demonstration()
    yield second_locks()


def region() -> Finding:
    """Look whether a region is loaded, with a strategy to show."""
    from samskap.strategy.public import current_strategy, partnership  # noqa: PLC0415

    remedy = "Load one: samskap init regions/NAME."
    if partnership() is None:
        return failed("region", "No region is loaded.", remedy)
    if current_strategy() is None:
        return failed("region", "The region is loaded, but no strategy is published.", remedy)
    return ok("region", "A region is loaded, with its strategy.")


def demonstration() -> Finding:
    """Look whether there is anything invented where nothing may be."""
    messages = invented_things_only_in_a_demonstration()
    if messages:
        return failed("demonstration", str(messages[0].msg), str(messages[0].hint))
    if settings.DEMO:
        return ok("demonstration", "This is a demonstration, and says so on every page.")
    return ok("demonstration", "Nothing here is invented.")


def second_locks() -> Finding:
    """Look whether everyone who keeps others' secrets has more than a password."""
    name = "second locks"
    if settings.DEMO:
        return ok(name, "A demonstration asks nobody for a second lock on their account.")
    found = list(who_lack_a_second_step(on=timezone.localdate()))
    if not found:
        return ok(name, "The secretariat and administrators have more than a password.")
    who = ", ".join(f"{person.name} ({person.user.email})" for person in found if person.user)
    return failed(
        name,
        f"These have a password alone, and a role that asks for more: {who}.",
        "Ask them to sign in: they are led to a passkey or an authenticator app, and reach "
        "nothing before.",
    )
