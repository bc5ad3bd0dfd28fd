"""Resolves the source of each attribution to one name across the article, or says why it cannot.

Nothing is guessed: where two people fit, or nobody is named, the speaker stays open and `unresolved`
says why. The reasons are the constants below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from variorum.annotate.attribution_rules.reading import Range, Reading
from variorum.annotate.attribution_rules.sources import reach
from variorum.annotate.mentions import Mentions, Sex, find_mentions, office_of, words_of
from variorum.annotate.tree import Tree
from variorum.lexicon import words
from variorum.model import Attribution, Entity, Span

UNNAMED = "unnamed"
TWO_CANDIDATES = "two candidates"
NO_ANTECEDENT = "pronoun without antecedent"
FIRST_PERSON = "first person outside of a named speech"
GENERIC = "nobody in particular"

_SEXES: dict[str, Sex] = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_PLURAL = frozenset(("they", "them", "their"))
_NEUTER = frozenset(("it", "its", "this", "that", "which"))
_FIRST = frozenset(("i", "me", "my", "we", "us", "our"))
_GENERIC = frozenset(("you", "one", "what", "nobody", "anyone", "everyone"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_AGENTS = ("er", "or", "ist", "ian", "man", "woman")  # of nouns for people: "caller", "geologist"
_SENTENCES_BACK = 5
_TOKENS_BACK = 200  # of one sentence: text without full stops must not make every pronoun read all of it


@dataclass(frozen=True, slots=True)
class _Answer:
    name: str | None
    why: str | None = None
    person: bool = True


def with_speakers(
    reading: Reading, attributions: tuple[Attribution, ...], entities: tuple[Entity, ...]
) -> tuple[Attribution, ...]:
    """The attributions with `speaker`, or with `unresolved` where no one name is sure.

    Sources are read in the order of the text, so that a pronoun can go back to an earlier source. "I" is
    whoever utters the content it stands in.
    """
    resolver = _Resolver(reading, attributions, find_mentions(reading, entities))
    order = sorted(range(len(attributions)), key=lambda k: _start(attributions[k]))
    for k in order:
        resolver.resolve(k)
    for k in order:
        resolver.resolve_first_person(k)
    return tuple(
        replace(a, speaker=answer.name, unresolved=answer.why)
        for a, answer in zip(attributions, resolver.answers, strict=True)
    )


def _start(a: Attribution) -> int:
    return a.source[0].start if a.source else a.cue[0].start if a.cue else a.content[0].start


def _is_someone(tree: Tree, head: int, children: list[int]) -> bool:
    """Whether a noun phrase speaks of a person or people that it leaves unnamed: "a diver", "two people"."""
    lemma = tree.lemma[head]
    if lemma in words("anonymous-heads.txt"):
        return True
    counted = any(tree.dep[c] in ("det", "nummod") and c < head for c in children)
    agent = lemma.endswith(_AGENTS) and lemma not in words("no-agents.txt")
    return counted and (agent or lemma in words("people.txt"))


class _Resolver:
    def __init__(self, r: Reading, attributions: tuple[Attribution, ...], mentions: Mentions) -> None:
        self.r, self.attributions, self.mentions = r, attributions, mentions
        self.answers = [_Answer(None, UNNAMED) for _ in attributions]
        self.heads = [self._head(a.source[0]) if a.source else None for a in attributions]
        self.sources: dict[int, _Answer] = {}  # by the head token of a resolved source
        self.in_content = bytearray(len(r.tree))
        for a in attributions:
            for s in a.content:
                start, end = r.tokens(s)
                self.in_content[start:end] = b"\1" * (end - start)

    def _head(self, span: Span) -> int | None:
        return self.r.tree.head_within(*self.r.tokens(span))

    def resolve(self, k: int) -> None:
        """Answer for one source, whatever it is, but for the first person."""
        head = self.heads[k]
        if head is None:
            return
        answer = self._answer(self.attributions[k].source[0], head)
        self.answers[k] = answer
        if answer.name is not None:
            self.sources[head] = answer

    def resolve_first_person(self, k: int) -> None:
        """Whoever says "I" is the speaker of the attribution it stands in."""
        head, parent = self.heads[k], self.attributions[k].parent
        if head is not None and parent is not None and self.r.tree.lower[head] in ("i", "me", "my"):
            held = self.answers[parent]
            self.answers[k] = held if held.name else _Answer(None, held.why)

    def _answer(self, span: Span, head: int) -> _Answer:
        tree = self.r.tree
        word = tree.lower[head]
        if word in _RELATIVE and tree.pos[head] in ("PRON", "SCONJ", "DET"):
            noun = self._relativized(head)
            phrase = reach(self.r, noun) if noun is not None else None
            if noun is None or phrase is None:
                return _Answer(None, NO_ANTECEDENT)
            return self._nominal(self.r.tokens(phrase), noun)
        if word in _FIRST:
            return _Answer(None, FIRST_PERSON)
        if word in _GENERIC and tree.pos[head] == "PRON":
            return _Answer(None, GENERIC)
        if word in _SEXES:
            return self._pronoun(head, _SEXES[word])
        if word in _PLURAL:
            return self._plural(head)
        if word in _NEUTER and tree.pos[head] == "PRON":
            return self._plural(head, plural=False)
        return self._nominal(self.r.tokens(span), head)

    def _relativized(self, head: int) -> int | None:
        tree = self.r.tree
        here = tree.head[head]
        for _ in range(4):
            if tree.dep[here] == "relcl":
                return tree.head[here]
            here = tree.head[here]
        return None

    # Names and offices

    def _nominal(self, tokens: Range, head: int) -> _Answer:
        """A noun phrase: the person or body in it, the bearer of its office, or its own words."""
        named = self._named(tokens, head)
        if named is not None:
            return named
        tree = self.r.tree
        if tree.pos[head] == "PROPN" and all(
            tree.pos[i] in ("PROPN", "PUNCT") for i in range(tokens[0], head)
        ):
            start, end = head, head + 1
            while start - 1 >= tokens[0] and tree.pos[start - 1] == "PROPN":
                start -= 1
            name = self.mentions.fullest(self.r.text[tree.start[start] : tree.end[end - 1]])
            return _Answer(name, None if name else TWO_CANDIDATES)
        return self._office(tokens, head)

    def _named(self, tokens: Range, head: int) -> _Answer | None:
        tree = self.r.tree
        mention = self.mentions.of(head)
        if mention is not None and (mention.person or self._is_name(head)):
            name = mention.name
            if name and not mention.person:
                name = self._with_place(mention.tokens, tokens) or name
            return _Answer(name, None if name else TWO_CANDIDATES, mention.person)
        above = self.mentions.of(tree.head[head]) if tree.dep[head] == "appos" else None
        if above is not None and above.person and above.name:  # "Ann Hill, the lawyer who said"
            return _Answer(above.name)
        for i in tree.children[head]:
            beside = self.mentions.of(i)
            if beside is not None and beside.person and tree.dep[i] == "appos" and tokens[0] <= i < tokens[1]:
                return _Answer(beside.name, None if beside.name else TWO_CANDIDATES)
        return None

    def _with_place(self, mention: Range, source: Range) -> str | None:
        """A body's name with the place that is part of it: "United Divers [of Marn]"."""
        tree, end = self.r.tree, mention[1]
        if end + 1 >= source[1] or tree.lower[end] != "of" or tree.pos[end + 1] != "PROPN":
            return None
        end += 2
        while end < source[1] and tree.pos[end] == "PROPN":
            end += 1
        span = self.r.span((mention[0], end))
        return words_of(self.r, span) if span else None

    def _office(self, tokens: Range, head: int) -> _Answer:
        tree, r = self.r.tree, self.r
        lemma = tree.lemma[head]
        span = r.span(tokens)
        if span is None:
            return _Answer(None, UNNAMED)
        label = words_of(r, span)
        children = [c for c in tree.children[head] if tokens[0] <= c < tokens[1]]
        bare = all(tree.dep[c] in ("det", "punct", "poss", "case") for c in children)
        if not bare and all(tree.dep[c] in ("det", "punct", "amod", "compound") for c in children):
            office = office_of(tree, head)
            bare, lemma = office in self.mentions.offices, office
        definite = any(tree.lower[c] in _DEFINITE for c in children)
        owned = any(tree.dep[c] == "poss" and tree.pos[c] == "PRON" for c in children)
        if bare and (definite or owned):
            bearers = {n: t for n, t in self.mentions.offices.get(lemma, {}).items() if t < head}
            if len(bearers) == 1:
                return _Answer(next(iter(bearers)))
            if len(bearers) > 1:
                return _Answer(None, TWO_CANDIDATES)
            if owned:
                return _Answer(None, UNNAMED)
            if (earlier := self._told_in_full(head)) is not None:
                return earlier
        tied = any(self._is_name(i) for i in range(*tokens))
        if not tied and not definite and _is_someone(tree, head, children):
            return _Answer(None, UNNAMED)
        if not bare and tied:
            self.mentions.offices.setdefault(lemma, {}).setdefault(label, head)
        return _Answer(label, person=False)

    def _is_name(self, i: int) -> bool:
        """Whether a token stands in a name, not in a group told by common nouns."""
        return self.r.tree.pos[i] == "PROPN" or (self.mentions.at[i] >= 0 and self.r.tree.pos[i] != "NOUN")

    def _told_in_full(self, head: int) -> _Answer | None:
        """For "the union" the one "divers' union" of the text before; two of them are no answer."""
        tree = self.r.tree
        near = range(max(0, head - _TOKENS_BACK), head)
        found = set()
        for i in near:
            if tree.lemma[i] != tree.lemma[head] or tree.pos[i] not in ("NOUN", "PROPN"):
                continue
            if any(tree.dep[c] in ("poss", "compound", "amod") and c < i for c in tree.children[i]):
                span = reach(self.r, i)
                if span is not None:
                    found.add(words_of(self.r, span))
        if len(found) == 1:
            return _Answer(found.pop(), person=False)
        return _Answer(None, TWO_CANDIDATES) if found else None

    # Pronouns

    def _pronoun(self, head: int, sex: Sex) -> _Answer:
        """The one person of that sex in the nearest sentence that has one; who speaks goes first."""
        for tokens in self._back(head):
            told, mentioned, owners = [], [], []
            for i in range(tokens[1] - 1, tokens[0] - 1, -1):
                name = self._person_at(i)
                if name is None or not self.mentions.may_be(name, sex):
                    continue
                if self.in_content[i] or self.r.quote[i] >= 0:
                    told.append(name)
                elif i in self.sources:
                    return self._sole([n for j in range(*tokens) if (n := self._source_at(j, sex))])
                elif self.r.tree.dep[i] == "poss":
                    owners.append(name)
                else:
                    mentioned.append(name)
            for group in (mentioned, owners, told):
                if group:
                    return self._sole(group)
        return _Answer(None, NO_ANTECEDENT)

    def _person_at(self, i: int) -> str | None:
        source = self.sources.get(i)
        if source is not None and source.person:
            return source.name
        mention = self.mentions.of(i)
        if mention is None or not mention.person or i != mention.tokens[1] - 1:
            return None
        return mention.name

    def _source_at(self, i: int, sex: Sex) -> str | None:
        answer = self.sources.get(i)
        fits = answer is not None and answer.person and answer.name is not None
        if answer is None or not fits or self.in_content[i]:
            return None
        return answer.name if self.mentions.may_be(answer.name or "", sex) else None

    def _sole(self, names: list[str]) -> _Answer:
        return _Answer(names[0]) if len(set(names)) == 1 else _Answer(None, TWO_CANDIDATES)

    def _back(self, head: int) -> Iterator[Range]:
        """The words before the pronoun in its sentence, then the sentences before, nearest first."""
        start, _ = self.r.sentence_range(head)
        yield max(start, head - _TOKENS_BACK), head
        for _ in range(_SENTENCES_BACK):
            if start == 0:
                return
            start, end = self.r.sentence_range(start - 1)
            yield max(start, end - _TOKENS_BACK), end

    def _plural(self, head: int, plural: bool = True) -> _Answer:
        """For "they" and "it": the body or group that spoke last, or the subject of the sentence before."""
        for n, tokens in enumerate(self._back(head)):
            spoke = [
                a
                for i in range(*tokens)
                if (a := self.sources.get(i)) and not a.person and not self.in_content[i]
            ]
            if spoke:
                return self._sole([a.name for a in spoke if a.name])
            if n:
                subject = self._collective_subject(tokens, plural)
                if subject is not None:
                    return subject
        return _Answer(None, NO_ANTECEDENT)

    def _collective_subject(self, tokens: Range, plural: bool) -> _Answer | None:
        tree = self.r.tree
        for i in range(*tokens):
            if tree.dep[i] not in ("nsubj", "nsubjpass") or self.in_content[i] or tree.pos[i] == "PRON":
                continue
            mention = self.mentions.of(i)
            several = tree.tag[i] in ("NNS", "NNPS")
            if mention is not None and not mention.person and mention.name:
                return _Answer(mention.name, person=False)
            if several == plural and mention is None and tree.pos[i] in ("NOUN", "PROPN"):
                span = self.r.span(self.r.covered(i))
                return _Answer(words_of(self.r, span), person=False) if span else None
            return None
        return None
