"""Groups the claims of all accounts that state one fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from variorum.model import Ref, Relation, Row, RowVerdict

_LEAST_LINK = 0.25  # mean score between two groups from which they are one row


def rows(relations: Sequence[Relation], only: Sequence[Ref], order: Mapping[str, int]) -> tuple[Row, ...]:
    """The rows of a synopsis: related claims grouped, then each statement that only one account has.

    Claims are joined transitively, surest relations first; two groups become one where the mean score over
    all their pairs from different accounts is high enough, so that a chain of weak links does not join facts
    that are not the same. A claim in no row yet always joins the one that it contradicts. Two related claims
    that no row holds together, each being in another one, are a row of their own.

    Args:
        relations: between claims of different accounts.
        only: the statements of one account alone, each a row of its own.
        order: the articles' ids with their places; claims and rows are sorted by them and by the text.
    """
    score = {frozenset((r.a, r.b)): r.score for r in relations}
    group: dict[Ref, set[Ref]] = {}
    for relation in sorted(relations, key=lambda r: (-r.score, *sorted((r.a, r.b)))):
        a = group.setdefault(relation.a, {relation.a})
        b = group.setdefault(relation.b, {relation.b})
        alone = min(len(a), len(b)) == 1 and relation.verdict == "contradict"  # never out of sight
        if a is not b and (alone or _mean_link(a, b, score) >= _LEAST_LINK):
            a |= b
            for ref in b:
                group[ref] = a
    verdicts = _verdicts(relations, group)
    groups = {id(g): g for g in group.values() if len(g) > 1}
    found = [Row(_sorted(g, order), verdicts[n]) for n, g in groups.items()]
    apart = (r for r in relations if group[r.a] is not group[r.b])
    found += [Row(_sorted({r.a, r.b}, order), r.verdict) for r in apart]
    found += [Row((ref,), "single") for ref in only]
    return tuple(sorted(found, key=lambda row: [_place(ref, order) for ref in row.claims]))


def _mean_link(a: set[Ref], b: set[Ref], score: Mapping[frozenset[Ref], float]) -> float:
    links = [score.get(frozenset((x, y)), 0.0) for x in a for y in b if x.article != y.article]
    return sum(links) / len(links) if links else 0.0


def _verdicts(relations: Sequence[Relation], group: Mapping[Ref, set[Ref]]) -> dict[int, RowVerdict]:
    said: defaultdict[int, set[str]] = defaultdict(set)
    for relation in relations:
        if group[relation.a] is group[relation.b]:
            said[id(group[relation.a])].add(relation.verdict)
    return {
        n: "contradict" if "contradict" in v else "compatible" if "compatible" in v else "agree"
        for n, v in said.items()
    }


def _sorted(refs: set[Ref], order: Mapping[str, int]) -> tuple[Ref, ...]:
    return tuple(sorted(refs, key=lambda ref: _place(ref, order)))


def _place(ref: Ref, order: Mapping[str, int]) -> tuple[int, int, int]:
    return order[ref.article], ref.span.start, ref.span.end
