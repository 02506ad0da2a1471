"""What can be found, room by room: one SELECT for each kind of page, and the tables it reads.

A SELECT gives seven columns, in this order:

    id        of the row it is about
    owner     its owner; NULL for what everybody reads
    title     found first
    context   one line about where it belongs; shown, not searched
    ref       what its address needs beside the id (search/places.py)
    text      searched, and shown as an extract
    hidden    searched and never shown: model answers, which are to be tried first

What is removed, retired or not published is not selected, and so is not found. To add a kind,
write its Source in the file of its room and its address in search/places.py; the next `migrate`
or start puts the triggers in place and fills the index.
"""

from search.sources import drills, plans, playbook, scenarios, stories

SOURCES = (
    *plans.SOURCES,
    *scenarios.SOURCES,
    *drills.SOURCES,
    *stories.SOURCES,
    *playbook.SOURCES,
)
