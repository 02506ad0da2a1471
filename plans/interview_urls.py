"""Addresses of the interviews: one for each verb."""

from django.urls import path

from plans import debrief_views, interview_views

app_name = "interviews"
urlpatterns = [
    path("", interview_views.index, name="list"),
    path("new/", interview_views.new, name="new"),
    path("<int:pk>/", interview_views.interview, name="interview"),
    path("<int:pk>/edit/", interview_views.edit, name="edit"),
    path("<int:pk>/outcome/", interview_views.outcome, name="outcome"),
    path("<int:pk>/remove/", interview_views.remove, name="remove"),
    path("<int:pk>/restore/", interview_views.restore, name="restore"),
    path("<int:pk>/debrief/", debrief_views.debrief, name="debrief"),
]
