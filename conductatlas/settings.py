"""All settings, from the environment. Every variable read here stands in .env.example (a test holds it so)."""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from environs import Env

from conductatlas import embedded

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

# Who runs this installation
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://{HOST}:{PORT}").rstrip("/")
OPERATOR_NAME = env.str("OPERATOR_NAME", "")
OPERATOR_CONTACT = env.str("OPERATOR_CONTACT", "")
DEMO = env.bool("DEMO", True)  # whether `serve` fills an empty database with the demonstration
WORKER = env.bool("WORKER", True)  # whether `serve` starts the worker that captures beside the site

# Capture: how this installation behaves towards the sites it visits
CAPTURE_USER_AGENT = env.str("CAPTURE_USER_AGENT", "") or (
    f"ConductAtlas/0.1 (+{SITE_URL}/about/{f'; {OPERATOR_CONTACT}' if OPERATOR_CONTACT else ''})"
)
CAPTURE_SECONDS_BETWEEN_REQUESTS = env.float("CAPTURE_SECONDS_BETWEEN_REQUESTS", 1.0)
CAPTURE_PRIVATE_RANGES = env.str("CAPTURE_PRIVATE_RANGES", "").replace(",", " ").split()
WAYBACK_SAVE = env.bool("WAYBACK_SAVE", False)
WAYBACK_ENDPOINT = env.str("WAYBACK_ENDPOINT", "https://web.archive.org/save/")
WAYBACK_KEY = env.str("WAYBACK_KEY", "")
WAYBACK_SECRET = env.str("WAYBACK_SECRET", "")

# Curating
SOLE_CURATOR = env.bool("SOLE_CURATOR", False)  # whether an author may review alone; the page then says so

# Security
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or embedded.secret_key(VAR_DIR)
LOG_KEY_FILE = env.str("LOG_KEY_FILE", "") or str(VAR_DIR / "log_key")  # signs the checkpoints of the evidence log
_site = urlsplit(SITE_URL)
ALLOWED_HOSTS = [h for h in {_site.hostname, "127.0.0.1", "localhost", "[::1]"} if h]
CSRF_TRUSTED_ORIGINS = [f"{_site.scheme}://{_site.netloc}"]
HTTPS = _site.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "conductatlas",
    "changes",
    "clauses",
    "platforms",
    "conductatlas.desk.apps.DeskConfig",  # Django admin, with the queues of the desk
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "conductatlas.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "platforms.middleware.Finding",
    "conductatlas.middleware.Acting",
]
ROOT_URLCONF = "conductatlas.urls"
WSGI_APPLICATION = "conductatlas.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "conductatlas.templatetags.atlas",
                "conductatlas.templatetags.windows",
                "conductatlas.templatetags.reporting",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "conductatlas.context.site",
            ],
        },
    }
]

# Database: one entry, the application role. The owner role is entered only by migrate, erasure and tests.
_database_url = env.str("DATABASE_URL", "")
EMBEDDED_DATABASE = not _database_url
DATABASES = {"default": embedded.database(BASE_DIR, _database_url)}
DATABASE_OWNER = embedded.owner(_database_url, env.str("DATABASE_OWNER_URL", ""))
DATABASE_APP_ROLE = DATABASES["default"]["USER"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The queue, in the same database. Only a worker loads its tasks, and with them all that fetches and extracts.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["platforms.tasks", "conductatlas.tasks"]
PROCRASTINATE_WORKER_DEFAULTS = {"concurrency": 6, "delete_jobs": "successful", "shutdown_graceful_timeout": 10}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGIN_URL = "admin:login"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}
