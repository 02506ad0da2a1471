"""Addresses of autosave and history, for every model in which people write.

`label` is the model's, such as `plans.planitem`.
"""

from django.urls import path

from writing.autosave import history_views, views

urlpatterns = [
    path("token/", views.token, name="token"),
    path("save/<str:label>/<int:pk>/", views.save, name="save"),
    path("history/<str:label>/<int:pk>/", history_views.history, name="history"),
    path("history/<str:label>/<int:pk>/compare/", history_views.compare, name="compare"),
    path(
        "history/<str:label>/<int:pk>/<int:revision>/restore/",
        history_views.restore_revision,
        name="restore",
    ),
    path(
        "history/<str:label>/<int:pk>/<int:revision>/name/",
        history_views.name_revision,
        name="name",
    ),
]
