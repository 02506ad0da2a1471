"""What can be found of the plans room."""

from plans.models import (
    Asked,
    Block,
    Interview,
    Item,
    Plan,
    PlanTemplate,
    TemplateBlock,
    TemplateLine,
)
from search.sources.source import Feed, Source, lines, published, rows

BLOCK = "concat_ws(' ', x.label, x.title, x.focus, x.intro)"
SOURCES = (
    Source(
        "template",
        "plans",
        f"""SELECT t.id, NULL::bigint, t.title, 'Plan to start', t.key,
              {lines("t.summary", "t.goal")},
              {lines(
                  rows(BLOCK, TemplateBlock, "x.template_id = t.id"),
                  rows("x.text", TemplateLine, "x.block_id IN (SELECT b.id FROM "
                       "plans_templateblock b WHERE b.template_id = t.id)"),
              )}
            FROM plans_plantemplate t WHERE {published("t")}""",
        (
            Feed(PlanTemplate, "title key summary goal published retired_at"),
            Feed(TemplateBlock, "label title focus intro", "r.template_id"),
            Feed(
                TemplateLine,
                "text",
                "SELECT b.template_id FROM plans_templateblock b WHERE b.id = r.block_id",
            ),
        ),
    ),
    Source(
        "plan",
        "plans",
        f"""SELECT p.id, p.owner_id, p.title,
              CASE WHEN p.run > 1 THEN 'Your plan, run ' || p.run ELSE 'Your plan' END, '',
              {lines("nullif(p.goal, '')", rows(BLOCK, Block, "x.plan_id = p.id"))}, ''
            FROM plans_plan p WHERE p.removed_at IS NULL""",
        (
            Feed(Plan, "title run goal removed_at"),
            Feed(Block, "label title focus intro", "r.plan_id"),
        ),
    ),
    Source(
        "item",
        "plans",
        """SELECT i.id, i.owner_id, i.text, p.title, '', i.note, ''
           FROM plans_item i JOIN plans_plan p ON p.id = i.plan_id
           WHERE i.removed_at IS NULL AND p.removed_at IS NULL AND i.kind <> 'section'""",
        (
            Feed(Item, "text note kind removed_at"),
            Feed(Plan, "title removed_at", "SELECT i.id FROM plans_item i WHERE i.plan_id = r.id"),
        ),
    ),
    Source(
        "interview",
        "plans",
        f"""SELECT v.id, v.owner_id,
              concat_ws(', ', v.company, nullif(v.role, ''), nullif(v.round, '')), 'Interview', '',
              {lines("nullif(v.stack, '')", "nullif(v.notes, '')", "nullif(v.improve, '')",
                     "nullif(v.interviewers, '')", "nullif(v.place, '')",
                     rows("x.title", Asked, "x.interview_id = v.id AND x.removed_at IS NULL"))}, ''
            FROM plans_interview v WHERE v.removed_at IS NULL""",
        (
            Feed(
                Interview,
                "company role round stack notes improve interviewers place removed_at",
            ),
            Feed(Asked, "title removed_at", "r.interview_id"),
        ),
    ),
)  # fmt: skip
