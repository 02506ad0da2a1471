"""Addresses of the coach, below a story's own."""

from django.urls import path

from stories import coach_views

urlpatterns = [
    path("<int:pk>/coach/", coach_views.coach, name="coach"),
    path("<int:pk>/coach/dismiss/", coach_views.dismiss, name="dismiss"),
    path("<int:pk>/coach/bring-back/", coach_views.bring_back, name="bring-back"),
    path("<int:pk>/coach/speed/", coach_views.speed, name="speed"),
]
