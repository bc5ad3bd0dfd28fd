"""Words that stand for a nation: its name, its people, its seat of government."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from variorum.annotate.gazetteer import gazetteer, normalise
from variorum.lexicon import rows

NationWord = Literal["people", "seat", "country"]


@cache
def _listed() -> dict[str, tuple[str, NationWord]]:
    found: dict[str, tuple[str, NationWord]] = {}
    for code, *columns in rows("nations.txt"):
        kinds: tuple[NationWord, ...] = ("people", "seat", "country")
        for kind, column in zip(kinds, columns, strict=False):
            for form in column.split("|"):
                if form:
                    found.setdefault(normalise(form), (code, kind))
    return found


@lru_cache(maxsize=8192)
def nation_of(words: str) -> tuple[str, NationWord] | None:
    """The ISO 3166 code that words stand for and in which way; None where they stand for no nation.

    A form of three letters or fewer counts only in capitals: "US", not "us".
    """
    if len(words) <= 3 and not words.isupper():
        return None
    key = normalise(words)
    listed = _listed().get(key)
    if listed is not None:
        return listed
    for match in gazetteer().find(words):
        if match.entry.kind == "country" and match.entry.country and match.own and not match.demonym:
            return match.entry.country, "country"
    return None
