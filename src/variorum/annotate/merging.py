"""One name for all mentions of one party within an article."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from variorum.lexicon import table
from variorum.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_EMPTY: Final = frozenset(
    (
        "the",
        "a",
        "an",
        "of",
        "for",
        "at",
        "in",
        "on",
        "s",
        "and",
        "to",
        "its",
        "his",
        "her",
        "their",
        "our",
        "this",
        "that",
        "by",
        "new",
        "former",
    )
)
_POSSESSIVE: Final = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity before it has its name: its span, label, token bounds, words, head lemma and nation."""

    span: Span
    label: str
    first: int
    last: int
    words: str
    head: str
    nation: str | None


def share_names(doc: Doc, mentions: Sequence[Mention]) -> list[str]:
    """The name of each mention, in the order given (by start, the longer first).

    A person's is the fullest form with the same surname; an acronym's its expansion; a body's the fullest
    form of the same words or ending; a bare "ministry" or "spokesperson" takes the last that was told in
    full; a country's is its commonest form; a group's the commonest form of the same nation and head.
    """
    names = [" ".join(m.words.split()) for m in mentions]
    _name_persons(mentions, names)
    _name_bodies(mentions, names)
    _name_by_nation(mentions, names)
    _name_offices(doc, mentions, names)
    return names


def _words(name: str) -> list[str]:
    spelling = table("spelling.txt")
    found = []
    for word in _WORD.findall(name):
        plain = _POSSESSIVE.sub("", word).casefold()
        if plain and plain not in _EMPTY:
            found.append(spelling[plain][0] if plain in spelling else plain)
    return found


def _name_persons(mentions: Sequence[Mention], names: list[str]) -> None:
    full: dict[str, list[str]] = defaultdict(list)
    for m, name in zip(mentions, names, strict=True):
        if m.label == "PERSON" and " " in name and name not in full[name.split()[-1].casefold()]:
            full[name.split()[-1].casefold()].append(name)
    for i, m in enumerate(mentions):
        if m.label != "PERSON":
            continue
        said = names[i].split()
        fuller = [n for n in full[said[-1].casefold()] if _extends(n.split(), said)]
        if fuller:
            names[i] = max(fuller, key=lambda n: (len(n.split()), len(n)))


def _extends(full: list[str], said: list[str]) -> bool:
    """Whether a full name can be that of a shorter form: the same words in order, initials allowed."""
    rest = iter(full)
    return all(any(_same(f, w) for f in rest) for w in said)


def _same(a: str, b: str) -> bool:
    a, b = a.rstrip(".").casefold(), b.rstrip(".").casefold()
    return a == b or (min(len(a), len(b)) == 1 and a[:1] == b[:1])


def _name_bodies(mentions: Sequence[Mention], names: list[str]) -> None:
    bodies = [i for i, m in enumerate(mentions) if m.label == "ORG"]
    acronyms: dict[str, str] = {}
    by_words: dict[frozenset[str], str] = {}
    known: list[tuple[frozenset[str], str, str | None]] = []
    for i in bodies:
        words = _words(names[i])
        capitals = [w for w in re.findall(r"\w+", names[i]) if w[0].isupper()]
        if len(capitals) > 1:
            acronyms.setdefault("".join(w[0] for w in capitals), names[i])
        key = frozenset(words)
        if len(key) > 1 and key not in by_words:
            by_words[key] = names[i]
            known.append((key, names[i], mentions[i].nation))
    for i in bodies:
        bare = names[i].replace(".", "")
        if bare.isupper() and len(bare) > 1 and bare in acronyms:
            names[i] = acronyms[bare]
            continue
        key = frozenset(_words(names[i]))
        wider = [n for k, n, nation in known if key and key < k and _nation_fits(nation, mentions[i].nation)]
        same = by_words.get(key)
        distinct = {frozenset(_words(n)) for n in wider}
        if len(distinct) == 1 and (mentions[i].head or len(key) > 1):
            names[i] = wider[0]
        elif same is not None:
            names[i] = same


def _nation_fits(full: str | None, said: str | None) -> bool:
    return said is None or full == said


def _name_by_nation(mentions: Sequence[Mention], names: list[str]) -> None:
    forms: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    keys: dict[int, tuple[str, str, str]] = {}
    for i, m in enumerate(mentions):
        if m.nation and m.label in ("GPE", "NORP", "GROUP"):
            # A capital and its country are two names: one may act where the other lies
            word = " ".join(_words(names[i])) if m.label == "GPE" and len(names[i]) > 5 else ""
            keys[i] = (m.label, m.nation, m.head or word)
            forms[keys[i]][names[i]] += 1
    for i, key in keys.items():
        names[i] = min(forms[key], key=lambda n: (-forms[key][n], len(n), n))


def _name_offices(doc: Doc, mentions: Sequence[Mention], names: list[str]) -> None:
    """Bare offices and bodies take the name of the last told in full, or of a holder named beside them."""
    at = {m.first: i for i, m in enumerate(mentions) if m.label == "PERSON"}
    ends = {m.last: i for i, m in enumerate(mentions) if m.label == "PERSON"}
    last: dict[str, str] = {}
    for i, m in enumerate(mentions):
        if not m.head or m.label == "GROUP":
            continue
        if m.label == "ROLE":
            holder = _beside(doc, m, at, ends)
            if holder is not None:
                names[i] = last[m.head] = names[holder]
                continue
        bare = m.last - m.first == 1
        if bare and m.label == "ROLE":
            names[i] = last.get(m.head, names[i])
        elif not bare:
            last[m.head] = names[i]


def _beside(doc: Doc, m: Mention, at: dict[int, int], ends: dict[int, int]) -> int | None:
    """The person named behind an office ("its head, Jane Doe,") or before ("Jane Doe, its head,")."""
    after = m.last + (m.last < len(doc) and doc[m.last].text == ",")
    if after in at:
        return at[after]
    before = m.first
    while (before > 0 and doc[before - 1].pos_ in ("DET", "PRON")) or (
        before > 0 and doc[before - 1].tag_ == "POS"
    ):
        before -= 1
    if before > 1 and doc[before - 1].text == ",":
        return ends.get(before - 1)
    return None
