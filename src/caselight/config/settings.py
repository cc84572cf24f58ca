"""The one settings file. Its defaults run Caselight on a laptop with nothing set; see ``env`` for how they are read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from caselight.config import env

# ── where things lie ────────────────────────────────────────────────────────────────────────────────────────────────

DATA = env.folder("CASELIGHT_DATA", Path.home() / ".caselight")
KEYS = env.folder("CASELIGHT_KEYS", DATA / "keys")  # signing, audit and vault keys: outside the database
HEADS = env.folder("CASELIGHT_HEADS", DATA / "heads")  # signed ends of the audit chains; better on another machine
FILES = env.folder("CASELIGHT_FILES", DATA / "files")

BACKUP_RECIPIENT = env.text("CASELIGHT_BACKUP_RECIPIENT", default="")  # the public key backups are made for

DEMONSTRATION = False  # only ``config.demonstration`` says otherwise, in a folder of its own
DEBUG = env.flag("CASELIGHT_DEBUG", default=False)
SECRET_KEY = env.secret("CASELIGHT_SECRET_KEY", KEYS / "django.key")
ALLOWED_HOSTS = env.names("CASELIGHT_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SECURE = env.flag("CASELIGHT_HTTPS", default=False)  # whether people reach it over HTTPS
PROXIES = env.number("CASELIGHT_PROXIES", default=0)  # how many proxies of ours stand before it

DATABASES = {"default": {**env.database("CASELIGHT_DATABASE", DATA), "ATOMIC_REQUESTS": False}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Single sign-on: the address of a provider that speaks OpenID Connect, and what it knows Caselight as.
OIDC = env.text("CASELIGHT_OIDC_SERVER", default="")
OIDC_NAME = env.text("CASELIGHT_OIDC_NAME", default="Single sign-on")
OIDC_CLIENT = env.text("CASELIGHT_OIDC_CLIENT", default="")
OIDC_SECRET = env.text("CASELIGHT_OIDC_SECRET", default="")

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
WEB = [
    "caselight.web.home",
    "caselight.web.frameworks",
    "caselight.web.planning",
    "caselight.web.timetable",
    "caselight.web.caseload",
    "caselight.web.sampling",
    "caselight.web.assessing",
    "caselight.web.moderation",
    "caselight.web.findings",
    "caselight.web.letter",
    "caselight.web.people",
    "caselight.web.demonstration",
    "caselight.web.design",
]
INSTALLED_APPS = [
    *WEB,
    *STORE,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    *(["allauth.socialaccount.providers.openid_connect"] if OIDC else []),
    "allauth.mfa",
    "axes",
]
MIDDLEWARE = [
    "caselight.config.stack.roomy",  # before whatever else is called
    "caselight.config.logs.request_log",
    "caselight.config.sizes.limits",  # before whatever reads a form
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "caselight.config.keeping.nowhere",  # below what serves the files of the pages
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "caselight.config.characters.storable",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "caselight.config.sessions.limits",
    "caselight.config.devices.noted",
    "caselight.config.asking_again.again",  # before whatever writes
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # default deny
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "caselight.config.sessions.second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "caselight.config.sessions.factors_with_audit",
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
                "caselight.web.design.context.everywhere",
            ]
        },
    }
]
ROOT_URLCONF = "caselight.config.urls"
WSGI_APPLICATION = "caselight.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"

# ── signing in ──────────────────────────────────────────────────────────────────────────────────────────────────────

SECOND_FACTOR = env.flag("CASELIGHT_SECOND_FACTOR", default=True)  # off only on a laptop that one person uses
SESSION_IDLE_MINUTES = env.number("CASELIGHT_SESSION_IDLE_MINUTES", default=60, least=1)
SESSION_HOURS = env.number("CASELIGHT_SESSION_HOURS", default=12, least=1)
SESSION_ENGINE = "caselight.store.accounts.sessions"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first, so that who is locked out is not asked for a password
    "caselight.config.signing_in.Backend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("NumericPasswordValidator", {}),
    )
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds that a link to set a password is good for
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "caselight.config.signing_in.Accounts"
SOCIALACCOUNT_ADAPTER = "caselight.config.signing_in.SingleSignOn"
MFA_ADAPTER = "caselight.config.signing_in.Factors"
_forms = "caselight.web.people.signing_in."
ACCOUNT_FORMS = {
    "login": f"{_forms}SignIn",
    "change_password": f"{_forms}ChangePassword",
    "set_password": f"{_forms}SetPassword",
    "reset_password": f"{_forms}Forgotten",
    "reset_password_from_key": f"{_forms}FromLink",
    "reauthenticate": f"{_forms}Again",
}
MFA_FORMS = {
    "authenticate": f"{_forms}Code",
    "reauthenticate": f"{_forms}CodeAgain",
    "activate_totp": f"{_forms}NewApp",
    "authenticate_webauthn": f"{_forms}Key",
    "login_webauthn": f"{_forms}KeyAlone",
    "reauthenticate_webauthn": f"{_forms}KeyAgain",
    "add_webauthn": f"{_forms}NewKey",
    "edit_webauthn": f"{_forms}RenameKey",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up, but allauth asks
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever invites knows the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_RATE_LIMITS = {
    # Of wrong codes of a second step. Wrong passwords are counted by axes alone (``Accounts.pre_authenticate``).
    "login_failed": "30/m/ip,5/300s/key",
    "login": "120/m/ip",  # a whole office may sign in at nine
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # the other sessions end, this one stays
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Caselight"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # the organisation's own provider is believed about addresses
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT,
                "secret": OIDC_SECRET,
                "settings": {"server_url": OIDC},
            }
        ]
        if OIDC
        else [],
    }
}

AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]  # an account, and an address, each by itself
AXES_FAILURE_LIMIT = env.number("CASELIGHT_LOCKOUT_AFTER", default=10, least=1)
AXES_COOLOFF_TIME = timedelta(minutes=env.number("CASELIGHT_LOCKOUT_MINUTES", default=15, least=1))
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that what the page says of the time is true
AXES_RESET_ON_SUCCESS = False  # it would forgive all that was tried from the address, also on others' accounts
AXES_USERNAME_CALLABLE = "caselight.config.signing_in.account_tried"
AXES_CLIENT_IP_CALLABLE = "caselight.config.signing_in.client_address"
AXES_LOCKOUT_CALLABLE = "caselight.config.pages.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Shared by all processes: a code that was used in one must not be good in another.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

globals().update(env.read.email_url("CASELIGHT_EMAIL", default="dummymail://"))
DEFAULT_FROM_EMAIL = env.text("CASELIGHT_EMAIL_FROM", default="caselight@localhost")

# ── language and time ───────────────────────────────────────────────────────────────────────────────────────────────

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"  # gathered with digests in their names, and compressed, before serving
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "caselight.config.static_files.Hashed"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# ── how much is taken at once, in bytes ─────────────────────────────────────────────────────────────────────────────

DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000  # a message to the API: 250 answers with long notes
LARGEST_FORM = 1_000_000  # a page's form; nobody need be signed in to send one
LARGEST_CASE_LIST = 10_000_000  # what ``formats.supplied`` reads
LARGEST_PACKAGE = 200_000_000

# ── what browsers are told, and what the log says ───────────────────────────────────────────────────────────────────

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE and PROXIES else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "report-uri": ["/design/csp"],
    }
}
CSRF_FAILURE_VIEW = "caselight.config.pages.forged"

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
