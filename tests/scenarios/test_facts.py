"""What the notes behind three of the scenarios say, and where the shipped solutions say it.

Each line of FACTS is one fact, as words that must stand together in one entry of its part: in one
question, one choice, one trade-off, or anywhere in the flows or in the path to scale. A rewrite of
the content may say it in other words; then it changes here as well, and nothing gets lost unseen.
"""

from functools import cache
from pathlib import Path

import pytest

from scenarios import documents
from scenarios.outline import Outline

CONTENT = Path(documents.__file__).parent / "content"
FACTS = """
# ai-search
questions: web search / internal knowledge / combination
questions: how many enterprise clients
questions: how many users / each
questions: query volume / peak / queries per second
questions: internal data / typical client / gigabytes or terabytes
questions: how real-time / web search
questions: formats / PDF / DOCX / HTML
questions: verifiable / URL / document / every statement
questions: role-based access / internal / multi-user
questions: privacy and security / before everything else
questions: latency / question / response time
questions: team / generative AI / search technology
architecture: upload / S3 bucket / presigned
architecture: S3 event / Lambda / Textract / scans and tables
architecture: chunks / embedding model on Amazon Bedrock / SageMaker
architecture: client-specific index / Amazon OpenSearch Serverless
architecture: API Gateway / query Lambda / search API / relevant URLs
architecture: Fargate / extracts the main text / chunks it / embeds it on the fly
architecture: question is embedded / client's index / web vectors / in memory
architecture: combined context / original question / Claude / Bedrock / stream back
choices: S3 / Lambda / batches / Operational Excellence
choices: Textract / tables / images / Reliability
choices: OpenSearch Serverless / managed vector search / run a cluster / Operational Excellence
choices: OpenSearch Serverless / Performance Efficiency
choices: Fargate / spiky / 15-minute
choices: Bedrock / private / not used to train / without running GPUs / Security
choices: Bedrock / Operational Excellence
trade_offs: search API / dependency / USD / from scratch
trade_offs: embedding / Bedrock / SageMaker / jargon / differentiator
scale: OpenSearch Serverless takes more data / Bedrock, Lambda and Fargate
scale: crawling is the main bottleneck / cache / distributed crawling framework

# patient-messaging
questions: HIPAA / business associate addendum / HIPAA-eligible services
questions: personas / patients / doctors / nurses / clinic administrators / each role
questions: EHR integration / read-only sync / write back
questions: standards / HL7 / FHIR
questions: one-to-one chat / groups / care-team
questions: only text / images / documents
questions: end-to-end encryption / server / access control
questions: audit trail / every message viewed
questions: available / crucial for clinical communication
questions: experience / healthcare IT / security
architecture: Cognito / Application Load Balancer / ECS with Fargate / private subnets
architecture: WebSocket API / API Gateway / Lambda / connections table
architecture: message / Lambda / writes it to DynamoDB
architecture: connections table / post-to-connection
architecture: HL7 / encrypted Amazon Aurora / kept apart from the messages
architecture: SSE-KMS / versioning / Object Lock / presigned URL
architecture: CloudTrail / VPC Flow Logs
architecture: dedicated Fargate service / VPN / Direct Connect
choices: HIPAA-eligible / not negotiable
choices: WebSocket / Lambda / without a fleet of stateful / Operational Excellence
choices: WebSocket / Performance Efficiency
choices: DynamoDB / ConversationID / Timestamp / composite key / Performance Efficiency
choices: Aurora / demographics / relational / DynamoDB, wrong / Reliability
choices: private subnets / transit and at rest / CloudTrail / Security
choices: KMS / key / Security
trade_offs: EHR / notoriously / isolating / costly
trade_offs: feature / compliance / review / more slowly
scale: serverless chat / millions of users
scale: Comprehend Medical / extracts / Transcribe / voice notes

# creator-storefronts
questions: own products / drop-shipping / assume drop-shipping for simplicity
questions: how many creators / how many products
questions: traffic pattern / massive spikes / popular creator posts a link
questions: customise the storefront
questions: search and discovery / by creator, by product
questions: inventory tracked / source merchants
questions: available / spike / High availability is critical
questions: how fast must the site be / leave
questions: team / small / launch
architecture: React / static sites in S3 / CloudFront
architecture: search and facets / OpenSearch
architecture: product service / Aurora / source of truth / updates OpenSearch
architecture: order service / own Aurora database / Stripe
architecture: inventory service / polls their APIs / ElastiCache
architecture: OrderCreated / EventBridge
architecture: notifications function on Lambda / confirmation / fulfilment service / merchant's API
architecture: API responses pass CloudFront / API Gateway
choices: services / products, orders and inventory / scale for reads / Performance Efficiency
choices: Fargate / spares / Operational Excellence
choices: CloudFront / not optional / spike / Performance Efficiency / Reliability
choices: OpenSearch / facets / relational database / Performance Efficiency
choices: EventBridge / decouples / retried / synchronous calls / Reliability
choices: stock / in-memory / merchant's API / Performance Efficiency
trade_offs: stock / small risk of overselling / business
trade_offs: microservices / develop, deploy and monitor / longer-term agility / MVP
scale: Amazon Personalize / clicks and purchases / Recommended for you

# gaming-backend
prompt: sign in / player data / game state / leaderboard / real time / mobile game
# ai-assistant
prompt: research / schedule meetings / tasks / chat / voice / series of actions
# no-code-automation
prompt: no-code / business users / deploy / AI / workflows / integrate data
# band-shop
prompt: touring band / React and Node / MySQL / one EC2 instance / crashes / analysis of our sales
# photo-sharing
prompt: social media / upload photographs / feed / comments / backend
# market-data
prompt: fintech / stock market data / real time / dashboard
# patient-portal
prompt: health-tech / HIPAA-compliant / patients / doctors / medical records / considerations
# financial-transactions
prompt: financial transactions / AWS / real time / event-driven
# monolith-to-microservices
prompt: migrate a monolith to microservices / AWS
# file-transfer
prompt: uploading and downloading files / S3 / scale / secure
"""


def facts() -> list[tuple[str, str, str]]:
    """(scenario, part, words) of each line."""
    found, key = [], ""
    for line in FACTS.strip().splitlines():
        if line.startswith("# "):
            key = line[2:]
        elif line:
            part, _, words = line.partition(": ")
            found.append((key, part, words))
    return found


@cache
def outline_of(key: str) -> Outline:
    """A shipped scenario."""
    name = f"{key}.md"
    return documents.read((CONTENT / name).read_text(encoding="utf-8"), name)[key]


@cache
def entries(key: str) -> dict[str, list[str]]:
    """The entries of each part of a shipped scenario, in lower case."""
    outline = outline_of(key)
    parts = {
        "prompt": [outline.prompt],
        "questions": [" ".join((q.text, q.why, q.answer, *q.aliases)) for q in outline.questions],
        "architecture": [outline.flows],
        "choices": [" ".join((c.name, c.why, c.instead_of, *c.pillars)) for c in outline.choices],
        "trade_offs": [f"{t.title} {t.text}" for t in outline.trade_offs],
        "scale": [f"{outline.scale_10} {outline.scale_100}"],
    }
    return {part: [text.lower() for text in texts] for part, texts in parts.items()}


@pytest.mark.parametrize(("key", "part", "words"), facts())
def test_a_fact_of_the_notes_stands_in_the_shipped_content(key, part, words):
    wanted = [word.strip().lower() for word in words.split("/")]
    assert any(all(word in text for word in wanted) for text in entries(key)[part]), words


def test_every_shipped_scenario_is_in_the_list():
    listed = {key for key, _, _ in facts()}
    assert listed == {path.stem for path in CONTENT.glob("*.md")}
    of = {(key, part) for key, part, _ in facts()}
    for key in ("ai-search", "patient-messaging", "creator-storefronts"):
        assert {(key, part) for part in entries(key) if part != "prompt"} <= of


def amounts(table: str) -> list[float]:
    """The last column of a cost table, without its two lines of heading."""
    rows = [line for line in table.splitlines() if line.startswith("|")][2:]
    return [float(row.split("|")[-2].strip(" *").replace(",", "")) for row in rows]


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*.md")), ids=lambda path: path.stem)
def test_the_rows_of_a_bill_add_up_to_its_total(path):
    *rows, total = amounts(outline_of(path.stem).cost)
    assert len(rows) >= 5
    assert sum(rows) == total


def test_a_bill_that_does_not_add_up_would_be_seen():
    """The control: thousands, bold and a wrong sum are read as they stand."""
    *rows, total = amounts(
        "| a | b |\n|---|---|\n| x | 1,200 |\n| y | 30 |\n| **T** | **1,231** |\n"
    )
    assert rows == [1200, 30]
    assert sum(rows) != total


def test_a_fact_that_is_missing_would_be_seen():
    """The control: words that no solution holds, and words of two different entries."""
    assert not any("blockchain" in text for text in entries("ai-search")["choices"])
    both = ("textract", "cognito")
    assert not any(all(word in text for word in both) for text in entries("ai-search")["choices"])
