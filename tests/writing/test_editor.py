"""The admin's editor: its preview, its uploads, and the pictures it stored."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.writing.pictures import SCRIPT, picture, polyglots, refused, smuggled

PREVIEW = reverse("markdownx_markdownify")
UPLOAD = reverse("markdownx_upload")


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def staff(client_of, charlie):
    return client_of(charlie)


def stored(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


def send(client, data: bytes, name="holiday.svg", content_type="image/svg+xml"):
    return client.post(UPLOAD, {"image": SimpleUploadedFile(name, data, content_type)})


@pytest.mark.parametrize("url", [PREVIEW, UPLOAD])
def test_only_staff(url, client, client_of, alice, media_folder):
    assert client.post(url, {"content": "a"}).status_code == 302
    data = {"content": "a", "image": SimpleUploadedFile("a.png", picture())}
    assert client_of(alice).post(url, data).status_code == 403
    assert client_of(alice).get(url).status_code == 405
    assert stored(media_folder) == []


def test_the_package_uses_our_addresses(settings):
    assert (settings.MARKDOWNX_URLS_PATH, settings.MARKDOWNX_UPLOAD_URLS_PATH) == (PREVIEW, UPLOAD)


def test_preview(staff):
    response = staff.post(PREVIEW, {"content": "# a\n<script>\x00"})
    assert response.content.decode() == "<h3>a</h3>\n<p>&lt;script&gt;</p>\n"


@pytest.mark.parametrize(("data", "status"), [({}, 400), ({"content": "a" * 100_001}, 422)])
def test_preview_without_a_text_it_can_show(staff, data, status):
    response = staff.post(PREVIEW, data)
    assert response.status_code == status
    assert response.content.startswith(b"<p>The")


@pytest.mark.parametrize(("kind", "extension"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")])
def test_a_picture_is_stored_and_served(staff, client_of, alice, client, kind, extension):
    response = send(staff, picture(kind))
    code = response.json()["image_code"]
    url = re.fullmatch(rf"!\[\]\((/media/images/[0-9a-f]{{32}}\.{extension})\)", code)[1]
    served = client_of(alice).get(url)
    assert served.status_code == 200
    assert served["Content-Type"] == f"image/{kind.lower()}"
    assert served["X-Content-Type-Options"] == "nosniff"
    assert served["Content-Security-Policy"] == "default-src 'none'; sandbox"
    body = b"".join(served.streaming_content)
    assert Image.open(BytesIO(body)).size == (40, 30)
    assert client.get(url).status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "images/" + "0" * 32 + ".png",
        "images/x.svg",
        "images/../../secret",
        "secret.html",
        "images/" + "0" * 32 + ".html",
        "images/" + "0" * 32 + ".png\n",
        "..%2f..%2fsecret",
    ],
)
def test_nothing_else_is_served(client_of, alice, media_folder, name):
    media_folder.mkdir()
    (media_folder / "secret.html").write_text("secret")
    (media_folder.parent / "secret").write_text("secret")
    assert client_of(alice).get(f"/media/{name}").status_code == 404


def test_polyglots_and_other_files_are_refused(staff, media_folder):
    files = [*polyglots(), *refused()]
    assert len(files) >= 50
    for name, data in files:
        response = send(staff, data, "a.png", "image/png")
        assert response.status_code == 422, name
        assert response.json()["image"], name
    assert stored(media_folder) == []


def test_what_pictures_carry_besides_pixels_is_gone(staff, media_folder):
    for name, data in smuggled():
        assert SCRIPT in data, name
        assert send(staff, data).status_code == 200, name
    files = stored(media_folder)
    assert len(files) == 4
    for path in files:
        data = path.read_bytes()
        assert b"script" not in data
        kept = Image.open(BytesIO(data))
        assert not kept.getexif()
        assert set(kept.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "loop",
            "background",
            "timestamp",
            "duration",
        }, path
        # Turned as the camera meant it, before the note that said so was dropped.
        assert kept.size == (30, 40)


def test_large_pictures_are_scaled_down_and_stay_transparent(staff, media_folder):
    send(staff, picture("PNG", (5000, 2500), "LA"))
    kept = Image.open(stored(media_folder)[0])
    assert (kept.size, kept.mode) == ((2400, 1200), "RGBA")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_of_png(staff, mode):
    assert send(staff, picture("PNG", mode=mode)).status_code == 200


def test_a_camera_pads_with_zeros(staff):
    assert send(staff, picture("JPEG") + bytes(100)).status_code == 200


def test_names_are_random(staff, media_folder):
    send(staff, picture(), "../../../evil.html")
    send(staff, picture(), "../../../evil.html")
    names = {path.name for path in stored(media_folder)}
    assert len(names) == 2
    assert not any("evil" in name for name in names)


def test_no_file(staff):
    assert staff.post(UPLOAD).status_code == 422
    assert staff.post(UPLOAD, {"image": "text"}).status_code == 422
