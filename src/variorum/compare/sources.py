"""Who is behind each statement of one account: a name, a kind, and a key that other accounts can share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from variorum.compare.credits import agencies, credited_agency
from variorum.compare.parties import party_key
from variorum.lexicon import table
from variorum.model import Annotation, Attribution, OriginKind, Passage, Ref, Span, Statement

_REPRINT = 0.5  # share of a claim that lies in a shared passage for its words to count as the shared text's

# What follows says where a body sits or what a thing shows: it does not name the source.
_ADJUNCT = re.compile(
    r"\s+(?:in|at|near|from|that|which|who|whose|taken|filmed|posted|published|released)\b.*", re.S
)

_BODIES = ("ORG", "GPE", "FAC", "NORP", "ROLE")

Key = tuple[str, frozenset[str]]
"""Kind of key, and the words that two names of one source have in common."""


@dataclass(frozen=True, slots=True)
class Source:
    """One statement with the name, kind and key of whoever it comes from, and the claims inside it."""

    statement: Statement
    name: str
    kind: OriginKind
    key: Key
    claims: tuple[Ref, ...]


def attributed(annotation: Annotation, nations: Mapping[str, str]) -> list[Source]:
    """One source for every content span of every attribution."""
    inside: dict[int, list[Ref]] = defaultdict(list)
    for claim in annotation.claims:
        if claim.attribution is not None:
            inside[claim.attribution].append(Ref(annotation.article.id, claim.span))
    labels = _labels(annotation)
    found: list[Source] = []
    for n, attribution in enumerate(annotation.attributions):
        name, kind = _named(attribution, annotation, labels)
        key: Key = ("name", party_key(_ADJUNCT.sub("", name), nations))
        if kind == "unnamed":
            # nothing says that two unnamed sources are one, nor that they are two: one an account is safest
            key = (kind, frozenset((annotation.article.id, name)))
        elif kind == "agency":
            name = agencies()[name.casefold()]
            key = (kind, frozenset((name,)))
        via = _via(annotation, attribution)
        for i, span in enumerate(attribution.content):
            statement = Statement(annotation.article.id, span, via)
            found.append(Source(statement, name, kind, key, tuple(inside[n]) if i == 0 else ()))
    return found


def own(annotation: Annotation, names: Mapping[str, str], passages: Sequence[Passage]) -> list[Source]:
    """The claims that the outlet makes itself, or copies from an agency or another account.

    Args:
        annotation: the account.
        names: what each account of the story is called, by id.
        passages: the text that the story's accounts share.
    """
    article = annotation.article
    agency = credited_agency(annotation)
    shared = [
        (mine.span, other.article)
        for p in passages
        for mine, other in ((p.a, p.b), (p.b, p.a))
        if mine.article == article.id
    ]
    found: list[Source] = []
    for claim in annotation.claims:
        if claim.attribution is not None:
            continue
        span = claim.span
        sharers = {other for passage, other in shared if passage.shared(span) >= _REPRINT * len(span)}
        name: str = article.name
        kind: OriginKind = "outlet"
        key: Key = (kind, frozenset((article.outlet or article.id,)))
        if agency:
            name, kind, key = agency, "agency", ("agency", frozenset((agency,)))
        elif sharers:
            group = frozenset((article.id, *sharers))
            name, kind = "text shared by " + ", ".join(sorted(names[i] for i in group)), "shared"
            key = (kind, group)
        found.append(Source(Statement(article.id, span), name, kind, key, (Ref(article.id, span),)))
    return found


def _via(annotation: Annotation, attribution: Attribution) -> tuple[str, ...]:
    """The sources from the outermost attribution to this one, as the article words them."""
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
    return " ".join(" ".join(span.of(annotation.article.text).split()) for span in spans)


def _labels(annotation: Annotation) -> dict[str, str]:
    """The label of each name in the article; one that is a person's anywhere is a person's."""
    labels: dict[str, str] = {}
    for entity in annotation.entities:
        if entity.label == "PERSON" or entity.name not in labels:
            labels[entity.name] = entity.label
    return labels


def _named(
    attribution: Attribution, annotation: Annotation, labels: Mapping[str, str]
) -> tuple[str, OriginKind]:
    words = _words(annotation, attribution.source)
    name = attribution.speaker or words
    if not name:
        return "unnamed source", "unnamed"
    if name.casefold() in agencies():
        return name, "agency"
    kind = _thing(name) or _thing(words)
    if kind:
        return name, kind
    if attribution.speaker is None and attribution.unresolved:
        return name, "unnamed"
    label = labels.get(name)
    if label == "PERSON":
        return name, "person"
    return name, "organisation" if label in _BODIES else "group"


def _thing(name: str) -> OriginKind | None:
    """The kind of a source that is a thing: the first word that names one decides."""
    kinds = table("source-kinds.txt")
    for word in _ADJUNCT.sub("", name).casefold().split():
        for form in (word, word.removesuffix("s")):
            if form in kinds:
                return cast("OriginKind", kinds[form][0])
    return None
