"""The whole site and the sample room."""

from django.urls import include, path

from tests.writing.sample import views

sample = (
    [path("<int:pk>/", views.note, name="note"), path("<int:pk>/part/", views.part, name="part")],
    "sample",
)

urlpatterns = [path("sample/", include(sample)), path("", include("prepsite.urls"))]

handler400 = "prepsite.errors.bad_request"
handler403 = "prepsite.errors.forbidden"
handler404 = "prepsite.errors.not_found"
handler500 = "prepsite.errors.server_error"
