"""Who is behind each statement of one account: a name, a kind, and a key that other accounts can share."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from variorum.compare.copies import Copies
from variorum.compare.credits import agency_named, credited_agency, is_generic
from variorum.compare.media import cited_by, is_own, outlet_key, outlets_of, passes_on
from variorum.compare.offices import Offices
from variorum.compare.parties import commonest, nation_words, party_key
from variorum.lexicon import table, words
from variorum.model import Annotation, Attribution, Claim, OriginKind, Ref, Span, Statement

_REACH = 400  # characters around a claim in which the source of its words stands
_COVERED = 0.5  # share of a claim that another content must hold to speak for it

# What follows says by what means a body spoke or what a thing shows: it does not name the source. A named
# place does, for the police in one town are not those in another; a ministry merely sits where it sits.
_ADJUNCT = re.compile(
    r"\s+(?:(?:in|at|near)\s+(?!(?:the\s+)?[^\W\d_a-z])|(?:that|which|who|whose|taken|filmed|posted|published|released"
    r"|shared|issued|obtained|familiar|citing|quoting)\b).*",
    re.S,
)
_SEAT = re.compile(r"\s+(?:in|at|near)\s")
# "a statement from the hospital", "video posted by the guard": the thing, then whose it is.
_OWNED = re.compile(r"(?P<thing>.+?)\s+(?:(?:\w+ed|taken|put out)\s+)?(?:by|from|of)\s+(?P<owner>\S.*)", re.S)
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)
_DEFINITE = re.compile(r"(?:the|its|their|his|her)\s", re.I)
_BEHIND = re.compile(r"\s+(?:of|for|at|in|from|with|who|familiar|close)\b")
_POSSESSIVE = re.compile(r"['’]s?$")

_BODIES = ("ORG", "GPE", "FAC", "NORP", "ROLE")

Key = tuple[str, frozenset[str]]
"""Kind of key, and the words that two names of one source have in common."""


@dataclass(frozen=True, slots=True)
class Party:
    """Whoever a statement comes from."""

    name: str
    kind: OriginKind
    key: Key


@dataclass(frozen=True, slots=True)
class Source:
    """One statement with whoever it comes from, and the claims inside it."""

    statement: Statement
    party: Party
    claims: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """What all accounts of a story together say of who is who."""

    nations: Mapping[str, str]
    offices: Offices
    outlets: Mapping[frozenset[str], str]
    names: Mapping[str, str]
    agencies: Mapping[str, str | None]
    copies: Copies

    @classmethod
    def of(cls, annotations: Sequence[Annotation], copies: Copies) -> Register:
        """Read it off the accounts."""
        nations = nation_words(annotations)
        names = {a.article.id: a.article.name for a in annotations}
        return cls(
            nations=nations,
            offices=Offices.of(annotations, nations),
            outlets=outlets_of({a.article.id: o for a in annotations if (o := a.article.outlet)}),
            names=names,
            agencies={a.article.id: credited_agency(a) for a in annotations},
            copies=copies,
        )


def attributed(annotation: Annotation, register: Register) -> list[Source]:
    """One source for every content span of every attribution."""
    inside: dict[int, list[Ref]] = defaultdict(list)
    for claim, index in zip(annotation.claims, homes(annotation), strict=True):
        if index is not None:
            inside[index].append(Ref(annotation.article.id, claim.span))
    labels = _labels(annotation)
    found: list[Source] = []
    for n, attribution in enumerate(annotation.attributions):
        cited = _cited(annotation, attribution)
        party = _party(attribution, cited, annotation, labels, register)
        via = _via(annotation, attribution)
        if cited is not None:
            via = (*via, _said(annotation, (cited,)))
        if party.kind == "unnamed" and attribution.content:
            party = _shared_unnamed(party, annotation, attribution, register)
        for i, span in enumerate(attribution.content):
            statement = Statement(annotation.article.id, span, via)
            found.append(Source(statement, party, tuple(inside[n]) if i == 0 else ()))
    return found


def own(annotation: Annotation, register: Register) -> list[Source]:
    """The claims that the outlet makes itself, or copies from an agency or another account."""
    article = annotation.article
    found: list[Source] = []
    for claim, home in zip(annotation.claims, homes(annotation), strict=True):
        if home is not None:
            continue
        party = _copied(annotation, claim.span, register)
        party = party or outlet_party(article.outlet or article.id, article.name)
        ref = Ref(article.id, claim.span)
        found.append(Source(Statement(article.id, claim.span), party, (ref,)))
    return found


def _copied(annotation: Annotation, span: Span, register: Register) -> Party | None:
    """The agency that the account credits, or one that carries the same words; else the shared text."""
    article = annotation.article.id
    carriers = register.copies.carried_by(article, span)
    credits = [c for i in sorted({article, *carriers}) if (c := register.agencies[i])]
    named = [c for c in credits if not is_generic(c)]
    agency = register.agencies[article]
    if credits and (agency is None or is_generic(agency)):
        agency = commonest(named or credits)
    if agency:
        return _agency(agency, carriers or frozenset((article,)))
    if len(carriers) > 1:
        name = "text shared by " + ", ".join(sorted(register.names[i] for i in carriers))
        return Party(name, "shared", ("shared", carriers))
    return None


def _agency(name: str, carriers: frozenset[str]) -> Party:
    """An agency; one that is not named is the same only in the copies of one text."""
    return Party(
        name, "agency", ("agency", frozenset((name, *carriers)) if is_generic(name) else frozenset((name,)))
    )


def _shared_unnamed(
    party: Party, annotation: Annotation, attribution: Attribution, register: Register
) -> Party:
    """An unnamed source of copied text is the same in every copy."""
    carriers = register.copies.carried_by(annotation.article.id, attribution.content[0])
    if len(carriers) < 2:
        return party
    if not attribution.source:
        return _copied(annotation, attribution.content[0], register) or party
    return replace(party, key=("unnamed", carriers | {party.name.casefold()}))


def outlet_party(outlet: str, name: str) -> Party:
    """The party that an outlet is when it speaks for itself."""
    return Party(name, "outlet", ("outlet", frozenset((outlet,))))


def homes(annotation: Annotation) -> tuple[int | None, ...]:
    """For each claim the attribution that its words go back to, None for the account's own.

    Where the one that annotation chose only passes on, and another content of somebody else holds the claim
    too ("X happened, the railway said, according to the agency"), that other one. A claim that annotation
    gave to nobody, being a whole sentence with its source, goes back to the content that fills most of it.
    """
    sources = sorted((s.start, n) for n, a in enumerate(annotation.attributions) for s in a.source)
    starts = [start for start, _ in sources]
    found = []
    for claim in annotation.claims:
        first = bisect_left(starts, claim.span.start - _REACH)
        last = bisect_left(starts, claim.span.end + _REACH)
        near = sorted({n for _, n in sources[first:last]})
        found.append(_home(claim, near, annotation))
    return tuple(found)


def _home(claim: Claim, near: Sequence[int], annotation: Annotation) -> int | None:
    chosen = claim.attribution
    if chosen is None:
        within = [
            (sum(c.shared(claim.span) for c in annotation.attributions[n].content), -n)
            for n in near
            if any(claim.span.holds(s) for s in annotation.attributions[n].source)
        ]
        most, number = max(within, default=(0, 0))
        return -number if most > _COVERED * len(claim.span) else None
    if not passes_on(_said(annotation, annotation.attributions[chosen].source)):
        return chosen
    for n in near:
        other = annotation.attributions[n]
        held = max((c.shared(claim.span) for c in other.content), default=0)
        if (
            n != chosen
            and held >= _COVERED * len(claim.span)
            and not passes_on(_said(annotation, other.source))
        ):
            return n
    return chosen


def _cited(annotation: Annotation, attribution: Attribution) -> Span | None:
    said = _said(annotation, attribution.source)
    return cited_by(annotation, attribution) if said and passes_on(said) else None


def _via(annotation: Annotation, attribution: Attribution) -> tuple[str, ...]:
    """The sources from the outermost attribution to this one, as the article words them."""
    chain: list[str] = []
    seen: set[int] = set()
    while True:
        said = _said(annotation, attribution.source)
        if said:
            chain.append(said)
        if attribution.parent is None or attribution.parent in seen:
            return tuple(reversed(chain))
        seen.add(attribution.parent)
        attribution = annotation.attributions[attribution.parent]


def _said(annotation: Annotation, spans: Sequence[Span]) -> str:
    return " ".join(" ".join(span.of(annotation.article.text).split()) for span in spans)


def _labels(annotation: Annotation) -> dict[str, str]:
    """The label of each name in the article; one that is a person's anywhere is a person's."""
    labels: dict[str, str] = {}
    for entity in annotation.entities:
        if entity.label == "PERSON" or entity.name not in labels:
            labels[entity.name] = entity.label
    return labels


def _party(
    attribution: Attribution,
    cited: Span | None,
    annotation: Annotation,
    labels: Mapping[str, str],
    register: Register,
) -> Party:
    said = _said(annotation, attribution.source)
    speaker = attribution.speaker
    if cited is not None:
        said = _said(annotation, (cited,))
        speaker = None
    if speaker is None and cited is None and attribution.unresolved:
        someone = _ARTICLE.sub("", said.strip(" ,"))
        body = _speaks_for(someone)
        if body == someone or not _names_somebody(body):
            return _unnamed(said, annotation)
        return _resolve(body, annotation, labels, register)  # "a police spokesman" is the police
    name = _full(speaker, said)
    if name.casefold() in words("no-third-party.txt"):
        return _unnamed("", annotation)
    if not name or (_is_anonymous(name, labels, register.nations) and not _is_definite(said)):
        return _unnamed(said, annotation)
    return _resolve(name, annotation, labels, register)


def _full(speaker: str | None, said: str) -> str:
    """The resolved name, or the words of the source where they are that name with more to it."""
    words_said = _ARTICLE.sub("", said.strip(" ,"))
    if not speaker or "," in speaker:
        return words_said
    at = words_said.find(speaker)
    return words_said.partition(",")[0] if at >= 0 and "," not in words_said[:at] else speaker


def _resolve(name: str, annotation: Annotation, labels: Mapping[str, str], register: Register) -> Party:
    """The party that a name or a noun phrase means, with what all accounts tell of offices and outlets."""
    nations, article = register.nations, annotation.article
    agency = agency_named(name)
    if agency:
        return _agency(agency, frozenset((article.id,)))
    if is_own(name, article.outlet):
        return outlet_party(article.outlet or article.id, article.name)
    outlet = register.outlets.get(outlet_key(name))
    if outlet is not None:
        return outlet_party(outlet, outlet)
    thing = _thing(name)
    if thing is not None:
        return _work(name, thing, annotation, labels, register)
    person = register.offices.person(name) or register.offices.holder(article.id, name, nations)
    if person is not None:
        body = register.offices.speaks_for(person)
        if body is None:
            full = register.offices.full_name(person)
            return Party(full, "person", ("name", party_key(full, {})))
        return _body(body, labels, register)
    return _body(_speaks_for(name), labels, register)


def _bare(name: str) -> str:
    """A name without what stands behind it and does not name."""
    bare = _ADJUNCT.sub("", name)
    body = _SEAT.split(bare, maxsplit=1)[0]
    return body if body.split()[-1:] and body.split()[-1].casefold() in words("national-bodies.txt") else bare


def _body(name: str, labels: Mapping[str, str], register: Register) -> Party:
    key = party_key(_bare(name), register.nations)
    nation = key - {"government", "authorities"}
    key = nation if nation and all(word.isupper() for word in nation) else key
    organised = labels.get(name) in _BODIES or any(w[:1].isupper() for w in name.split())
    return Party(name, "organisation" if organised else "group", ("name", key))


def _speaks_for(name: str) -> str:
    """Whom a nameless spokesperson speaks for: "the ministry's spokesman"; any other name as it is."""
    match = re.match(r"(?:.*\s)?spokes\w+\s+(?:for|of|from|at)\s+(?:the\s+)?(.+)", name)
    if match:
        return match[1].partition(",")[0]
    match = re.match(r"(.+?)(?:['’]s?)?\s+spokes\w+$", name)
    return match[1] if match and match[1][:1] else name


def _is_anonymous(name: str, labels: Mapping[str, str], nations: Mapping[str, str]) -> bool:
    """Whether a noun phrase names nobody: "officials", "a person familiar with the matter".

    One that a nation is said of is a party: "Danish officials".
    """
    if labels.get(name) in ("PERSON", "ORG", "GPE") or party_key(name, nations) & set(nations.values()):
        return False
    said = re.findall(r"[\w’'-]+", _BEHIND.split(name, maxsplit=1)[0])
    if said and said[0].casefold() in words("indefinite-determiners.txt"):
        return True
    if not said or any(w[:1].isupper() for w in said[1:]) or _speaks_for(name) != name:
        return False
    head = said[-1].casefold()
    return head in words("anonymous-heads.txt") or head.removesuffix("s") in words("anonymous-heads.txt")


def _is_definite(said: str) -> bool:
    """Whether a phrase means one person that the reader knows: "the minister"."""
    front = _BEHIND.split(said.strip(" ,"), maxsplit=1)[0]
    return bool(_DEFINITE.match(front)) and not front.endswith("s")


def _unnamed(said: str, annotation: Annotation) -> Party:
    # nothing says that two unnamed sources are one, nor that they are two: one an account is safest
    name = said or "unnamed source"
    return Party(name, "unnamed", ("unnamed", frozenset((annotation.article.id, name.casefold()))))


def _work(
    name: str, kind: OriginKind, annotation: Annotation, labels: Mapping[str, str], register: Register
) -> Party:
    """The party behind a document, or footage under whose it is: a ministry's statement is the ministry."""
    owner = _owner(name)
    if owner and kind == "document":
        return _resolve(owner, annotation, labels, register)
    key = party_key(owner or _bare(name), register.nations)
    return Party(name, kind, ("footage" if kind == "footage" else "name", key))


def _owner(name: str) -> str | None:
    """Whose a thing is, where the words name them: behind "by", "from" or "of", or before the thing."""
    match = _OWNED.match(name)
    if match and _thing(match["thing"]):
        owner = re.split(r",|\s+(?:on|in|that|which|last|this)\b", match["owner"], maxsplit=1)[0]
        return _ARTICLE.sub("", owner).strip() if _names_somebody(owner) else None
    before: list[str] = []
    for word in name.split():
        if _thing(word):
            break
        before.append(word)
    owner = _POSSESSIVE.sub("", _ARTICLE.sub("", " ".join(before)))
    return owner if len(before) < len(name.split()) and _names_somebody(owner) else None


def _names_somebody(owner: str) -> bool:
    said = _ARTICLE.sub("", owner).split()
    heads = words("body-heads.txt") | words("role-heads.txt")
    return any(w[:1].isupper() for w in said) or (bool(said) and said[-1].casefold() in heads)


def _thing(name: str) -> OriginKind | None:
    """The kind of a source that is a thing: the first word that names one decides."""
    kinds = table("source-kinds.txt")
    for word in _bare(name).casefold().split():
        for form in (word, word.removesuffix("s")):
            if form in kinds:
                return cast("OriginKind", kinds[form][0])
    return None
