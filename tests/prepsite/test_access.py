"""Who may see and change what: every address × method × person, with a canary in each private row.

An address without an entry in CASES fails, so a new page cannot be forgotten. "0 leaks" has a
control: the owner's own pages do show canaries, and a planted leak is found.
"""

import re
import uuid
from collections import Counter
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from accounts.ownership import owned_models
from tests.factories import UserFactory
from tests.prepsite.world import CANARY, World

pytestmark = [pytest.mark.django_db, pytest.mark.long]

OPEN, SIGNED_IN, OWNER, STAFF = "open", "signed in", "owner", "staff"


@dataclass(frozen=True)
class Case:
    """`who` may use an address; `args` names what of alice's world fills the pattern."""

    who: str
    args: tuple[str, ...] = ()


def cases(who: str, *names: str, args: tuple[str, ...] = ()) -> dict[str, Case]:
    return {name: Case(who, args) for name in names}


CASES = {
    **cases(OPEN, "healthz", "readyz", "offline", "service_worker"),
    **cases(
        OPEN,
        "account_login", "account_logout", "account_signup", "account_welcome",
        "account_inactive", "account_request_login_code", "account_confirm_login_code",
        "account_email_verification_sent", "account_reset_password",
        "account_reset_password_done", "account_reset_password_from_key_done",
        "mfa_login_webauthn", "mfa_authenticate",
    ),
    **cases(OPEN, "account_confirm_email", args=("key",)),
    **cases(OPEN, "account_reset_password_from_key", args=("uid", "key")),
    **cases(
        SIGNED_IN,
        "home", "not-now", "about-readiness", "week",
        "account_profile", "account_confirm_time_zone", "account_reauthenticate",
        "account_email", "account_change_password", "account_set_password", "mfa_index",
        "mfa_list_webauthn", "mfa_reauthenticate_webauthn", "mfa_reauthenticate",
        "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "plans:list", "plans:upload", "writing:token",
    ),
    **cases(OWNER, "today-done", "today-open", args=("item",)),
    **cases(
        SIGNED_IN,
        "account_devices", "account_sign_out_others", "account_data", "account_export",
        "account_export_on", "account_export_file", "account_import", "account_look",
        "account_bring_in", "account_leave_import", "account_delete", "account_keep",
    ),
    **cases(OWNER, "account_sign_out_device", args=("device",)),
    **cases(OWNER, "mfa_edit_webauthn", "mfa_remove_webauthn", args=("passkey",)),
    **cases(STAFF, "components", "markdownx_markdownify", "markdownx_upload"),
    **cases(SIGNED_IN, "media", args=("key",)),
    **cases(SIGNED_IN, "plans:template", "plans:start", args=("template",)),
    **cases(
        OWNER,
        "plans:detail", "plans:pace", "plans:fit", "plans:edit", "plans:again", "plans:remove",
        "plans:restore", "plans:print", "plans:export", "plans:add",
        args=("plan",),
    ),
    **cases(
        OWNER,
        "plans:item", "plans:tick", "plans:open", "plans:leave-out", "plans:edit-item",
        "plans:move", "plans:remove-item", "plans:restore-item",
        args=("item",),
    ),
    **cases(SIGNED_IN, "interviews:list", "interviews:new", "interviews:all-to-calendar"),
    **cases(
        OWNER,
        "interviews:interview", "interviews:to-calendar", "interviews:edit",
        "interviews:outcome", "interviews:remove",
        "interviews:restore", "interviews:debrief", "interviews:add-asked",
        "interviews:bring-all-back", "interviews:take-all-back",
        args=("interview",),
    ),
    **cases(
        OWNER,
        "interviews:went", "interviews:bring-back", "interviews:take-back",
        "interviews:remove-asked", "interviews:restore-asked",
        args=("asked",),
    ),
    **cases(
        SIGNED_IN,
        "drills:today", "drills:more", "drills:replan", "drills:settings", "drills:next",
        "drills:add",
    ),
    **cases(SIGNED_IN, "drills:start", args=("deck",)),
    **cases(
        SIGNED_IN, "drills:justifications", "drills:hints", "drills:add-choice",
        "drills:add-group", "drills:decks", "drills:cards", "drills:new", "drills:statistics",
        "drills:clear-interview", "drills:set-interview", "drills:files", "drills:look-over",
        "drills:keep-file",
    ),
    **cases(SIGNED_IN, "drills:export", args=("form",)),
    **cases(
        SIGNED_IN, "drills:deck", "drills:take-deck", "drills:leave-deck", "drills:rejoin-deck",
        args=("deck",),
    ),
    **cases(SIGNED_IN, "drills:take", args=("entry",)),
    **cases(
        SIGNED_IN, "drills:justification", "drills:write", "drills:show-model", args=("entry",)
    ),
    **cases(
        OWNER,
        "drills:own-justification", "drills:beside", "drills:move-card", "drills:file-card",
        "drills:leave", "drills:rejoin", "drills:release",
        args=("card",),
    ),
    **cases(
        OWNER,
        "drills:group", "drills:rename-group", "drills:move-group", "drills:remove-group",
        "drills:restore-group", "drills:add-line",
        args=("group",),
    ),
    **cases(OWNER, "drills:undo", args=("review",)),
    **cases(
        OWNER,
        "drills:card", "drills:reveal", "drills:rate", "drills:edit", "drills:bury",
        "drills:unbury", "drills:suspend", "drills:resume", "drills:remove", "drills:restore",
        "drills:keep", "drills:keep-answer",
        args=("card",),
    ),
    **cases(
        SIGNED_IN,
        "playbook:list", "playbook:my-framework", "playbook:make-step", "playbook:learnings",
        "playbook:new-learning", "playbook:sheet", "playbook:keep-sheet",
    ),
    **cases(
        OWNER, "playbook:step", "playbook:reset-step", "playbook:undo-reset", args=("step",)
    ),
    **cases(
        OWNER,
        "playbook:learning", "playbook:about-learning", "playbook:remove-learning",
        "playbook:restore-learning", "playbook:learning-card",
        args=("learning",),
    ),
    **cases(
        SIGNED_IN, "playbook:playbook", "playbook:matrix", "playbook:timer", "playbook:row-card",
        args=("playbook",),
    ),
    **cases(
        SIGNED_IN,
        "playbook:note", "playbook:note-card", "playbook:study", "playbook:know-note",
        "playbook:forget-note", "playbook:draw", "playbook:show-model", "playbook:hide-model",
        args=("note",),
    ),
    **cases(OWNER, "playbook:drawing", args=("drawing",)),
    **cases(
        SIGNED_IN, "playbook:know-section", "playbook:forget-section", args=("playbook", "section")
    ),
    **cases(SIGNED_IN, "scenarios:list", "scenarios:chance"),
    **cases(
        SIGNED_IN,
        "scenarios:scenario", "scenarios:solution", "scenarios:start", "scenarios:attempts",
        args=("scenario",),
    ),
    **cases(
        OWNER,
        "scenarios:attempt", "scenarios:pause", "scenarios:resume", "scenarios:finish",
        "scenarios:show", "scenarios:sketch", "scenarios:add-choice", "scenarios:follow-ups",
        "scenarios:discard", "scenarios:restore",
        args=("attempt",),
    ),
    **cases(OWNER, "scenarios:compare", "scenarios:score", args=("finished",)),
    **cases(OWNER, "scenarios:phase", "scenarios:open-phase", args=("attempt", "phase")),
    **cases(OWNER, "scenarios:ask", "scenarios:quote", args=("attempt", "position")),
    **cases(
        OWNER, "scenarios:remove-choice", "scenarios:restore-choice", args=("attempt", "choice")
    ),
    **cases(
        SIGNED_IN,
        "stories:list", "stories:new", "stories:begin", "stories:preview", "stories:bring",
        "stories:keep-pasted", "stories:keep-file", "stories:export-all", "stories:own",
        "stories:add-own", "stories:removed",
    ),
    **cases(
        OWNER, "stories:rename-own", "stories:remove-own", "stories:restore-own",
        args=("own_competency",),
    ),
    **cases(
        OWNER,
        "stories:story", "stories:about", "stories:show", "stories:remove", "stories:restore",
        "stories:coach", "stories:dismiss", "stories:bring-back", "stories:speed",
        "stories:export", "stories:add-metric", "stories:add-angle",
        args=("story",),
    ),
    **cases(
        OWNER, "stories:move-metric", "stories:remove-metric", "stories:restore-metric",
        args=("metric",),
    ),
    **cases(
        OWNER, "stories:move-angle", "stories:remove-angle", "stories:restore-angle",
        args=("angle",),
    ),
    **cases(SIGNED_IN, "stories:coverage", "stories:questions", "stories:ask"),
    **cases(SIGNED_IN, "stories:rehearsals", "stories:train", "stories:print"),
    **cases(OWNER, "stories:rehearse", "stories:start", args=("story",)),
    **cases(
        OWNER,
        "stories:stop", "stories:reveal", "stories:rate", "stories:take-back",
        "stories:throw-away", "stories:fetch-back",
        args=("rehearsal",),
    ),
    **cases(SIGNED_IN, "stories:begin-for", args=("competency",)),
    **cases(
        OWNER, "stories:mark-primary", "stories:mark-secondary", "stories:mark-none",
        args=("story", "competency"),
    ),
    **cases(
        SIGNED_IN,
        "stories:question", "stories:asked", "stories:choose", "stories:clear",
        "stories:put-back",
        args=("question",),
    ),
    **cases(OWNER, "stories:answers", args=("story",)),
    **cases(SIGNED_IN, "search:search", "search:capture"),
    **cases(OWNER, "search:undo-note", args=("learning",)),
    **cases(OWNER, "search:undo-story", args=("story",)),
    **cases(SIGNED_IN, "writing:diagram-preview"),
    **cases(SIGNED_IN, "writing:diagram", "writing:diagram-state", args=("diagram",)),
    **cases(OWNER, "writing:save", "writing:history", "writing:compare", args=("label", "item")),
    **cases(OWNER, "writing:restore", "writing:name", args=("label", "item", "revision")),
}  # fmt: skip


def addresses(resolver=None, namespace: str = ""):
    """(name, is_admin) of every address of the site."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, [namespace, pattern.namespace]))
            yield from addresses(pattern, inner)
        elif pattern.name or namespace != "admin":
            yield f"{namespace}:{pattern.name}" if namespace else pattern.name


def test_every_address_has_an_entry():
    names = {name for name in addresses() if not str(name).startswith("admin:")}
    assert names - set(CASES) == set(), "give each new address an entry in CASES"
    assert set(CASES) - names == set(), "entries for addresses that are gone"


def url_of(name: str, world: World) -> str:
    return reverse(name, args=[world.names[arg] for arg in CASES[name].args])


def text_of(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{key}: {value}" for key, value in response.items())
    return headers + body.decode("utf-8", "replace")


POSTED = {
    "state": "done", "text": "changed", "note": "changed", "title": "changed", "version": "1",
    "direction": "up", "start": "none", "name": "changed", "set": "secondary ownership",
    "key": str(uuid.UUID("7c9e6679-7425-40de-944b-e07fc1f90ae7")),
}  # fmt: skip


def posted(world: World) -> dict[str, object]:
    """What is sent to every address: alice's own ids, and fields that would change things."""
    return POSTED | {"block": world.names["block"], "story": world.names["story"]}


# A page, htmx and fetch; the site's own scripts send nothing but GET and POST.
ASKED_BY = ({}, {"HTTP_HX_REQUEST": "true"}, {"HTTP_X_REQUESTED_WITH": "fetch"})
METHODS = ["get", "post", "put", "patch", "delete", "head", "options"]


def digest(owner) -> list[tuple[str, str]]:
    """Every private row of `owner`, each with its table, to compare before and after."""
    tables = [model._meta.db_table for model in owned_models()]
    rows = " UNION ALL ".join(
        f"SELECT '{table}', to_jsonb(t)::text FROM {table} t WHERE owner_id = %(owner)s"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{rows} ORDER BY 1, 2", {"owner": owner.pk})
        return cursor.fetchall()


@pytest.fixture(scope="module")
def before(world):
    return digest(world.alice)


@pytest.fixture(scope="module")
def sessions(world) -> dict[str, str | None]:
    """Of strangers who have signed in: the world's keys to a fresh browser in each test."""

    def session_of(user) -> str:
        browser = Client()
        browser.force_login(user)
        return browser.cookies["sessionid"].value

    bob, charlie = UserFactory(username="bob"), UserFactory(username="charlie", is_staff=True)
    return {"anonymous": None, "bob": session_of(bob), "charlie": session_of(charlie)}


def browser_with(session: str | None) -> Client:
    browser = Client()
    if session:
        browser.cookies["sessionid"] = session
    return browser


def check(who: str, person: str, method: str, response, where: str) -> None:
    """What a stranger may hear from an address that is for `who`."""
    assert response.status_code < 500, where
    assert CANARY not in text_of(response), where
    if person == "anonymous" and who != OPEN:
        refused = response.status_code in (302, 401, 403, 404, 405)
        assert refused or "HX-Redirect" in response, where
    if person != "anonymous" and who == OWNER and method in ("get", "post", "put"):
        # Passkeys ask for the password again before they look for the row.
        asked = response.get("Location", "").startswith(reverse("account_reauthenticate"))
        assert response.status_code in (404, 405) or asked, where
    if person == "bob" and who == STAFF:
        assert response.status_code in (302, 403, 404, 405), where


@pytest.mark.parametrize("name", sorted(CASES))
def test_strangers_see_nothing_and_change_nothing(name, world, before, sessions):
    url = url_of(name, world)
    for person, session in sessions.items():
        browser = browser_with(session)
        for method in METHODS:
            sent = [posted(world)] if method == "post" else []
            for headers in ASKED_BY if method in ("get", "post") else ASKED_BY[:1]:
                response = getattr(browser, method)(url, *sent, **headers)
                where = f"{method} {url} as {person}"
                check(CASES[name].who, person, method, response, where)
    assert digest(world.alice) == before


def ids_twice(page) -> list[str]:
    """Ids of the page that stand on two elements: what is swapped or labelled is then the wrong
    one of them."""
    if "text/html" not in page.get("Content-Type", "") or page.streaming:
        return []
    return [
        name
        for name, count in Counter(re.findall(r'\sid="([^"]+)"', page.content.decode())).items()
        if count > 1
    ]


@pytest.mark.parametrize("name", sorted(n for n, c in CASES.items() if c.who == OWNER))
def test_the_owner_gets_in(name, world, client_of):
    """The control: with the same addresses and ids the owner is let in."""
    url = url_of(name, world)
    browser = client_of(world.alice)
    page = browser.get(url)
    answers = {page.status_code, browser.post(url, posted(world)).status_code}
    assert ids_twice(page) == []
    assert answers & {200, 204, 302, 409, 415, 422}, answers


def test_a_leak_would_be_found(world, client_of):
    """The control of the canaries: the owner's own page shows one."""
    for name in ("plans:detail", "scenarios:phase", "scenarios:compare", "scenarios:score"):
        assert CANARY in text_of(client_of(world.alice).get(url_of(name, world))), name
