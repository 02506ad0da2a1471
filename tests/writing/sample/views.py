from django.shortcuts import render

from tests.writing.sample.models import Note


def note(request, pk):
    """A page on which a note is written."""
    row = Note.objects.for_user(request.user).get_or_404(pk=pk)
    return render(request, "sample/note.html", {"note": row})


def part(request, pk):
    """The form alone, as htmx would swap it in."""
    row = Note.objects.for_user(request.user).get_or_404(pk=pk)
    return render(request, "sample/_note.html", {"note": row})
