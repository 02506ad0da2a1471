"""What can be found of the drills room."""

from drills.models import Card, Deck, Entry, Group
from search.sources.source import Feed, Source, lines, published

SOURCES = (
    Source(
        "deck",
        "drills",
        f"""SELECT d.id, NULL::bigint, d.title, 'Deck', d.key, {lines("d.summary", "d.intro")}, ''
            FROM drills_deck d WHERE {published("d")}""",
        (Feed(Deck, "title key summary intro published retired_at"),),
    ),
    Source(
        "entry",
        "drills",
        f"""SELECT e.id, NULL::bigint, e.title, d.title,
              CASE d.kind WHEN 'justifications' THEN e.key ELSE d.key || '#' || e.key END,
              nullif(e.front, e.title),
              {lines("e.answer", "e.note", "array_to_string(e.tags, ' ')")}
            FROM drills_entry e JOIN drills_deck d ON d.id = e.deck_id
            WHERE {published("e")} AND {published("d")}""",
        (
            Feed(Entry, "title front answer note key tags deck_id published retired_at"),
            Feed(
                Deck,
                "title key kind published retired_at",
                "SELECT e.id FROM drills_entry e WHERE e.deck_id = r.id",
            ),
        ),
    ),
    # A card taken from a deck is found as its entry until something of one's own stands on it.
    Source(
        "card",
        "drills",
        f"""SELECT c.id, c.owner_id, coalesce(nullif(c.front, ''), e.title),
              coalesce(d.title, g.title, nullif(c.source_title, ''), 'Card'),
              CASE WHEN c.kind <> 'justifications' THEN 'card' ELSE coalesce(e.key, '') END,
              {lines("nullif(c.answer, '')", "nullif(c.note, '')")},
              array_to_string(c.tags, ' ')
            FROM drills_card c LEFT JOIN drills_entry e ON e.id = c.entry_id
              LEFT JOIN drills_deck d ON d.id = e.deck_id
              LEFT JOIN drills_group g ON g.id = c.group_id AND g.removed_at IS NULL
            WHERE c.removed_at IS NULL AND c.front || c.answer || c.note <> ''""",
        (
            Feed(Card, "front answer note tags kind group_id removed_at"),
            Feed(Entry, "title key", "SELECT c.id FROM drills_card c WHERE c.entry_id = r.id"),
            Feed(
                Group,
                "title removed_at",
                "SELECT c.id FROM drills_card c "
                "WHERE c.owner_id = r.owner_id AND c.group_id = r.id",
            ),
        ),
    ),
    Source(
        "group",
        "drills",
        """SELECT g.id, g.owner_id, g.title, 'Project', '', g.summary, ''
           FROM drills_group g WHERE g.removed_at IS NULL""",
        (Feed(Group, "title summary removed_at"),),
    ),
)
