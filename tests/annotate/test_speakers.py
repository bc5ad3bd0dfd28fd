from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from variorum.annotate.attribution import find_attributions, no_tagger
from variorum.annotate.document import load_pipeline, parse
from variorum.annotate.entities import find_entities
from variorum.annotate.quotations import find_quotations
from variorum.model import Article, Attribution

sys.path.insert(0, str(Path(__file__).parent))
import speaker_cases as cases

LEAST_SHARE = 0.9


@cache
def nlp() -> Any:
    return load_pipeline()


def speakers(text: str) -> list[str | None]:
    d = parse(Article(text), nlp())
    found = find_attributions(d, find_quotations(d), find_entities(d), no_tagger)
    return [a.speaker or (f"({a.unresolved})" if a.unresolved else None) for a in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mary Hill left. She said the road was shut.", ["Mary Hill"]),
        ("Mary Hill left. Hill said the road was shut.", ["Mary Hill"]),
        ("Mary Hill met Peter Lund. She said the road was shut.", ["Mary Hill"]),
        ("Mary Hill met Susan Lund. She said the road was shut.", ["(two candidates)"]),
        ("The road is long. She said it was shut.", ["(pronoun without antecedent)"]),
        ("Peter Lund said the road was shut. He added that it was old.", ["Peter Lund", "Peter Lund"]),
        ("A port official said the road was shut.", ["(unnamed)"]),
        ("Two survivors said the road was shut.", ["(unnamed)"]),
        ("A source close to the board said the road was shut.", ["(unnamed)"]),
        ("The spokesman Peter Lund came. The spokesman said the road was shut.", ["Peter Lund"]),
        ("“I know that the road is shut,” Peter Lund said.", ["Peter Lund"]),
        ("The mayor of Ostrano said the road was shut.", ["mayor of Ostrano"]),
        ("It was said that the road was shut.", ["(unnamed)"]),
        ("Peter Lund, who says the road is shut, left.", ["Peter Lund"]),
    ],
)
def test_one_name_or_a_reason(text: str, expected: list[str]) -> None:
    assert speakers(text)[: len(expected)] == expected


def test_a_spokesperson_stays_the_same() -> None:
    text = (
        "A spokesperson for the Northland Harbour Board said the pier was safe. "
        "Nobody was hurt. The spokesperson said divers would look."
    )
    first, second = speakers(text)
    assert first == second
    assert "spokesperson" in (first or "")


def test_most_written_accounts_have_the_right_speakers() -> None:
    def find(text: str) -> tuple[Attribution, ...]:
        d = parse(Article(text), nlp())
        return find_attributions(d, find_quotations(d), find_entities(d))

    accounts = cases.load()
    wrong = {case.id: w for case in accounts if (w := cases.wrong(case, find))}
    said = sum(len(case.said) for case in accounts)
    assert 1 - sum(map(len, wrong.values())) / said >= LEAST_SHARE, wrong


def test_accounts_of_every_kind_are_written() -> None:
    kinds = [case.kind for case in cases.load()]
    assert {"pronoun", "role", "surname", "anonymous", "collective", "first-person", "relative"} == set(kinds)
    assert min(kinds.count(k) for k in kinds) >= 3
