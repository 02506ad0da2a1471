"""Lists of words as they are read: separated by spaces."""


def words(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())
