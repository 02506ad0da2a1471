"""The addresses of the playbook room."""

from django.urls import path

from playbook import (
    card_views,
    drawing_views,
    learning_views,
    reading_views,
    sheet_views,
    step_views,
    views,
)

app_name = "playbook"
urlpatterns = [
    path("", views.index, name="list"),
    path("notes/<slug:key>/", views.note, name="note"),
    path("notes/<slug:key>/card/", card_views.note_card, name="note-card"),
    path("notes/<slug:key>/study/", card_views.study, name="study"),
    path("notes/<slug:key>/know/", reading_views.note, {"known": True}, "know-note"),
    path("notes/<slug:key>/forget/", reading_views.note, {"known": False}, "forget-note"),
    path("notes/<slug:key>/draw/", drawing_views.draw, name="draw"),
    path("notes/<slug:key>/model/", drawing_views.model, {"shown": True}, "show-model"),
    path("notes/<slug:key>/model/hide/", drawing_views.model, {"shown": False}, "hide-model"),
    path("drawings/<int:pk>/", drawing_views.drawing, name="drawing"),
    path("sheet/", sheet_views.morning, name="sheet"),
    path("sheet/keep/", sheet_views.keep, name="keep-sheet"),
    path("my-framework/", step_views.my_framework, name="my-framework"),
    path("my-framework/make/", step_views.make_step, name="make-step"),
    path("my-framework/<int:pk>/", step_views.step, name="step"),
    path("my-framework/<int:pk>/reset/", step_views.reset_step, name="reset-step"),
    path("my-framework/<int:pk>/undo/", step_views.undo_reset, name="undo-reset"),
    path("learnings/", learning_views.learnings, name="learnings"),
    path("learnings/new/", learning_views.new, name="new-learning"),
    path("learnings/<int:pk>/", learning_views.learning, name="learning"),
    path("learnings/<int:pk>/card/", card_views.learning_card, name="learning-card"),
    path("learnings/<int:pk>/about/", learning_views.about, name="about-learning"),
    path("learnings/<int:pk>/remove/", learning_views.remove, name="remove-learning"),
    path("learnings/<int:pk>/restore/", learning_views.restore, name="restore-learning"),
    path("<slug:key>/", views.playbook, name="playbook"),
    path("<slug:key>/matrix/", views.which_database, name="matrix"),
    path("<slug:key>/timer/", views.timer, name="timer"),
    path("<slug:key>/card/", card_views.row_card, name="row-card"),
    path("<slug:key>/<slug:section>/know/", reading_views.section, {"known": True}, "know-section"),
    path(
        "<slug:key>/<slug:section>/forget/",
        reading_views.section,
        {"known": False},
        "forget-section",
    ),
]
