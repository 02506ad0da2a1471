"""Addresses of the search, and of taking something down from any page."""

from django.urls import path

from search import capture_views, views
from search.capture import NOTE, STORY

app_name = "search"
urlpatterns = [
    path("search/", views.search, name="search"),
    path("capture/", capture_views.capture, name="capture"),
    path("capture/note/<int:pk>/undo/", capture_views.undo, {"kind": NOTE}, name="undo-note"),
    path("capture/story/<int:pk>/undo/", capture_views.undo, {"kind": STORY}, name="undo-story"),
]
