"""What can be found of the stories room."""

from search.sources.source import Feed, Source, lines, published, rows
from stories import models as stories

METRIC = "concat_ws(' ', x.name, x.before, '→', x.after, x.unit, x.measured)"
KEPT = "x.story_id = s.id AND x.removed_at IS NULL"
SOURCES = (
    Source(
        "story",
        "stories",
        f"""SELECT s.id, s.owner_id, s.title, initcap(s.status), '',
              {lines(
                  *(f"nullif(s.{part}, '')" for part in stories.PARTS),
                  rows(METRIC, stories.Metric, KEPT),
                  rows("concat_ws(': ', nullif(x.told_to, ''), x.text)", stories.Angle, KEPT),
                  rows("nullif(x.remark, '')", stories.Rehearsal, KEPT),
              )}, ''
            FROM stories_story s WHERE s.removed_at IS NULL""",
        (
            Feed(stories.Story, f"title status removed_at {' '.join(stories.PARTS)}"),
            Feed(
                stories.Metric, "name before after unit measured position removed_at", "r.story_id"
            ),
            Feed(stories.Angle, "told_to text removed_at", "r.story_id"),
            Feed(stories.Rehearsal, "remark removed_at", "r.story_id"),
        ),
    ),
    Source(
        "question",
        "stories",
        f"""SELECT q.id, NULL::bigint, q.text, q.subject, q.key,
              {lines("q.listens_for", "array_to_string(q.follow_ups, ' ')")}, ''
            FROM stories_question q WHERE {published("q")}""",
        (
            Feed(
                stories.Question, "text subject key listens_for follow_ups published retired_at"
            ),
        ),
    ),
    Source(
        "competency",
        "stories",
        f"""SELECT c.id, NULL::bigint, c.title, 'Competency', c.key,
              {lines("c.means", "c.listens_for", "c.write_next")},
              {rows("x.text", stories.Prompt, "x.competency_id = c.id")}
            FROM stories_competency c WHERE {published("c")}""",
        (
            Feed(
                stories.Competency,
                "title key means listens_for write_next published retired_at",
            ),
            Feed(stories.Prompt, "text", "r.competency_id"),
        ),
    ),
)  # fmt: skip
