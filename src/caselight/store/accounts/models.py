"""People who sign in, and the tokens of their devices. What a person may do in an inspection is a membership there."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac


def new_key() -> str:
    """A random key of 128 bits, which says nothing about anybody."""
    return secrets.token_hex(16)


class Users(BaseUserManager["User"]):
    """Makes users; e-mail addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A new user; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. ``key`` is what events and the audit name; ``administrator`` runs the system and reads no content."""

    key = models.CharField(max_length=100, unique=True, default=new_key)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    disabled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    access_version = models.CharField(
        max_length=32, default=new_key
    )  # another one after each change of what is allowed
    session_version = models.CharField(max_length=32, default=new_key)  # another one ends every session
    preferences = models.JSONField(default=dict)  # how pages look for them (``preferences``)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = Users()

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session must hold to be this person's: it changes with the password and when sessions are revoked."""
        return str(
            salted_hmac(f"caselight.session/{self.session_version}", self.password, algorithm="sha256").hexdigest()
        )


class Token(models.Model):
    """A device's right to speak for a person, kept as a hash; it ends by date, by revocation, or with the account."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)  # to the hour: not every request writes


class SignedIn(AbstractBaseSession):
    """A session of a browser, as Django keeps it, and beside it what its person is shown of it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    browser = models.CharField(max_length=60, blank=True)


class Invitation(models.Model):
    """A one-time link with which a person chooses their password, kept as a hash; a newer one ends it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=100)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # by a newer one, or by a password that was set otherwise
