"""Cleaning of text that somebody typed, pasted or sent, before it is stored.

Total by design: every string has a clean form, so no paste can make a text that cannot be saved.
"""

import re
import unicodedata

# What Postgres refuses (NUL) or no page can show: the C0 controls but tab and newline, and DEL.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?")
_BREAKS = re.compile(r"[ \t]*[\n\x85\u2028\u2029]+[ \t]*")
# Stream-Safe Text Format (UAX #15) allows 30 combining marks in a row.
_LONGEST_RUN = 30


def clean_text(value: str, *, one_line: bool = False) -> str:
    r"""The form of `value` that is stored: printable, LF line ends, Unicode NFC.

    Control characters other than tab and newline are removed, CRLF and CR become LF, and half of
    a surrogate pair becomes U+FFFD, since it could be neither stored nor sent back. With
    `one_line`, line breaks become single spaces and the ends are stripped. Never raises for a
    string, and `clean_text(clean_text(x)) == clean_text(x)`.
    """
    value = _LINE_ENDS.sub("\n", value)
    value = _CONTROLS.sub("", value)
    value = _SURROGATES.sub("\ufffd", value)
    value = _normalised(value)
    if one_line:
        value = _BREAKS.sub(" ", value).strip()
    return value


def _normalised(value: str) -> str:
    """`value` in NFC, or as it is when it has an absurd run of combining marks.

    Sorting a run of marks takes time in the square of its length: 100,000 of them took 8 s.
    """
    if value.isascii():
        return value
    run = 0
    for character in value:
        if character >= "\u0300" and unicodedata.combining(character):
            run += 1
            if run > _LONGEST_RUN:
                return value
        else:
            run = 0
    return unicodedata.normalize("NFC", value)
