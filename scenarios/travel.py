"""Attempts in files that leave this site and come back (accounts/portable)."""

from accounts.portable import notes
from scenarios import attempt_documents, sheets
from scenarios.attempts import Attempt, Pause, PhaseStart

OF_ATTEMPTS = (
    PhaseStart, Pause, sheets.ClarifySheet, sheets.DesignSheet, sheets.DrillDownSheet,
    sheets.WrapUpSheet, sheets.AskedQuestion, sheets.AttemptChoice, sheets.FollowUpAnswer,
)  # fmt: skip


def describe() -> None:
    """The rows of a finished attempt come with it: the guard lets only an import by."""
    for model in OF_ATTEMPTS:
        notes.describe(model, quiet=("attempt_is_open",))
    notes.leads_to("scenarios:attempt", Attempt)
    notes.folder("Scenarios", attempt_documents.files)
