"""Reading a save out of a request: what the page sent, or why it cannot be taken."""

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

from django.core.exceptions import RequestDataTooBig
from django.db import models
from django.http import HttpRequest

from writing.forms import MARKDOWN_LIMIT
from writing.models import Written
from writing.text import clean_text

# A version is a positive 32-bit integer in the database.
_HIGHEST = 2**31 - 1
# Fields of one form: a page may have many texts.
_MOST = 1000
FORM = "application/x-www-form-urlencoded"


class Refused(Exception):
    """The request cannot be a save. The sentence is for the person; the text stays with them."""

    def __init__(self, sentence: str, status: int = 422):
        super().__init__(sentence)
        self.status = status
        self.raw: dict[str, str] = {}


@dataclass(frozen=True)
class Sent:
    """A save as the page sent it: `fields` clean, `raw` as they came; `owner` as the page knows."""

    base: int
    fields: dict[str, str]
    raw: dict[str, str]
    key: UUID
    tab: UUID | None
    owner: int | None


def sent(request: HttpRequest, model: type[Written]) -> Sent:
    """The save in `request`, JSON or a form. Raises Refused with a sentence.

    JSON: `{"version": 3, "key": uuid, "tab": uuid, "owner": id, "fields": {name: text}}`.
    A form names its fields as the model does, beside `version`, `key` and `tab`.
    """
    if request.content_type not in (FORM, "application/json"):
        # The body of any other kind may have been read by now, and cannot be read again.
        raise Refused("A save is JSON or a plain form.", 415)
    try:
        body = request.body
    except RequestDataTooBig:
        raise Refused("This text is too long to save in one go.", 413) from None
    if request.content_type == "application/json":
        values = _json(body)
        raw = values.get("fields")
        if not isinstance(raw, dict):
            raise Refused("The request names no fields.")
    else:
        values = dict(form_pairs(body))
        raw = named(model, values)
    return save_of(model, values, raw)


def named(model: type[Written], values: dict[str, str]) -> dict[str, str]:
    """The texts of `model` among the fields of a form."""
    return {name: values[name] for name in model.writing if name in values}


def save_of(model: type[Written], values: dict, raw: dict) -> Sent:
    """The save of the texts `raw`, with its version, key, tab and owner in `values`. Raises Refused
    with the texts."""
    try:
        return Sent(
            base=version_number(values.get("version")),
            fields={name: _text(model, name, text) for name, text in raw.items()},
            raw=raw,
            key=_uuid(values.get("key")) or uuid4(),
            tab=_uuid(values.get("tab")),
            owner=_number(values["owner"], "owner") if values.get("owner") else None,
        )
    except Refused as refusal:
        refusal.raw = {name: text for name, text in raw.items() if isinstance(text, str)}
        raise


def _json(body: bytes) -> dict:
    try:
        values = json.loads(body.decode())
    except UnicodeDecodeError:
        raise Refused("The text is not valid UTF-8.") from None
    except (ValueError, RecursionError):
        raise Refused("The request is not valid JSON.") from None
    if not isinstance(values, dict):
        raise Refused("The request is not a JSON object.")
    return values


def form_pairs(body: bytes) -> list[tuple[str, str]]:
    """The fields of a form as it was sent, in the order of the page. Raises Refused."""
    # Not request.POST, which puts U+FFFD where bytes are no UTF-8 and says nothing.
    try:
        return parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST
        )
    except UnicodeError:
        raise Refused("The text is not valid UTF-8.") from None
    except ValueError:
        raise Refused("The form has too many fields.") from None


def _number(value: object, name: str) -> int:
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Refused(f"The {name} is not a number.")
    return int(text)


def version_number(value: object) -> int:
    """`value` as a version. Raises Refused."""
    version = _number(value, "version")
    if version > _HIGHEST:
        raise Refused("There is no such version.")
    return version


def _uuid(value: object) -> UUID | None:
    if value is None or value == "":
        return None
    try:
        return UUID(str(value))
    except ValueError:
        raise Refused("The key is not a UUID.") from None


def _text(model: type[Written], name: object, text: object) -> str:
    if name not in model.writing:
        raise Refused("The request names a field that cannot be written.")
    field = model.writing_field(str(name))
    if not isinstance(text, str):
        raise Refused(f"{field.verbose_name.capitalize()} is not text.")
    text = clean_text(text, one_line=not isinstance(field, models.TextField))
    limit = field.max_length or MARKDOWN_LIMIT
    if len(text) > limit:
        raise Refused(
            f"{field.verbose_name.capitalize()} is {len(text):,} characters long;"
            f" the most that fits is {limit:,}."
        )
    return text
