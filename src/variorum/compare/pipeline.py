"""Runs the stages of comparison in order: the annotations of one story in, the comparison out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from variorum.compare.align import Account, Aligned, Alignment, AlignOptions, align
from variorum.compare.denials import read
from variorum.compare.namings import find_namings
from variorum.compare.omissions import omissions, weighed
from variorum.compare.only import only
from variorum.compare.origins import find_origins
from variorum.compare.relate import Related, denies, reconsider, relate
from variorum.compare.rows import rows
from variorum.compare.sides import Side, sides_of
from variorum.compare.views import View, views_of
from variorum.errors import UsageError
from variorum.model import Annotation, Comparison, Ref, Relation
from variorum.passages import find_passages
from variorum.threads import run_all, use_one_blas_thread

MOST_CLAIMS = 5_000
"""Claims that one account may make: some 35,000 words. Time and memory grow with the product of two accounts'
claims; two of 4,800 took 55 seconds with their annotation, and 2.4 GB."""

_BLOCK = 1 << 17  # pairs of claims at once: a feature of them fits into the processor's cache


@dataclass(frozen=True, slots=True)
class CompareOptions:
    """How to compare.

    `align` says what counts as the same fact, see `AlignOptions`. `cross_encoder` is the folder of a model of
    natural language inference (`compare.cross_encoder.load`) that decides where no comparator does.
    """

    align: AlignOptions = field(default_factory=AlignOptions)
    cross_encoder: Path | None = None


def compare_annotations(
    annotations: Sequence[Annotation], options: CompareOptions | None = None
) -> Comparison:
    """Lay the accounts of one story side by side.

    The result is the same for any order of the accounts, but for the order in which they and what belongs to
    them are listed: a relation's `a` is of the account that was given first.

    Args:
        annotations: one an account, in the order in which they are to be shown; an account given twice counts
            once.
        options: how; the defaults do for most.

    Raises:
        UsageError: if there is no account, two that differ have one id, or one makes more than `MOST_CLAIMS`.
    """
    if not annotations:
        raise UsageError("there is no account to compare")
    options = options or CompareOptions()
    shown = _each_once(annotations)
    order = {a.article.id: n for n, a in enumerate(shown)}
    accounts = tuple(sorted(shown, key=lambda a: a.article.id))
    _bounded(accounts)
    views = [views_of(a) for a in accounts]
    use_one_blas_thread()
    sides = sides_of(views) if len(views) > 1 else ()  # one account needs no vectors
    alignments = _align(views, sides, options.align)
    related = _related(views, sides, alignments, order)
    relations = tuple(r.relation for r in related)
    if options.cross_encoder:
        from variorum.compare.cross_encoder import loaded

        said = {view.ref: view.text for account in views for view in account}
        relations = reconsider(related, said, loaded(options.cross_encoder))
    told = _told(accounts, views, alignments)
    alone = _only(accounts, views, told, relations, order)
    passages = find_passages([a.article for a in shown])
    origins = find_origins(shown, passages)
    traced_rows = tuple(
        replace(
            row,
            origins=(traced := origins.trace(row.claims)).origins,
            independent_origins=max(1, len(traced.origins)),
            chains=traced.chains,
        )
        for row in rows(relations, alone, order)
    )
    grouped = weighed(traced_rows, shown)
    return Comparison(
        articles=shown,
        relations=relations,
        only=alone,
        rows=grouped,
        origins=origins.origins,
        namings=find_namings(shown),
        passages=passages,
        overlap=_overlap(views, relations),
        omissions=omissions(grouped, shown, told),
    )


def _each_once(annotations: Sequence[Annotation]) -> tuple[Annotation, ...]:
    by_id: dict[str, Annotation] = {}
    for annotation in annotations:
        article = annotation.article
        if by_id.setdefault(article.id, annotation).article != article:
            raise UsageError(f"two different articles have the id {article.id!r}: give each one of its own")
    return tuple(by_id.values())


def _bounded(accounts: Sequence[Annotation]) -> None:
    for account in accounts:
        if len(accounts) > 1 and len(account.claims) > MOST_CLAIMS:
            raise UsageError(
                f"{account.article.name} makes {len(account.claims):,} claims, and of one account at most "
                f"{MOST_CLAIMS:,} can be compared: give the part of it that is about the event"
            )


def _align(
    views: Sequence[Sequence[View]], sides: Sequence[Side], options: AlignOptions
) -> dict[tuple[int, int], Alignment]:
    """By the numbers of two accounts, lower first; those without a claim are left out."""
    accounts = {n: Account(v, s, read(v)) for n, (v, s) in enumerate(zip(views, sides, strict=False)) if v}

    def aligned(block: tuple[int, Sequence[int]]) -> list[tuple[tuple[int, int], Alignment]]:
        own, others = block
        found = align(accounts[own], [accounts[n] for n in others], options)
        return [((own, n), alignment) for n, alignment in zip(others, found, strict=True)]

    blocks = list(_blocks({n: len(a.views) for n, a in accounts.items()}))
    return dict(chain.from_iterable(run_all(aligned, blocks)))


def _blocks(claims: Mapping[int, int]) -> Iterator[tuple[int, Sequence[int]]]:
    """Each account with as many later ones as make `_BLOCK` pairs of claims, but with one at least."""
    for own, others in ((n, [m for m in claims if m > n]) for n in claims):
        taken, pairs = list[int](), 0
        for other in others:
            size = claims[own] * claims[other]
            if taken and pairs + size > _BLOCK:
                yield own, taken
                taken, pairs = [], 0
            taken.append(other)
            pairs += size
        if taken:
            yield own, taken


def _related(
    views: Sequence[Sequence[View]],
    sides: Sequence[Side],
    alignments: dict[tuple[int, int], Alignment],
    order: dict[str, int],
) -> list[Related]:
    def related(i: int, j: int, pair: Aligned) -> Related:
        a, b = (views[i][pair.a], sides[i].vectors[pair.a]), (views[j][pair.b], sides[j].vectors[pair.b])
        if order[a[0].ref.article] > order[b[0].ref.article]:
            a, b = b, a
        if pair.denied:
            return denies(a[0], b[0], pair.score, pair.denied)
        return relate(a[0], b[0], pair.score, (a[1], b[1]))

    found = []
    for (i, j), alignment in alignments.items():
        # "the minister said" twice is no fact of the event
        told = (p for p in alignment.pairs if not (views[i][p.a].introduces and views[j][p.b].introduces))
        found += [related(i, j, pair) for pair in told]
        found += [related(i, j, pair) for pair in alignment.denials]
        doubtful = (related(i, j, pair) for pair in alignment.doubtful)
        found += [r for r in doubtful if r.relation.verdict == "contradict"]
    return sorted(found, key=lambda r: (_place(r.relation.a, order), _place(r.relation.b, order)))


def _told(
    accounts: Sequence[Annotation],
    views: Sequence[Sequence[View]],
    alignments: dict[tuple[int, int], Alignment],
) -> dict[Ref, set[str]]:
    """For each claim the other accounts that state it in some way."""
    told: defaultdict[Ref, set[str]] = defaultdict(set)
    for (i, j), alignment in alignments.items():
        for n in alignment.stated_a:
            told[views[i][n].ref].add(accounts[j].article.id)
        for n in alignment.stated_b:
            told[views[j][n].ref].add(accounts[i].article.id)
    return told


def _only(
    accounts: Sequence[Annotation],
    views: Sequence[Sequence[View]],
    told: Mapping[Ref, set[str]],
    relations: Sequence[Relation],
    order: dict[str, int],
) -> tuple[Ref, ...]:
    if len(accounts) < 2:
        return ()
    related = {ref for r in relations for ref in (r.a, r.b)}
    found = [
        ref
        for account, own in zip(accounts, views, strict=True)
        for ref in only(own, account.sentences, told, related)
    ]
    return tuple(sorted(found, key=lambda ref: _place(ref, order)))


def _overlap(views: Sequence[Sequence[View]], relations: Sequence[Relation]) -> float:
    claims = sum(map(len, views))
    stated = {ref for r in relations for ref in (r.a, r.b)}
    return round(len(stated) / claims, 4) if claims else 0.0


def _place(ref: Ref, order: dict[str, int]) -> tuple[int, int, int]:
    return order[ref.article], ref.span.start, ref.span.end
