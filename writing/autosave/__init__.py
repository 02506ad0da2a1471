"""The promise that no acknowledged word is lost.

A room makes a model of `writing.models.Written` and names its text fields in `writing`; that is
all the server needs. On a page, any form with `data-autosave` that includes
`writing/_autosave.html` is saved while people type (static/js/autosave.js), and saved by its
button without JavaScript. A page with several texts, or with other buttons beside one, is a single
form around all of them, each text in a `<div data-autosave>` of its own: without JavaScript every
button of that form brings all texts along, and they are saved before it does its own work.

saving        save(): atomic, from a version, once for each key
triggers      what the database promises by itself: versions, revisions, append-only
history       entries of a row's history, restore, names
differences   word-level changes between two texts (pure)
reading       a request to a save
along         the texts that come with a form that does something else
answers       an outcome to JSON, a page or a redirect
"""
