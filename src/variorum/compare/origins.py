"""Where statements come from in the end, so that ten outlets that repeat one ministry count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from variorum.compare.credits import agencies, credited_agency
from variorum.compare.parties import commonest, nation_words, party_key, same_person
from variorum.lexicon import table
from variorum.model import (
    Annotation,
    Attribution,
    Entity,
    Origin,
    OriginKind,
    Passage,
    Ref,
    Span,
    Statement,
)

_REPRINT = 0.5  # share of a claim that lies in a shared passage for its words to count as the shared text's


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins of a story, and for each claim the index of its own."""

    origins: tuple[Origin, ...]
    of: Mapping[Ref, int]

    def rows(self, claims: Sequence[Ref]) -> tuple[int, ...]:
        """The distinct origins of some claims, ascending: as many as are independent of one another."""
        return tuple(sorted({self.of[claim] for claim in claims if claim in self.of}))


@dataclass(frozen=True, slots=True)
class _Source:
    """One statement with the name and kind of whoever it comes from."""

    statement: Statement
    name: str
    kind: OriginKind
    key: object
    claims: tuple[Ref, ...]


def find_origins(annotations: Sequence[Annotation], passages: Sequence[Passage]) -> Origins:
    """Follow every statement to its origin, and merge the origins that are one party.

    A claim inside an attribution comes from the innermost source; any other from its outlet, unless the
    outlet credits an agency or shares the words with another account. Sources are merged over the accounts by
    `party_key`, persons by surname. Origins are ordered by the number of their statements.
    """
    nations = nation_words(annotations)
    sources: list[_Source] = []
    for annotation in annotations:
        sources += _attributed(annotation, nations)
        sources += _own(annotation, annotations, passages)
    groups: dict[object, list[_Source]] = defaultdict(list)
    for source in sources:
        groups[source.key].append(source)
    merged = _merge_persons(list(groups.values()))
    merged.sort(key=lambda group: (-len(group), commonest(s.name for s in group)))
    of = {claim: n for n, group in enumerate(merged) for source in group for claim in source.claims}
    return Origins(tuple(map(_origin, merged)), of)


def _origin(group: list[_Source]) -> Origin:
    kind = commonest(s.kind for s in group)
    statements = tuple(dict.fromkeys(s.statement for s in group))
    return Origin(commonest(s.name for s in group), kind, statements)  # type: ignore[arg-type]


def _merge_persons(groups: list[list[_Source]]) -> list[list[_Source]]:
    merged: list[list[_Source]] = []
    for group in sorted(groups, key=lambda g: (g[0].kind, commonest(s.name for s in g))):
        if group[0].kind == "person":
            name = commonest(s.name for s in group)
            for other in merged:
                if other[0].kind == "person" and same_person(name, commonest(s.name for s in other)):
                    other.extend(group)
                    break
            else:
                merged.append(list(group))
        else:
            merged.append(list(group))
    return merged


def _attributed(annotation: Annotation, nations: Mapping[str, str]) -> list[_Source]:
    """One source for every content span of every attribution."""
    inside: dict[int, list[Ref]] = defaultdict(list)
    for claim in annotation.claims:
        if claim.attribution is not None:
            inside[claim.attribution].append(Ref(annotation.article.id, claim.span))
    found: list[_Source] = []
    for n, attribution in enumerate(annotation.attributions):
        name, kind = _named(attribution, annotation)
        if kind == "unnamed":
            # nothing says that two unnamed sources are one, nor that they are two: one an account is safest
            key: object = (kind, annotation.article.id, name)
        elif kind == "agency":
            key = (kind, agencies()[name.casefold()])
            name = agencies()[name.casefold()]
        else:
            key = party_key(name, nations)
        via = _via(annotation, attribution)
        for i, span in enumerate(attribution.content):
            statement = Statement(annotation.article.id, span, via)
            found.append(_Source(statement, name, kind, key, tuple(inside[n]) if i == 0 else ()))
    return found


def _via(annotation: Annotation, attribution: Attribution) -> tuple[str, ...]:
    chain: list[str] = []
    seen: set[int] = set()
    while True:
        words = _words(annotation, attribution.source)
        if words:
            chain.append(words)
        if attribution.parent is None or attribution.parent in seen:
            return tuple(reversed(chain))
        seen.add(attribution.parent)
        attribution = annotation.attributions[attribution.parent]


def _words(annotation: Annotation, spans: Sequence[Span]) -> str:
    return " ".join(span.of(annotation.article.text) for span in spans)


def _named(attribution: Attribution, annotation: Annotation) -> tuple[str, OriginKind]:
    words = _words(annotation, attribution.source)
    name = attribution.speaker or words
    if not attribution.source and not attribution.speaker:
        return "unnamed source", "unnamed"
    if name.casefold() in agencies():
        return name, "agency"
    entity = _entity_of(attribution, annotation, name)
    kinds = table("source-kinds.txt")
    head = (entity.head if entity and entity.head else words.split()[-1] if words else "").casefold()
    if head in kinds:
        return name, kinds[head][0]  # type: ignore[return-value]
    if attribution.speaker is None and attribution.unresolved:
        return words or "unnamed source", "unnamed"
    label = entity.label if entity else ""
    if label == "PERSON":
        return name, "person"
    if label in ("ORG", "GPE", "FAC", "NORP", "ROLE"):
        return name, "organisation"
    return name, "group"


def _entity_of(attribution: Attribution, annotation: Annotation, name: str) -> Entity | None:
    by_name = [e for e in annotation.entities if e.name == name]
    inside = [e for e in annotation.entities for s in attribution.source if s.overlaps(e.span)]
    return next(iter(by_name or inside), None)


def _own(
    annotation: Annotation, annotations: Sequence[Annotation], passages: Sequence[Passage]
) -> list[_Source]:
    """The claims that the outlet makes itself, or copies from an agency or another account."""
    article = annotation.article
    names = {a.article.id: a.article.name for a in annotations}
    agency = credited_agency(annotation)
    shared = [
        (mine.span, other.article)
        for p in passages
        for mine, other in ((p.a, p.b), (p.b, p.a))
        if mine.article == article.id
    ]
    found: list[_Source] = []
    for claim in annotation.claims:
        if claim.attribution is not None:
            continue
        span = claim.span
        sharers = {other for passage, other in shared if passage.shared(span) >= _REPRINT * len(span)}
        name = names[article.id]
        kind: OriginKind = "outlet"
        key: tuple[str, ...] = ("outlet", article.outlet or article.id)
        if agency:
            name, kind, key = agency, "agency", ("agency", agency)
        elif sharers:
            group = tuple(sorted({article.id, *sharers}))
            name = "text shared by " + ", ".join(sorted(names[i] for i in group))
            kind, key = "shared", ("shared", *group)
        found.append(_Source(Statement(article.id, span), name, kind, key, (Ref(article.id, span),)))
    return found
