"""The forms by which each account names the same party, where it does, and the loaded words near."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from variorum.compare.by_sentence import BySentence
from variorum.compare.loaded import loaded_words
from variorum.compare.offices import Offices, person_of
from variorum.compare.parties import commonest, longer_keys, nation_words, party_key, same_person
from variorum.lexicon import table
from variorum.model import Annotation, Entity, Form, Loaded, Naming, Span

_MENTIONS = 2  # a party named once in all accounts shows nothing about naming
_NEAR = 4  # words on either side of a name, in its sentence, that are looked at
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_INDEFINITE = re.compile(r"\b(?:an?|one|another|former|some)\s+$", re.I)


@dataclass(frozen=True, slots=True)
class _Mention:
    article: str
    text: str
    span: Span
    entity: Entity


_Key = tuple[object, ...]


def find_namings(annotations: Sequence[Annotation]) -> tuple[Naming, ...]:
    """Parties that are named in more than one form, or by more than one account; the most named first.

    Persons are one party by surname and by the offices that the accounts give them; bodies by `party_key`,
    short names joining the one longer name that holds them, first in their own account; groups of people by
    nation and class of head ("soldiers" and "troops" are one class); a nation's people, named by the nation
    alone, belong to the group of that nation that the same article speaks of most; a country or its capital
    is a party where it acts.
    """
    nations = nation_words(annotations)
    offices = Offices.of(annotations, nations)
    parties: dict[_Key, list[_Mention]] = defaultdict(list)
    persons: list[tuple[str, list[_Mention]]] = []
    for annotation in annotations:
        classes = _main_class(annotation)
        keyed: list[tuple[_Key, _Mention]] = []
        for mention in _mentions(annotation):
            person = _person(mention, annotation, offices, nations)
            if person is not None:
                _join(persons, person, mention)
            else:
                keyed.append((_key(mention.entity, classes, nations), mention))
        for key, mention in _completed(keyed):
            parties[key].append(mention)
    texts = {a.article.id: _Text(a) for a in annotations}
    everything = [(key, mention) for key, held in parties.items() for mention in held]
    groups: dict[_Key, list[_Mention]] = defaultdict(list)
    for key, mention in _completed(everything):
        groups[key].append(mention)
    namings = [_naming(g, texts) for g in (*groups.values(), *(held for _, held in persons)) if _tells(g)]
    return tuple(sorted(namings, key=lambda n: (-sum(len(f.spans) for f in n.forms), n.name)))


def _mentions(annotation: Annotation) -> Iterable[_Mention]:
    """Every mention of a party; a word inside a longer mention ("Russian" in "Russian troops") is none."""
    acting = {i for a in annotation.attributions for s in a.source for i in range(s.start, s.end)}
    acting |= {s.start for c in annotation.claims for s in (c.agent, c.patient) if s}
    end = 0
    for entity in sorted(annotation.entities, key=lambda e: (e.span.start, -e.span.end)):
        if entity.span.end <= end:
            continue
        end = entity.span.end
        text = " ".join(entity.span.of(annotation.article.text).split())
        acts = any(i in acting for i in range(entity.span.start, entity.span.end))
        if (
            entity.label in ("PERSON", "ORG", "ROLE")
            or (entity.label == "GROUP" and (entity.nation or " " in text))
            or (entity.label == "NORP" and (acts or text.endswith("s")))
            or (entity.label == "GPE" and entity.nation and acts)
        ):
            yield _Mention(annotation.article.id, text, entity.span, entity)


def _person(
    mention: _Mention, annotation: Annotation, offices: Offices, nations: Mapping[str, str]
) -> str | None:
    """The name of the person that a mention means, by name or by office; None for other parties."""
    entity = mention.entity
    if entity.label == "PERSON" or entity.name in offices.persons:
        return person_of(entity) or entity.name
    if entity.label == "ROLE":
        before = annotation.article.text[max(0, entity.span.start - 12) : entity.span.start]
        return None if _INDEFINITE.search(before) else offices.holder(mention.article, mention.text, nations)
    return offices.person(entity.name) if entity.label == "ORG" else None


def _class(entity: Entity) -> str:
    head = entity.head.casefold()
    return table("party-heads.txt").get(head, (head,))[0]


def _main_class(annotation: Annotation) -> dict[str, str]:
    """For each nation, the class of people of that nation that the article names most."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entity in annotation.entities:
        if entity.label == "GROUP" and entity.nation:
            counts[entity.nation][_class(entity)] += 1
    return {nation: min(c, key=lambda k: (-c[k], k)) for nation, c in counts.items()}


def _key(entity: Entity, classes: Mapping[str, str], nations: Mapping[str, str]) -> _Key:
    if entity.label == "GROUP":
        return ("group", entity.nation, _class(entity))
    if entity.label == "NORP" and entity.nation:
        return ("group", entity.nation, classes.get(entity.nation, "people"))
    if entity.label == "GPE":
        return ("government", entity.nation)
    key = party_key(entity.name, nations)
    if entity.nation and key == {entity.nation}:
        return ("government", entity.nation)
    return ("body", key)


def _completed(keyed: Sequence[tuple[_Key, _Mention]]) -> Iterator[tuple[_Key, _Mention]]:
    """Bodies under the one longer name that holds theirs."""
    longer = longer_keys({words for (kind, *rest), _ in keyed for words in _frozen(kind, rest)})
    for key, mention in keyed:
        words = next(_frozen(key[0], key[1:]), None)
        yield (key if words is None else ("body", longer.get(words, words))), mention


def _frozen(kind: object, rest: Iterable[object]) -> Iterator[frozenset[str]]:
    return (words for words in rest if kind == "body" and isinstance(words, frozenset))


def _join(persons: list[tuple[str, list[_Mention]]], name: str, mention: _Mention) -> None:
    for known, held in persons:
        if known == name or same_person(known, name):
            held.append(mention)
            return
    persons.append((name, [mention]))


def _tells(group: Sequence[_Mention]) -> bool:
    forms = {m.text.casefold() for m in group}
    return len(group) >= _MENTIONS and (len(forms) > 1 or len({m.article for m in group}) > 1)


class _Text:
    """One account's loaded words, and what lies around a name."""

    def __init__(self, annotation: Annotation) -> None:
        text = annotation.article.text
        self._words = [Span(*m.span()) for m in _WORD.finditer(text)]
        self._starts = [w.start for w in self._words]
        self._sentences = annotation.sentences
        self._sentence_starts = [s.start for s in annotation.sentences]
        contents = ((c, n) for n, a in enumerate(annotation.attributions) for c in a.content)
        self._contents = BySentence(annotation.sentences, contents)
        self._loaded = list(loaded_words(text, 0, len(text)))
        self._loaded_starts = [s.start for s in self._loaded]
        self._loaded_ends = [s.end for s in self._loaded]

    def near(self, span: Span) -> Iterator[Loaded]:
        """The loaded words in a name, and those within a few words of it in its sentence."""
        first = max(0, bisect_left(self._starts, span.start) - _NEAR)
        last = min(len(self._words), bisect_left(self._starts, span.end) + _NEAR)
        n = bisect_right(self._sentence_starts, span.start) - 1
        sentence = self._sentences[n] if n >= 0 else span
        start = max(sentence.start, self._words[first].start) if self._words else span.start
        end = min(sentence.end, self._words[last - 1].end) if last else span.end
        within = slice(bisect_left(self._loaded_starts, start), bisect_right(self._loaded_ends, end))
        for word in self._loaded[within]:
            yield Loaded(word, self._innermost(word))

    def _innermost(self, word: Span) -> int | None:
        holding = [(len(c), n) for c, n in self._contents.near(word) if c.holds(word)]
        return min(holding)[1] if holding else None


def _naming(group: Sequence[_Mention], texts: Mapping[str, _Text]) -> Naming:
    forms: dict[tuple[str, str], list[_Mention]] = defaultdict(list)
    for mention in group:
        forms[mention.article, mention.text.casefold()].append(mention)
    return Naming(
        commonest(m.entity.name for m in group),
        tuple(
            Form(
                article,
                mentions[0].text,
                tuple(m.span for m in mentions),
                tuple(dict.fromkeys(w for m in mentions for w in texts[article].near(m.span))),
            )
            for (article, _), mentions in forms.items()
        ),
    )
