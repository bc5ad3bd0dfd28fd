"""The measures of bench/certainty.py: F1 of one class, and when two spans name the same passage."""

from __future__ import annotations

from collections import Counter

Bounds = tuple[int, int]


def f1(confusion: Counter[tuple[str, str]], label: str) -> float:
    """F1 of one label over counts of (gold, said)."""
    right = confusion[label, label]
    said = sum(n for (_, s), n in confusion.items() if s == label)
    gold = sum(n for (g, _), n in confusion.items() if g == label)
    return 2 * right / (said + gold) if said + gold else 0.0


def same(s: Bounds, t: Bounds) -> bool:
    """They share half of the shorter span, and the longer is at most four times it."""
    shared = min(s[1], t[1]) - max(s[0], t[0])
    short, long = sorted((s[1] - s[0], t[1] - t[0]))
    return short > 0 and shared >= short / 2 and long <= 4 * short


def overlap(s: Bounds, t: Bounds) -> float:
    """Intersection over union in characters."""
    shared = max(0, min(s[1], t[1]) - max(s[0], t[0]))
    return shared / (s[1] - s[0] + t[1] - t[0] - shared) if shared else 0.0
