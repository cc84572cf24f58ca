"""Signs people in without a page: sessions in the database, each with the second factor that Caselight asks for."""

from __future__ import annotations

from importlib import import_module

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

from caselight.store.accounts.models import User


def sessions() -> dict[str, str]:
    """The key of a session for each person, by the person's key."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    made: dict[str, str] = {}
    for user in User.objects.filter(is_active=True):
        if not Authenticator.objects.filter(user_id=user.pk).exists():
            TOTP.activate(user, generate_totp_secret())
        session = store()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "caselight.config.signing_in.Backend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        made[user.key] = session.session_key
    return made


def without_factor(who: str) -> None:
    """Take a person's second factor away, so that a page can show them setting one up."""
    Authenticator.objects.filter(user__key=who).delete()


def code(who: str) -> str:
    """What a person's authenticator app shows now."""
    secret = decrypt(Authenticator.objects.get(user__key=who, type=Authenticator.Type.TOTP).data["secret"])
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))
