"""Yours beside the model's: pure."""

import pytest

from scenarios.compare import (
    LIKE,
    ModelChoice,
    MyChoice,
    alike,
    by_category,
    choices,
    refused,
    tally,
)  # fmt: skip
from scenarios.coverage import PreparedQuestion

ORDER = ["business-goal", "users-scale", "functional", "non-functional", "constraints"]
PREPARED = [
    PreparedQuestion("1", "What is the MVP?", "business-goal"),
    PreparedQuestion("2", "How many users?", "users-scale"),
    PreparedQuestion("3", "What is the peak?", "users-scale"),
    PreparedQuestion("4", "What is the budget?", "constraints"),
]


def test_questions_are_grouped_in_order_with_who_covers_them():
    groups = by_category(PREPARED, {"3": "And at its highest?"}, ORDER)
    assert [group.category for group in groups] == ["business-goal", "users-scale", "constraints"]
    assert [(row.question.key, row.by) for row in groups[1].questions] == [
        ("2", None), ("3", "And at its highest?"),
    ]  # fmt: skip
    assert [group.missed for group in groups] == [True, False, True]
    assert tally(groups) == (1, 4)


def test_without_prepared_questions_there_is_nothing_to_cover():
    assert by_category([], {}, ORDER) == [] and tally([]) == (0, 0)


@pytest.mark.parametrize(("mine", "model"), [
    ("DynamoDB", "DynamoDB on demand for graph, feed and comments"),
    ("dynamodb", "Amazon DynamoDB"),
    ("Postgres", "Aurora PostgreSQL Serverless v2, one database per service"),
    ("RDS", "Amazon Aurora PostgreSQL"),
    ("Amazon S3 with presigned URLs", "S3 with presigned and multipart uploads"),
    ("Redis", "ElastiCache for Valkey, sorted sets"),
    ("a queue (SQS)", "SQS between every asynchronous step"),
    ("CDN", "CloudFront for images and for the API"),
    ("Clodfront", "Amazon CloudFront"),
    ("Elasticsearch", "Amazon OpenSearch Service for discovery"),
    ("Fargate", "ECS on Fargate for the decision path"),
    ("Step Functions", "Step Functions Standard for sagas"),
])  # fmt: skip
def test_names_of_the_same_choice_are_alike(mine, model):
    assert alike(mine, model) >= LIKE


@pytest.mark.parametrize(("mine", "model"), [
    ("API Gateway", "NAT gateway"),
    ("DynamoDB", "Aurora PostgreSQL"),
    ("Kinesis Data Streams", "Kinesis Firehose delivery"),
    ("Kafka", "Kinesis Data Streams as the event log"),
    ("SQS", "S3 with presigned uploads"),
    ("", "CloudFront"),
    ("a managed service", "CloudFront"),
    ("SNS", "SQS"),
])  # fmt: skip
def test_names_of_other_things_are_not(mine, model):
    assert alike(mine, model) < LIKE


def test_what_the_model_refused_is_made_differently():
    mine = [MyChoice("Postgres", "I know it."), MyChoice("CloudFront"), MyChoice("Rust")]
    model = [
        ModelChoice("DynamoDB on demand", "Aurora PostgreSQL, which wins for reports."),
        ModelChoice("CloudFront in front of everything", "S3 alone."),
        ModelChoice("SQS between steps", "invoking the next function directly."),
    ]
    found = choices(mine, model)
    assert [(a.name, b.name) for a, b in found.shared] == [("CloudFront", model[1].name)]
    assert [(a.name, b.name) for a, b in found.differently] == [("Postgres", model[0].name)]
    assert found.only_mine == (mine[2],) and found.only_model == (model[2],)


def test_a_shared_choice_is_paired_once_and_the_closest_wins():
    mine = [MyChoice("Lambda"), MyChoice("Lambda in TypeScript")]
    model = [ModelChoice("Lambda in TypeScript"), ModelChoice("S3")]
    found = choices(mine, model)
    assert len(found.shared) == 1
    assert len(found.only_mine) == 1 and found.only_model == (model[1],)


def test_an_empty_row_is_no_choice():
    found = choices([MyChoice("  ", "because")], [ModelChoice("S3")])
    assert found.only_mine == () and len(found.only_model) == 1


def test_refused_needs_every_word_of_the_name():
    assert refused("Aurora PostgreSQL", "Aurora PostgreSQL wins for joins")
    assert not refused("API Gateway", "uploading through the API")
    assert not refused("managed service", "a managed service")
