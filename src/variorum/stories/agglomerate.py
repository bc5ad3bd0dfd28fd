"""Average-link clustering of a sparse graph (Sokal and Michener 1958), exact and independent of order.

Two clusters are as alike as their members are on average; pairs that the graph does not join count as not
alike at all. The closest two are joined until none are close enough. Likenesses are whole numbers, so equal
ones are equal, and go by the order of the nodes.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

Edge = tuple[int, int, int]
"""Two nodes, and the sum of the likenesses of the articles of one to those of the other."""


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that belong together, ascending.

    `held` is the likeness at which the loosest part joined, None for a node alone; `rival` the likeness of
    the closest group that stayed apart.
    """

    nodes: tuple[int, ...]
    held: float | None
    rival: float


def agglomerate(sizes: Sequence[int], edges: Sequence[Edge], least: float) -> list[Group]:
    """Group nodes.

    Args:
        sizes: how many articles each node stands for.
        edges: each pair of nodes at most once.
        least: the average likeness, in the unit of the edges, from which two groups are one.

    Returns:
        all groups, in the order of their first nodes.
    """
    near: list[dict[int, int]] = [{} for _ in sizes]
    size = list(sizes)
    for a, b, likeness in edges:
        near[a][b] = near[b][a] = likeness
    heap = [(-s / (size[a] * size[b]), a, b) for a, b, s in edges if s >= least * size[a] * size[b]]
    heapq.heapify(heap)
    nodes: dict[int, list[int]] = {n: [n] for n in range(len(size))}
    held: dict[int, float] = {}
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in nodes or b not in nodes or -near[a][b] / (size[a] * size[b]) != negative:
            continue
        held[a] = min(-negative, held.get(a, -negative), held.get(b, -negative))
        nodes[a] += nodes.pop(b)
        size[a] += size[b]
        _join(near, a, b)
        for c, likeness in near[a].items():
            if likeness >= least * size[a] * size[c]:
                heapq.heappush(heap, (-likeness / (size[a] * size[c]), min(a, c), max(a, c)))
    return [
        Group(
            tuple(sorted(members)),
            held.get(n),
            max((s / (size[n] * size[c]) for c, s in near[n].items()), default=0.0),
        )
        for n, members in nodes.items()
    ]


def _join(near: list[dict[int, int]], a: int, b: int) -> None:
    """Give `a` the neighbours of `b`."""
    del near[a][b], near[b][a]
    for c, likeness in near[b].items():
        del near[c][b]
        near[a][c] = near[c][a] = near[a].get(c, 0) + likeness
    near[b] = {}
