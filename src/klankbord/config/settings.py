"""Settings, from the environment. Everything has a default that is right for one machine."""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from klankbord.config.logs import configure as configure_logs
from klankbord.core.postgres import connection_parts

PACKAGE = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("KLANKBORD_DATA", "data")).resolve()
DEMO = os.environ.get("KLANKBORD_DEMO") == "1"
DEBUG = False


def _secret(variable: str, file: str) -> str:
    """A secret from the environment or from its file in the data folder; empty when there is neither."""
    if given := os.environ.get(variable):
        return given
    path = DATA / file
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


# Without a secret nothing can be signed, and so nobody can sign in: commands that need none still work.
SECRET_KEY = _secret("KLANKBORD_SECRET_KEY", "secret.key") or "not-set"
KLANKBORD_MASTER_KEY = os.environ.get("KLANKBORD_MASTER_KEY", "")
KLANKBORD_MASTER_KEY_FILE = os.environ.get("KLANKBORD_MASTER_KEY_FILE", str(DATA / "master.key"))

ALLOWED_HOSTS = os.environ.get("KLANKBORD_HOSTS", "localhost,127.0.0.1").split(",")
BASE_URL = os.environ.get("KLANKBORD_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "klankbord.core",
    "klankbord.privacy.keys",
    "klankbord.privacy",
    "klankbord.people",
    "klankbord.policy",
    "klankbord.coaches",
    "klankbord.engagements",
    "klankbord.culture",
    "klankbord.web",
    "klankbord.demo",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "klankbord.people.middleware.TenantMiddleware",
]

SECURE_CSP = {
    "default-src": ["'self'"],
    "font-src": ["'self'", "data:"],
    "img-src": ["'self'", "data:"],
    "form-action": ["'self'"],
    "worker-src": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}

ROOT_URLCONF = "klankbord.config.urls"
WSGI_APPLICATION = "klankbord.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "klankbord.web.context.page_frame",
            ],
            "builtins": [
                "klankbord.web.templatetags.klankbord",
                "klankbord.policy.templatetags.policy",
                "django.templatetags.i18n",
            ],
        },
    }
]
FORM_RENDERER = "klankbord.core.forms.KlankbordRenderer"


def _login() -> str:
    return "klankbord_owner" if os.environ.get("KLANKBORD_ROLE") == "owner" else "klankbord_app"


def _database(name: str, url_variable: str, *, pool: bool) -> dict[str, Any]:
    """One database: the embedded server's socket, or what the address in the environment says.

    With an address of your own, ``…_OWNER_URL`` names the login that migrates.
    """
    owner = _login() == "klankbord_owner"
    url = os.environ.get(url_variable.replace("_URL", "_OWNER_URL"), "") if owner else os.environ.get(url_variable, "")
    if url:
        parts = conninfo_to_dict(url)
        place = {key: str(parts.pop(part, "")) for key, part in PARTS.items()}
    else:
        place, parts = connection_parts(DATA, _login(), name), {}
    options: dict[str, Any] = {key: value for key, value in parts.items() if value is not None}
    if pool:
        # One connection for each of the server's threads, and a few for what runs beside them.
        options["pool"] = {"min_size": 2, "max_size": int(os.environ.get("KLANKBORD_THREADS", "8")) + 4, "timeout": 20}
    return {"ENGINE": "django.db.backends.postgresql", **place, "OPTIONS": options}


PARTS = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
POOL = os.environ.get("KLANKBORD_POOL") == "1"
DATABASES = {
    "default": _database("klankbord", "DATABASE_URL", pool=POOL),
    "keys": _database("klankbord_keys", "KEYS_DATABASE_URL", pool=POOL),
}
DATABASE_ROUTERS = ["klankbord.privacy.keys.router.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_NAME = "klankbord"
SESSION_COOKIE_SAMESITE = "Lax"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "klankbord.people.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS: dict[str, str] = {}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KLANKBORD_PROXIES", "0"))

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "klankbord_language"
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE.parents[1] / "build" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

DEFAULT_FROM_EMAIL = os.environ.get("KLANKBORD_MAIL_FROM", "Klankbord <klankbord@localhost>")
MAILERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ.get("KLANKBORD_SMTP_HOST", "127.0.0.1"),
            "port": int(os.environ.get("KLANKBORD_SMTP_PORT", "25")),
            "username": os.environ.get("KLANKBORD_SMTP_USER", ""),
            "password": os.environ.get("KLANKBORD_SMTP_PASSWORD", ""),
            "use_tls": os.environ.get("KLANKBORD_SMTP_STARTTLS") == "1",
            "timeout": 20,
        },
    }
}
if DEMO and "KLANKBORD_SMTP_HOST" not in os.environ:
    # The demo organisation's people do not exist; what they would receive can be read in the data folder.
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(DATA / "mail")},
    }

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 30_000_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 2, "delete_jobs": "successful"}

configure_logs()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "klankbord.config.logs.formatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("KLANKBORD_LOG", "WARNING")},
}
