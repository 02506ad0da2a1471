"""Addresses of rehearsal: telling a story aloud, reading all of them, printing them."""

from django.urls import path

from stories import reading_views, rehearsal_views

urlpatterns = [
    path("rehearse/", rehearsal_views.rehearsals, name="rehearsals"),
    path("<int:pk>/rehearse/", rehearsal_views.rehearse, name="rehearse"),
    path("<int:pk>/rehearse/start/", rehearsal_views.start, name="start"),
    path("rehearsals/<int:pk>/stop/", rehearsal_views.stop, name="stop"),
    path("rehearsals/<int:pk>/reveal/", rehearsal_views.reveal, name="reveal"),
    path("rehearsals/<int:pk>/rate/", rehearsal_views.rate, name="rate"),
    path("rehearsals/<int:pk>/take-back/", rehearsal_views.take_back, name="take-back"),
    path("rehearsals/<int:pk>/throw-away/", rehearsal_views.throw_away, name="throw-away"),
    path("rehearsals/<int:pk>/fetch-back/", rehearsal_views.fetch_back, name="fetch-back"),
    path("train/", reading_views.train, name="train"),
    path("print/", reading_views.sheet, name="print"),
]
