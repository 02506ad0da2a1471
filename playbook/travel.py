"""Notes and steps in files that leave this site and come back (accounts/portable)."""

from collections.abc import Iterator

from accounts.portable import notes
from playbook import own_documents
from playbook.models import Drawing, Learning, MorningSheet, Row, Section, Step


def describe() -> None:
    notes.names(Row, lambda: names_of(Row))
    notes.names(Section, lambda: names_of(Section))
    notes.describe(Learning, addresses=("source",))
    notes.describe(MorningSheet, addresses=("chosen",))
    notes.leads_to("playbook:learning", Learning)
    notes.leads_to("playbook:step", Step)
    notes.leads_to("playbook:drawing", Drawing)
    notes.folder("Playbook", files)


def names_of(model: type[Row] | type[Section]) -> dict[str, int]:
    """A row or section goes by its playbook's key and its own. One query."""
    found = model._base_manager.values_list("playbook__key", "key", "pk")
    return {f"{playbook}#{key}": pk for playbook, key, pk in found}


def files(user) -> Iterator[tuple[str, str]]:
    if text := own_documents.learnings(user):
        yield "notes.md", text
    if text := own_documents.framework(user):
        yield "my-framework.md", text
