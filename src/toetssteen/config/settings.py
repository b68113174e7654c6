"""All settings; what differs per installation comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent.parent
HOME = Path(os.environ.get("TOETSSTEEN_HOME", PROJECT / "var")).resolve()


def flag(name: str, default: bool = False) -> bool:
    """A yes/no setting from the environment: 1, true, yes or on."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


PRODUCTION = flag("TOETSSTEEN_PRODUCTION")
DEMO = flag("TOETSSTEEN_DEMO")
DEBUG = flag("TOETSSTEEN_DEBUG")
# A demonstration stands still on one day, so that its deadlines make sense; ISO date or empty.
DEMO_TODAY = os.environ.get("TOETSSTEEN_TODAY", "")
PACKS = Path(os.environ.get("TOETSSTEEN_PACKS", PROJECT / "packs"))
DEMO_WORLD = Path(os.environ.get("TOETSSTEEN_DEMO_WORLD", PROJECT / "demo"))
PRIVATE_FILES = HOME / "private"

SECRET_KEY = os.environ.get("TOETSSTEEN_SECRET_KEY", "")
if not SECRET_KEY and not PRODUCTION:
    SECRET_KEY = "insecure-key-for-demonstration-and-development-only"  # noqa: S105
ALLOWED_HOSTS = [h for h in os.environ.get("TOETSSTEEN_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
CSRF_FAILURE_VIEW = "toetssteen.foundation.views.forbidden"
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TOETSSTEEN_ORIGINS", "").split(",") if o]
# The name of the covenant that this installation runs, as visitors know it.
COVENANT_NAME = os.environ.get("TOETSSTEEN_COVENANT", "Initiatief TruStone")
SITE_URL = os.environ.get("TOETSSTEEN_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # before the sign-in library, so that our templates and words win over its own
    "toetssteen.accounts",
    "toetssteen.foundation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "toetssteen.workspace",
    "toetssteen.register",
    "toetssteen.insights",
    "toetssteen.projects",
    "toetssteen.procurement",
    "toetssteen.grievances",
    "toetssteen.assessment",
    "toetssteen.communication",
    "toetssteen.reporting",
    "toetssteen.evaluation",
    "toetssteen.plans",
    "toetssteen.remedy",
    "toetssteen.inquiries",
    "toetssteen.sheets",
    "toetssteen.sites",
    "toetssteen.places",
    "toetssteen.library",
    "toetssteen.risks",
    "toetssteen.supplychain",
    "toetssteen.documents",
    "toetssteen.covenant",
    "toetssteen.organisations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "toetssteen.accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Before the sign-in library, so that the library answers its own exceptions (asking for the password again) first.
    "toetssteen.foundation.middleware.ErrorReferenceMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "toetssteen.organisations.middleware.ActorMiddleware",
]

ROOT_URLCONF = "toetssteen.config.urls"
WSGI_APPLICATION = "toetssteen.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "toetssteen.foundation.context.site",
                "toetssteen.workspace.context.navigation",
            ],
            "builtins": ["toetssteen.foundation.templatetags.components", "django.templatetags.i18n"],
        },
    }
]

DATABASE_URL = os.environ.get("DATABASE_URL", "")
if DATABASE_URL:
    DATABASES = {"default": dj_database_url.parse(DATABASE_URL)}
    DATABASES["default"].setdefault("OPTIONS", {})
    if DATABASES["default"]["ENGINE"].endswith("postgresql"):
        DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 10)
        # The plans of the queries that `foundation.prepared` knows are kept by the server.
        DATABASES["default"]["OPTIONS"].setdefault("prepare_threshold", 2)
    if DATABASES["default"]["ENGINE"].endswith("postgresql") and not flag("TOETSSTEEN_NO_POOL"):
        DATABASES["default"]["CONN_MAX_AGE"] = 0
        DATABASES["default"]["OPTIONS"]["pool"] = {
            "min_size": 2,
            "max_size": int(os.environ.get("TOETSSTEEN_POOL", "16")),
        }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(HOME / "toetssteen.sqlite3"),
            "CONN_MAX_AGE": 600,  # opening and closing the file costs more than most queries
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits of the sign-in count in the cache: it must be shared between processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"},
}

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/start/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "toetssteen.accounts.adapter.AccountAdapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Toetssteen"
# A code works once within its half minute; only demonstrations, where many share one person, also take its neighbours.
MFA_TOTP_TOLERANCE = 1 if DEMO else 0
MFA_ADAPTER = "toetssteen.accounts.adapter.MFAAdapter"
USERSESSIONS_TRACK_ACTIVITY = False

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "language"
FORMAT_MODULE_PATH = ["toetssteen.foundation.formats"]
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(PRIVATE_FILES)}},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = str(PRIVATE_FILES)
DATA_UPLOAD_MAX_MEMORY_SIZE = 26 * 1024 * 1024
EVIDENCE_MAX_BYTES = int(os.environ.get("TOETSSTEEN_EVIDENCE_MAX_MB", "20")) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "toetssteen.documents.uploads.CappedUploadHandler",
]

EMAIL_BACKEND = MAIL_DELIVERY_BACKEND = "django.core.mail.backends.console.EmailBackend"
if os.environ.get("TOETSSTEEN_SMTP_HOST"):
    # Mail waits in the database until the mail server takes it.
    EMAIL_BACKEND = "toetssteen.foundation.tasks.QueuedMail"
    MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_TIMEOUT = 20
    EMAIL_HOST = os.environ["TOETSSTEEN_SMTP_HOST"]
    EMAIL_PORT = int(os.environ.get("TOETSSTEEN_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("TOETSSTEEN_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("TOETSSTEEN_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = flag("TOETSSTEEN_SMTP_TLS", True)
DEFAULT_FROM_EMAIL = os.environ.get("TOETSSTEEN_MAIL_FROM", "toetssteen@localhost")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# A changed chain is looked for in the registry of sites; tests that are not about that leave it out.
RECOGNISE_ON_CHANGE = True

SESSION_ENGINE = "toetssteen.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = flag("TOETSSTEEN_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = int(os.environ.get("TOETSSTEEN_HSTS_SECONDS", "31536000"))
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TOETSSTEEN_PROXIES", "1" if PRODUCTION else "0"))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    # The address of a page may hold the token of a link, which opens the page to whoever reads the log.
    "filters": {"no_tokens": {"()": "toetssteen.foundation.logs.NoTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_tokens"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"toetssteen": {"level": "INFO", "handlers": ["console"], "propagate": False}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
