"""The static files as production serves them."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    """The folder into which they are collected."""
    folder = tmp_path_factory.mktemp("static")
    backend = {"BACKEND": "prepsite.staticfiles.SiteStorage"}
    with override_settings(
        STATIC_ROOT=folder, STORAGES={**settings.STORAGES, "staticfiles": backend}
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def served(collected: Path, name: str) -> str:
    """The text of the file `name`, as it stands under its hashed name."""
    hashed = json.loads((collected / "staticfiles.json").read_text())["paths"][name]
    return (collected / hashed).read_text()
