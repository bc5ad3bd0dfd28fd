"""Where statements come from in the end, so that ten outlets that repeat one ministry count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from variorum.compare.parties import commonest, nation_words, same_person
from variorum.compare.sources import Key, Source, attributed, own
from variorum.model import Annotation, Origin, OriginKind, Passage, Ref


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of a story, and for each claim the index of its own."""

    origins: tuple[Origin, ...]
    of: Mapping[Ref, int]

    def rows(self, claims: Sequence[Ref]) -> tuple[int, ...]:
        """The distinct origins of some claims, ascending: as many as are independent of one another."""
        return tuple(sorted({self.of[claim] for claim in claims if claim in self.of}))


def find_origins(annotations: Sequence[Annotation], passages: Sequence[Passage]) -> Origins:
    """Follow every statement to its origin, and merge the origins that are one party.

    A claim inside an attribution comes from the innermost source; any other from its outlet, unless the
    outlet credits an agency or shares the words with another account. Sources are merged over the accounts by
    the words of their names, persons by surname; a short name ("the ministry") joins the one longer name that
    holds all its words, first in its own account, then in all. Origins are ordered by the number of their
    statements.
    """
    nations = nation_words(annotations)
    names = {a.article.id: a.article.name for a in annotations}
    sources: list[Source] = []
    for annotation in annotations:
        sources += _completed(attributed(annotation, nations))
        sources += own(annotation, names, passages)
    groups: dict[Key, list[Source]] = defaultdict(list)
    for source in _completed(sources):
        groups[source.key].append(source)
    merged = _merge_persons(groups.values())
    merged.sort(key=lambda group: (-len(group), _name(group)))
    of = {claim: n for n, group in enumerate(merged) for source in group for claim in source.claims}
    return Origins(tuple(map(_origin, merged)), of)


def _completed(sources: Sequence[Source]) -> list[Source]:
    """Give a name whose words are all in exactly one longer name that longer name's key.

    A nation alone is no part of a longer name: "Norway" is not its foreign ministry.
    """
    keys = {s.key for s in sources if s.key[0] == "name"}
    by_word: dict[str, list[Key]] = defaultdict(list)
    for key in keys:
        for word in key[1]:
            by_word[word].append(key)
    longer: dict[Key, Key] = {}
    for key in keys:
        if all(word.isupper() for word in key[1]):
            continue
        holders = [other for other in min((by_word[w] for w in key[1]), key=len) if key[1] < other[1]]
        # of names that hold one another ("ministry", "defence ministry", "X's defence ministry") the longest
        top = [h for h in holders if not any(h[1] < other[1] for other in holders)]
        if len(top) == 1:
            longer[key] = top[0]
    return [replace(s, key=longer.get(s.key, s.key)) for s in sources]


def _name(group: Iterable[Source]) -> str:
    return commonest(source.name for source in group)


def _origin(group: Sequence[Source]) -> Origin:
    kind = cast("OriginKind", commonest(source.kind for source in group))
    return Origin(_name(group), kind, tuple(dict.fromkeys(source.statement for source in group)))


def _merge_persons(groups: Iterable[list[Source]]) -> list[list[Source]]:
    """Join the groups that are one person under differently spelt names; leave all others."""
    merged: list[list[Source]] = []
    for group in sorted(groups, key=lambda g: (g[0].kind, _name(g))):
        same = (
            other
            for other in merged
            if group[0].kind == other[0].kind == "person" and same_person(_name(group), _name(other))
        )
        one = next(same, None)
        if one is None:
            merged.append(list(group))
        else:
            one.extend(group)
    return merged
