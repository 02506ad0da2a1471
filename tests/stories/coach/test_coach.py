"""What the coach must do for any story, in small."""

from dataclasses import replace

import pytest

from stories.coach import Kind, Metric, Story, coach

GOOD = Story(
    title="Releases in twenty minutes",
    situation="Our shop ran on one server that took six hours to release, and every second "
    "release was rolled back. Support heard of it first, each time.",
    task="I had to make releases boring before the Christmas sale, in four months.",
    action="I measured where the six hours went, and found four of them in one test database. I "
    "split the build from the release. I chose blue-green over canary: I gave up the finer steps "
    "for a rollback within one minute. I rehearsed the rollback every Friday with whoever was on "
    "duty, and I fixed what they stumbled on before Monday.",
    result="Releases take 20 minutes, and we had none to roll back in eleven weeks. I learned to "
    "rehearse the way back first.",
    signal="Three other teams took the pipeline over without asking me.",
    target=120,
)


def found(kind: Kind, **parts) -> list[str]:
    """The words that findings of a kind point at, in a good story but for `parts`."""
    findings = coach(replace(GOOD, **parts)).findings
    return [
        quote for finding in findings if finding.kind == kind for quote in finding.quotes or ("",)
    ]


def in_action(kind: Kind, action: str) -> list[str]:
    return found(kind, action=action)


def test_a_good_story_has_no_findings():
    assert coach(GOOD).findings == ()


def test_an_unwritten_story_has_no_findings():
    report = coach(Story(title="An idea"))
    assert report.findings == ()
    assert [part.length for part in report.timing.parts] == ["empty"] * 4


class TestPassive:
    @pytest.mark.parametrize(
        ("action", "words"),
        [
            ("The table was split on Monday.", "was split"),
            ("The tables were then carefully copied.", "were then carefully copied"),
            ("Two jobs have since been rewritten.", "have since been rewritten"),
            ("A cache was being built.", "was being built"),
            ("The queue got replaced.", "got replaced"),
            ("The test was not run.", "was not run"),
            ("The index was rebuilt by hand.", "was rebuilt"),
            ("Usage was analysed by customer.", "was analysed"),
            ("The cost was reduced by 40%.", "was reduced"),
            ("It was decided by me.", "was decided"),
            ("The load was cut by caching.", "was cut"),
            ("Redis was used for sessions.", "was used"),
        ],
    )
    def test_is_found(self, action, words):
        assert in_action(Kind.PASSIVE, action) == [words]

    @pytest.mark.parametrize(
        "action",
        [
            "I was responsible for the table.",
            "The table was slow, red and naked.",
            "I was asked to split it.",
            "Later I was also given two more tables.",
            "The plan was approved by the security team.",
            "No order was lost.",
            "Nothing was broken and none of the rows were changed.",
            "The schema had been written in 2009.",
            "It could be moved, and should have been moved long before.",
            "All events are encrypted at rest.",
            "The team was tired, stuck and interested.",
            "We were used to it.",
            "A hundred was enough, and the feed was a need.",
            'She said: "The table was dropped."',
            "Whoever was on duty decided.",
            "I was hired in May, and Ada was promoted.",
            "I chose it because the licence was already paid.",
        ],
    )
    def test_is_not_found(self, action):
        assert in_action(Kind.PASSIVE, action) == []

    def test_in_a_result_the_outcome_may_be_the_subject(self):
        assert (
            found(Kind.PASSIVE, result="The switch was made in 41 seconds. I learned a lot.") == []
        )


class TestWe:
    def test_every_we_that_acts(self):
        assert in_action(Kind.WE, "We looked. Then we decided, and we'd built it by May.") == [
            "We",
            "we",
            "we'd",
        ]

    def test_one_we_beside_two_i(self):
        assert in_action(Kind.WE, "I looked. I decided. We built it.") == []
        assert in_action(Kind.WE, "I looked. We built it.") == ["We"]

    def test_two_we_beside_eight_i(self):
        action = "I looked. " * 8 + "We built it. We ran it."
        assert in_action(Kind.WE, action) == []
        assert in_action(Kind.WE, action.replace("I looked. ", "", 2)) == ["We", "We"]

    @pytest.mark.parametrize(
        "action",
        [
            "I proposed that we stop. I knew the tool we had. I asked what we need.",
            'I said: "We stop." I meant: “we stop now”.',
            "The West was weary. Wednesday went well.",
            "I wrote a test for it, so we would know.",
        ],
    )
    def test_a_we_inside_what_i_did(self, action):
        assert (
            in_action(Kind.WE, f"{action} We went. We ran.".replace("We went. We ran.", "")) == []
        )

    def test_it_is_one_finding_that_counts(self):
        (finding,) = [
            f for f in coach(replace(GOOD, action="We did. We did.")).findings if f.kind == "we"
        ]
        assert "2 times" in finding.message
        assert finding.spans == ((0, 2), (8, 10))


class TestNumber:
    @pytest.mark.parametrize(
        "result",
        [
            "It fell by 40%.",
            "Errors went from nine a week to two.",
            "It takes 20 minutes now.",
            "The time halved.",
            "Nine of ten failures are known.",
            "Costs fell by a third.",
            "It is ten times as fast.",
            "We saved $2,000 a month.",
            "Thirty-eight of forty levels were ready.",
            "Zero tickets came in.",
            "It takes four weeks, not twelve.",
            "There was no outage in six months.",
        ],
    )
    def test_a_measure(self, result):
        assert found(Kind.NO_NUMBER, result=result) == []

    @pytest.mark.parametrize(
        "result",
        [
            "It became much faster.",
            "We went live in March 2024.",
            "It runs on Java 17 and HTTP 2 now.",
            "It went live on 12 May, after 3 months.",
            "We finished in Q3, at 8 pm, in week 4.",
            "The other two people liked it.",
            "Half a year later it still ran.",
            "It was live six weeks later.",
        ],
    )
    def test_no_measure(self, result):
        assert len(found(Kind.NO_NUMBER, result=result)) == 1

    def test_it_points_at_the_vague_words(self):
        assert found(Kind.NO_NUMBER, result="Search became much better. I learned a lot.") == [
            "much better"
        ]

    def test_it_asks_for_the_metric_that_was_written_down(self):
        story = replace(
            GOOD, result="It is faster.", metrics=(Metric("Release time", "6", "0.3", "hours"),)
        )
        (finding,) = [f for f in coach(story).findings if f.kind == Kind.NO_NUMBER]
        assert "Release time from 6 to 0.3 hours" in finding.message

    def test_it_gives_an_example_of_the_theme(self):
        story = replace(GOOD, result="It is better.", theme="team-leadership")
        (finding,) = [f for f in coach(story).findings if f.kind == Kind.NO_NUMBER]
        assert "pages from 70 a week to 9" in finding.message


class TestBuried:
    LATE = "There was a long discussion with marketing about the layout, " * 5

    def test_late_in_the_result(self):
        assert found(Kind.BURIED, result=f"{self.LATE}. Revenue rose by 6%.") == ["6%"]
        assert found(Kind.BURIED, result=f"Revenue rose by 6%. {self.LATE}") == []

    def test_only_in_the_action(self):
        parts = {
            "action": "I built it over the price of a month. I ran it. Errors fell from 9 to 2%.",
            "result": "All went well. I learned a lot.",
        }
        assert found(Kind.BURIED, **parts) == ["fell from 9"]
        assert found(Kind.NO_NUMBER, **parts) == []


class TestJargon:
    @pytest.mark.parametrize(
        ("action", "terms"),
        [
            ("I asked the QZX for it, and the QZX agreed.", ["QZX"]),
            ("I wired it into Marlin.", ["Marlin"]),
            ("I moved the Falcon service and our Zephyr cluster.", ["Falcon"]),
            ("I called PayFlow from OrderHub.", ["PayFlow", "OrderHub"]),
            ("I read three QZXs.", ["QZXs"]),
        ],
    )
    def test_is_found_at_its_first_mention(self, action, terms):
        assert in_action(Kind.JARGON, action)[: len(terms)] == terms

    @pytest.mark.parametrize(
        "action",
        [
            "I used AWS, an API, SQL, CI/CD, RTO/RPO, S3, APIs, SLOs, p95, PostgreSQL and GitHub.",
            "I asked the QZX (the quality board) for it.",
            "I asked the quality board (QZX) for it.",
            "I asked the QZX, our quality board, for it.",
            "I asked our quality board, QZX, for it. The QZX agreed.",
            "I used a cache called Marlin.",
            "I moved the Marlin billing service.",
            "I moved our label printer service, Marlin, into a container.",
            "The quality zone exchange had it first, so I called the QZE.",
            "QZX is our quality board. I asked it.",
            "I went with Priya to Berlin on Monday, and McDonald joined. I did NOT stop.",
            "I moved it into Kafka and onto Kubernetes in Europe.",
        ],
    )
    def test_is_not_found(self, action):
        assert in_action(Kind.JARGON, action) == []

    def test_an_explanation_in_another_part_is_enough(self):
        assert (
            found(Kind.JARGON, situation="The QZX (a board) stopped us.", action="I went to QZX.")
            == []
        )


class TestHedges:
    def test_is_found(self):
        action = "I basically did it, I think. It was kind of hard, maybe. I was involved in it."
        assert in_action(Kind.HEDGE, action) == [
            "basically", "I think", "kind of", "maybe", "was involved in",
        ]  # fmt: skip

    def test_is_not_found(self):
        action = "I found a kind of lock, this sort of bug, perhaps once a month. I thought so."
        assert in_action(Kind.HEDGE, action) == []


def test_habits_in_place_of_deeds():
    action = "I always talk to everyone. I would usually wait. I try to listen."
    assert in_action(Kind.HABIT, action) == ["I always", "I would usually", "I try"]
    assert in_action(Kind.HABIT, "I always asked. I tried to. He usually waits.") == []


class TestSubstance:
    @pytest.mark.parametrize(
        "action",
        [
            "I chose Postgres over a new store.",
            "I built it at the cost of a slower start.",
            "The simple way was slower but safe.",
            "A rewrite would have taken a year.",
            "I compared three options.",
            "I decided against a rewrite.",
            "I turned down a bigger database because it would only have bought a year.",
            "I left the second model for later.",
            "I gave her the migration. It slowed the project by about two weeks.",
        ],
    )
    def test_a_trade_off(self, action):
        assert in_action(Kind.NO_TRADE_OFF, action) == []

    def test_no_trade_off_points_at_the_decision(self):
        assert in_action(Kind.NO_TRADE_OFF, "I looked. I moved it to S3.") == ["I moved"]

    def test_a_proposal_turned_down_by_others_is_none(self):
        said = "I moved it. My request was turned down. Three fields meant different things."
        assert in_action(Kind.NO_TRADE_OFF, said) == ["I moved"]

    @pytest.mark.parametrize(
        "lesson",
        [
            "I learned to measure first.",
            "Next time I would ask.",
            "I'd ask first.",
            "I test on the oldest phone today.",
            "In hindsight it was late.",
            "Had I asked, it would have been quicker.",
            "I am slower with such scripts today.",
            "Reading the rules yourself beats asking for them.",
        ],
    )
    def test_a_lesson(self, lesson):
        assert found(Kind.NO_LESSON, result=f"Errors fell by 4%. {lesson}") == []

    @pytest.mark.parametrize(
        "rest",
        ["Everybody was happy.", "I got a raise.", "I think it is good.", "Nobody reports to me."],
    )
    def test_no_lesson(self, rest):
        assert found(Kind.NO_LESSON, result=f"Errors fell by 4%. {rest}") == [rest]

    def test_no_level_signal(self):
        assert found(Kind.NO_SIGNAL, signal="") == [""]
        assert found(Kind.NO_SIGNAL, signal="Leadership.") == ["Leadership."]


class TestLengths:
    def test_a_part_that_is_too_long(self):
        (finding,) = coach(replace(GOOD, situation="It was hard. " * 60)).findings
        assert (finding.kind, finding.part, finding.spans) == ("part-long", "situation", ())

    def test_a_part_that_is_too_short(self):
        story = replace(GOOD, situation="It broke.", action=GOOD.action + " I went on." * 3)
        (finding,) = coach(story).findings
        assert (finding.kind, finding.part) == ("part-short", "situation")

    def test_an_empty_part(self):
        (finding,) = coach(replace(GOOD, task=" \n")).findings
        assert (finding.kind, finding.part, finding.quote) == ("part-empty", "task", "")

    def test_too_long_for_its_target(self):
        assert [f.kind for f in coach(replace(GOOD, target=30)).findings] == ["over-time"]
        assert coach(replace(GOOD, target=None)).findings == ()

    def test_the_speed_of_speaking(self):
        slow = coach(replace(GOOD, words_a_minute=50)).timing
        assert slow.seconds == pytest.approx(coach(GOOD).timing.seconds * 3, abs=2)
        assert [f.kind for f in coach(replace(GOOD, words_a_minute=50)).findings] == ["over-time"]
        with pytest.raises(ValueError, match="positive"):
            coach(replace(GOOD, words_a_minute=0))

    def test_words_seconds_and_shares(self):
        timing = coach(
            Story(situation="one two", task="three", action="a b c d e", result="f g")
        ).timing
        assert [part.words for part in timing.parts] == [2, 1, 5, 2]
        assert [part.share for part in timing.parts] == [20, 10, 50, 20]
        assert (timing.words, timing.seconds, timing.fits) == (10, 4, 30)


class TestMarkdown:
    def test_marks_do_not_disturb(self):
        action = "## Then\n\n- **We** `moved`\n- the table *was* _split_ [here](http://we.test/was-split)\n"
        findings = {f.kind: f for f in coach(replace(GOOD, action=action)).findings}
        assert findings["we"].quotes == ("We",)
        assert findings["passive"].quotes == ("was* _split",)

    def test_code_and_addresses_are_not_spoken(self):
        code = "```sql\nwas split was split\n```\nhttps://was.split.test/x\n\n![](x.png)\n| a | b |"
        assert coach(Story(action=code)).timing.words == 2

    def test_a_list_item_is_a_sentence(self):
        assert found(Kind.NO_LESSON, result="- Errors fell by 4%\n- It was fine") == ["It was fine"]


class TestIdentity:
    def identities(self, **parts) -> set[str]:
        return {finding.identity for finding in coach(replace(GOOD, **parts)).findings}

    def test_survives_an_edit_nearby(self):
        before = self.identities(action="The table was split. We ran. I moved it.", result="Great.")
        after = self.identities(
            action="In May, then, the table **was\nsplit**. We ran it. I moved it.",
            result="Very good!",
        )
        assert before == after
        assert "passive:action:was split" in before
        assert "no-number:result:" in before

    def test_other_words_are_another_finding(self):
        assert self.identities(action="It was split.") != self.identities(action="It was moved.")
