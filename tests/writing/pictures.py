"""Pictures, and files that pretend to be some."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, PngImagePlugin

SCRIPT = b"<script>alert(1)</script>"
PAYLOADS = {
    "html": b"<!DOCTYPE html><html>" + SCRIPT + b"</html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "zip": b"PK\x03\x04" + b"\0" * 26 + b"evil.html" + SCRIPT + b"PK\x05\x06" + b"\0" * 18,
    "pdf": b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF",
    "php": b"<?php system($_GET['c']); ?>" + SCRIPT,
    "js": b"/*" + SCRIPT + b"*/=1;alert(1)//",
    "elf": b"\x7fELF\x02\x01\x01" + SCRIPT,
    "gif": b"GIF89a/*\x01\x00\x01\x00" + SCRIPT + b"*/;",
}
KINDS = ("PNG", "JPEG", "WEBP")


def picture(kind="PNG", size: tuple[int, int] = (40, 30), mode="RGB", **save) -> bytes:
    out = BytesIO()
    Image.radial_gradient("L").resize(size).convert(mode).save(out, kind, **save)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size, with hardly any bytes for it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    chunks = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def polyglots() -> Iterator[tuple[str, bytes]]:
    """Files that are a picture and something else; more than 50."""
    for kind in KINDS:
        whole = picture(kind)
        for name, payload in PAYLOADS.items():
            yield f"{name} behind {kind}", whole + payload
            yield f"{name} before {kind}", payload + whole
            yield f"{name} in place of the end of {kind}", whole[: len(whole) // 2] + payload
        if kind != "JPEG":  # Cameras do that; the second one is dropped.
            yield f"{kind} behind {kind}", whole + whole


def smuggled() -> Iterator[tuple[str, bytes]]:
    """Proper pictures with a payload where pictures may carry text."""
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SCRIPT.decode())
    text.add_itxt("XML:com.adobe.xmp", SCRIPT.decode())
    exif = Image.Exif()
    exif[0x010E] = SCRIPT.decode()
    exif[0x0112] = 6
    yield "png", picture("PNG", pnginfo=text, exif=exif, icc_profile=b"icc" + SCRIPT)
    yield "jpeg", picture("JPEG", comment=SCRIPT, exif=exif, icc_profile=b"icc" + SCRIPT)
    yield "html and an end", picture("JPEG", exif=exif) + PAYLOADS["html"] + b"\xff\xd9"
    yield "webp", picture("WEBP", exif=exif, icc_profile=b"icc" + SCRIPT, xmp=SCRIPT)


def refused() -> Iterator[tuple[str, bytes]]:
    """What is no picture we take, one way or another."""
    yield from PAYLOADS.items()
    yield "empty", b""
    yield "xml svg", b"<?xml version='1.0'?>" + PAYLOADS["svg"]
    yield "a real gif", picture("GIF", mode="P")
    yield "a real bmp", picture("BMP")
    yield "a real tiff", picture("TIFF")
    yield "900 megapixels", png_of(30_000, 30_000)
    yield "just over 25 megapixels", png_of(5001, 5000)
    yield "nonsense size", png_of(2**31 - 1, 2**31 - 1)
    yield "more than 5 MB", picture("PNG") + bytes(5 * 1024 * 1024)
    moving = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    for kind in ("PNG", "WEBP"):
        out = BytesIO()
        moving[0].save(out, kind, save_all=True, append_images=moving[1:])
        yield f"moving {kind}", out.getvalue()
    for kind in KINDS:
        whole = picture(kind, (400, 300))
        yield f"{kind} cut", whole[: len(whole) // 2]
        yield f"{kind} header only", whole[:16]
    broken = bytearray(picture("PNG"))
    broken[60] ^= 0xFF
    yield "broken check sum", bytes(broken)
