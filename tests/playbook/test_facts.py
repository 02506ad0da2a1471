"""Nothing is lost: each line of the two documents the playbooks grew from stands on its page.

The documents themselves are their owner's; here each of their rows, entries and steps is a fact in
a few words, with the row that must hold it. The pages say it in sentences of their own.
"""

import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.models import PlanTemplate
from plans.outline import Kind
from playbook import beside
from playbook.models import Playbook, StudyNote
from writing.content import load, sources
from writing.markdown import plain

pytestmark = pytest.mark.django_db

FRAMEWORK = {
    "the goal": ("technical-framework", "partner", "decisions about the whole system"),
    "goal: signals": ("level-goal", "trade-offs", "scale", "data pipelines", "building or buying"),
    "goal: weak": ("level-goal", "superficial", "use microservices", "cannot say why", "leaves"),
    "goal: strong": ("level-goal", "latency against consistency", "costs to run", "in phases"),
    "goal: IC5/IC6": ("level-goal", "IC5/IC6", "NoSQL database", "flexible"),
    "goal: IC7/D1": (
        "level-goal",
        "IC7/D1",
        "10 million daily users",
        "Postgres",
        "transactions",
        "shard by user_id at 50 million",
        "DynamoDB for the activity feed",
        "mostly writes",
        "cost model",
    ),
    "signal 1": ("core-signals", "trade-off fluency"),
    "signal 2": ("core-signals", "scalability awareness"),
    "signal 3": ("core-signals", "data pipeline understanding"),
    "signal 4": ("core-signals", "build-or-buy judgement"),
    "signal 5": ("core-signals", "cost model awareness"),
    "question: design": (
        "question-design",
        "design a system for x",
        "components",
        "data flow",
        "scale",
    ),
    "question: database": (
        "question-database",
        "which database?",
        "use case",
        "trade-offs",
        "scale",
    ),
    "question: 10x": (
        "question-scale",
        "ten times",
        "bottlenecks",
        "horizontal against vertical",
        "caching",
    ),
    "question: build": (
        "question-build-or-buy",
        "build or buy?",
        "cost model",
        "time to market",
        "strategic control",
    ),
    "question: bottleneck": (
        "question-bottleneck",
        "where is the bottleneck?",
        "debugging",
        "profile",
    ),
    "step 1": ("step-clarify", "clarify requirements", "questions I ask to scope the system"),
    "step 1: scale": ("step-clarify", "users", "requests a second", "volume of data"),
    "step 1: latency": ("step-clarify", "latency"),
    "step 1: consistency": ("step-clarify", "consistency or availability"),
    "step 1: reads": ("step-clarify", "mostly reads or mostly writes"),
    "step 2": ("step-architecture", "high-level architecture", "how I structure the system"),
    "step 2: chain": ("step-architecture", "client → API → service → data"),
    "step 2: cache": ("step-architecture", "caching layer"),
    "step 2: queues": ("step-architecture", "queues", "need not be answered at once"),
    "step 3": ("step-data", "data model", "how I design the data layer"),
    "step 3: schema": ("step-data", "schema", "database that fits"),
    "step 4": ("step-scale", "scale and performance"),
    "step 4: means": ("step-scale", "horizontal", "sharding", "caching strategy"),
    "step 5": ("step-trade-offs", "trade-offs"),
    "step 5: pairs": ("step-trade-offs", "consistency or availability", "latency or throughput"),
    "Postgres": ("db-postgres", "ACID", "relational data", "scales up, not out"),
    "MySQL": ("db-mysql", "read-heavy", "simple queries", "same limit as Postgres"),
    "DynamoDB": ("db-dynamodb", "many writes", "key-value", "no joins", "eventual consistency"),
    "MongoDB": ("db-mongodb", "documents whose shape varies", "complexity at scale"),
    "Redis": ("db-redis", "caching, sessions", "bounded by memory"),
    "Elasticsearch": ("db-opensearch", "search", "analytics", "operational overhead"),
    "control": ("control", "control", "full", "vendor's roadmap"),
    "time": ("time", "time", "longer", "faster"),
    "cost, short": ("cost-short-term", "cost, short term", "higher", "lower"),
    "cost, long": ("cost-long-term", "cost, long term", "lower at scale", "licence fees"),
    "expertise": ("expertise", "expertise", "hire or grow", "outsourced"),
    "strategic": ("strategy", "strategy", "core competency", "commodity"),
    "heuristic": ("build-or-buy", "buy commodities, build differentiators"),
    "key stories": ("key-stories", "situation, task, action and result", "level signal"),
    "key story 1": ("key-stories", "the first story"),
    "key story 2": ("key-stories", "the second story"),
    "practice 1": ("practice-questions", "design a system for [use case]"),
    "practice 2": ("practice-questions", "scale this to 100 times the users"),
    "practice 3": ("practice-questions", "should we build or buy [capability]"),
    "practice 4": ("practice-questions", "where is the bottleneck in this system"),
    "phrase: scale": ("phrase-scale", "at our scale", "ground a choice in reality"),
    "phrase: shard": ("phrase-shard", "shard by", "the talk is of scaling"),
    "phrase: CAP": ("phrase-cap", "CAP trade-off", "distributed systems"),
    "phrase: cost": ("phrase-cost", "here is the cost model", "building or buying"),
    "horizontal scaling": ("pattern-horizontal", "horizontal scaling", "add more machines"),
    "vertical scaling": ("pattern-vertical", "vertical scaling", "bigger machine"),
    "sharding": ("pattern-sharding", "sharding", "partition the data by a key"),
    "caching": ("pattern-caching", "caching", "load off the database"),
    "CDN": ("pattern-cdn", "content delivery network", "static content at the edge"),
    "load balancing": ("pattern-load-balancing", "load balancing", "distribute traffic"),
    "circuit breaker": ("pattern-circuit-breaker", "circuit breaker", "fail fast", "dependency"),
    "retry": ("pattern-retry", "retry with backoff", "transient failures"),
    "bulkhead": ("pattern-bulkhead", "bulkhead", "isolate failures"),
    "anti-pattern 1": ("anti-superficial", "superficial answers", "use microservices", "better"),
    "anti-pattern 2": ("anti-no-why", "cannot say why", "better"),
    "anti-pattern 3": ("anti-defer", "leave it to engineering", "better"),
    "anti-pattern 4": ("anti-no-cost", "what it costs", "better"),
    "notes": ("notes-and-learnings", "practice", "real interviews", "your notes"),
}

DAY = {
    "the stage": ("whiteboard", "whiteboard", "shared document", "your stage"),
    "step 1": ("board-clarify", "clarify requirements", "5–10 min"),
    "do not draw": ("board-clarify", "nothing is drawn yet"),
    "ask": (
        "board-clarify",
        "daily and monthly",
        "mostly reads or mostly writes",
        "mobile app or the web",
    ),
    "scope": ("board-clarify", "first version", "45 minutes", "feed", "leave the chat"),
    "step 2": ("board-high-level", "high-level design", "5–10 min"),
    "boxes": ("board-high-level", "client → load balancer → API gateway → service → database"),
    "check in": ("board-high-level", "check in", "does this flow look right to you"),
    "step 3": ("board-drill-down", "drill down", "20 min"),
    "bottleneck": ("board-drill-down", "bottleneck", "ten million writes a second", "single SQL"),
    "way out": ("board-drill-down", "shard by user id", "write-behind cache"),
    "schema": ("board-drill-down", "talk through the schema"),
    "step 4": ("board-wrap-up", "wrap up", "5 min"),
    "missing": ("board-wrap-up", "with more time", "Prometheus", "distributed tracing"),
    "breadth": ("communication", "breadth first, then depth", "whole picture"),
    "often": (
        "communication",
        "check in often",
        "does that make sense?",
        "deeper into the caching strategy",
    ),
    "pillars": (
        "communication",
        "operational excellence",
        "security",
        "reliability",
        "performance efficiency",
        "cost optimization",
        "sustainability",
        "older material counts five",
    ),
    "admit": ("advice", "admit what you do not know", "GraphQL in production", "REST", "honesty"),
    "trade-offs": ("advice", "trade-offs", "redis is the best", "memcached may be simpler"),
    "think big": ("advice", "think big, start small", "ten million users", "thousand"),
    "war stories": ("final-checklist", "war stories", "by heart"),
    "layers": ("final-checklist", "load balancer", "draw it", "layer 4", "layer 7"),
    "CAP": ("final-checklist", "CAP theorem in 30 seconds"),
    "company": ("final-checklist", "the company", "what it builds with"),
    "good luck": ("final-checklist", "good luck"),
}


@pytest.fixture
def page(alice, client_of):
    """`page(key)` is the playbook as a reader sees it, loaded from its file."""
    load(timezone.now(), only=[source for source in sources() if source.model is Playbook])

    def shown(key: str) -> str:
        return client_of(alice).get(reverse("playbook:playbook", args=[key])).content.decode()

    return shown


def words_at(shown: str, anchor: str) -> str:
    """What stands in the element of that id, up to the next row or section, in lower case."""
    start = shown.find(f'id="{anchor}"')
    if start < 0:
        return ""
    ends = [m.start() for m in re.finditer(r'<(?:section class="part"|/section)', shown)]
    rows = [m.start() for m in re.finditer(r'<(?:li|tr|details)[^>]* id="', shown)]
    inside = 'class="part"' in shown[shown.rfind("<", 0, start) : start]
    after = min((end for end in (ends if inside else ends + rows) if end > start), default=None)
    text = re.sub(r"<[^>]+>", " ", shown[start:after])
    return " ".join(html.unescape(text).split()).lower()


def lost(shown: str, facts: dict[str, tuple[str, ...]]) -> list[str]:
    missing = []
    for name, (anchor, *words) in facts.items():
        text = words_at(shown, anchor)
        missing += [
            f"{name}: {word} not at #{anchor}" for word in words if word.lower() not in text
        ]
    return missing


def test_each_line_of_the_framework_stands_on_its_page(page):
    shown = page("technical-framework").replace('class="lead"', 'id="technical-framework"')
    assert lost(shown, FRAMEWORK) == []


def test_each_line_of_the_interview_day_stands_on_its_page(page):
    assert lost(page("interview-day"), DAY) == []


def test_a_row_that_goes_missing_is_noticed(page):
    Playbook.objects.get(key="interview-day").rows.filter(key="board-wrap-up").delete()
    assert lost(page("interview-day"), DAY)[0].startswith("step 4: ")


def test_each_technical_item_of_the_one_day_plan_opens_a_note():
    load(timezone.now(), only=[s for s in sources() if s.model in (PlanTemplate, StudyNote)])
    plan = PlanTemplate.objects.get(key="one-day").outline()
    technical = [block for block in plan.blocks if not block.title.startswith(("STAR", "The mind"))]
    assert len(technical) == 3
    items = [line for block in technical for line in block.lines if line.kind == Kind.TASK]
    # It announces the questions below it, and each of those has its note.
    items = [line for line in items if "mock questions aloud" not in line.text]
    assert len(items) >= 28
    without = [line.text for line in items if not beside.note_of(None, plain(line.text))]
    assert without == []
    opened = {beside.note_of(None, plain(line.text))[0].title for line in items}
    assert len(opened) >= 27
