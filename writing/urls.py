"""Addresses of writing."""

from django.urls import include, path

from writing import diagram_views

app_name = "writing"
urlpatterns: list = [
    path("", include("writing.autosave.urls")),
    path("diagrams/", diagram_views.preview, name="diagram-preview"),
    path("diagrams/<str:digest>.svg", diagram_views.diagram, name="diagram"),
    path("diagrams/<str:digest>/", diagram_views.state, name="diagram-state"),
]
