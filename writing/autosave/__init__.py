"""The promise that no acknowledged word is lost.

A room makes a model of `writing.models.Written` and names its text fields in `writing`; that is
all the server needs. On a page, any form with `data-autosave` that includes
`writing/_autosave.html` is saved while people type (static/js/autosave.js), and saved by its
button without JavaScript.

saving        save(): atomic, from a version, once for each key
triggers      what the database promises by itself: versions, revisions, append-only
history       entries of a row's history, restore, names
differences   word-level changes between two texts (pure)
reading       a request to a save
answers       an outcome to JSON, a page or a redirect
"""
