"""Pages of the site that belong to no room."""

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render

from prepsite import samples


def home(request):
    """The first page after signing in: for now the plans, the one room that stands."""
    return redirect("plans:list")


@login_not_required
def offline(request):
    """Shown when the server cannot be reached; open, so that it can be kept by the browser."""
    return render(request, "errors/offline.html")


@login_not_required
def service_worker(request):
    """The script that shows the offline page; at the root, because its scope is its folder."""
    return render(request, "prepsite/sw.js", content_type="text/javascript; charset=utf-8")


@staff_member_required
def components(request):
    """Every component of the look on one page, for whoever builds the next room."""
    return render(request, "prepsite/components.html", samples.context())
