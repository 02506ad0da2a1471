"""Which technologies a name speaks of: "Amazon ECS on Fargate" speaks of ECS and of Fargate.

Pure: text in, names out. With it a justification finds the choices of model solutions that it
defends. Families are listed as far as they answer the same question.
"""

import re
from collections.abc import Iterable

# What is meant, and the words for it; a word may stand for several.
_WORDS = """
redshift: redshift, data warehouse
dbt: dbt
quicksight: quicksight, quick sight
great expectations: great expectations
s3: s3
lambda: lambda, serverless compute
containers: ecs, eks, kubernetes, containers
fargate: fargate
ec2 auto scaling: auto scaling, autoscaling, scheduled scaling
spot: spot
ecr: ecr
relational: rds, relational database, postgresql, mysql
relational: aurora
aurora: aurora
aurora serverless: aurora serverless, serverless v2
dsql: dsql
dynamodb: dynamodb, nosql
cache: elasticache, valkey, redis, memcached
api gateway: api gateway, http api
load balancer: load balancer, application load balancer, alb, nlb
presigned: presigned
glacier: glacier, lifecycle, intelligent-tiering
sqs: sqs
sqs fifo: fifo
sns: sns
eventbridge: eventbridge, event bridge
kinesis: kinesis, kinesis data streams
msk: msk, kafka
step functions: step functions
cloudfront: cloudfront
route 53: route 53
vpc endpoints: vpc endpoints, privatelink
private subnets: private subnets, private subnet
transit gateway: transit gateway
waf: waf, shield
cognito: cognito
kms: kms, sse-kms
secrets manager: secrets manager
cdk: cdk, cloudformation
terraform: terraform
codepipeline: codepipeline
github actions: github actions
canary: canary
cloudwatch: cloudwatch
opentelemetry: opentelemetry, x-ray
multi-az: multi-az
multi-region: multi-region, pilot light, global table, global tables
backup: aws backup
circuit breaker: circuit breaker
bedrock: bedrock
guardrails: guardrails
knowledge bases: knowledge base, knowledge bases, retrieval
sagemaker: sagemaker
opensearch: opensearch
glue: glue
athena: athena
lake formation: lake formation
control tower: control tower
strangler fig: strangler
textract: textract
flink: flink
"""
_NAMES: dict[str, set[str]] = {}
for _line in _WORDS.strip().splitlines():
    _name, _, _words = _line.partition(":")
    for _word in _words.split(","):
        _NAMES.setdefault(_word.strip(), set()).add(_name)
_ANY = re.compile(
    rf"(?<![\w-])(?:{'|'.join(re.escape(word) for word in sorted(_NAMES, key=len, reverse=True))})"
    r"(?![\w-])"
)
# A name that is part of another thing: no reason to defend the one with the other.
_NOT = re.compile(r"redshift spectrum|malware protection for s3|s3 vectors|object lock")

# A thing, and the wider one that a question about the thing does not ask about.
_KIND_OF = (
    ("aurora serverless", "aurora"), ("dsql", "aurora"), ("aurora", "relational"),
    ("sqs fifo", "sqs"), ("guardrails", "bedrock"), ("knowledge bases", "bedrock"),
    ("presigned", "s3"), ("glacier", "s3"),
)  # fmt: skip


def technologies(name: str) -> frozenset[str]:
    """The technologies that `name` speaks of, by the names of the table."""
    text = _NOT.sub(" ", " ".join(name.lower().split()))
    return frozenset(name for word in _ANY.findall(text) for name in _NAMES[word])


def asked(name: str) -> frozenset[str]:
    """What a justification called `name` is about: of a thing and its kind, the thing.

    "Presigned uploads to S3" is no question about S3 in general.
    """
    found = technologies(name)
    return found - {wide for narrow, wide in _KIND_OF if narrow in found}


def used_in(title: str, tags: Iterable[str], choices: Iterable[str]) -> list[str]:
    """Those of `choices` (names of technology choices) that use what `title` is about.

    The title decides; only where it names no technology do the tags.
    """
    about = asked(title) or asked(", ".join(tags))
    return [name for name in choices if about & technologies(name)]
