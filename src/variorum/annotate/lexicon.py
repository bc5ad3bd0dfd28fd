"""Word lists of closed classes, read from `variorum/data`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by class, each with a value.

    `classes` maps a class to its words (lower case) and their values. `starters` are all the words of all
    classes as they may be written: lower case, capitalised, upper case.
    """

    classes: dict[str, dict[str, str]]
    starters: frozenset[str]

    def value(self, kind: str, word: str) -> str:
        """The value of a lower-case word in a class; empty where the class lacks the word."""
        return self.classes.get(kind, {}).get(word, "")


@cache
def load_lexicon(name: str) -> Lexicon:
    """Read a list from `variorum/data`: lines of class, word and value; `#` begins a comment line.

    Raises:
        FileNotFoundError: if the package lacks the file.
    """
    classes: dict[str, dict[str, str]] = {}
    for line in files("variorum").joinpath("data", name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, word, value = line.split()
            classes.setdefault(kind, {})[word] = value
    starters = {f for words in classes.values() for w in words for f in spellings(w)}
    return Lexicon(classes, frozenset(starters))


def spellings(word: str) -> tuple[str, ...]:
    """A lower-case word as it may stand in a text."""
    return word, word.capitalize(), word.upper()
