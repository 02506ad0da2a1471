"""Uploaded pictures, made anew: what is stored holds the pixels and nothing else."""

from io import BytesIO
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

FOLDER = "images"
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000
# Larger pictures are scaled down to this many pixels on the longer side: twice a page's width.
LONGEST_SIDE = 2400
# Pillow's name of the format: (file extension, content type, how it is written).
FORMATS: dict[str, tuple[str, str, dict]] = {
    "PNG": ("png", "image/png", {"optimize": True}),
    "JPEG": ("jpg", "image/jpeg", {"quality": 85, "optimize": True}),
    "WEBP": ("webp", "image/webp", {"quality": 85}),
}
CONTENT_TYPES = {extension: content_type for extension, content_type, _ in FORMATS.values()}

_WRONG_KIND = "This is not a picture we take: send a PNG, JPEG or WebP."
_BROKEN = "The picture is damaged or incomplete. Export it again and send that."


def store(upload) -> str:
    """Store an uploaded picture and return its name in the default storage.

    `upload` is a file with `size` and `read`. Neither its name nor its type is believed or kept:
    the bytes are decoded, scaled down to 2400 pixels, and written again without metadata under a
    random name. Raises ValidationError with a sentence for the person.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError("The picture is larger than 5 MB. Make it smaller and try again.")
    data = upload.read(MAX_BYTES + 1)
    kind, picture = _decoded(data)
    extension, _, options = FORMATS[kind]
    out = BytesIO()
    picture.save(out, kind, **options)
    name = f"{FOLDER}/{uuid4().hex}.{extension}"
    return default_storage.save(name, ContentFile(out.getvalue()))


def _decoded(data: bytes) -> tuple[str, Image.Image]:
    """(format, pixels). Only the three decoders run, and the size is known before they do."""
    try:
        picture = Image.open(BytesIO(data), formats=list(FORMATS))
    except Exception as error:  # Decoders raise what they like on hostile bytes.
        raise ValidationError(_WRONG_KIND) from error
    kind = picture.format or ""
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError("The picture has more than 25 megapixels. Make it smaller.")
    if getattr(picture, "n_frames", 1) > 1:
        raise ValidationError("The picture moves. Send a still one.")
    if not _ends_where_it_should(kind, data):
        raise ValidationError("Something is attached behind the picture. Export it again.")
    try:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.load()
        return kind, _pixels(picture)
    except Exception as error:
        raise ValidationError(_BROKEN) from error


def _pixels(picture: Image.Image) -> Image.Image:
    picture = ImageOps.exif_transpose(picture)
    transparent = picture.has_transparency_data and picture.format != "JPEG"
    plain = picture.convert("RGBA" if transparent else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A colour profile, comments, text and positions would otherwise be written again.
    plain.info = {}
    return plain


def _ends_where_it_should(kind: str, data: bytes) -> bool:
    """No second file behind the picture; a camera's padding of zeros is let through."""
    if kind == "PNG":
        return _end_of_png(data) == len(data)
    if kind == "JPEG":
        return data.rstrip(b"\0").endswith(b"\xff\xd9")
    return len(data) in (size := int.from_bytes(data[4:8], "little") + 8, size + 1)


def _end_of_png(data: bytes) -> int:
    """Where the last chunk ends: each has a length, a name of four letters, and a check sum."""
    at, name = 8, b""
    while at < len(data) and name != b"IEND":
        name = data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return at
