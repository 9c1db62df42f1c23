"""What is said when a sign-in by a service is refused: what happened, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from samskap.trust.sign_in import refusals

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from samskap.trust.sign_in.refusals import SignInRefusedError
    from samskap.trust.sign_in.services import Service

_AGAIN: Final = _("Go back to sign-in and try once more.")
_SENTENCES: Final[dict[type[SignInRefusedError], tuple[_StrPromise, _StrPromise]]] = {
    refusals.UnknownStateError: (
        _("This sign-in was begun elsewhere, or too long ago"),
        _("An answer is taken once, in the window that asked for it. Go back and begin anew."),
    ),
    refusals.DeclinedError: (
        _("You were not signed in"),
        _("%(service)s tells us that the sign-in was broken off. Try again, or sign in here."),
    ),
    refusals.CodeRefusedError: (
        _("That answer has been used already"),
        _("%(service)s does not know it any more. Go back and begin anew."),
    ),
    refusals.WrongNonceError: (
        _("The answer belongs to another sign-in"),
        _("It was not made for this window, so we did not take it. Go back and begin anew."),
    ),
    refusals.ExpiredError: (
        _("The answer came too late"),
        _("It is older than we take. Go back and begin anew."),
    ),
    refusals.WrongLevelError: (
        _("A stronger way of signing in is needed"),
        _("Go back, and choose a way at %(service)s that asks for more than a password."),
    ),
    refusals.NotGenuineError: (
        _("We could not be sure that the answer is genuine"),
        _("Nothing was opened. Try again; if it happens once more, tell the secretariat."),
    ),
    refusals.UnreachableError: (
        _("%(service)s does not answer"),
        _("Try again in a few minutes, or sign in here with your address and password."),
    ),
    refusals.UnknownIdentityError: (
        _("We do not know you by %(service)s yet"),
        _(
            "Open your invitation again, or sign in with address and password and connect "
            "%(service)s under Security. Nobody invited you? Ask the secretariat."
        ),
    ),
    refusals.IdentityTakenError: (
        _("Another account signs in so already"),
        _("Sign in with %(service)s to open that account, or ask the secretariat."),
    ),
    refusals.IdentityNumberError: (
        _("%(service)s cannot be used here"),
        _("It calls people by their national identity number, which we never keep."),
    ),
    refusals.UnknownOrganisationError: (
        _("The organisation you chose is not one of ours"),
        _("Go back and choose another, or ask the secretariat to take it in."),
    ),
    refusals.NoMandateError: (
        _("You do not act for that organisation here"),
        _("Go back and choose another, or ask the secretariat for a mandate."),
    ),
    refusals.NoRoleForGroupsError: (
        _("None of your groups opens this site"),
        _("Ask whoever keeps the groups where you work to add you to the right one."),
    ),
    refusals.WrongAddressError: (
        _("The invitation is for another address"),
        _("Sign in to %(service)s with the address the letter came to, or choose a password."),
    ),
}


def sentence_for(refused: SignInRefusedError, service: Service) -> tuple[str, str]:
    """Return what happened, and what to do about it."""
    title, sentence = _SENTENCES.get(type(refused), (_("You were not signed in"), _AGAIN))
    facts = {"service": service.name}
    return str(title) % facts, str(sentence) % facts
