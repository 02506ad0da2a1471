"""Alice's world for the access test: a row of every private model, each with a canary."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.models import User
from plans.models import Item
from plans.outline import Kind, Line, Outline, OutlineBlock
from prepsite.models import Day
from tests.accounts.factories import account_with
from tests.drills.factories import drills_with
from tests.plans.factories import interviews_with, item, plan_of, template
from tests.playbook.factories import playbook_with
from tests.scenarios.practice import attempts_with
from tests.stories.factories import story_with
from writing.diagrams import remember
from writing.models import Revision

CANARY = "canary-7f3a"


@dataclass(frozen=True)
class World:
    """`names` maps what an address needs ("plan", "item", …) to alice's value for it."""

    alice: User
    names: dict[str, object]


def build(alice: User) -> World:
    outline = Outline(
        f"Plan {CANARY}",
        goal=f"Goal {CANARY}",
        blocks=[
            OutlineBlock(
                f"Block {CANARY}",
                focus=CANARY,
                intro=CANARY,
                lines=[Line(Kind.SECTION, f"Part {CANARY}"), Line(Kind.TASK, f"Item {CANARY}")],
            )
        ],
    )
    plan = plan_of(alice, outline)
    line = item(plan, "Item")
    row = Item.objects.get(pk=line.pk)
    row.note = f"Note {CANARY}"
    row.save()
    passkey = Authenticator.objects.create(
        user=alice,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "laptop", "credential": {}},
        created_at=timezone.now(),
    )
    revision = Revision.objects.of(row).latest("pk")
    Day.objects.create(owner=alice, day=timezone.now().date() - timedelta(days=9), plans=300)
    return World(
        alice,
        {
            **account_with(CANARY, alice),
            "plan": plan.pk,
            "block": line.block_id,
            "item": line.pk,
            "template": template().key,
            "label": row.writing_label,
            "revision": revision.pk,
            "passkey": passkey.pk,
            "diagram": remember("flowchart LR\n a --> b").digest,
            "key": "no-such-key",
            "uid": "a1",
            "form": "anki",
            **attempts_with(CANARY, alice),
            **drills_with(CANARY, alice),
            **interviews_with(CANARY, alice),
            **playbook_with(CANARY, alice),
            **story_with(CANARY, alice),
        },
    )
