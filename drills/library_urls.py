"""Addresses of the library, the decks, the statistics and the files of the drills room."""

from django.urls import path

from drills import library_views, own_views

patterns = [
    path("sentence/", library_views.hints, name="hints"),
    path("justifications/", library_views.justifications, name="justifications"),
    path("justifications/add/", library_views.add_choice, name="add-choice"),
    path("justifications/<int:pk>/", library_views.own_justification, name="own-justification"),
    path("justifications/<int:pk>/beside/", library_views.beside, name="beside"),
    path("justifications/<slug:key>/", library_views.justification, name="justification"),
    path("justifications/<slug:key>/write/", library_views.write, name="write"),
    path("justifications/<slug:key>/show/", library_views.show_model, name="show-model"),
    path("groups/add/", own_views.add_group, name="add-group"),
    path("groups/<int:pk>/", own_views.group, name="group"),
    path("groups/<int:pk>/rename/", own_views.rename_group, name="rename-group"),
    path("groups/<int:pk>/move/", own_views.move_group, name="move-group"),
    path("groups/<int:pk>/remove/", own_views.remove_group, name="remove-group"),
    path("groups/<int:pk>/restore/", own_views.restore_group, name="restore-group"),
    path("groups/<int:pk>/add/", own_views.add_line, name="add-line"),
    path("cards/<int:pk>/move/", own_views.move_card, name="move-card"),
    path("cards/<int:pk>/file/", own_views.file_card, name="file-card"),
    path("cards/<int:pk>/leave/", own_views.leave, name="leave"),
    path("cards/<int:pk>/rejoin/", own_views.rejoin, name="rejoin"),
]
