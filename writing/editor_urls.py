"""Addresses outside the room's namespace: the editor's, under the names it knows, and pictures."""

from django.urls import path

from writing import editor

urlpatterns = [
    path("writing/markdownify/", editor.preview, name="markdownx_markdownify"),
    path("writing/upload/", editor.upload, name="markdownx_upload"),
    path("media/<path:name>", editor.media, name="media"),
]
