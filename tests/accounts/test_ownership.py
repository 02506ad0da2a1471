"""Private rows: one door, and no way in for staff."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.http import Http404
from django.urls import reverse

from accounts import checks
from accounts.models import User
from accounts.ownership import Owned, owned_models
from tests.factories import PASSWORD


def test_there_are_private_models_and_none_is_in_the_admin():
    assert owned_models()
    assert all(issubclass(model, Owned) for model in owned_models())
    assert checks.private_rows_stay_out_of_the_admin(None) == []


def test_a_private_model_in_the_admin_is_an_error():
    """The control."""
    model = owned_models()[0]
    admin.site.register(model)
    try:
        errors = checks.private_rows_stay_out_of_the_admin(None)
    finally:
        admin.site.unregister(model)
    assert [error.obj for error in errors] == [model]


@pytest.mark.django_db
@pytest.mark.parametrize("model", owned_models(), ids=lambda model: model._meta.label)
@pytest.mark.parametrize("pk", [0, "x", "", 2**80])
def test_what_is_not_there_is_404(model, pk, alice):
    with pytest.raises(Http404):
        model.objects.for_user(alice).get_or_404(pk=pk)


@pytest.mark.django_db
class TestAdmin:
    def test_sign_in_is_the_sites_own(self, client, alice):
        response = client.get("/admin/", follow=True)
        assert response.redirect_chain[-1][0].startswith(reverse("account_login"))
        assert "admin" in response.redirect_chain[-1][0]

    def test_comes_back_to_the_admin(self, client, alice):
        User.objects.update(is_staff=True)
        address = client.get("/admin/", follow=True).redirect_chain[-1][0]
        given = {"login": "alice", "password": PASSWORD}
        assert client.post(address, given, follow=True).request["PATH_INFO"] == "/admin/"

    def test_is_closed_to_the_signed_in_who_are_not_staff(self, alice, client_of):
        response = client_of(alice).get("/admin/", follow=True)
        assert response.status_code == 403
        assert "Only the people who run this site may use this page." in response.content.decode()

    @pytest.mark.parametrize("name", ["accounts_user", "mfa_authenticator", "account_emailaddress"])
    def test_accounts_are_for_superusers_only(self, charlie, alice, client_of, name):
        from django.contrib.auth.models import Permission

        charlie.user_permissions.set(Permission.objects.all())
        staff = client_of(charlie)
        assert staff.get(reverse(f"admin:{name}_changelist")).status_code == 403
        password = reverse("admin:auth_user_password_change", args=[alice.pk])
        assert staff.get(password).status_code == 403

    def test_a_superuser_can_work_there(self, admin_client, alice):
        assert admin_client.get(reverse("admin:accounts_user_changelist")).status_code == 200
        page = admin_client.get(reverse("admin:accounts_user_change", args=[alice.pk]))
        assert page.status_code == 200

    def test_deleting_a_person_names_none_of_their_rows(self, admin_client, alice):
        EmailAddress.objects.create(user=alice, email="canary@example.com")
        address = reverse("admin:accounts_user_delete", args=[alice.pk])
        page = admin_client.get(address).content.decode()
        assert "alice" in page
        assert "canary" not in page
        admin_client.post(address, {"post": "yes"})
        assert not User.objects.filter(pk=alice.pk).exists()
