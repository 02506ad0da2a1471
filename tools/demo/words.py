"""What the demonstration's candidate wrote in attempts, notes and interviews."""

# Scenario, day of the six weeks, points on the five signals in the order of the rubric, seconds
# that each phase took, questions asked.
ATTEMPTS = (
    ("band-shop", 2, (0, 1, 0, 1, 0), (8, 12, 21, 4), 5),
    ("photo-sharing", 6, (1, 1, 0, 1, 0), (7, 9, 24, 6), 6),
    ("creator-storefronts", 11, (1, 1, 1, 1, 0), (9, 8, 20, 5), 7),
    ("market-data", 17, (1, 2, 1, 0, 1), (8, 10, 22, 5), 8),
    ("band-shop", 23, (2, 1, 1, 2, 1), (9, 8, 19, 5), 9),
    ("file-transfer", 29, (1, 2, 1, 1, 1), (8, 9, 20, 5), 8),
    ("financial-transactions", 34, (2, 2, 1, 1, 0), (10, 9, 21, 5), 9),
    ("photo-sharing", 39, (2, 2, 1, 1, 1), (8, 8, 21, 5), 9),
)
NEXT_TIME = (
    "Ask for the budget before naming a service.",
    "Say where the hot key is, with a number, and only then propose the shards.",
    "Name what fails first. I spent ten minutes on parts that would have held.",
    "Draw the path of one message to the end, then the rest.",
    "One unit price times one volume, aloud. That is all a cost model needs to begin.",
    "Leave four minutes for what I did not do.",
    "Compare two years of the managed service with one engineer.",
    "Say which reads may be stale, and for how many seconds.",
)
SCOPE = "The first release and the path to ten times the load; reports come second."
DESIGN = (
    "Reads are served at the edge and from a cache; what must be exact goes through one service "
    "and one database, everything else waits in a queue."
)
DIAGRAM = """flowchart LR
  client[Client] --> cdn[CDN]
  cdn --> api[API gateway]
  api --> service[Service]
  service --> db[(Database)]
  service --> jobs[[Queue]]
  jobs --> worker[Worker]"""
BOTTLENECK = "The write path: one primary takes about 5,000 small writes a second before it queues."
SCHEMA = "orders(id, owner, state, at); items(order, sku, count)"
MORE_TIME = "Alarms on the age of the queue, a load test at twice the peak, and a runbook."

LEARNINGS = (
    (4, "Ask who runs it at night", "Two part-time engineers rule out half of my usual boxes. It "
     "should be my third question.", ["questions"]),
    (9, "Strong and eventual, per read", "DynamoDB lets each read choose; the strong one costs "
     "twice and cannot use a global index.", ["dynamodb", "consistency"]),
    (15, "Say the number, then the service", "“About 40 writes a second, so one Postgres is "
     "plenty” was better received than any diagram.", ["numbers"]),
    (21, "A queue needs a place for what fails", "I forgot the dead-letter queue twice.",
     ["queues"]),
    (28, "The screening asked for trade-offs only", "No diagram at all. Three of my cards came up "
     "nearly word for word.", ["interview"]),
    (34, "Cost is a sentence, not a table", "Unit price, volume, what halves it.", ["cost"]),
)  # fmt: skip

SENTENCES = {
    "salesmart-warehouse": "I chose Redshift as a managed warehouse because a small team should "
    "write sales logic and not patch servers, accepting a higher price per query hour.",
    "salesmart-storage": "We land raw files in S3 because storage and compute then scale and are "
    "paid apart, at the price of a second copy to keep in order.",
    "lambda": "I chose Lambda because uploads come in bursts with idle hours between, accepting "
    "cold starts of a few hundred milliseconds.",
    "dynamodb": "I chose DynamoDB because every access is by key and must stay under ten "
    "milliseconds at any size, giving up joins.",
    "api-gateway": "I put API Gateway in front because throttling and keys come with it, at about "
    "a dollar for a million requests.",
}

PAST = {
    "company": "Northwind Freight", "role": "Cloud solutions architect", "round": "First call",
    "kind": "screening", "place": "Phone", "interviewers": "The recruiter and one architect",
    "stack": "- Java on ECS, Aurora PostgreSQL\n- Two acquisitions with Oracle, to be moved",
    "notes": "They care about moving old systems more than about new ones.",
    "improve": "Answer the cost question with a figure first.",
}  # fmt: skip
NEXT = {
    "company": "Acme", "role": "Senior solutions architect", "round": "Second round",
    "kind": "system-design", "place": "https://meet.example.com/acme",
    "interviewers": "Two principal engineers",
    "stack": "- Public talks: Kinesis into S3 and Athena, Lambda for glue\n- One region, Frankfurt",
    "notes": "Ask how many teams share the platform.",
}  # fmt: skip
