"""The pages of the site by name, for who knows where they want to go."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

MOST = 5


@dataclass(frozen=True)
class Page:
    """`name` as people call the page, where it belongs, and `words` it also goes by."""

    name: str
    view: str
    place: str = ""
    words: str = ""
    staff: bool = False

    @property
    def address(self) -> str:
        return reverse(self.view)

    def fits(self, words: list[str]) -> int:
        """How well: 3 when the name begins with the words, 2 when every word begins a word of the
        name, 1 when every word begins one of all that the page goes by, else 0."""
        if self.name.lower().startswith(" ".join(words)):
            return 3
        # A space before each word, so that one look finds the beginning of any.
        named = f" {self.name}".lower().replace("-", " ")
        if all(f" {word}" in named for word in words):
            return 2
        return int(all(f" {word}" in self.known for word in words))

    @cached_property
    def known(self) -> str:
        return f" {self.name} {self.place} {self.words}".lower().replace("-", " ")


PAGES = (
    Page("Today", "home", "Dashboard", "home start dashboard next readiness"),
    Page("The week", "week", "Dashboard", "weekly review minutes studied"),
    Page("How readiness is counted", "about-readiness", "Dashboard", "score formula"),
    Page("Plans", "plans:list", "Plans", "checklist one day week start"),
    Page("Bring a plan", "plans:upload", "Plans", "upload import file"),
    Page("Interviews", "interviews:list", "Plans", "company date calendar debrief"),
    Page("A new interview", "interviews:new", "Plans", "add company date"),
    Page("Scenarios", "scenarios:list", "Scenarios", "scenario system design practice catalogue"),
    Page("Any scenario", "scenarios:chance", "Scenarios", "random chance surprise"),
    Page("Drills", "drills:today", "Drills", "cards today due review"),
    Page("Next card", "drills:next", "Drills", "review drill"),
    Page("Justification library", "drills:justifications", "Drills", "sentences choices why"),
    Page("Decks", "drills:decks", "Drills", "browse take"),
    Page("Your cards", "drills:cards", "Drills", "browse leeches suspended"),
    Page("A new card", "drills:new", "Drills", "add write"),
    Page("Statistics", "drills:statistics", "Drills", "charts retention heat map forecast"),
    Page("Settings of the drills", "drills:settings", "Drills", "minutes new a day retention"),
    Page("Cards as files", "drills:files", "Drills", "import export anki"),
    Page("Stories", "stories:list", "Stories", "story star behavioural"),
    Page("A new story", "stories:new", "Stories", "write begin guide"),
    Page("Coverage", "stories:coverage", "Stories", "matrix competencies gaps"),
    Page("Behavioural questions", "stories:questions", "Stories", "bank ask"),
    Page("Rehearse", "stories:rehearsals", "Stories", "tell aloud rehearsals"),
    Page("Stories for the train", "stories:train", "Stories", "read phone"),
    Page("Print your stories", "stories:print", "Stories", "sheet paper"),
    Page("Bring stories", "stories:bring", "Stories", "import paste file"),
    Page("Removed stories", "stories:removed", "Stories", "bin restore"),
    Page("Themes of your own", "stories:own", "Stories", "competencies"),
    Page("Playbook", "playbook:list", "Playbook", "notes reference framework shelf"),
    Page("Notes and learnings", "playbook:learnings", "Playbook", "own learned"),
    Page("Your framework", "playbook:my-framework", "Playbook", "steps own"),
    Page("The morning's sheet", "playbook:sheet", "Playbook", "print sheet paper day"),
    Page("Take a note", "search:capture", "", "capture idea write down quick"),
    Page("Account", "account_profile", "", "settings zone time theme dark light password"),
    Page("Devices", "account_devices", "Account", "sessions sign out browsers signed in"),
    Page("Your data", "account_data", "Account", "export import take along zip download backup"),
    Page("Delete your account", "account_delete", "Account", "erase remove leave"),
    Page("Change your password", "account_change_password", "Account", ""),
    Page("Sign-in and passkeys", "mfa_index", "Account", "recovery codes security"),
    Page("Admin", "admin:index", "", "staff content", staff=True),
    Page("Components", "components", "", "house design", staff=True),
)


def named(text: str, user) -> list[Page]:
    """The pages that go by `text`, best first, at most MOST. No query."""
    words = text.lower().replace("-", " ").split()
    if not words:
        return []
    found: Iterator[tuple[int, Page]] = (
        (page.fits(words), page) for page in PAGES if user.is_staff or not page.staff
    )
    fitting = [(fit, page) for fit, page in found if fit]
    return [page for _, page in sorted(fitting, key=lambda pair: -pair[0])][:MOST]
