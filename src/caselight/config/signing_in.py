"""How allauth and axes are told what Caselight wants: no sign-up, one audit, an address that cannot be forged.

The rules are in ``settings``; this module holds what must be code.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from caselight.store.accounts.actions import note_sign_in
from caselight.store.accounts.invitations import end_invitations
from caselight.store.accounts.models import User
from caselight.store.accounts.sessions import account_of, bound_sessions
from caselight.store.audit.acts import Act
from caselight.web.people.refused import REFUSED


class Backend(AuthenticationBackend):
    """How allauth proves who somebody is; whose a session is stands in the store, asked by hand."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, if their account is open."""
        user = account_of(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


class Accounts(DefaultAccountAdapter):
    """Nobody signs up; who signs in and who sets a password stands in the audit."""

    error_messages: ClassVar = {**DefaultAccountAdapter.error_messages, **REFUSED}

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's name)
        """Accounts are given by people."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count no wrong passwords here: axes does, and two limits would say two things."""

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, with its row in the audit first."""
        note_sign_in(user=user.key, act=Act.SIGNED_IN, at=timezone.now())
        super().login(request, user)
        bound_sessions(user.key, new=request.session.session_key or "")

    def set_password(self, user: User, password: str) -> None:
        """Set the password with its row in the audit; the stamp of all other sessions changes with it."""
        with transaction.atomic():
            super().set_password(user, password)
            note_sign_in(user=user.key, act=Act.PASSWORD_SET, at=timezone.now())
            end_invitations(user=user.key, at=timezone.now())

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address that axes locks out."""
        return client_address(request)


class SingleSignOn(DefaultSocialAccountAdapter):
    """Who comes from the organisation's provider must have an account here already."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 (allauth's names)
        """Accounts are given by people, not by the provider."""
        return False


class Factors(DefaultMFAAdapter):
    """Secrets of a second factor lie encrypted under the key of the site, which no copy of the database holds."""

    error_messages: ClassVar = {**DefaultMFAAdapter.error_messages, **REFUSED}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 (allauth's names)
        """What a key is called before its person gives it a name: no key is the master of another."""
        return f"Key {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"

    def encrypt(self, text: str) -> str:
        """A secret as the database holds it."""
        return str(_vault().encrypt(text.encode()).decode())

    def decrypt(self, encrypted_text: str) -> str:
        """The secret itself."""
        return str(_vault().decrypt(encrypted_text.encode()).decode())


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks: what the last of our own proxies saw, never what the caller wrote before it.

    With no proxy the header is not read at all. Where the header is shorter than our proxies are many, or no address
    stands there, the address of the connection counts.
    """
    direct = str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 (no address is listened on)
    count = settings.PROXIES
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if count == 0 or len(hops) < count:
        return direct
    try:
        return str(ipaddress.ip_address(hops[-count]))
    except ValueError:
        return direct


def account_tried(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """The account that somebody tries to open, whether there is one or not."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or (request.POST.get("login", "") if request else "")
    return str(name).strip().lower()[:254]


def closed(request: HttpRequest) -> HttpResponse:
    """A page of allauth that Caselight does not have."""
    raise Http404(request.path)


def _vault() -> Fernet:
    key = hashlib.sha256(b"caselight.factors/" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
