"""Where statements come from in the end, so that ten outlets that repeat one ministry count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from variorum.compare.copies import copies
from variorum.compare.parties import commonest, longer_keys, same_person
from variorum.compare.sources import Key, Register, Source, attributed, own
from variorum.model import Annotation, Chain, Origin, OriginKind, Passage, Ref

_REPEATED = ("outlet", "agency", "shared")  # kinds that may be a flat repetition of what is attributed


@dataclass(frozen=True, slots=True)
class Traced:
    """The distinct origins of one row, ascending, and the way by which each of its claims came."""

    origins: tuple[int, ...]
    chains: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of a story; for each claim the index of its own, and the sources it came through."""

    origins: tuple[Origin, ...]
    of: Mapping[Ref, int]
    via: Mapping[Ref, tuple[str, ...]]
    outlets: Mapping[str, str]

    def trace(self, claims: Sequence[Ref]) -> Traced:
        """Follow the claims of one row, which all state one fact, to their ends.

        What an account says in its own voice and elsewhere attributes has the origin that it names. A claim
        that goes back to another outlet whose account is here has the origin which that account names for it.
        """
        told = [c for c in claims if c in self.of]
        named: dict[str, Ref] = {}
        for claim in told:
            if claim.article not in named and self._kind(claim) not in _REPEATED:
                named[claim.article] = claim
        chains = [self._chain(claim, named) for claim in told]
        return Traced(tuple(sorted({c.origin for c in chains})), tuple(chains))

    def _kind(self, claim: Ref) -> OriginKind:
        return self.origins[self.of[claim]].kind

    def _chain(self, claim: Ref, named: Mapping[str, Ref]) -> Chain:
        via, seen, at = self.via.get(claim, ()), {claim.article}, claim
        if self._kind(claim) in _REPEATED and claim.article in named and not via:
            at = named[claim.article]
            return Chain(claim, self.of[at], self.via.get(at, ()))
        while self._kind(at) == "outlet":
            name = self.origins[self.of[at]].name
            told = next((named[i] for i in named if self.outlets[i] == name and i not in seen), None)
            if told is None:
                break
            seen.add(told.article)
            via, at = (*via, *self.via.get(told, ())), told
        return Chain(claim, self.of[at], via)


def find_origins(annotations: Sequence[Annotation], passages: Sequence[Passage]) -> Origins:
    """Follow every statement to its origin, and merge the origins that are one party.

    A claim inside an attribution comes from the innermost source, or from whom that source cites; any other
    from its outlet, unless the outlet credits an agency or shares the words with another account. Sources are
    merged over the accounts by the words of their names, persons by surname and office, a spokesperson with
    whom they speak for; a short name ("the ministry") joins the one longer name that holds all its words,
    first in its own account, then in all. Origins are ordered by the number of their statements.
    """
    register = Register.of(annotations, copies(passages))
    sources: list[Source] = []
    for annotation in annotations:
        sources += _completed(attributed(annotation, register))
        sources += own(annotation, register)
    groups: dict[Key, list[Source]] = defaultdict(list)
    for source in _completed(sources):
        groups[source.party.key].append(source)
    merged = _merge_persons(groups.values())
    merged.sort(key=lambda group: (-len(group), _name(group)))
    of = {claim: n for n, group in enumerate(merged) for source in group for claim in source.claims}
    via = {claim: source.statement.via for source in sources for claim in source.claims}
    return Origins(tuple(map(_origin, merged)), of, via, register.names)


def _completed(sources: Sequence[Source]) -> list[Source]:
    """Give a short name the key of the one longer name that holds it."""
    longer = longer_keys(s.party.key[1] for s in sources if s.party.key[0] == "name")
    found = []
    for source in sources:
        kind, words = source.party.key
        key: Key = (kind, longer.get(words, words)) if kind == "name" else source.party.key
        found.append(replace(source, party=replace(source.party, key=key)))
    return found


def _name(group: Sequence[Source]) -> str:
    """The commonest name; of a person the commonest of those with most words."""
    names = [source.party.name for source in group]
    most = max(len(n.split()) for n in names) if _kind(group) == "person" else 0
    return commonest(n for n in names if len(n.split()) >= most)


def _kind(group: Iterable[Source]) -> OriginKind:
    return cast("OriginKind", commonest(source.party.kind for source in group))


def _origin(group: Sequence[Source]) -> Origin:
    return Origin(_name(group), _kind(group), tuple(dict.fromkeys(source.statement for source in group)))


def _merge_persons(groups: Iterable[list[Source]]) -> list[list[Source]]:
    """Join the groups that are one person under differently spelt names; leave all others.

    Every person is compared with every other: spellings differ in any letter, so that nothing sorts them.
    """
    merged: list[list[Source]] = []
    persons: list[tuple[str, list[Source]]] = []
    named = sorted(((_kind(group), _name(group), group) for group in groups), key=lambda g: g[:2])
    for kind, name, group in named:
        if kind != "person":
            merged.append(list(group))
            continue
        one = next((held for known, held in persons if same_person(name, known)), None)
        if one is not None:
            one.extend(group)
            continue
        merged.append(list(group))
        persons.append((name, merged[-1]))
    return merged
