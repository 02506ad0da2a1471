"""Addresses of the drills room: one for each verb."""

from django.urls import path

from drills import card_views, drill_views, library_urls, statistics_views, views

app_name = "drills"
urlpatterns = [
    path("", views.today, name="today"),
    path("more/", views.more, name="more"),
    path("replan/", views.replan, name="replan"),
    path("settings/", statistics_views.settings, name="settings"),
    path("decks/<slug:key>/start/", views.start, name="start"),
    path("next/", drill_views.following, name="next"),
    path("reviews/<int:pk>/undo/", drill_views.undo, name="undo"),
    path("cards/add/", card_views.add, name="add"),
    path("cards/<int:pk>/", drill_views.card, name="card"),
    path("cards/<int:pk>/reveal/", drill_views.reveal, name="reveal"),
    path("cards/<int:pk>/rate/", drill_views.rate, name="rate"),
    path("cards/<int:pk>/edit/", card_views.edit, name="edit"),
    path("cards/<int:pk>/bury/", card_views.bury, name="bury"),
    path("cards/<int:pk>/unbury/", card_views.unbury, name="unbury"),
    path("cards/<int:pk>/suspend/", card_views.suspend, name="suspend"),
    path("cards/<int:pk>/resume/", card_views.resume, name="resume"),
    path("cards/<int:pk>/remove/", card_views.remove, name="remove"),
    path("cards/<int:pk>/restore/", card_views.restore, name="restore"),
    path("cards/<int:pk>/keep/", card_views.keep, name="keep"),
    path("cards/<int:pk>/keep-answer/", card_views.keep_answer, name="keep-answer"),
    *library_urls.patterns,
]
