"""What can be found of the playbook room."""

from playbook.models import FITS, Learning, Playbook, Row, Section, Step, StudyNote
from search.sources.source import Feed, Source, lines, published


def no_pictures(column: str) -> str:
    """SQL for a Markdown text without its diagrams, which read as noise."""
    return f"nullif(regexp_replace({column}, '```mermaid.*?```', ' ', 'g'), '')"


SHOWN_FIELDS = f"""(SELECT string_agg(concat_ws(': ', nullif(f->>0, ''), f->>1), E'\\n')
  FROM jsonb_array_elements(w.fields) f
  WHERE f->>0 NOT IN ({", ".join(f"'{name}'" for name in FITS)}) AND f->>0 NOT LIKE 'not %')"""
SOURCES = (
    Source(
        "playbook",
        "playbook",
        f"""SELECT p.id, NULL::bigint, p.title, 'Playbook', p.key,
              {lines("p.summary", "p.goal")}, ''
            FROM playbook_playbook p WHERE {published("p")}""",
        (Feed(Playbook, "title key summary goal published retired_at"),),
    ),
    Source(
        "section",
        "playbook",
        f"""SELECT s.id, NULL::bigint, s.title, p.title, p.key || '#' || s.key,
              {lines("nullif(s.intro, '')", "nullif(s.closing, '')")}, ''
            FROM playbook_section s JOIN playbook_playbook p ON p.id = s.playbook_id
            WHERE {published("p")}""",
        (
            Feed(Section, "title key intro closing"),
            Feed(
                Playbook,
                "title key published retired_at",
                "SELECT s.id FROM playbook_section s WHERE s.playbook_id = r.id",
            ),
        ),
    ),
    Source(
        "row",
        "playbook",
        f"""SELECT w.id, NULL::bigint, w.name, concat_ws(', ', p.title, s.title),
              p.key || '#' || w.key,
              {lines("nullif(w.group, '')", SHOWN_FIELDS, no_pictures("w.body"),
                     "nullif(w.starter, '')")}, ''
            FROM playbook_row w JOIN playbook_playbook p ON p.id = w.playbook_id
              JOIN playbook_section s ON s.id = w.section_id
            WHERE {published("p")}""",
        (
            Feed(Row, "name key group fields body starter section_id"),
            Feed(
                Section, "title", "SELECT w.id FROM playbook_row w WHERE w.section_id = r.id"
            ),
            Feed(
                Playbook,
                "title key published retired_at",
                "SELECT w.id FROM playbook_row w WHERE w.playbook_id = r.id",
            ),
        ),
    ),
    Source(
        "note",
        "playbook",
        f"""SELECT n.id, NULL::bigint, n.title, n.area, n.key,
              {lines("n.summary", no_pictures("n.body"))},
              {lines("n.model_drawing", "array_to_string(n.terms, ' ')")}
            FROM playbook_studynote n WHERE {published("n")}""",
        (
            Feed(
                StudyNote,
                "title area key summary body model_drawing terms published retired_at",
            ),
        ),
    ),
    Source(
        "learning",
        "playbook",
        f"""SELECT l.id, l.owner_id, l.title,
              coalesce(nullif(l.company, ''), nullif(l.source_title, ''), 'Your note'), '',
              l.text,
              {lines("l.company", "l.source_title", "array_to_string(l.tags, ' ')")}
            FROM playbook_learning l WHERE l.removed_at IS NULL AND l.title || l.text <> ''""",
        (Feed(Learning, "title text company tags source_title removed_at"),),
    ),
    Source(
        "step",
        "playbook",
        """SELECT s.id, s.owner_id, s.name, 'Your framework', '', s.text, ''
           FROM playbook_step s WHERE s.text <> ''""",
        (Feed(Step, "name text"),),
    ),
)  # fmt: skip
