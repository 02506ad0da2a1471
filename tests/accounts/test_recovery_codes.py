"""Recovery codes: kept encrypted, each good for one sign-in."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes


@pytest.mark.django_db
class TestCodes:
    def test_the_table_does_not_hold_what_they_are_made_from(self, alice):
        codes = RecoveryCodes.activate(alice)
        seed = Authenticator.objects.get().data["seed"]
        made_from = get_adapter().decrypt(seed)
        assert made_from not in seed
        assert len(set(codes.generate_codes())) == 10

    def test_each_works_once(self, alice):
        codes = RecoveryCodes.activate(alice)
        first = codes.generate_codes()[0]
        assert codes.validate_code(first)
        assert not codes.validate_code(first)
        assert len(codes.get_unused_codes()) == 9

    def test_they_outlive_a_change_of_the_secret_key(self, alice, settings):
        before = RecoveryCodes.activate(alice).generate_codes()
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "a new key " * 6
        assert RecoveryCodes.activate(alice).generate_codes() == before

    def test_without_the_old_key_they_fail_quietly(self, alice, settings):
        code = RecoveryCodes.activate(alice).generate_codes()[0]
        settings.SECRET_KEY = "a new key " * 6
        assert not RecoveryCodes.activate(alice).validate_code(code)
