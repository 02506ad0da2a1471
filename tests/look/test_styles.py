"""One stylesheet in production, made of the component files and nothing lost on the way."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import storages
from django.core.management import call_command

from tests.look.conftest import served

CSS = Path(settings.BASE_DIR) / "static" / "css"
IMPORTS = re.findall(r'@import url\("/static/css/([\w-]+\.css)"\)', (CSS / "site.css").read_text())


def test_the_collected_sheet_asks_for_no_other(collected):
    assert "@import" not in served(collected, "css/site.css")


def bare(text: str) -> str:
    """A stylesheet without what no browser reads."""
    return "".join(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).split())


def test_the_collected_sheet_holds_every_component(collected):
    sheet = served(collected, "css/site.css")
    assert "/*" not in sheet
    assert len(IMPORTS) >= 18
    for name in IMPORTS:
        assert bare((CSS / name).read_text()) in bare(sheet), name


def test_a_room_s_own_sheet_keeps_its_rules(collected):
    for path in CSS.glob("*.css"):
        if path.name != "site.css":
            assert bare((collected / "css" / path.name).read_text()) == bare(path.read_text())


def test_a_sheet_is_imported_or_stands_in_the_layer_of_the_rooms():
    """A room's own sheet is linked by its pages, and must not outrank print."""
    for path in CSS.glob("*.css"):
        if path.name not in {"site.css", *IMPORTS}:
            assert "@layer rooms {" in path.read_text(), path.name


def test_the_sheet_of_a_first_load_stays_small(collected):
    assert (collected / "css/site.css.br").stat().st_size < 12_000


def test_an_address_is_worked_out_once_and_anew_after_collecting(tmp_path, settings, monkeypatch):
    settings.STATIC_ROOT = tmp_path
    backend = {"BACKEND": "prepsite.staticfiles.SiteStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": backend}
    call_command("collectstatic", interactive=False, verbosity=0)
    storage = storages["staticfiles"]
    address = storage.url("css/site.css")
    assert address == f"/static/{storage.stored_name('css/site.css')}" != "/static/css/site.css"
    with monkeypatch.context() as patched:
        patched.setattr(storage, "stored_name", None)  # nobody asks it again
        assert storage.url("css/site.css") == address
    list(storage.post_process({"css/site.css": (storage, "css/site.css")}, dry_run=True))
    with monkeypatch.context() as patched:
        patched.setattr(storage, "stored_name", lambda name: "css/site.other.css")
        assert storage.url("css/site.css") == "/static/css/site.other.css"
