"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from prepsite import errors, health, views

urlpatterns = [
    path("", views.home, name="home"),
    path("not-now/", views.not_now, name="not-now"),
    path("today/<int:pk>/done/", views.item_state, {"state": "done"}, name="today-done"),
    path("today/<int:pk>/open/", views.item_state, {"state": "open"}, name="today-open"),
    path("readiness/", views.about_readiness, name="about-readiness"),
    path("week/", views.review, name="week"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("offline/", views.offline, name="offline"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("house/components/", views.components, name="components"),
    path("account/", include("accounts.urls")),
    path("drills/", include("drills.urls")),
    path("interviews/", include("plans.interview_urls")),
    path("plans/", include("plans.urls")),
    path("playbook/", include("playbook.urls")),
    path("scenarios/", include("scenarios.urls")),
    path("stories/", include("stories.urls")),
    path("", include("search.urls")),
    path("writing/", include("writing.urls")),
    path("", include("writing.editor_urls")),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
