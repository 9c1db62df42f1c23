"""Why a sign-in by a service is refused: one kind for each sentence that is said of it."""


class SignInRefusedError(Exception):
    """The service's answer is not taken, or there is none."""


class UnknownStateError(SignInRefusedError):
    """This browser did not ask, asked too long ago, or has had its answer already."""


class DeclinedError(SignInRefusedError):
    """Whoever was to sign in did not, or the service said no."""


class CodeRefusedError(SignInRefusedError):
    """The service knows no such code, or knows that it has been used."""


class WrongNonceError(SignInRefusedError):
    """The answer was made for another question."""


class ExpiredError(SignInRefusedError):
    """The answer is too old."""


class WrongLevelError(SignInRefusedError):
    """The answer rests on a weaker proof than was asked for."""


class NotGenuineError(SignInRefusedError):
    """The answer is not signed by the service, for us, as it should be."""


class UnreachableError(SignInRefusedError):
    """The service does not answer, or in a way that nobody can use."""


class UnknownIdentityError(SignInRefusedError):
    """Nobody here is known by what the service calls them."""


class IdentityTakenError(SignInRefusedError):
    """Another account is known by what the service calls them."""


class IdentityNumberError(SignInRefusedError):
    """The service calls people by their national identity number, which is kept by nobody here."""


class UnknownOrganisationError(SignInRefusedError):
    """The organisation that was chosen is not one of ours."""


class NoMandateError(SignInRefusedError):
    """Whoever signed in does not act for the organisation they chose."""


class NoRoleForGroupsError(SignInRefusedError):
    """None of the groups someone is in means a role here."""


class WrongAddressError(SignInRefusedError):
    """The service knows another address of someone than the one that was invited."""
