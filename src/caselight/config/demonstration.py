"""The settings of a demonstration, which ``caselight demo`` alone names: everybody is signed in by a button, here only.

They hold in a folder that was made for it and nowhere else, with the database inside it, and answer this machine alone.
The page with the buttons has an address under these settings and under no others.
"""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from caselight.config.settings import *  # noqa: F403
from caselight.config.settings import DATA, DATABASES, LOGGING, MIDDLEWARE
from caselight.procedures.demonstration_folder import is_one

if not is_one(DATA):
    raise ImproperlyConfigured(f"{DATA} is no demonstration, so nobody is signed in there without a password.")
if Path(str(DATABASES["default"]["NAME"])).parent != DATA:
    raise ImproperlyConfigured(
        "A demonstration has its database in its own folder: CASELIGHT_DATABASE must not be set."
    )

DEMONSTRATION = True
ROOT_URLCONF = "caselight.config.demonstration_urls"
MIDDLEWARE = ["caselight.web.demonstration.here.only_here", *MIDDLEWARE]
SECOND_FACTOR = False
DEBUG = False
SECURE = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_HSTS_SECONDS = 0
SECURE_PROXY_SSL_HEADER = None
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = 0
LOGIN_URL = "demonstration:roles"
OIDC = ""
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

for _logger in LOGGING["loggers"].values():  # type: ignore[attr-defined] # a mapping of mappings
    _logger["level"] = "ERROR"
