"""The index behind search: functions and triggers that the database runs by itself.

For every kind of page (search/sources.py) there is one function, `search_put_<kind>(ids)`, which
makes the entries of some pages anew, and triggers on each table the page is made of. So whatever
changes a row is seen: a form, autosave, the admin, `queryset.update`, somebody at a prompt.

Why not migrations, with one trigger each? The functions name columns of every room. Kept in
migrations, a column could not go in one room without a migration in another. They are put up after
every `migrate` instead, when their text has changed, and taken down before one: what a migration
does to the rooms in between is read again afterwards.
"""

import hashlib
from collections.abc import Callable, Iterator

from django.db import connection, transaction

from search.sources import SOURCES
from search.sources.source import Feed, Source

# Pages are told apart by their first words; and a vector has a limit of one megabyte.
LONGEST = 60_000
BATCH = 2_000


def words(config: str, text: str) -> str:
    """SQL for the lexemes of `text`. A slash would make one path of two words."""
    return f"to_tsvector('{config}', translate(left({text}, {LONGEST}), '/', ' '))"


def both(text: str, weight: str) -> str:
    """SQL for `text` as it is written and by its stems: the one for names, the other for prose.

    A word that no stem stands for keeps the two apart, or the last word would be followed by the
    first.
    """
    stems = words("english", f"'the ' || {text}")
    return f"setweight({words('simple', text)} || {stems}, '{weight}')"


def put_function(source: Source) -> str:
    """SQL for the function that makes entries anew.

    The entries are locked before the pages are read: of two changes to one page at once, the
    second to get here sees what the first has done.
    """
    kind = source.kind
    return f"""
CREATE OR REPLACE FUNCTION search_put_{kind}(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $put$
BEGIN
  PERFORM 1 FROM search_entry WHERE kind = '{kind}' AND object_id = ANY (ids)
    ORDER BY object_id FOR UPDATE;
  WITH page (object_id, owner_id, title, context, ref, text, hidden) AS MATERIALIZED (
    SELECT * FROM ({source.select}) AS made (id, a, b, c, d, e, f) WHERE id = ANY (ids)
  ), gone AS (
    DELETE FROM search_entry WHERE kind = '{kind}' AND object_id = ANY (ids)
      AND object_id NOT IN (SELECT object_id FROM page)
  )
  INSERT INTO search_entry AS entry (owner_id, room, kind, object_id, ref, title, context, text,
    vector)
  SELECT owner_id, '{source.room}', '{kind}', object_id, ref, coalesce(title, ''),
    coalesce(context, ''), coalesce(text, ''),
    {both("coalesce(title, '')", "A")} || {both("coalesce(text, '')", "C")}
      || {both("coalesce(hidden, '')", "D")}
  FROM page
  ON CONFLICT (kind, object_id) DO UPDATE SET owner_id = excluded.owner_id, room = excluded.room,
    ref = excluded.ref, title = excluded.title, context = excluded.context, text = excluded.text,
    vector = excluded.vector
  WHERE (entry.owner_id, entry.room, entry.ref, entry.title, entry.context, entry.text,
      entry.vector)
    IS DISTINCT FROM (excluded.owner_id, excluded.room, excluded.ref, excluded.title,
      excluded.context, excluded.text, excluded.vector);
END $put$;"""


# Words come first: what cannot be indexed is logged and saved all the same.
TRIGGER = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $on$
BEGIN
  {body}
  RETURN NULL;
EXCEPTION WHEN OTHERS THEN
  RAISE WARNING 'search: % of % is not in the index: %', TG_OP, TG_TABLE_NAME, SQLERRM;
  RETURN NULL;
END $on$;"""


def feed_triggers(source: Source, number: int, feed: Feed) -> str:
    """SQL for the functions and triggers of one table: whole statements of new rows, one by one
    the rows that change, and those only where a column of the text does."""
    put, name = f"PERFORM search_put_{source.kind}", f"search_{source.kind}_{number}"
    one = feed.ids if feed.ids.startswith("SELECT") else f"SELECT {feed.ids}"
    many = f"SELECT DISTINCT page.id FROM fresh r, LATERAL ({one}) AS page (id)"
    made = [TRIGGER.format(name=f"{name}_new", body=f"{put}(ARRAY({many}));")]
    made.append(f"""CREATE OR REPLACE TRIGGER {name}_new AFTER INSERT ON {feed.table}
      REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION {name}_new();""")
    for event, row in (("UPDATE", "NEW"), ("DELETE", "OLD")):
        if event == "UPDATE" and not feed.columns:
            continue
        function = f"{name}_{event.lower()}"
        ids = f"ARRAY(SELECT page.id FROM (SELECT {row}.*) r, LATERAL ({one}) AS page (id))"
        made.append(TRIGGER.format(name=function, body=f"{put}({ids});"))
        columns = ", ".join(f'"{column}"' for column in feed.columns.split())
        of = f"UPDATE OF {columns}" if event == "UPDATE" else event
        made.append(f"""CREATE OR REPLACE TRIGGER {function} AFTER {of} ON {feed.table}
          FOR EACH ROW {_changed(feed) if event == "UPDATE" else ""}
          EXECUTE FUNCTION {function}();""")
    return "\n".join(made)


def _changed(feed: Feed) -> str:
    differs = " OR ".join(
        f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in feed.columns.split()
    )
    return f"WHEN ({differs})"


def statements() -> list[str]:
    """Everything that stands in the database beside the table."""
    return [
        statement
        for source in SOURCES
        for statement in (
            put_function(source),
            *(feed_triggers(source, n, feed) for n, feed in enumerate(source.feeds, 1)),
        )
    ]


def digest() -> str:
    return hashlib.sha256("\n".join(statements()).encode()).hexdigest()


STANDING = """
SELECT obj_description(to_regproc('search_put_item'), 'pg_proc'),
  (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'search\\_%%' AND NOT tgisinternal)
"""
TAKE_DOWN = """
DO $down$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT oid::regprocedure FROM pg_proc
    WHERE proname LIKE 'search\\_%' AND pronamespace = current_schema()::regnamespace
  LOOP EXECUTE 'DROP FUNCTION ' || f || ' CASCADE'; END LOOP;
END $down$"""


def stands() -> bool:
    """Are the triggers in the database those of this code, every one? One query."""
    triggers = sum(statement.count("CREATE OR REPLACE TRIGGER") for statement in statements())
    with connection.cursor() as cursor:
        cursor.execute(STANDING.replace("%%", "%"))
        return cursor.fetchone() == (digest(), triggers)


def take_down() -> None:
    """Remove functions and triggers; the entries stay as they are until `put_up`."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_DOWN)


def put_up() -> None:
    """Functions and triggers as this code has them, then every entry anew."""
    with transaction.atomic(), connection.cursor() as cursor:
        take_down()
        for statement in statements():
            cursor.execute(statement)
    # Outside of that transaction, which keeps everybody from the rooms' tables.
    rebuild()
    with connection.cursor() as cursor:
        # Last: what was interrupted has no comment, and is done again.
        cursor.execute(f"COMMENT ON FUNCTION search_put_item IS '{digest()}'")


def ensure() -> bool:
    """Put the index up if it is not this code's; returns whether that was needed."""
    if stands():
        return False
    put_up()
    return True


def rebuild(tell: Callable[[str, int], None] | None = None) -> int:
    """Every entry anew, in batches; entries of what is gone are removed. Returns how many stand.

    Search goes on meanwhile. `tell` gets each kind with the number of its rows.
    """
    with connection.cursor() as cursor:
        for source in SOURCES:
            table, count = source.feeds[0].table, 0
            for ids in _batches(table):
                cursor.execute(f"SELECT search_put_{source.kind}(%s)", [ids])
                count += len(ids)
            cursor.execute(
                f"DELETE FROM search_entry WHERE kind = %s AND object_id NOT IN "
                f"(SELECT id FROM {table})",
                [source.kind],
            )
            if tell:
                tell(source.kind, count)
        kinds = [source.kind for source in SOURCES]
        cursor.execute("DELETE FROM search_entry WHERE kind <> ALL (%s)", [kinds])
        cursor.execute("SELECT count(*) FROM search_entry")
        return cursor.fetchone()[0]


def _batches(table: str) -> Iterator[list[int]]:
    last = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"SELECT id FROM {table} WHERE id > %s ORDER BY id LIMIT %s",
                [last, BATCH],
            )
            ids = [pk for (pk,) in cursor.fetchall()]
            if not ids:
                return
            yield ids
            last = ids[-1]
