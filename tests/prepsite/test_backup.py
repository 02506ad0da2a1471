"""A backup holds everything, and a file that is none changes nothing."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.prepsite.world import build


def everything() -> dict[str, list]:
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
    }


@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_comes_back(alice, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "picture.png").write_bytes(b"picture")
    build(alice)
    before = everything()
    file = tmp_path / "all.tar"
    call_command("backup", file, verbosity=0)
    assert file.stat().st_mode & 0o077 == 0
    User.objects.filter(pk=alice.pk).update(first_name="changed")
    (tmp_path / "media" / "picture.png").unlink()
    assert everything() != before
    call_command("restore", file, yes=True, verbosity=0)
    assert everything() == before
    assert (tmp_path / "media" / "picture.png").read_bytes() == b"picture"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("content", [b"", b"not a tar", None])
def test_another_file_changes_nothing(alice, tmp_path, content):
    file = Path(tmp_path / "other.tar")
    if content is not None:
        file.write_bytes(content)
    before = everything()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", file, yes=True, verbosity=0)
    assert everything() == before
