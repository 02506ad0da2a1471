"""Private rows: each model has one in the access test's world, none shows in the admin."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import CharField, JSONField, TextField
from django.urls import NoReverseMatch, reverse

from accounts.ownership import owned_models
from tests.factories import UserFactory
from tests.prepsite.test_access import text_of
from tests.prepsite.world import CANARY

pytestmark = pytest.mark.django_db


def holds_words(field) -> bool:
    """Is it a field in which somebody can write?"""
    return isinstance(field, CharField | TextField | JSONField) and not field.choices


def test_every_private_row_holds_a_canary(world):
    for model in owned_models():
        if model._meta.app_label == "sample":
            continue  # the tests' own room
        rows = list(model.objects.filter(owner=world.alice).values())
        assert rows, f"{model._meta.label} has no row in the world of the access test"
        if not any(holds_words(field) for field in model._meta.concrete_fields):
            continue  # times and states: there is nothing in it that could be read
        assert any(CANARY in str(row) for row in rows), model._meta.label


def test_the_admin_shows_no_private_row(world, client_of):
    """A superuser opens every page of the admin for every row there is: no canary."""
    root = UserFactory(username="root", is_staff=True, is_superuser=True)
    browser = client_of(root)
    seen = 0
    urls = [reverse("admin:index")]
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        urls += [reverse(f"{base}_changelist"), reverse(f"{base}_add")]
        for row in model._default_manager.all():
            for page in ("change", "history", "delete"):
                try:
                    urls.append(reverse(f"{base}_{page}", args=[row.pk]))
                except NoReverseMatch:
                    continue
    for url in urls:
        response = browser.get(url, follow=True)
        assert response.status_code in (200, 403), url
        assert CANARY not in text_of(response), url
        seen += response.status_code == 200
    assert seen > 10


def test_no_private_model_is_in_the_admin():
    assert not [m for m in admin.site._registry if m in owned_models()]


def test_owned_rows_carry_their_parents_owner(world):
    """A child's owner equals its parent's: checked over every foreign key between owned models."""
    for model in owned_models():
        for field in model._meta.concrete_fields:
            related = field.related_model
            if not (field.is_relation and related in owned_models()):
                continue
            for child in model.objects.select_related(field.name):
                parent = getattr(child, field.name)
                assert parent is None or parent.owner_id == child.owner_id


def test_models_are_known():
    """The world is built over apps that are really installed."""
    assert {"plans", "accounts", "writing"} <= {config.label for config in apps.get_app_configs()}
