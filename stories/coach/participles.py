"""Past participles: the irregular ones, and the words that look like one and are a state."""

from stories.coach.lists import words

IRREGULAR = words(
    """
    awoken beaten begun bent bet bitten blown bought bound bred broadcast brought built burnt
    cast caught chosen cut dealt done drawn driven dug eaten fed flown forbidden foreseen
    forgiven forgotten fought found frozen given ground grown handed heard held hidden hit hung
    hurt kept laid led left lent let lit lost made met mistaken mown offset overridden overseen
    overthrown overturned overwritten paid proven put read rebuilt redone redrawn rerun reset
    resold rethought retold rewound rewritten ridden run said seen sent set sewn shaken shed
    shot shown shut slain sold sought spelt spent spilt split spoken spread spun stolen struck
    stung sunk swept sworn swung taken taught thought thrown told torn undone undertaken
    understood upheld withdrawn withheld won worn woven wound written
    """
)

# After "was" these say how something is, not what was done to it.
STATES = words(
    """
    accustomed advanced affected alarmed amazed annoyed ashamed astonished attached aligned
    armed based biased bored broken called colored coloured committed complicated concerned
    confused connected convinced crowded dated dedicated delighted detailed determined
    disappointed distributed doomed educated embarrassed exhausted experienced excited
    fascinated finished focused frightened frustrated gone gifted impacted impressed inclined
    inspired interested involved known left limited located lost married meant mixed motivated named
    needed obliged opposed outdated overloaded overwhelmed pleased puzzled qualified related
    relaxed relieved reserved required retired rushed sacred satisfied scared scattered seated
    settled shocked sized skilled so-called spent stressed stuck supposed surprised talented
    tempted terrified thrilled tired troubled unchanged undecided unexpected unfinished
    unplanned untested untouched unused upset wanted wired worried
    """
)

# Of somebody's career: no sentence gains by naming who hired.
CAREER = words(
    """
    born elected fired hired invited offered promoted recruited retired
    """
)

_NOT_PARTICIPLES = words(
    """
    bed bleed breed creed deed embed exceed feed greed hundred indeed kindred led need proceed
    red reed seed shed sled speed succeed ted weed wed aged naked rugged wicked wretched ragged
    """
)


def is_participle(word: str) -> bool:
    """Whether a lower-case word is a past participle that tells of a deed."""
    if word in STATES or word in CAREER:
        return False
    last = word.rpartition("-")[2]
    if last in IRREGULAR:
        return True
    return len(last) > 3 and last.endswith("ed") and last not in _NOT_PARTICIPLES
