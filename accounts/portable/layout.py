"""Which models travel, in which order, and what their columns are."""

from functools import cache
from typing import Any, TypeAlias, cast

from django.db import models

from accounts.ownership import Owned, owned_models
from accounts.portable import notes
from accounts.portable.columns import kind_of

Column: TypeAlias = "models.Field[Any, Any]"


def is_derived(field: Column) -> bool:
    """Does the column follow from others? Such a one is made anew and never believed."""
    return isinstance(field, models.GeneratedField) or hasattr(field, "render")


@cache
def columns(model: type[Owned]) -> tuple[Column, ...]:
    """The columns that travel: all but the id, the owner and what is derived."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name != "owner" and not is_derived(field)
    )


@cache
def own_keys(model: type[Owned]) -> dict[str, type[Owned]]:
    """The columns that refer to a row of one's own, with its model."""
    return {
        field.name: cast(type[Owned], field.related_model)
        for field in columns(model)
        if isinstance(field, models.ForeignKey)
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Owned)
    }


@cache
def shared_keys(model: type[Owned]) -> dict[str, type[models.Model]]:
    """The columns that refer to shared content, with its model."""
    return {
        field.name: cast(type[models.Model], field.related_model)
        for field in columns(model)
        if isinstance(field, models.ForeignKey) and field.name not in own_keys(model)
    }


@cache
def belongs_to(model: type[Owned]) -> list[str]:
    """The keys to one's own rows without which a row of `model` is nothing."""
    fields = {field.name: field for field in columns(model)}
    return [
        name
        for name in own_keys(model)
        if fields[name].remote_field.on_delete is models.CASCADE  # type: ignore[union-attr]
    ]


@cache
def can_be_empty(model: type[Owned], name: str) -> bool:
    """May the key `name` lose what it refers to, and the row still be worth having?"""
    field = cast(models.ForeignKey, model._meta.get_field(name))
    return field.null and field.remote_field.on_delete is models.SET_NULL


@cache
def travelling() -> tuple[type[Owned], ...]:
    """Every owned model that travels: one comes after those it refers to, else by label."""
    left = sorted((m for m in owned_models() if m.travels), key=lambda m: m._meta.label_lower)
    # Whatever points at rows of any model comes last.
    left.sort(key=lambda model: notes.of(model).pointer is not None)
    placed: list[type[Owned]] = []
    while left:
        for model in left:
            if all(key in placed for key in own_keys(model).values()):
                break
        else:
            raise TypeError(f"These models refer to each other in a circle: {left}")
        left.remove(model)
        placed.append(model)
    return tuple(placed)


@cache
def by_label() -> dict[str, type[Owned]]:
    return {model._meta.label_lower: model for model in travelling()}


def is_setting(model: type[Owned]) -> bool:
    """Is it one row a person?"""
    return any(
        isinstance(each, models.UniqueConstraint) and each.fields == ("owner",)
        for each in model._meta.constraints
    )


def has_work(user) -> bool:
    """Has `user` begun anything here in which one writes? A query a model, at most."""
    written = (model for model in travelling() if hasattr(model, "writing"))
    return any(model._base_manager.filter(owner=user).exists() for model in written)


def schema() -> dict[str, dict[str, object]]:
    """What each column holds, for people and programs that read a file without this site."""
    return {
        model._meta.label_lower: {field.name: _said(model, field) for field in columns(model)}
        for model in travelling()
    }


def _said(model: type[Owned], field: Column) -> dict[str, object]:
    said = _type(model, field)
    if field.null:
        said["null"] = True
    return said


def _type(model: type[Owned], field: Column) -> dict[str, object]:
    note = notes.of(model)
    if field.name in own_keys(model):
        return {"type": "id", "of": own_keys(model)[field.name]._meta.label_lower}
    if field.name in shared_keys(model):
        return {"type": "key", "of": shared_keys(model)[field.name]._meta.label_lower}
    if note.pointer and field.name == note.pointer[0]:
        return {"type": "id", "of": f"the model named in {note.pointer[1]}"}
    if note.ids and field.name in note.ids:
        return {"type": "list of ids", "of": note.ids[field.name]}
    if field.name in note.addresses:
        return {"type": "list of addresses" if kind_of(field) == "list" else "address"}
    if field.choices:
        return {
            "type": kind_of(field),
            "one of": [value for value, _ in field.flatchoices],  # type: ignore[attr-defined]
        }
    return {"type": kind_of(field)}
