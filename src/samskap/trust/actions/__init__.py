"""What is done with people, accounts and mandates; a file a subject."""

from samskap.trust.actions.demonstration import NotADemonstrationError, make_demo_accounts
from samskap.trust.actions.erasing import erase_person
from samskap.trust.actions.heads import (
    NothingSealedError,
    choose_head_mailing,
    sign_head,
    sign_head_of_the_day,
)
from samskap.trust.actions.identities import (
    Entered,
    accept_invitation_with_service,
    connect_identity,
    disconnect_identity,
    enter_with_service,
)
from samskap.trust.actions.invitations import (
    accept_invitation,
    invite,
    withdraw_invitation,
)
from samskap.trust.actions.locks import remove_second_steps
from samskap.trust.actions.mandates import (
    MandateAlreadyEndedError,
    PersonErasedError,
    WrongPartyForCapacityError,
    end_mandate,
    give_mandate,
)
from samskap.trust.actions.people import (
    AccountAlreadyOpenError,
    close_account,
    found_partnership,
    open_account,
    register_person,
    reopen_account,
)
from samskap.trust.actions.sessions import end_sessions
from samskap.trust.guards import LastAdministratorError

__all__ = [
    "AccountAlreadyOpenError",
    "Entered",
    "LastAdministratorError",
    "MandateAlreadyEndedError",
    "NotADemonstrationError",
    "NothingSealedError",
    "PersonErasedError",
    "WrongPartyForCapacityError",
    "accept_invitation",
    "accept_invitation_with_service",
    "choose_head_mailing",
    "close_account",
    "connect_identity",
    "disconnect_identity",
    "end_mandate",
    "end_sessions",
    "enter_with_service",
    "erase_person",
    "found_partnership",
    "give_mandate",
    "invite",
    "make_demo_accounts",
    "open_account",
    "register_person",
    "remove_second_steps",
    "reopen_account",
    "sign_head",
    "sign_head_of_the_day",
    "withdraw_invitation",
]
