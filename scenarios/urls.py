"""Addresses of the scenarios room."""

from django.urls import include, path

from scenarios import views

app_name = "scenarios"
urlpatterns = [
    path("", views.index, name="list"),
    path("chance/", views.chance, name="chance"),
    path("", include("scenarios.practice_urls")),
    path("<slug:key>/", views.scenario, name="scenario"),
    path("<slug:key>/solution/", views.model_solution, name="solution"),
]
