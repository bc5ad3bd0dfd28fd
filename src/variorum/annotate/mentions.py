"""The people and bodies an article names, token by token, each under one name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from variorum.annotate.attribution_rules.reading import Range, Reading
from variorum.annotate.tree import Tree
from variorum.lexicon import table, words
from variorum.model import Entity, Span

Sex = Literal["f", "m"]

_PARTY_LABELS = frozenset(("ORG", "GPE", "NORP", "FAC", "GROUP"))
# What the recogniser calls a person with a rare surname.
_THINGS = frozenset(("PRODUCT", "WORK_OF_ART", "EVENT", "LOC", "LAW"))
_TITLES_NEAR = 3  # tokens before a name in which a title or office may stand


@dataclass(frozen=True, slots=True)
class Mention:
    """One naming of a person or body: its tokens and the name it is known by, None where two bear it."""

    tokens: Range
    name: str | None
    person: bool


@dataclass(slots=True)
class Mentions:
    """All mentions of an article in order; `at[i]` is the index of the one that holds token `i`, or -1."""

    all: list[Mention] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    sexes: dict[str, Sex] = field(default_factory=dict)
    surnames: dict[str, list[str]] = field(default_factory=dict)
    offices: dict[str, dict[str, int]] = field(default_factory=dict)
    """By the lemma of an office or kind of body: who bears it, and the token where that is first said."""

    def of(self, token: int) -> Mention | None:
        """The mention that holds a token."""
        return self.all[self.at[token]] if self.at[token] >= 0 else None

    def fullest(self, name: str) -> str | None:
        """The fullest name of the article that holds all words of this one; None where two do."""
        parts = set(name.casefold().split())
        known = self.surnames.get(name.split()[-1].casefold(), [])
        bearers = [n for n in known if parts <= set(n.casefold().split())]
        return (bearers or [name])[0] if len(bearers) <= 1 else None

    def may_be(self, name: str, sex: Sex) -> bool:
        """Whether nothing known speaks against the person being of that sex."""
        return self.sexes.get(name, sex) == sex


def find_mentions(r: Reading, entities: tuple[Entity, ...]) -> Mentions:
    """The article's mentions: the entities given, else the parser's own, surnames joined to full names."""
    raw = _read(r, list(_given(r, entities)) if entities else list(_parsed(r)))
    persons = [text for _, text, person in raw if person]
    found = Mentions(at=[-1] * len(r.tree), surnames=_full_names(persons))
    for tokens, text, person in raw:
        found.at[tokens[0] : tokens[1]] = [len(found.all)] * (tokens[1] - tokens[0])
        # a bare surname is looked up as it stands: the entities' name for it may be one of two bearers'
        bare = person and " " not in _words(r, tokens)
        said = _words(r, tokens) if bare else text
        found.all.append(Mention(tokens, found.fullest(said) if person else text, person))
    for mention in found.all:
        if mention.name is not None:
            _note_sex(r, found, mention)
            _note_office(r, found, mention)
    return found


def _read(r: Reading, raw: list[tuple[Range, str, bool]]) -> list[tuple[Range, str, bool]]:
    """The mentions with persons that the recogniser took for things, by their given name or surname."""
    out = []
    for tokens, text, person in raw:
        whole = _with_given_name(r, tokens) if person else tokens
        bearer = whole if person else _bearer(r, tokens)
        changed = bearer is not None and (bearer != tokens or not person)
        out.append((bearer, _words(r, bearer), True) if bearer and changed else (tokens, text, person))
    endings = {
        " ".join(text.casefold().split()[k:])
        for _, text, person in out
        if person
        for k in range(1, min(5, len(text.split())))
    }
    return [
        (tokens, text, person or (" " in text and text.casefold() in endings)) for tokens, text, person in out
    ]


def _bearer(r: Reading, tokens: Range) -> Range | None:
    """The tokens of a person's name in what was taken for a thing: "Striker [Ana Belloc]"."""
    start, end = tokens
    first = r.text[r.tree.start[start] : r.tree.end[start]]
    if r.tree.lemma[start] in words("role-heads.txt") or (end - start == 3 and not _is_given_name(r, start)):
        start += first[:1].isupper()
    size = end - start
    if not 2 <= size <= 4 or not _is_given_name(r, start) or r.tree.lower[end - 1] in words("body-heads.txt"):
        return None
    rest = (r.text[r.tree.start[i] : r.tree.end[i]] for i in range(start, end))
    return (start, end) if all(w[:1].isupper() and w[1:2].islower() for w in rest) else None


def _with_given_name(r: Reading, tokens: Range) -> Range:
    """The tokens of a surname with the given name right before it that the recogniser missed."""
    start, end = tokens
    if (
        start
        and " " not in _words(r, tokens)
        and r.tree.pos[start - 1] == "PROPN"
        and _is_given_name(r, start - 1)
    ):
        return start - 1, end
    return tokens


def _is_given_name(r: Reading, i: int) -> bool:
    return r.text[r.tree.start[i] : r.tree.end[i]] in table("given-names.txt")


def _words(r: Reading, tokens: Range) -> str:
    return " ".join(r.text[r.tree.start[tokens[0]] : r.tree.end[tokens[1] - 1]].split())


def _given(r: Reading, entities: tuple[Entity, ...]) -> Iterator[tuple[Range, str, bool]]:
    end = 0
    for e in sorted(entities, key=lambda e: (e.span.start, -e.span.end)):
        tokens = r.tokens(e.span)
        if tokens[0] < end or tokens[1] <= tokens[0]:
            continue
        if e.label == "PERSON" or e.label in _PARTY_LABELS or (e.label in _THINGS and _bearer(r, tokens)):
            end = tokens[1]
            yield tokens, e.name, e.label == "PERSON"


def _parsed(r: Reading) -> Iterator[tuple[Range, str, bool]]:
    for ent in r.document.doc.ents:
        if ent.label_ == "PERSON" or ent.label_ in _PARTY_LABELS:
            start, end = ent.start, ent.end
            while end > start + 1 and r.tree.tag[end - 1] in ("POS", "_SP"):
                end -= 1
            text = " ".join(r.text[r.tree.start[start] : r.tree.end[end - 1]].split())
            for article in ("the ", "The "):
                text = text.removeprefix(article)
            if text:
                yield (start, end), text, ent.label_ == "PERSON"


def _full_names(names: list[str]) -> dict[str, list[str]]:
    """By surname: the distinct fullest names that end in it."""
    out: dict[str, list[str]] = {}
    for name in sorted(set(names), key=lambda n: (-len(n.split()), n)):
        known = out.setdefault(name.split()[-1].casefold(), [])
        if not any(set(name.casefold().split()) <= set(k.casefold().split()) for k in known):
            known.append(name)
    return out


def _note_sex(r: Reading, found: Mentions, mention: Mention) -> None:
    if not mention.person or mention.name is None:
        return
    start, end = mention.tokens
    titles = table("gendered-nouns.txt")
    for i in (*range(start, end), *range(start - 1, max(-1, start - 1 - _TITLES_NEAR), -1)):
        if i < start and r.tree.pos[i] not in ("NOUN", "PROPN", "PUNCT", "ADJ"):
            break
        if row := titles.get(r.tree.lower[i].rstrip(".")):
            found.sexes[mention.name] = "f" if row[0] == "f" else "m"
            return
    first = mention.name.split()[0]
    if (
        mention.name not in found.sexes
        and len(mention.name.split()) > 1
        and (row := table("given-names.txt").get(first))
    ):
        found.sexes[mention.name] = "f" if row[0] == "f" else "m"


def _note_office(r: Reading, found: Mentions, mention: Mention) -> None:
    """Offices said of a person ("spokesman Tolliver", "Wenn, an aide") and kinds of bodies ("Ministry")."""
    tree = r.tree
    name = mention.name or ""
    if not mention.person:
        kind = name.partition(" of ")[0].partition(" for ")[0].split()[-1]
        _office(found, kind.casefold(), name, mention.tokens[0])
        return
    start, end = mention.tokens
    head = next((i for i in range(start, end) if not start <= tree.head[i] < end), end - 1)
    for child in tree.children[head]:
        if tree.dep[child] in ("appos", "compound", "nmod") and tree.pos[child] in ("NOUN", "PROPN"):
            _office(found, tree.lemma[child].casefold(), name, child)
            _office(found, office_of(tree, child), name, child)
    if tree.dep[head] == "appos" and tree.pos[tree.head[head]] == "NOUN":
        _office(found, tree.lemma[tree.head[head]].casefold(), name, start)
        _office(found, office_of(tree, tree.head[head]), name, start)


def office_of(tree: Tree, head: int) -> str:
    """An office with the words that are part of it: "chief executive", "deputy mayor"."""
    parts = [tree.lower[c] for c in tree.children[head] if c < head and tree.dep[c] in ("amod", "compound")]
    return " ".join((*parts, tree.lemma[head].casefold()))


def _office(found: Mentions, lemma: str, name: str, token: int) -> None:
    found.offices.setdefault(lemma, {}).setdefault(name, token)


def words_of(r: Reading, span: Span) -> str:
    """A phrase on one line, without an article before it."""
    text = " ".join(span.of(r.text).split())
    for article in ("the ", "a ", "an "):
        if text[: len(article)].casefold() == article:
            return text[len(article) :]
    return text
