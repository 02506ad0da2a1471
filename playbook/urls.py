"""The addresses of the playbook room."""

from django.urls import path

from playbook import views

app_name = "playbook"
urlpatterns = [
    path("", views.index, name="list"),
    path("notes/<slug:key>/", views.note, name="note"),
    path("<slug:key>/", views.playbook, name="playbook"),
    path("<slug:key>/matrix/", views.which_database, name="matrix"),
]
