"""A file that was sent: checked, and at its owner's word brought in, telling how far that is."""

from collections.abc import Callable
from io import BytesIO

from accounts.imports import Import, told
from accounts.models import User
from accounts.portable import bringing, layout, reading
from accounts.portable.archive import Refused
from accounts.portable.reading import Found
from accounts.portable.telling import Tell, telling

# The share of the work that reading a file is; the rest is its rows.
READ = 0.3


def check(user: User, sent: Import) -> None:
    """Keep with `sent` what it would bring. Raises Refused, and the file is gone."""
    try:
        with telling(sent, "progress") as tell, _read(sent, tell) as found:
            fresh = not layout.has_work(user)
            tally = bringing.look(user, found, settings=fresh, progress=_rows(tell, found))
    except Refused:
        Import.objects.filter(pk=sent.pk).delete()
        raise
    said = {
        "rooms": told(tally), "new": tally.changes, "here": tally.here.total(),
        "left": tally.left.total(), "missing": sorted(tally.missing)[: bringing.MOST_NAMED],
        "more": max(0, len(tally.missing) - bringing.MOST_NAMED),
        "settings": found.head["settings"], "made_at": found.head.get("made_at"), "fresh": fresh,
    }  # fmt: skip
    Import.objects.filter(pk=sent.pk).update(found=said, progress=0)


def bring_in(user: User, sent: Import, *, settings: bool) -> bringing.Tally:
    """Bring in what the file holds, and forget it. Raises Refused."""
    with telling(sent, "progress") as tell, _read(sent, tell) as found:
        progress = _rows(tell, found)
        tally = bringing.bring_in(user, found, settings=settings, progress=progress)
    Import.objects.filter(pk=sent.pk).delete()
    return tally


def _read(sent: Import, tell: Tell) -> Found:
    return reading.read(BytesIO(sent.data), reading.FOR_A_PAGE, lambda share: tell(share * READ))


def _rows(tell: Tell, found: Found) -> Callable[[int], None]:
    """Tells of the rows that were dealt with, once the file was read."""
    return lambda done: tell(READ + (1 - READ) * done / max(1, found.count))
