"""The addresses of the playbook room."""

from django.urls import path

from playbook import card_views, views

app_name = "playbook"
urlpatterns = [
    path("", views.index, name="list"),
    path("notes/<slug:key>/", views.note, name="note"),
    path("notes/<slug:key>/card/", card_views.note_card, name="note-card"),
    path("<slug:key>/", views.playbook, name="playbook"),
    path("<slug:key>/matrix/", views.which_database, name="matrix"),
    path("<slug:key>/card/", card_views.row_card, name="row-card"),
]
