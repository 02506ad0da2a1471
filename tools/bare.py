"""The reference of the benchmark: Django with nothing around it.

The same settings, database, pool and users as the site, but only sessions and sign-in as
middleware: one read, one list in a minimal template, or one UPDATE, of the same table.
Serve it with DJANGO_SETTINGS_MODULE=tools.bare_settings.
"""

from django.contrib.auth.backends import ModelBackend
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from accounts.backends import SignInBackend
from plans.models import Item

# Sessions name the backend that made them: the site's own, here with Django's way to its users.
SignInBackend.get_user = ModelBackend.get_user  # type: ignore[method-assign]


def read(request, pk):
    """One row of the reader's, as text."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return HttpResponse(Item.objects.for_user(request.user).get(pk=pk).text)


LIST = Template(
    "<ul>{% for row in rows %}<li>{{ row.text }} {{ row.done_at }}</li>{% endfor %}</ul>"
)


def listed(request, pk):
    """Every line of a plan of the reader's, in the smallest template that shows them."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    rows = Item.objects.for_user(request.user).filter(plan=pk)
    return HttpResponse(LIST.render(Context({"rows": rows})))


@csrf_exempt
def update(request, pk):
    """The smallest write: one UPDATE of the reader's own row."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    count = Item.objects.for_user(request.user).filter(pk=pk).update(done_at=timezone.now())
    return HttpResponse(str(count))


urlpatterns = [
    path("read/<int:pk>/", read),
    path("list/<int:pk>/", listed),
    path("update/<int:pk>/", update),
]
