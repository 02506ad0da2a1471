"""Addresses of practising. They stand before the scenarios', whose slug would match them."""

from django.urls import path

from scenarios import practice_views, review_views, sheet_views

urlpatterns = [
    path("<slug:key>/start/", practice_views.start, name="start"),
    path("<slug:key>/attempts/", review_views.history, name="attempts"),
    path("attempts/<int:pk>/", practice_views.attempt, name="attempt"),
    path("attempts/<int:pk>/pause/", practice_views.pause, name="pause"),
    path("attempts/<int:pk>/resume/", practice_views.resume, name="resume"),
    path("attempts/<int:pk>/finish/", practice_views.finish, name="finish"),
    path("attempts/<int:pk>/show/", practice_views.show, name="show"),
    path("attempts/<int:pk>/discard/", practice_views.discard, name="discard"),
    path("attempts/<int:pk>/restore/", practice_views.restore, name="restore"),
    path("attempts/<int:pk>/open/<str:phase>/", practice_views.open_phase, name="open-phase"),
    path("attempts/<int:pk>/ask/<int:position>/", sheet_views.ask, name="ask"),
    path("attempts/<int:pk>/quote/<int:position>/", sheet_views.quote, name="quote"),
    path("attempts/<int:pk>/sketch/", sheet_views.sketch, name="sketch"),
    path("attempts/<int:pk>/choices/add/", sheet_views.add_choice, name="add-choice"),
    path("attempts/<int:pk>/choices/<int:choice>/remove/", sheet_views.remove_choice,
         name="remove-choice"),
    path("attempts/<int:pk>/choices/<int:choice>/restore/", sheet_views.restore_choice,
         name="restore-choice"),
    path("attempts/<int:pk>/follow-ups/", sheet_views.follow_ups, name="follow-ups"),
    path("attempts/<int:pk>/compare/", review_views.compare, name="compare"),
    path("attempts/<int:pk>/score/", review_views.score, name="score"),
    path("attempts/<int:pk>/<str:phase>/", practice_views.phase, name="phase"),
]  # fmt: skip
