"""Addresses of the library, the decks, the statistics and the files of the drills room."""

from django.urls import path

from drills import deck_views, exchange_views, library_views, own_views, statistics_views

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
    path("cards/<int:pk>/release/", deck_views.release, name="release"),
    path("cards/", deck_views.cards, name="cards"),
    path("cards/new/", deck_views.new, name="new"),
    path("decks/", deck_views.decks, name="decks"),
    path("decks/<slug:key>/", deck_views.deck, name="deck"),
    path("decks/<slug:key>/take/", deck_views.take_deck, name="take-deck"),
    path("decks/<slug:key>/leave/", deck_views.leave_deck, name="leave-deck"),
    path("decks/<slug:key>/rejoin/", deck_views.rejoin_deck, name="rejoin-deck"),
    path("entries/<slug:key>/take/", deck_views.take, name="take"),
    path("statistics/", statistics_views.statistics, name="statistics"),
    path("settings/clear/", statistics_views.clear_interview, name="clear-interview"),
    path("settings/interview/", statistics_views.put_interview, name="set-interview"),
    path("files/", exchange_views.files, name="files"),
    path("files/<slug:form>/", exchange_views.export, name="export"),
    path("files/bring/look-over/", exchange_views.look_over, name="look-over"),
    path("files/bring/keep/", exchange_views.keep, name="keep-file"),
]
