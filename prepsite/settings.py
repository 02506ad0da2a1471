"""All settings, read from the environment.

Two modes. `local` (the default) is one person's own machine: a secret is made and kept in the
data folder, and the pages answer to 127.0.0.1 only. `production` (PREPSITE_ENV=production) takes
every secret from the environment and refuses to start without them.
"""

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.conf.locale.en_GB import formats
from django.core.exceptions import ImproperlyConfigured

from prepsite import database

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = database.data_dir()

PRODUCTION = env("PREPSITE_ENV", default="local") == "production"
TESTING = "pytest" in sys.modules
DEBUG = env.bool("PREPSITE_DEBUG", default=False)

if PRODUCTION:
    if DEBUG:
        raise ImproperlyConfigured("PREPSITE_DEBUG must not be set when PREPSITE_ENV=production.")
    for name in ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"):
        if not env(name, default=""):
            raise ImproperlyConfigured(f"PREPSITE_ENV=production needs {name} in the environment.")
    SECRET_KEY = env("SECRET_KEY")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("SECRET_KEY must be at least 50 characters long.")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
else:
    SECRET_KEY = env("SECRET_KEY", default="") or database.local_secret(DATA_DIR)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

INSTALLED_APPS = [
    "prepsite",
    "accounts",
    "writing",
    "drills",
    "plans",
    "scenarios",
    "stories",
    "playbook",
    "search",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "heroicons",
    "markdownx",
    "pgtrigger",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
if TESTING:
    # A room as small as can be, on which the tests of `writing` write.
    INSTALLED_APPS.append("tests.writing.sample")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "prepsite.logs.RequestIdMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "prepsite.policy.PolicyMiddleware",
    "prepsite.limits.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SignedInMiddleware",
    "accounts.erasing.ErasingMiddleware",
    "accounts.devices.DeviceMiddleware",
    "accounts.middleware.TimeZoneMiddleware",
    "accounts.middleware.PrivateMiddleware",
    "prepsite.errors.NotAPageMiddleware",
    "writing.autosave.along.AlongMiddleware",
]

ROOT_URLCONF = "prepsite.urls"
WSGI_APPLICATION = "prepsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "prepsite.templatetags.house",
                "django_htmx.templatetags.django_htmx",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "prepsite.rooms.whereabouts",
            ],
        },
    },
]

# Widgets from the templates above: templates/django/forms has one of them.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The pool holds connections between requests, so Django's own keep-alive is off. Health checks are
# needed: without them most requests fail after the server was restarted under the pool.
DATABASES = {"default": env.db_url_config(database.url(DATA_DIR))}
DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": True,
}
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    # Each connection keeps what the server worked out about a query that comes again
    # (prepsite/compiled.py). A pooler that hands connections around must know of that.
    "prepare_threshold": 5 if env.bool("PREPSITE_PREPARE", default=True) else None,
}
if not TESTING:
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": env.int("PREPSITE_POOL_SIZE", default=4),
        "timeout": 10,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits must hold across workers, so the cache lives in the database they all share.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if TESTING:
    # The default hasher spends half a second of CPU a login, on purpose; tests need none of it.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

# E-mail is optional: without EMAIL_URL, what needs it (reset, login codes) is not offered.
EMAIL_CONFIGURED = bool(env("EMAIL_URL", default=""))
if EMAIL_CONFIGURED:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# Seconds that a page waits for the mail server; without a limit one that hangs stops the site.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="prepsite@localhost")

# Accounts. Strangers may make one only where this is set; the first is made on the welcome page.
PREPSITE_SIGNUP_OPEN = env.bool("PREPSITE_SIGNUP_OPEN", default=False)
# How many proxies of our own stand in front: their entries in X-Forwarded-For are believed, the
# rest of that header is whatever a client wrote.
PREPSITE_TRUSTED_PROXIES = env.int(
    "PREPSITE_TRUSTED_PROXIES", default=1 if env.bool("PREPSITE_BEHIND_PROXY", default=False) else 0
)
ALLAUTH_TRUSTED_PROXY_COUNT = PREPSITE_TRUSTED_PROXIES
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in_forms.SignInForm",
    "signup": "accounts.sign_in_forms.SignUpForm",
    "change_password": "accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "accounts.sign_in_forms.SetPasswordForm",
    "reset_password": "accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateForm",
    "add_email": "accounts.sign_in_forms.ChangeAddressForm",
    "request_login_code": "accounts.sign_in_forms.RequestCodeForm",
    "confirm_login_code": "accounts.sign_in_forms.ConfirmCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# An address is asked for only where a message can be sent to it.
ACCOUNT_SIGNUP_FIELDS = [
    "username*",
    *(["email*"] if EMAIL_CONFIGURED else []),
    "password1*",
    "password2*",
]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
# Strangers prove their address, which also keeps sign-up from telling who has an account.
ACCOUNT_EMAIL_VERIFICATION = (
    "none" if not EMAIL_CONFIGURED else "mandatory" if PREPSITE_SIGNUP_OPEN else "optional"
)
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # the subjects name the site themselves
ACCOUNT_EMAIL_NOTIFICATIONS = EMAIL_CONFIGURED
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_LOGIN_BY_CODE_ENABLED = EMAIL_CONFIGURED
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
# The rest are allauth's own; among them five failed logins a name in five minutes.
ACCOUNT_RATE_LIMITS = {"welcome": "20/m/ip", "export": "20/m/user", "import": "10/m/user"}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.sign_in_forms.AddPasskeyForm",
    "authenticate": "accounts.sign_in_forms.RecoveryCodeForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateCodeForm",
}
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Where addresses cannot be confirmed, waiting for it would keep everyone from having a passkey.
MFA_ALLOW_UNVERIFIED_EMAIL = not EMAIL_CONFIGURED

# One language: nothing is looked up for each number, date and address of a page. Its formats are
# those of the language, which Django would take for a translated site only.
LANGUAGE_CODE = "en-gb"
USE_I18N = False
vars().update({name: value for name, value in vars(formats).items() if name.isupper()})
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("PREPSITE_STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "prepsite.staticfiles.SiteStorage"
    },
}
# The editor of the admin; its addresses are ours (writing/editor.py), never the package's own.
MARKDOWNX_MARKDOWNIFY_FUNCTION = "writing.markdown.to_html"
MARKDOWNX_URLS_PATH = "/writing/markdownify/"
MARKDOWNX_UPLOAD_URLS_PATH = "/writing/upload/"
WHITENOISE_MAX_AGE = 0 if DEBUG else 60
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has a use for these files

# A form of plain text needs far less; uploads have their own checks.
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
PREPSITE_MAX_BODY = 6 * 1024 * 1024
# The export of an account may be larger; it is sent to one address only.
PREPSITE_MAX_IMPORT = 16 * 1024 * 1024

# A drawing takes a second: a thread of its own makes it while the page goes on. Tests draw at once.
PREPSITE_BACKGROUND_DRAWING = not TESTING

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "prepsite.errors.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("PREPSITE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = env.int("PREPSITE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]
    if env.bool("PREPSITE_BEHIND_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "prepsite.logs.RequestIdFilter"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
        },
        "plain": {"format": "%(levelname)s %(name)s [%(request_id)s] %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if PRODUCTION else "plain",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": env("PREPSITE_LOG_LEVEL", default="INFO")},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
os.environ.setdefault("PGAPPNAME", "prepsite")
