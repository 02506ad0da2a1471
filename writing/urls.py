"""Addresses of writing."""

from django.urls import include, path

app_name = "writing"
urlpatterns: list = [path("", include("writing.autosave.urls"))]
