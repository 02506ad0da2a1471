"""What the tests of accounts share."""

import pytest
from django.core.cache import cache

REAL_DATABASE = {"transactional_db", "live_server", "site"}


@pytest.fixture(autouse=True)
def fresh_limits(request):
    """Rate limits live in a table that a rollback empties, and a truncation does not."""
    if not REAL_DATABASE & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def email_works(settings):
    """A site with a mail server; what it sends is in django.core.mail.outbox."""
    settings.EMAIL_CONFIGURED = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ACCOUNT_LOGIN_BY_CODE_ENABLED = True
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False


@pytest.fixture
def open_to_strangers(settings):
    settings.PREPSITE_SIGNUP_OPEN = True
