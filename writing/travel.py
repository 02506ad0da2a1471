"""History in files that leave this site and come back (accounts/portable)."""

from collections.abc import Mapping

from django.apps import apps
from django.db.models import F, OuterRef, Subquery

from accounts.portable import notes
from writing.models import Revision, Written

# Far beyond any row; what matters is that there is room above it.
HIGHEST_VERSION = 2**30


def written_models() -> list[type[Written]]:
    return [model for model in apps.get_models() if issubclass(model, Written)]


def describe() -> None:
    """Say what an import must know: it brings the revisions that the trigger would write."""
    for model in written_models():
        notes.describe(model, quiet=("writing_history",))
    notes.describe(Revision, pointer=("object_id", "model"), check=is_sound)
    notes.at_last(versions_hold)


def is_sound(row: Mapping[str, object]) -> str:
    """A revision of something in which people write, in the form in which it can be read."""
    model = apps.get_model(str(row["model"]))
    if not issubclass(model, Written):
        return f"Nobody writes in {row['model']}."
    changes, version = row["fields"], row["version"]
    if not isinstance(changes, dict) or not changes.keys() <= set(model.writing):
        return "fields names no fields of the row."
    if (row["kind"] == Revision.Kind.KEPT) != (version is None):
        return "A text that was kept has no version, and any other has one."
    if isinstance(version, int) and version > HIGHEST_VERSION:
        return "version is out of its range."
    splices = row["kind"] != Revision.Kind.KEPT and not row["whole"]
    if not all(isinstance(c, str) or (splices and _is_splice(c)) for c in changes.values()):
        return "fields holds what is neither a text nor a change of one."
    return ""


def _is_splice(change: object) -> bool:
    match change:
        case [int(front), int(cut), str()]:
            return front >= 0 and cut >= 0
    return False


def versions_hold(user) -> str:
    """No row may be at a version that its history is beyond: its next save could not be kept.

    One query for each kind of row.
    """
    for model in written_models():
        label = model._meta.label_lower
        last = (
            Revision.objects.filter(owner=user.pk, model=label, object_id=OuterRef("pk"))
            .order_by("-version")
            .exclude(version=None)
            .values("version")[:1]
        )
        rows = model._base_manager.filter(owner=user.pk)
        beyond = rows.annotate(last=Subquery(last)).filter(last__gt=F("version"))
        if beyond.exists() or rows.filter(version__gt=HIGHEST_VERSION).exists():
            return f"A row of {label} is older than its own history."
    return ""
