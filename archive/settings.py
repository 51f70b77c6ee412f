"""Settings by environment; every one is optional for one machine and refused loudly when malformed."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent


def _flag(name: str, *, default: bool) -> bool:
    text = os.environ.get(name, "").strip().lower()
    if text in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return default if text == "" else text in {"1", "true", "yes", "on"}
    raise ImproperlyConfigured(f"{name}={text!r}: write 1 or 0")


def _number(name: str, default: int, *, least: int = 1) -> int:
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdigit() or int(text) < least:
        raise ImproperlyConfigured(f"{name}={text!r}: write a whole number of at least {least}")
    return int(text)


def _words(name: str, default: list[str]) -> list[str]:
    text = os.environ.get(name, "").strip()
    return [word.strip() for word in text.split(",") if word.strip()] if text else default


DEBUG = _flag("WHENCE_DEBUG", default=False)
DATA_DIR = Path(os.environ.get("WHENCE_DATA_DIR") or BASE_DIR / "var").resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """Return the key from the environment, else one made at first start and kept beside the data."""
    text = os.environ.get("WHENCE_SECRET_KEY", "")
    if text:
        if len(text) < 32:
            raise ImproperlyConfigured("WHENCE_SECRET_KEY: give at least 32 characters")
        return text
    path = DATA_DIR / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _words("WHENCE_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = _words("WHENCE_TRUSTED_ORIGINS", [])
BEHIND_TLS = _flag("WHENCE_TLS", default=False)


def _database(url: str) -> dict[str, object]:
    """Read `postgres://user:password@host:port/name?option=value`; empty means SQLite beside the data."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(DATA_DIR / "whence.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=268435456;"
                    " PRAGMA cache_size=-32000; PRAGMA foreign_keys=ON;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL: write postgres://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": dict(parse_qsl(parts.query)).get("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}},
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}

INSTALLED_APPS = [
    "archive.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "leaflet",
    "csp",
    "django_tasks_db",
    "archive",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "archive.pages.readable_address.readable_address",
    "archive.pages.checked_after.checked_after",
]

ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["archive.pages.tags"],
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "explore"
LOGOUT_REDIRECT_URL = "explore"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "media")},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "archive.pages.static.StaticStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Never changed under their names: files with a hash, and the map's data, whose folder carries a version.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/(basemap/r\d+/|.+\.[0-9a-f]{12}\.[^/]+$)"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Uploads stream to disk in our own endpoint; forms are small.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20

MAX_FILE_BYTES = _number("WHENCE_MAX_FILE_BYTES", 2 * 2**30)
MAX_DOCUMENT_BYTES = _number("WHENCE_MAX_DOCUMENT_BYTES", 200 * 2**20)
MAX_PIXELS = _number("WHENCE_MAX_PIXELS", 100_000_000)
CHILD_MEMORY_BYTES = _number("WHENCE_CHILD_MEMORY_BYTES", 2**30)
CHILD_SECONDS = _number("WHENCE_CHILD_SECONDS", 60)
TILE_CACHE_BYTES = _number("WHENCE_TILE_CACHE_BYTES", 4 * 2**30)

# Who answers for map, timeline and list: "sql"; "columns", the file under DATA_DIR/atlas that is built in the
# background; "auto", columns as soon as there are WHENCE_ATLAS_COLUMNS_FROM photos.
ATLAS = os.environ.get("WHENCE_ATLAS", "").strip() or "auto"
if ATLAS not in {"auto", "sql", "columns"}:
    raise ImproperlyConfigured(f"WHENCE_ATLAS={ATLAS!r}: write auto, sql or columns")
ATLAS_COLUMNS_FROM = _number("WHENCE_ATLAS_COLUMNS_FROM", 20_000)

# Whether nginx stands in front and sends files itself (X-Accel-Redirect to /-/vault/).
ACCEL = _flag("WHENCE_ACCEL", default=False)

# Map files (MBTiles, PMTiles) of the installation's own; each in the folder is offered on the maps.
MAPS_DIR = Path(os.environ.get("WHENCE_MAPS_DIR") or DATA_DIR / "maps").resolve()

# An operator's own map tiles; empty means the map that ships with the installation.
TILES_URL = os.environ.get("WHENCE_TILES_URL", "").strip()
TILES_ATTRIBUTION = os.environ.get("WHENCE_TILES_ATTRIBUTION", "").strip()
if TILES_URL and not all(part in TILES_URL for part in ("{z}", "{x}", "{y}")):
    raise ImproperlyConfigured("WHENCE_TILES_URL: the address needs {z}, {x} and {y}")
_TILES = urlsplit(TILES_URL)
if TILES_URL and _TILES.scheme not in {"", "http", "https"}:
    raise ImproperlyConfigured("WHENCE_TILES_URL: the address begins with https://, http:// or /")
_TILE_HOST = [f"{_TILES.scheme}://{_TILES.netloc.replace('{s}', '*')}"] if _TILES.netloc else []

# An RFC 3161 authority that stamps the head of each day; empty means that no request leaves the machine.
TIMESTAMP_URL = os.environ.get("WHENCE_TIMESTAMP_URL", "").strip()
if TIMESTAMP_URL and urlsplit(TIMESTAMP_URL).scheme not in {"http", "https"}:
    raise ImproperlyConfigured("WHENCE_TIMESTAMP_URL: the address begins with https:// or http://")
TIMESTAMP_ROOTS = os.environ.get("WHENCE_TIMESTAMP_ROOTS", "").strip()

# Certificates (PEM) of those whose content credentials count as trusted; empty means nobody.
C2PA_TRUST = os.environ.get("WHENCE_C2PA_TRUST", "").strip()
if C2PA_TRUST and not Path(C2PA_TRUST).is_file():
    raise ImproperlyConfigured(f"WHENCE_C2PA_TRUST: there is no file {C2PA_TRUST}")

LEAFLET_CONFIG = {"TILES": [], "RESET_VIEW": False, "SCALE": "metric"}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "blob:", "data:", *_TILE_HOST],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"archive": {"level": "INFO"}},
}
