"""Tellings for the pictures of `make look`: some weeks of one story, one running, one to rate."""

import uuid
from datetime import timedelta

LEARNT = "Begin with the six hours, not with the team."


def tell(owner, now) -> dict[str, object]:
    """Tell the first story five times; two others are under way. Returns what addresses need."""
    from stories import rehearsing
    from stories.models import Rehearsal, Story

    stories = list(Story.objects.for_user(owner).kept().filter(words__gt=60).order_by("pk")[:2])
    first, second = stories[0], stories[-1]
    for days, seconds, rating in (
        (12, 171, 1),
        (11, 149, 2),
        (9, 141, 2),
        (6, 128, 3),
        (2, 117, 3),
    ):
        begun = now - timedelta(days=days)
        row = Rehearsal.start(first, 120, key=uuid.uuid4(), now=begun)
        row.stop(begun + timedelta(seconds=seconds))
        rehearsing.rate(owner, row, rating, begun + timedelta(seconds=seconds + 9))
        if rating == 2:
            Rehearsal.objects.filter(pk=row.pk).update(remark=LEARNT, revealed=["action"])
    Rehearsal.start(second, 120, key=uuid.uuid4(), now=now - timedelta(seconds=134))
    third = Story.objects.create(
        owner=owner, title="The night the payments queue stood still", status="polished",
        target=120, uid=uuid.uuid4(), signal=first.signal,
        situation="At 02:10 on Black Friday the payments queue held 41,000 messages.",
        task="I was on call, and the only one who had seen that broker fail.",
        action="I stopped the retries first. I moved new orders to the second broker, and "
        "replayed the old ones by account, in 600-message steps.",
        result="By 06:10 the backlog was 0, and no payment was lost.",
    )  # fmt: skip
    row = Rehearsal.start(third, 120, key=uuid.uuid4(), now=now - timedelta(seconds=126))
    row.stop(now)
    return {"running": second.pk, "stopped": third.pk}
