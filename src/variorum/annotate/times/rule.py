"""What a time rule is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from variorum.annotate.document import Document
from variorum.annotate.grammar import Hit
from variorum.annotate.times.anchor import Anchor, Direction
from variorum.annotate.times.tense import direction
from variorum.model import TimexType


class Reading(NamedTuple):
    """TIMEX3 type and value of an expression."""

    type: TimexType
    value: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may look at beside its own words."""

    document: Document
    anchor: Anchor | None

    def direction(self, hit: Hit) -> Direction | None:
        """Whether the verb above the expression looks back or ahead."""
        return direction(self.document.doc, hit.start, hit.end)


Reader = Callable[[Hit, Context], Reading | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern (see `variorum.annotate.grammar`) and how to read what it matches.

    A reader returns None where the words turn out not to be a time.
    """

    name: str
    pattern: str
    read: Reader
