"""Draw the diagrams of stored texts that nobody has looked at yet."""

from django.core.management.base import BaseCommand

from writing.diagrams import Diagram, draw_row


class Command(BaseCommand):
    help = (
        "Draw every diagram of a stored text that waits for its first look; safe to repeat and to "
        "stop. With --again draw all of them anew, after a change of how they are drawn."
    )

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true", help="draw what is drawn once more")

    def handle(self, *, again, **options):
        rows = Diagram.objects.filter(kept=True).order_by("made_at")
        if not again:
            rows = rows.filter(drawn_at=None)
        digests = list(rows.values_list("digest", flat=True))
        for digest in digests:
            draw_row(digest, again=again)
        problems = Diagram.objects.filter(digest__in=digests).exclude(problem="")
        for row in problems:
            self.stdout.write(f"{row.digest[:12]}: {row.problem}")
        self.stdout.write(f"drew {len(digests)} diagrams, {len(problems)} with a problem")
