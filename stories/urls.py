"""Addresses of the stories room: one for each verb."""

from django.urls import include, path

from stories import file_views, removed_views, row_views, showing_views, views
from stories.models import Angle, Metric

METRIC, ANGLE = {"kind": Metric}, {"kind": Angle}

app_name = "stories"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("begin/", views.begin, name="begin"),
    path("preview/", views.preview, name="preview"),
    path("bring/", file_views.bring, name="bring"),
    path("bring/parts/", file_views.keep_pasted, name="keep-pasted"),
    path("bring/file/", file_views.keep_file, name="keep-file"),
    path("export/", file_views.export_all, name="export-all"),
    path("removed/", removed_views.removed, name="removed"),
    path("own/", showing_views.own, name="own"),
    path("own/add/", showing_views.add_own, name="add-own"),
    path("own/<int:pk>/rename/", showing_views.rename_own, name="rename-own"),
    path("own/<int:pk>/remove/", showing_views.remove_own, name="remove-own"),
    path("own/<int:pk>/restore/", showing_views.restore_own, name="restore-own"),
    path("<int:pk>/", views.story, name="story"),
    path("<int:pk>/about/", views.about, name="about"),
    path("<int:pk>/shows/", showing_views.show, name="show"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/export/", file_views.export, name="export"),
    path("<int:pk>/metrics/add/", row_views.add, METRIC, name="add-metric"),
    path("metrics/<int:pk>/move/", row_views.move, METRIC, name="move-metric"),
    path("metrics/<int:pk>/remove/", row_views.remove, METRIC, name="remove-metric"),
    path("metrics/<int:pk>/restore/", row_views.restore, METRIC, name="restore-metric"),
    path("<int:pk>/angles/add/", row_views.add, ANGLE, name="add-angle"),
    path("angles/<int:pk>/move/", row_views.move, ANGLE, name="move-angle"),
    path("angles/<int:pk>/remove/", row_views.remove, ANGLE, name="remove-angle"),
    path("angles/<int:pk>/restore/", row_views.restore, ANGLE, name="restore-angle"),
    path("", include("stories.coach_urls")),
    path("", include("stories.coverage_urls")),
    path("", include("stories.rehearsal_urls")),
]
