"""Looking back on an interview, in five minutes."""

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from plans import interview_changes as changes
from plans.interview_forms import DebriefForm
from plans.interview_showing import Shown
from plans.interview_views import own_interviews
from plans.views import now
from prepsite.page import render_page


@require_http_methods(["GET", "POST"])
def debrief(request, pk):
    """How it went, what to do better, what became of it. A POST closes the debrief."""
    row = own_interviews(request).get_or_404(pk=pk)
    form = DebriefForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        changes.close_debrief(row, now())
        return redirect(row)
    status = 422 if request.method == "POST" else 200
    context = {"interview": row, "shown": Shown(row, request.user, now()), "form": form}
    return render_page(request, "plans/interviews/debrief.html", context, status=status)
