from django.db import migrations

# Shorter texts are stored whole: a splice would save nothing worth a second way of reading.
SPLICE = """
CREATE OR REPLACE FUNCTION writing_splice(before text, after text) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
-- How to make `after` from `before`: [characters kept in front, characters cut, text put there],
-- or `after` whole where that is no saving. Lengths are in characters (code points).
DECLARE
  shorter int := least(length(before), length(after));
  low int; high int; middle int; front int; back int; put text;
BEGIN
  IF before IS NULL OR length(after) < 1000 THEN
    RETURN to_jsonb(after);
  END IF;
  low := 0; high := shorter;
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    IF left(before, middle) = left(after, middle) THEN low := middle; ELSE high := middle - 1; END IF;
  END LOOP;
  front := low;
  low := 0; high := shorter - front;
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    IF right(before, middle) = right(after, middle) THEN low := middle; ELSE high := middle - 1; END IF;
  END LOOP;
  back := low;
  put := substr(after, front + 1, length(after) - front - back);
  -- The equality is the proof, made at the moment of writing, that the splice reads back right.
  IF length(put) * 2 > length(after) OR left(before, front) || put || right(before, back) <> after THEN
    RETURN to_jsonb(after);
  END IF;
  RETURN jsonb_build_array(front, length(before) - front - back, put);
END $$
"""


class Migration(migrations.Migration):

    dependencies = [("writing", "0001_initial")]

    operations = [
        migrations.RunSQL(SPLICE, "DROP FUNCTION IF EXISTS writing_splice(text, text)"),
    ]
