"""Written cases: invented accounts, one fact of each, and the origins that must come out."""

import sys
from pathlib import Path

import pytest

from variorum.annotate.pipeline import annotate

sys.path.insert(0, str(Path(__file__).parent))
import origin_cases

CASES = {case.id: case for case in origin_cases.load()}

# What annotation does not find today: the attribution itself.
MISSED = {
    "person-4": "“wrote on Telegram” with an apposition between is not read as speech",
    "footage-3": "“X, satellite images show” is not read as a source",
    "unnamed-2": "the next sentence is read as the source",
    "footage-4": "“pictures taken by” is not read as a source",
}


@pytest.mark.parametrize("case", [c for c in CASES.values() if c.id not in MISSED], ids=lambda c: c.id)
def test_the_origins_of_a_row(case):
    found, row = origin_cases.trace(case, [annotate(a) for a in case.accounts])
    names = origin_cases.names_of(found, row)
    assert len(names) == case.independent_origins, names
    assert origin_cases.right(case, names), names
    assert {chain.origin for chain in row.chains} == set(row.origins)


def test_the_chain_names_every_source_on_the_way():
    case = CASES["chain-8"]
    _, row = origin_cases.trace(case, [annotate(a) for a in case.accounts])
    assert [chain.via for chain in row.chains] == [("The Globe", "the registrar"), ("the registrar",)]
