"""What a user types, as an FTS5 expression that cannot be wrong or do anything else.

    storm harbour        both words
    "high tide"          these words in a row
    flood*               words that begin so
    ferry OR boat        either
    storm -film          without that word (also NOT film)

Everything else in the input is taken as words. Words are found as they are written, but for case and accents.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from variorum.errors import UsageError

_PIECE = re.compile(r'(-?)"([^"]*)"?(\*?)|(\S+)')


@dataclass(slots=True)
class _Group:
    """Terms between two ORs."""

    wanted: list[str] = field(default_factory=list)
    unwanted: list[str] = field(default_factory=list)


def expression(words: str) -> str:
    """The FTS5 expression for what was typed.

    Raises:
        UsageError: if there is no word in it, or only words that must not be there.
    """
    groups = [_Group()]
    negate = False
    for dash, phrase, star, bare in _PIECE.findall(words):
        if bare == "OR":
            groups.append(_Group())
            negate = False
        elif bare == "NOT":
            negate = True
        elif bare != "AND":
            if bare:
                dash, phrase, star = bare.startswith("-"), bare.strip("-*"), bare.endswith("*")
            if term := _term(phrase, bool(star)):
                (groups[-1].unwanted if dash or negate else groups[-1].wanted).append(term)
            negate = False
    parts = [_group(g) for g in groups if g.wanted or g.unwanted]
    if not parts:
        raise UsageError(f"there is no word to search for in {words!r}")
    return " OR ".join(parts)


def _term(phrase: str, prefix: bool) -> str:
    """A phrase in quotation marks; empty where the tokenizer would find no word in it."""
    if not any(unicodedata.category(c)[0] in "LN" for c in phrase):
        return ""
    quoted = phrase.replace('"', '""').replace("\0", " ")
    return f'"{quoted}"' + ("*" if prefix else "")


def _group(group: _Group) -> str:
    if not group.wanted:
        raise UsageError("a search needs a word that must be there; only words that must not were given")
    wanted = "(" + " AND ".join(group.wanted) + ")"
    return wanted + "".join(f" NOT {term}" for term in group.unwanted)
