"""The forms by which each account names the same party, with every place where it does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from variorum.compare.parties import commonest, nation_words, party_key, same_person
from variorum.lexicon import table
from variorum.model import Annotation, Entity, Form, Naming, Span

_MENTIONS = 2  # a party named once in all accounts shows nothing about naming


@dataclass(frozen=True, slots=True)
class _Mention:
    article: str
    text: str
    span: Span
    entity: Entity


def find_namings(annotations: Sequence[Annotation]) -> tuple[Naming, ...]:
    """Parties that are named in more than one form, or by more than one account; the most named first.

    Persons are one party by surname; bodies by `party_key`; groups of people by nation and class of head
    ("soldiers" and "troops" are one class); a nation's people, named by the nation alone, belong to the group
    of that nation that the same article speaks of most; a country or its capital is a party where it acts.
    """
    nations = nation_words(annotations)
    parties: dict[tuple[object, ...], list[_Mention]] = defaultdict(list)
    persons: list[list[_Mention]] = []
    for annotation in annotations:
        classes = _main_class(annotation)
        people = {e.name for e in annotation.entities if e.label == "PERSON"}
        for mention in _mentions(annotation):
            if mention.entity.name in people:
                _join(persons, mention)
            else:
                parties[_key(mention.entity, classes, nations)].append(mention)
    namings = [_naming(group) for group in [*parties.values(), *persons] if _tells(group)]
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


def _key(entity: Entity, classes: Mapping[str, str], nations: Mapping[str, str]) -> tuple[object, ...]:
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


def _join(persons: list[list[_Mention]], mention: _Mention) -> None:
    for person in persons:
        if same_person(person[0].entity.name, mention.entity.name):
            person.append(mention)
            return
    persons.append([mention])


def _tells(group: Sequence[_Mention]) -> bool:
    forms = {m.text.casefold() for m in group}
    return len(group) >= _MENTIONS and (len(forms) > 1 or len({m.article for m in group}) > 1)


def _naming(group: Sequence[_Mention]) -> Naming:
    forms: dict[tuple[str, str], list[_Mention]] = defaultdict(list)
    for mention in group:
        forms[mention.article, mention.text.casefold()].append(mention)
    return Naming(
        commonest(m.entity.name for m in group),
        tuple(
            Form(article, mentions[0].text, tuple(m.span for m in mentions))
            for (article, _), mentions in forms.items()
        ),
    )
