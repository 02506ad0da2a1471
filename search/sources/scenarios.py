"""What can be found of the scenarios room."""

from scenarios import attempts, sheets
from scenarios import models as scenarios
from search.sources.source import Feed, Source, lines, published, rows

SCENARIO_TEXT = (
    "estimate", "flows", "data_model", "failure_modes", "cost", "path_to_scale", "scale_10",
    "scale_100", "ic5", "ic6", "ic7",
)  # fmt: skip
OF_SCENARIO = "x.scenario_id = s.id"
OF_ATTEMPT = "x.attempt_id = a.id"
SHEET_FEEDS = (
    Feed(sheets.ClarifySheet, "scope", "r.attempt_id"),
    Feed(sheets.DesignSheet, "design diagram", "r.attempt_id"),
    Feed(sheets.DrillDownSheet, "bottleneck schema", "r.attempt_id"),
    Feed(sheets.WrapUpSheet, "more_time", "r.attempt_id"),
    Feed(sheets.AskedQuestion, "text answer", "r.attempt_id"),
    Feed(sheets.AttemptChoice, "name why removed_at", "r.attempt_id"),
    Feed(sheets.FollowUpAnswer, "text", "r.attempt_id"),
    Feed(sheets.Reflection, "next_time", "r.attempt_id"),
)
SOURCES = (
    Source(
        "scenario",
        "scenarios",
        f"""SELECT s.id, NULL::bigint, s.title, s.domain, s.key,
              {lines("s.prompt", "s.intro", "array_to_string(s.patterns, ', ')")},
              {lines(
                  *(f"s.{name}" for name in SCENARIO_TEXT),
                  rows("concat_ws(' ', x.text, x.why, x.answer)", scenarios.Question, OF_SCENARIO),
                  rows("concat_ws(' ', x.name, x.why, x.instead_of)", scenarios.Choice,
                       OF_SCENARIO),
                  rows("concat_ws(' ', x.title, x.text)", scenarios.TradeOff, OF_SCENARIO),
                  rows("concat_ws(' ', x.title, x.strong, x.weak)", scenarios.FollowUp,
                       OF_SCENARIO),
              )}
            FROM scenarios_scenario s WHERE {published("s")}""",
        (
            Feed(
                scenarios.Scenario,
                f"title domain key prompt intro patterns published retired_at "
                f"{' '.join(SCENARIO_TEXT)}",
            ),
            Feed(scenarios.Question, "text why answer", "r.scenario_id"),
            Feed(scenarios.Choice, "name why instead_of", "r.scenario_id"),
            Feed(scenarios.TradeOff, "title text", "r.scenario_id"),
            Feed(scenarios.FollowUp, "title strong weak", "r.scenario_id"),
        ),
    ),
    Source(
        "attempt",
        "scenarios",
        f"""SELECT a.id, a.owner_id, s.title, 'Attempt ' || a.number, '',
              {lines(
                  rows("x.scope", sheets.ClarifySheet, OF_ATTEMPT),
                  rows("concat_ws(' ', x.text, nullif(x.answer, ''))", sheets.AskedQuestion,
                       f"{OF_ATTEMPT} AND x.text <> ''"),
                  rows("x.design", sheets.DesignSheet, OF_ATTEMPT),
                  rows("concat_ws('. ', x.bottleneck, x.schema)", sheets.DrillDownSheet,
                       OF_ATTEMPT),
                  rows("concat_ws(': ', x.name, x.why)", sheets.AttemptChoice,
                       f"{OF_ATTEMPT} AND x.removed_at IS NULL"),
                  rows("concat_ws(' ', x.title, x.text)", sheets.FollowUpAnswer,
                       f"{OF_ATTEMPT} AND x.text <> ''"),
                  rows("x.more_time", sheets.WrapUpSheet, OF_ATTEMPT),
                  rows("x.next_time", sheets.Reflection, OF_ATTEMPT),
              )},
              {rows("x.diagram", sheets.DesignSheet, OF_ATTEMPT)}
            FROM scenarios_attempt a JOIN scenarios_scenario s ON s.id = a.scenario_id
            WHERE true""",
        (
            Feed(attempts.Attempt),
            *SHEET_FEEDS,
            Feed(
                scenarios.Scenario,
                "title",
                "SELECT a.id FROM scenarios_attempt a WHERE a.scenario_id = r.id",
            ),
        ),
    ),
)  # fmt: skip
