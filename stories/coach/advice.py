"""What the coach says to each finding: why it matters, and a weak and a strong way to put it."""

from typing import NamedTuple

from stories.coach.findings import Kind


class Advice(NamedTuple):
    name: str
    why: str
    weak: str
    strong: str


ADVICE: dict[Kind, Advice] = {
    Kind.EMPTY: Advice(
        "Empty",
        "The four parts answer four questions: where were you, what was yours to do, what did you "
        "do, what came of it. A listener asks for the one that is missing.",
        "We had a slow shop. I rebuilt the cache.",
        "We had a slow shop, and I had promised sales 300 ms by June. I rebuilt the cache.",
    ),
    Kind.NO_NUMBER: Advice(
        "No number",
        "A number makes the result believable and easy to repeat. The interviewer writes it down "
        "and quotes it when the panel decides.",
        "The page became much faster and everybody was happy.",
        "The page went from 900 ms to 240 ms, and 4% more carts were paid.",
    ),
    Kind.BURIED: Advice(
        "Buried outcome",
        "What is heard first stays. When the outcome comes after the circumstances, many listeners "
        "have started on their next question.",
        "After talks with three departments and two more designs, revenue rose by 6%.",
        "Revenue rose by 6%. It took talks with three departments to get there.",
    ),
    Kind.WE: Advice(
        "“We”",
        "The interviewer hires one person. Behind “we” nobody can see which part was yours, and "
        "that is the usual follow-up. One “we” among several “I” is left alone.",
        "We decided to split the service.",
        "I proposed to split the service, and the team agreed.",
    ),
    Kind.NO_TRADE_OFF: Advice(
        "No trade-off",
        "Senior work is choosing between things that each cost something. A decision without a "
        "price sounds like luck, or like somebody else's decision. The coach goes by words such as "
        "“but”, “over” or “at the cost of”: dismiss this if you named the price in others.",
        "I moved the index to a managed service.",
        "I moved the index to a managed service: 400 dollars a month more, and no nights on call.",
    ),
    Kind.NO_LESSON: Advice(
        "No lesson",
        "“What would you do differently?” is asked after nearly every story. An answer of your own "
        "accord shows that you look back at your work. Dismiss this if your last sentence is that "
        "answer in other words.",
        "The migration ended in May.",
        "The migration ended in May. Next time I would show the plan to support first.",
    ),
    Kind.NO_SIGNAL: Advice(
        "Level signal",
        "The level signal is your note on why this story shows the level you apply for: the scope, "
        "the judgement, the people you moved. It keeps the telling on course.",
        "Leadership",
        "Changed how nine teams spend money without authority over any of them.",
    ),
    Kind.OVER_TIME: Advice(
        "Over time",
        "An interviewer has three or four questions for the hour. A story that runs over its time "
        "takes it from the next one, and from the follow-ups that show the most.",
        "A five-minute answer to “tell me briefly”.",
        "Two minutes, and then: “I can say more about the rollout.”",
    ),
    Kind.LONG: Advice(
        "Too long",
        "The target shares are S 15, T 10, A 50–60 and R 15–20 per cent: the action is what you "
        "are hired for, the rest makes it understood.",
        "Two minutes on how the company came to have two billing systems.",
        "We had two billing systems, and every invoice had to match in both.",
    ),
    Kind.SHORT: Advice(
        "Too short",
        "The target shares are S 15, T 10, A 50–60 and R 15–20 per cent. A part that is over in a "
        "breath leaves the listener to guess.",
        "I fixed the queue.",
        "I traced the queue for a day, found one slow consumer, and split it by customer.",
    ),
    Kind.PASSIVE: Advice(
        "Passive",
        "The passive hides who acted. In your own story the listener cannot tell whether it was "
        "you.",
        "It was decided to drop the cache.",
        "I decided to drop the cache.",
    ),
    Kind.JARGON: Advice(
        "Unexplained",
        "A word of your own house costs the listener the next two sentences, and few interviewers "
        "stop you to ask.",
        "I moved it to Marlin.",
        "I moved it to Marlin, our label printer service.",
    ),
    Kind.HEDGE: Advice(
        "Hedge",
        "A hedge takes back what you have just claimed. If you are not certain, say what you know "
        "and how you know it.",
        "I basically designed most of it, I think.",
        "I designed the storage and the retries; a colleague designed the interface.",
    ),
    Kind.HABIT: Advice(
        "Habit",
        "“Tell me about a time” asks for one day and one deed. What you always do cannot be "
        "followed up, and sounds like an opinion about yourself.",
        "I always talk to everyone involved.",
        "I sat down with the two teams that had stopped talking, for a day each.",
    ),
}

# An outcome that stories of a theme can usually give, by the key of the theme.
NUMBERS_OF_A_THEME = {
    "modernization": "a release from two weeks to one day",
    "performance-scalability": "the 95th percentile from 900 ms to 240 ms",
    "security-data": "recovery from 19 hours to 3, or open findings from 47 to none",
    "team-leadership": "pages from 70 a week to 9, or seven of nine people who stayed",
}
ANY_NUMBER = "how much time, money, errors or people, before and after"
