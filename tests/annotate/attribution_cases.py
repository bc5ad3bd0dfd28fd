"""Reads tests/cases/attribution.jsonl and judges an attribution finder against it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from variorum.model import Attribution, Span

CASES = Path(__file__).parent.parent / "cases" / "attribution.jsonl"
Find = Callable[[str], tuple[Attribution, ...]]


@dataclass(frozen=True)
class Expected:
    source: str | None
    content: tuple[str, ...]
    checks: dict[str, object]


@dataclass(frozen=True)
class Case:
    id: str
    category: str
    text: str
    expected: tuple[Expected, ...]
    never: tuple[str, ...]


def load() -> list[Case]:
    """All hard cases."""
    cases = []
    for line in CASES.read_text("utf-8").splitlines():
        row = json.loads(line)
        expected = tuple(
            Expected(e.pop("source"), tuple(e.pop("content")), e) for e in (dict(e) for e in row["expected"])
        )
        cases.append(Case(row["id"], row["category"], row["text"], expected, tuple(row["never"])))
    return cases


def places(text: str, part: str) -> list[Span]:
    """Everywhere that a part stands in a text."""
    out, at = [], text.find(part)
    while at >= 0:
        out.append(Span(at, at + len(part)))
        at = text.find(part, at + 1)
    return out


def _characters(spans: tuple[Span, ...]) -> set[int]:
    return {i for s in spans for i in range(s.start, s.end)}


def _shares(content: tuple[Span, ...], text: str, parts: tuple[str, ...]) -> bool:
    """Intersection over union of at least one half with the parts, wherever the first of them stands."""
    found = _characters(content)
    rest = _characters(tuple(places(text, p)[0] for p in parts[1:]))
    return any(
        2 * len(found & gold) >= len(found | gold)
        for first in places(text, parts[0])
        for gold in [_characters((first,)) | rest]
    )


def failures(case: Case, find: Find) -> list[str]:
    """What is wrong with what a finder finds in one case; empty where nothing is."""
    found = find(case.text)
    wrong: list[str] = []
    matched: dict[int, int] = {}
    for n, e in enumerate(case.expected):
        hits = [
            k
            for k, a in enumerate(found)
            if _shares(a.content, case.text, e.content) and _sourced(a, case.text, e)
        ]
        if not hits:
            wrong.append(f"not found: {e.source} | {e.content}")
            continue
        matched[n] = hits[0]
        wrong += _differences(found[hits[0]], e, matched)
    wrong += [
        f"should not be a content: {part}"
        for part in case.never
        if any(_shares(a.content, case.text, (part,)) for a in found)
    ]
    return wrong


def _sourced(a: Attribution, text: str, e: Expected) -> bool:
    if e.source is None:
        return not a.source
    return any(s.overlaps(p) for s in a.source for p in places(text, e.source))


def _differences(a: Attribution, e: Expected, matched: dict[int, int]) -> list[str]:
    wrong = []
    for name, value in e.checks.items():
        if name == "parent":
            good = isinstance(value, int) and value in matched and a.parent == matched[value]
        else:
            good = getattr(a, name) == value
        if not good:
            wrong.append(f"{name} of {e.content}: {getattr(a, name)!r}, not {value!r}")
    return wrong
