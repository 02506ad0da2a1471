"""Settings of the benchmark's reference: the site's own, stripped."""

from prepsite.settings import *  # noqa: F403

ROOT_URLCONF = "tools.bare"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # allauth refuses to be installed without it; it costs a few attribute look-ups.
    "allauth.account.middleware.AccountMiddleware",
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
