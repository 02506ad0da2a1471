"""Scenarios: a vague prompt, what the interviewer would answer, and a model solution.

All of it is shared content, from the files in scenarios/content, an imported document or the
admin. What a person does with a scenario is another file's business.
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.safestring import SafeString

from writing import diagrams
from writing.content import SharedContent, SharedQuerySet
from writing.fields import RenderedField


class Domain(models.TextChoices):
    """The business a scenario is about; the value is what a file writes."""

    E_COMMERCE = "e-commerce", "E-commerce"
    SOCIAL_MEDIA = "social media", "Social media"
    FINTECH = "fintech", "Fintech"
    HEALTH = "health", "Health"
    AI = "AI", "AI"
    GAMING = "gaming", "Gaming"
    AUTOMATION = "automation", "Automation"
    PLATFORM = "platform", "Platform"


class Difficulty(models.TextChoices):
    WARM_UP = "warm-up", "Warm-up"
    CORE = "core", "Core"
    STRETCH = "stretch", "Stretch"


class Category(models.TextChoices):
    """What a clarifying question asks about, in the order of a good conversation."""

    BUSINESS_GOAL = "business-goal", "Business goal"
    USERS_SCALE = "users-scale", "Users & scale"
    FUNCTIONAL = "functional", "Functional"
    NON_FUNCTIONAL = "non-functional", "Non-functional"
    CONSTRAINTS = "constraints", "Constraints"


class Pillar(models.TextChoices):
    """The pillars of the AWS Well-Architected Framework."""

    OPERATIONAL_EXCELLENCE = "Operational Excellence"
    SECURITY = "Security"
    RELIABILITY = "Reliability"
    PERFORMANCE_EFFICIENCY = "Performance Efficiency"
    COST_OPTIMIZATION = "Cost Optimization"
    SUSTAINABILITY = "Sustainability"


class ScenarioQuerySet(SharedQuerySet):
    def for_cards(self) -> Self:
        """Only the columns that a card of the catalogue shows; the solution stays behind."""
        return self.only(*CARD_FIELDS)

    def without_solution(self) -> Self:
        """The columns for a page shown before practice."""
        return self.only(*CARD_FIELDS, "intro_html")


CARD_FIELDS = (
    "key", "title", "order", "domain", "difficulty", "minutes", "patterns", "prompt_html",
    "has_solution", "published", "retired_at",
)  # fmt: skip


class Scenario(SharedContent):
    """One system-design scenario. `key` is its slug in every address.

    `has_solution` is false for a scenario that is only a prompt; its page says so.
    """

    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=500)
    domain = models.CharField(max_length=20, choices=Domain.choices, blank=True)
    difficulty = models.CharField(
        max_length=10, choices=Difficulty.choices, default=Difficulty.CORE
    )
    minutes = models.PositiveSmallIntegerField(
        default=45, validators=[MinValueValidator(5), MaxValueValidator(240)]
    )
    patterns = ArrayField(
        models.CharField(max_length=60),
        default=list,
        blank=True,
        help_text="Lower-case terms of the field, separated by commas.",
    )
    imported_from = models.CharField(max_length=200, blank=True, editable=False)

    prompt = models.TextField(help_text="As the interviewer says it, deliberately vague.")
    prompt_html = RenderedField("prompt")
    intro = models.TextField(
        blank=True, help_text="What it practises, and where candidates usually go wrong."
    )
    intro_html = RenderedField("intro")

    estimate = models.TextField(blank=True)
    estimate_html = RenderedField("estimate", top=4)
    flows = models.TextField(blank=True)
    flows_html = RenderedField("flows", top=4)
    diagram = models.TextField(blank=True, help_text="Mermaid, without the fence.")
    data_model = models.TextField(blank=True)
    data_model_html = RenderedField("data_model", top=4)

    failure_modes = models.TextField(blank=True)
    failure_modes_html = RenderedField("failure_modes", top=4)
    cost = models.TextField(blank=True)
    cost_html = RenderedField("cost", top=4)
    path_to_scale = models.TextField(
        blank=True, help_text="Where there is one path, not one at 10× and one at 100×."
    )
    path_to_scale_html = RenderedField("path_to_scale", top=4)
    scale_10 = models.TextField("at 10×", blank=True)
    scale_10_html = RenderedField("scale_10", top=4)
    scale_100 = models.TextField("at 100×", blank=True)
    scale_100_html = RenderedField("scale_100", top=4)

    ic5 = models.TextField("IC5", blank=True)
    ic5_html = RenderedField("ic5", inline=True)
    ic6 = models.TextField("IC6", blank=True)
    ic6_html = RenderedField("ic6", inline=True)
    ic7 = models.TextField("IC7", blank=True)
    ic7_html = RenderedField("ic7", inline=True)

    has_solution = models.BooleanField(default=False, editable=False)
    # What search looks through: title, prompt, domain and patterns in lower case.
    words = models.TextField(default="", blank=True, editable=False)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["order", "title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, update_fields=None, **kwargs):
        self.has_solution = bool(self.flows.strip())
        self.words = "\n".join(
            [self.title, self.prompt, self.get_domain_display(), *self.patterns]
        ).lower()
        if update_fields is not None:
            update_fields = {*update_fields, "has_solution", "words"}
        if 0 < len(self.diagram) <= diagrams.MAX_SOURCE:
            diagrams.remember(self.diagram)
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("scenarios:scenario", args=[self.key])

    @property
    def diagram_html(self) -> SafeString:
        """The diagram as a picture with its text; no query."""
        return diagrams.picture(self.diagram)


class Part(models.Model):
    """A row of a scenario's solution, in its place."""

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class Question(Part):
    """A clarifying question, and what the interviewer answers.

    `aliases` are other wordings of it, for matching a candidate's own. An empty `answer` means
    that the candidate must assume.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="questions")
    category = models.CharField(max_length=20, choices=Category.choices)
    text = models.TextField()
    text_html = RenderedField("text", inline=True)
    why = models.TextField("why it matters", blank=True)
    why_html = RenderedField("why", inline=True)
    answer = models.TextField(blank=True)
    answer_html = RenderedField("answer", inline=True)
    aliases = ArrayField(models.CharField(max_length=300), default=list, blank=True)

    def __str__(self) -> str:
        return self.text


class Choice(Part):
    """A technology chosen, why, and what was refused for it."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="choices")
    name = models.CharField(max_length=200)
    why = models.TextField()
    why_html = RenderedField("why", inline=True)
    instead_of = models.TextField(blank=True)
    instead_of_html = RenderedField("instead_of", inline=True)
    pillars = ArrayField(
        models.CharField(max_length=40, choices=Pillar.choices), default=list, blank=True
    )

    def __str__(self) -> str:
        return self.name


class TradeOff(Part):
    """What is given up, and what is got for it."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="trade_offs")
    title = models.CharField(max_length=200)
    text = models.TextField()
    text_html = RenderedField("text", inline=True)

    class Meta(Part.Meta):
        verbose_name = "trade-off"

    def __str__(self) -> str:
        return self.title


class FollowUp(Part):
    """What the interviewer throws in at `minute`, with a strong and a weak answer to it."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="follow_ups")
    title = models.CharField(max_length=300)
    minute = models.PositiveSmallIntegerField(validators=[MaxValueValidator(240)])
    strong = models.TextField()
    strong_html = RenderedField("strong", inline=True)
    weak = models.TextField(blank=True)
    weak_html = RenderedField("weak", inline=True)

    class Meta(Part.Meta):
        ordering = ["minute", "position", "id"]
        verbose_name = "follow-up"

    def __str__(self) -> str:
        return self.title


# Private rows of the room, for Django to find.
from scenarios import attempts, sheets  # noqa: E402, F401
