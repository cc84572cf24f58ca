"""The one settings file. Its defaults run Caselight on a laptop with nothing set; see ``env`` for how they are read."""

from __future__ import annotations

from pathlib import Path

from caselight.config import env

# ── where things lie ────────────────────────────────────────────────────────────────────────────────────────────────

DATA = env.folder("CASELIGHT_DATA", Path.home() / ".caselight")
KEYS = env.folder("CASELIGHT_KEYS", DATA / "keys")  # signing, audit and vault keys: outside the database
HEADS = env.folder("CASELIGHT_HEADS", DATA / "heads")  # signed ends of the audit chains; better on another machine
FILES = env.folder("CASELIGHT_FILES", DATA / "files")

BACKUP_RECIPIENT = env.text("CASELIGHT_BACKUP_RECIPIENT", default="")  # the public key backups are made for

DEBUG = env.flag("CASELIGHT_DEBUG", default=False)
SECRET_KEY = env.secret("CASELIGHT_SECRET_KEY", KEYS / "django.key")
ALLOWED_HOSTS = env.names("CASELIGHT_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SECURE = env.flag("CASELIGHT_HTTPS", default=False)  # whether people reach it over HTTPS
PROXIES = env.number("CASELIGHT_PROXIES", default=0)  # how many proxies of ours stand before it

DATABASES = {"default": {**env.database("CASELIGHT_DATABASE", DATA), "ATOMIC_REQUESTS": False}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── applications, from the face down ────────────────────────────────────────────────────────────────────────────────

STORE = [
    "caselight.store.reports",
    "caselight.store.improvement",
    "caselight.store.assessments",
    "caselight.store.samples",
    "caselight.store.caseloads",
    "caselight.store.inspections",
    "caselight.store.frameworks",
    "caselight.store.identities",
    "caselight.store.accounts",
    "caselight.store.audit",
]
INSTALLED_APPS = [
    *STORE,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
]
MIDDLEWARE = [
    "caselight.config.logs.request_log",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # default deny
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "caselight.config.urls"
WSGI_APPLICATION = "caselight.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"

# ── language and time ───────────────────────────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"

# ── what browsers are told, and what the log says ───────────────────────────────────────────────────────────────────

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE and PROXIES else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "caselight.config.pages.not_allowed"

LOG = env.one_of("CASELIGHT_LOG", ("DEBUG", "INFO", "WARNING", "ERROR"), default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "caselight.config.logs.Lines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "caselight": {"level": LOG},
        "gunicorn.error": {"level": "INFO"},
        # Django's own lines hold addresses as they were asked for; ours hold their patterns.
        "django": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}
