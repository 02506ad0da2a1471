"""Settings of the benchmark's reference: the site's own, stripped."""

from prepsite.settings import *  # noqa: F403

ROOT_URLCONF = "tools.bare"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
