"""The zip of an export: written in pieces, read with limits.

Nothing is ever unpacked by name: of what a file holds only the one JSON is read, as bytes, with a
count of how many. What a zip says about its own sizes is not believed.
"""

import struct
import tempfile
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import IO

NAME = "prepsite.json"
# The list of contents of an export of 20,000 files; a longer one only costs memory.
LONGEST_LIST = 2_000_000
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"


class Refused(Exception):
    """The file cannot be brought in; the message says what is wrong, and where."""


def rows_of(file: IO[bytes], limit: int) -> IO[bytes]:
    """The JSON of the export in `file`, in a temporary file. Raises Refused.

    At most `limit` bytes are read, whatever the archive says of itself.
    """
    _look_at_list(file)
    try:
        with zipfile.ZipFile(file) as archive:
            return _read(archive, limit)
    except (
        zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError,
        RuntimeError, OSError, IndexError, KeyError, OverflowError,
    ) as error:  # fmt: skip
        raise Refused(
            "The file is damaged, or it is no zip archive. Make the export again and send all of "
            "it."
        ) from error


def _look_at_list(file: IO[bytes]) -> None:
    """Refuse a list of contents that would be costly only to read."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    file.seek(0)
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise Refused("This is no export: exports are zip archives, made on the account page.")
    (length,) = struct.unpack_from("<L", tail, end + 12)
    if length > LONGEST_LIST or _END_64 in tail[max(0, end - 20) : end]:
        raise Refused("The archive holds far more files than an export does.")


def _read(archive: zipfile.ZipFile, limit: int) -> IO[bytes]:
    found = [info for info in archive.infolist() if info.filename == NAME]
    for info in archive.infolist():
        parts = PurePosixPath(info.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in info.filename:
            raise Refused("The archive holds a file whose name leads out of its folder.")
    if len(found) != 1:
        raise Refused(
            f"There is no {NAME} in the archive, so it is no export of an account."
            if not found
            else f"The archive holds {NAME} more than once."
        )
    if found[0].flag_bits & 0x1:
        raise Refused("The archive is locked with a password. Unlock it first.")
    out = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    left = limit
    with archive.open(found[0]) as source:
        while piece := source.read(1 << 20):
            left -= len(piece)
            if left < 0:
                out.close()
                raise Refused(f"{NAME} is larger than {limit // 1_000_000} MB.")
            out.write(piece)
    out.seek(0)
    return out
