"""Addresses of the plans room: one for each verb."""

from django.urls import path

from plans import item_views, views

app_name = "plans"
urlpatterns = [
    path("", views.index, name="list"),
    path("upload/", views.upload, name="upload"),
    path("templates/<slug:key>/", views.template, name="template"),
    path("templates/<slug:key>/start/", views.start, name="start"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/pace/", views.pace, name="pace"),
    path("<int:pk>/fit/", views.fit, name="fit"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/again/", views.again, name="again"),
    path("<int:pk>/remove/", views.remove, name="remove"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/print/", views.print_sheet, name="print"),
    path("<int:pk>/export/", views.export, name="export"),
    path("<int:pk>/add/", item_views.add, name="add"),
    path("items/<int:pk>/", item_views.panel, name="item"),
    path("items/<int:pk>/tick/", item_views.state, {"state": "done"}, name="tick"),
    path("items/<int:pk>/open/", item_views.state, {"state": "open"}, name="open"),
    path("items/<int:pk>/leave-out/", item_views.state, {"state": "left-out"}, name="leave-out"),
    path("items/<int:pk>/edit/", item_views.edit, name="edit-item"),
    path("items/<int:pk>/move/", item_views.move, name="move"),
    path("items/<int:pk>/remove/", item_views.remove, name="remove-item"),
    path("items/<int:pk>/restore/", item_views.restore, name="restore-item"),
]
