"""The forms of signing in, in plain words: labels, hints, and errors that say what to do. ``settings`` names them.

What they do is allauth's; only what they say is ours. Errors that allauth finds itself are worded in ``refused``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.conf import settings

from caselight.web.design.forms import named

GOOD = "At least 12 characters. Three or four words that have nothing to do with each other are easy to keep in mind."
UNREAD = "The passkey or security key was not read. Try again, or use another way."
SAME = "The two passwords are not the same. Type the new one twice."


class Worded:
    """Gives the fields of one of allauth's forms our words; stands before it among the bases."""

    words: ClassVar[Mapping[str, str]] = {}
    hints: ClassVar[Mapping[str, str]] = {}
    missing: ClassVar[Mapping[str, str]] = {}
    use_required_attribute = False
    fields: Any

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label or name)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = self.missing.get(name, f"Enter {named(str(field.label))}.")


class TwoPasswords(Worded):
    """A new password, typed twice."""

    words: ClassVar[Mapping[str, str]] = {
        "oldpassword": "Your current password",
        "password1": "New password",
        "password2": "New password again",
    }
    hints: ClassVar[Mapping[str, str]] = {"password1": GOOD}

    def add_error(self, field: str | None, error: Any) -> None:
        """Word the one error that allauth words in the form itself."""
        different = field == "password2" and not getattr(error, "code", "")
        super().add_error(field, SAME if different else error)  # type: ignore[misc]


class SignIn(Worded, account.LoginForm):
    """Address and password."""

    words: ClassVar[Mapping[str, str]] = {"login": "E-mail address", "password": "Password"}
    missing: ClassVar[Mapping[str, str]] = {"password": "Enter your password.", "login": "Enter your e-mail address."}


class ChangePassword(TwoPasswords, account.ChangePasswordForm):
    """The password that there is, and a new one."""


class SetPassword(TwoPasswords, account.SetPasswordForm):
    """A password where there was none."""


class FromLink(TwoPasswords, account.ResetPasswordKeyForm):
    """A password for whoever has the one-time link."""


class Forgotten(Worded, account.ResetPasswordForm):
    """Where a link is sent to."""

    words: ClassVar[Mapping[str, str]] = {"email": "E-mail address"}
    missing: ClassVar[Mapping[str, str]] = {"email": "Enter your e-mail address."}

    @property
    def mails(self) -> bool:
        """Whether anything is sent at all."""
        return "dummy" not in settings.EMAIL_BACKEND


class Again(Worded, account.ReauthenticateForm):
    """The password once more, before something that matters."""

    missing: ClassVar[Mapping[str, str]] = {"password": "Enter your password."}


class Coded(Worded):
    """A code of the authenticator app, or a recovery code."""

    words: ClassVar[Mapping[str, str]] = {"code": "Code"}

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}


class Code(Coded, base.AuthenticateForm):
    """The second step of signing in."""


class CodeAgain(Coded, base.ReauthenticateForm):
    """The code once more, before something that matters."""


class NewApp(Coded, totp.ActivateTOTPForm):
    """The first code of an app."""


class Keyed(Worded):
    """What a passkey or security key answers."""

    missing: ClassVar[Mapping[str, str]] = {"credential": UNREAD, "name": "Enter a name for the key."}


class Key(Keyed, webauthn.AuthenticateWebAuthnForm):
    """A key as the second step."""


class KeyAlone(Keyed, webauthn.LoginWebAuthnForm):
    """A passkey instead of a password."""


class KeyAgain(Keyed, webauthn.ReauthenticateWebAuthnForm):
    """A key once more, before something that matters."""


class NewKey(Keyed, webauthn.AddWebAuthnForm):
    """A key that is added."""

    words: ClassVar[Mapping[str, str]] = {"name": "Name of the key", "passwordless": "Sign in with this key alone"}
    hints: ClassVar[Mapping[str, str]] = {
        "name": "So that you recognise it in your list, for example “Key ring” or “Work laptop”.",
        "passwordless": "It then asks for your fingerprint, face or PIN, and you need no password.",
    }


class RenameKey(Keyed, webauthn.EditWebAuthnForm):
    """Another name for a key."""

    words: ClassVar[Mapping[str, str]] = {"name": "Name of the key"}
