"""Which choices of the scenarios a justification defends."""

import re

import pytest
from django.urls import reverse

from drills.models import Card
from drills.uses import Subject
from scenarios.choice_uses import uses
from scenarios.outline import ChoiceText
from scenarios.technologies import asked, technologies, used_in
from tests.scenarios.factories import prompt_only, solved

PAIRS = [
    ("Serverless compute (AWS Lambda)", "Amazon S3, SQS and AWS Lambda for ingestion", True),
    ("Serverless compute (AWS Lambda)", "ECS on Fargate for the decision path", False),
    ("Containers (Amazon ECS or EKS)", "Three services on Amazon ECS with Fargate", True),
    ("AWS Fargate", "Own WebSocket gateways on Fargate", True),
    ("Managed relational database (Amazon RDS)", "Aurora PostgreSQL for billing", True),
    ("Amazon Aurora", "A PostgreSQL database on RDS", False),
    ("Amazon Aurora", "Aurora MySQL Serverless v2 with a reader", True),
    ("Amazon Aurora DSQL", "Aurora PostgreSQL for billing", False),
    ("Aurora Serverless v2", "Aurora MySQL Serverless v2 with a reader", True),
    ("Aurora Serverless v2", "Aurora PostgreSQL for billing", False),
    ("NoSQL database (Amazon DynamoDB)", "DynamoDB for tracking", True),
    ("API Gateway", "API Gateway HTTP API and Lambda (arm64)", True),
    ("API Gateway", "Own WebSocket gateways on Fargate", False),
    ("Load balancer", "Strangler fig behind an Application Load Balancer", True),
    ("Cloud storage (Amazon S3)", "S3 with presigned and multipart uploads", True),
    ("Cloud storage (Amazon S3)", "GuardDuty Malware Protection for S3", False),
    ("Presigned uploads to S3", "S3 with Parquet and Athena for ticks", False),
    ("Presigned uploads to S3", "Amazon S3 with presigned uploads", True),
    ("BI tool (Amazon Quick Sight)", "Firehose, S3, Athena and Quick Sight for sales", True),
    ("Managed data warehouse (Amazon Redshift)", "Redshift Spectrum", False),
    ("ElastiCache for Valkey", "Redis for sessions", True),
    ("SQS FIFO", "SQS between the payment callback and the order", False),
    ("Amazon SQS", "EventBridge with an SQS queue for each subscriber", True),
    ("Amazon SNS", "EventBridge with an SQS queue for each subscriber", False),
    ("Amazon MSK", "Kafka for the ticks", True),
    ("AWS Transit Gateway", "API Gateway REST with response streaming", False),
    ("Private subnets", "Private subnets, TLS everywhere, CloudTrail", True),
    ("AWS KMS", "SSE-KMS with bucket keys, own keys for 50 tenants", True),
    ("Canary deployment", "Stripe for payment and payouts", False),
]


@pytest.mark.parametrize(("title", "choice", "used"), PAIRS)
def test_a_justification_finds_its_choices(title, choice, used):
    assert used_in(title, [], [choice]) == ([choice] if used else [])


def test_tags_serve_where_the_title_names_nothing():
    assert used_in("The cheap store", ["s3", "cost"], ["S3 for ticks", "DynamoDB"]) == [
        "S3 for ticks"
    ]
    assert used_in("Amazon DynamoDB", ["s3"], ["S3 for ticks", "DynamoDB"]) == ["DynamoDB"]
    assert used_in("Nothing we know", ["cost"], ["S3 for ticks"]) == []


def test_words_inside_others_are_no_names():
    assert technologies("Classic albs, shields and s3backer") == frozenset()
    assert asked("Aurora Serverless v2") == {"aurora serverless"}


@pytest.mark.django_db
def test_scenarios_say_where_a_technology_is_used(django_assert_num_queries):
    def with_choices(key, *names):
        return prompt_only(key, choices=[ChoiceText(name, "It fits.") for name in names])

    first = with_choices("band-shop", "CloudFront in front", "S3 for sales")
    with_choices("photo", "CloudFront for images")
    hidden = with_choices("hidden", "CloudFront")
    hidden.published = False
    hidden.save()
    subjects = [Subject(1, "Amazon CloudFront"), Subject(2, "Amazon S3"), Subject(3, "dbt")]
    with django_assert_num_queries(1):
        found = uses(subjects)
    assert [use.address for use in found[1]] == ["/scenarios/band-shop/", "/scenarios/photo/"]
    assert found[2][0].detail == "S3 for sales"
    assert found[2][0].title == str(first)
    assert 3 not in found


@pytest.mark.django_db
def test_a_choice_goes_to_the_library_once(client_of, alice):
    """From the solution page: the form of the first choice, sent twice, is one entry."""
    solved("parcels")
    browser = client_of(alice)
    address = reverse("scenarios:solution", args=["parcels"])
    html = browser.get(address).content.decode()
    form = html.split(f'action="{reverse("drills:add-choice")}"')[1].split("</form>")[0]
    data = dict(re.findall(r'name="(\w+)"\s+value="([^"]*)"', form))
    assert data["front"] == "Why SQS?"
    assert data["source"] == f"{address}#choice-sqs"
    assert 'id="choice-sqs"' in html
    for _ in range(2):
        answer = browser.post(reverse("drills:add-choice"), data, HTTP_HX_REQUEST="true")
    card = Card.objects.for_user(alice).get()
    assert (card.front, card.note, card.source_title) == ("Why SQS?", "Bursts wait.", "Parcels")
    assert reverse("drills:own-justification", args=[card.pk]) in answer.content.decode()
