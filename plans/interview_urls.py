"""Addresses of the interviews: one for each verb."""

from django.urls import path

from plans import debrief_views, interview_views

app_name = "interviews"
urlpatterns = [
    path("", interview_views.index, name="list"),
    path("calendar.ics", interview_views.all_to_calendar, name="all-to-calendar"),
    path("new/", interview_views.new, name="new"),
    path("<int:pk>/", interview_views.interview, name="interview"),
    path("<int:pk>/calendar.ics", interview_views.to_calendar, name="to-calendar"),
    path("<int:pk>/edit/", interview_views.edit, name="edit"),
    path("<int:pk>/outcome/", interview_views.outcome, name="outcome"),
    path("<int:pk>/remove/", interview_views.remove, name="remove"),
    path("<int:pk>/restore/", interview_views.restore, name="restore"),
    path("<int:pk>/debrief/", debrief_views.debrief, name="debrief"),
    path("<int:pk>/asked/", debrief_views.add, name="add-asked"),
    path("<int:pk>/back/", debrief_views.bring_all_back, name="bring-all-back"),
    path("<int:pk>/leave/", debrief_views.take_all_back, name="take-all-back"),
    path("asked/<int:pk>/went/", debrief_views.went, name="went"),
    path("asked/<int:pk>/back/", debrief_views.bring_back, name="bring-back"),
    path("asked/<int:pk>/leave/", debrief_views.take_back, name="take-back"),
    path("asked/<int:pk>/remove/", debrief_views.remove, name="remove-asked"),
    path("asked/<int:pk>/restore/", debrief_views.restore, name="restore-asked"),
]
