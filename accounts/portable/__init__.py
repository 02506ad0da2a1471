"""Everything of one person, out to a file and in again on any site, to the same state.

notes     what each room says about its columns, and the readable Markdown it writes
layout    the models in their order, their columns, and the schema that travels with a file
columns   one value of one column to JSON and back, checked
rows      out: the rows of an account as lines of JSON (docs/export.md has the format)
archive   the zip around it; hostile ones are refused before they cost anything
reading   in: a file checked whole, before anything is changed
bringing  in: the checked rows into an account, in one transaction

A row has two names: its `id`, by which other rows of the same file refer to it, and its `uid`,
which stays the same wherever it goes. What an account has already is found by uid, so a second
import of a file changes nothing, and a file may travel in circles.
"""
