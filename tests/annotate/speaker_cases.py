"""Reads tests/cases/speakers.jsonl and judges who is taken to speak."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from variorum.model import Attribution

CASES = Path(__file__).parent.parent / "cases" / "speakers.jsonl"


@dataclass(frozen=True)
class Said:
    """Words of a content, and whose they are: one name, or none and the reason why."""

    content: str
    speaker: str | None
    unresolved: str | None


@dataclass(frozen=True)
class Case:
    id: str
    kind: str
    text: str
    said: tuple[Said, ...]


def load() -> list[Case]:
    """All accounts, in the order of the file."""
    cases = []
    for line in CASES.read_text("utf-8").splitlines():
        row = json.loads(line)
        said = tuple(Said(s["content"], s["speaker"], s.get("unresolved")) for s in row["speakers"])
        cases.append(Case(row["id"], row["kind"], row["text"], said))
    return cases


def wrong(case: Case, find: Callable[[str], tuple[Attribution, ...]]) -> list[str]:
    """What is wrong with the speakers that a finder names in one account, a line for each content."""
    found = find(case.text)
    out = []
    for said in case.said:
        start = case.text.index(said.content)
        end = start + len(said.content)
        holding = [a for a in found if any(c.start <= start and end <= c.end for c in a.content)]
        innermost = min(holding, key=lambda a: sum(map(len, a.content)), default=None)
        got = (innermost.speaker, innermost.unresolved) if innermost else ("no attribution", None)
        if got != (said.speaker, said.unresolved):
            out.append(f"{said.content}: {got}, not {(said.speaker, said.unresolved)}")
    return out
