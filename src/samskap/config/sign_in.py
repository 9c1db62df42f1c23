"""How people sign in: a part of the settings. docs/guides/sign-in.md tells what each way asks."""

from __future__ import annotations

import os

from samskap.trust.sign_in.services import read_services, read_services_at

AUTH_USER_MODEL = "trust.User"
AUTHENTICATION_BACKENDS = ["samskap.workspace.sign_in.OpenAccounts"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "samskap.workspace.passwords.NotTheirAddress",
        "OPTIONS": {"user_attributes": ["email"]},
    },
    {"NAME": "samskap.workspace.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "samskap.workspace.passwords.NotOneOfTheCommon"},
    {"NAME": "samskap.workspace.passwords.NoWordOfTheHouse"},
]
LOGIN_REDIRECT_URL = "workspace:home"
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "portal:home"

# By address and password --------------------------------------------------------------------------
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "samskap.workspace.sign_in.AccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True
_FORMS = "samskap.workspace.forms.sign_in"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "reset_password": f"{_FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{_FORMS}.ResetPasswordKeyForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "set_password": f"{_FORMS}.SetPasswordForm",
    "add_email": f"{_FORMS}.AddEmailForm",
    "reauthenticate": f"{_FORMS}.ReauthenticateForm",
}

# By a passkey, or with a second step --------------------------------------------------------------
MFA_ADAPTER = "samskap.workspace.sign_in.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Whoever holds the device is asked for its code, finger or face: a passkey is two factors.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Samskap"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.AuthenticateForm",
    "authenticate_webauthn": f"{_FORMS}.AuthenticatePasskeyForm",
    "reauthenticate": f"{_FORMS}.SecondReauthenticateForm",
    "reauthenticate_webauthn": f"{_FORMS}.ReauthenticatePasskeyForm",
    "activate_totp": f"{_FORMS}.ActivateTOTPForm",
    "add_webauthn": f"{_FORMS}.AddPasskeyForm",
    "edit_webauthn": f"{_FORMS}.NamePasskeyForm",
    "login_webauthn": f"{_FORMS}.LoginPasskeyForm",
}

# By a service outside the house, in JSON: in a file, or in the environment itself ----------------
SIGN_IN_SERVICES = read_services_at(os.environ.get("SAMSKAP_SIGN_IN_FILE", "")) or read_services(
    os.environ.get("SAMSKAP_SIGN_IN_SERVICES", "")
)

# How often, by address (ip), by account (user) and by what is tried (key) -------------------------
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    # Wrong passwords and codes are counted by samskap.workspace.guessing.
    "login_failed": "",
    # What one day's letters are worth is enough for whoever gets them.
    "reset_password": "20/m/ip,5/m/key,20/d/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/180s/key",
}
MFA_RATE_LIMITS = {"webauthn_login": "10/m/ip"}
THROTTLES = {
    "guess_network": "10/m/ip",
    # From one browser or network at one account, and from all networks where it was never opened.
    "guess": "5/300s/key",
    "guess_hour": "10/h/key",
    "guess_day": "20/d/key",
    "guess_in_all": "100/d/key",
    "service": "20/m/ip",
    "invitation": "20/m/ip",
    "invite": "20/h/user,3/h/key",
}
