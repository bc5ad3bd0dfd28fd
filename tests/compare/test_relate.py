"""The verdict on two claims when several comparators speak."""

import numpy as np
import pytest

from variorum.compare import relate as relating
from variorum.compare.comparators import Finding
from variorum.compare.relate import Related, reconsider, relate
from variorum.model import Ref, Relation, Span


def test_a_claim_agrees_with_itself(view):
    claim = view("12 people died at Vestholm on 3 May", numbers={"12": (12, 12, "people")}, verb="died")
    assert relate(claim, claim, 0.9).relation.verdict == "agree"


def test_a_contradiction_outweighs_what_agrees(view):
    a = view("12 people died at Vestholm", numbers={"12": (12, 12, "people")}, places=("Vestholm",))
    b = view("80 people died at Vestholm", numbers={"80": (80, 80, "people")}, places=("Vestholm",))
    relation = relate(a, b, 0.9).relation
    assert (relation.verdict, relation.aspect) == ("contradict", "number")
    assert "“12” / “80”" in relation.because


def test_claims_in_quite_other_words_are_compatible_not_contradicting(view):
    assert (
        relate(view("the hull gave way"), view("the vessel broke apart"), 0.5).relation.verdict
        == "compatible"
    )


class _Naysayer:
    """A cross-encoder that finds everything contradicted."""

    def verdicts(self, pairs):
        return [("contradict", 0.9) for _ in pairs]


def test_a_cross_encoder_decides_only_where_no_comparator_spoke():
    a, b, c = (Ref(x, Span(0, 9)) for x in "abc")
    why = "“Twelve…” / “Nobody…”: said in other words"  # the same line, whoever has spoken
    spoken = Related(Relation(a, b, "agree", "number", 0.9, why), True)
    unspoken = Related(Relation(a, c, "compatible", "action", 0.8, why), False)
    said = {a: "Twelve were hurt.", b: "12 hurt", c: "Nobody was hurt."}
    first, second = reconsider((spoken, unspoken), said, _Naysayer())
    assert first == spoken.relation
    assert (second.verdict, second.aspect, second.score) == ("contradict", "action", 0.8)
    assert "Nobody was hurt." in second.because
    assert "0.90" in second.because


def test_whether_a_comparator_spoke_does_not_hang_on_the_aspect(view):
    a = view("12 people died at Vestholm", numbers={"12": (12, 12, "people")})
    b = view("twelve lives were lost off the cape", numbers={"twelve": (12, 12, "people")})
    vectors = (np.zeros(384, np.float32), np.zeros(384, np.float32))
    assert relate(a, b, 0.9, vectors).spoken
    faint = view("the hull gave way", verb="gave"), view("the vessel broke apart", verb="broke")
    assert not relate(*faint, 0.5, vectors).spoken


@pytest.mark.parametrize(
    ("verdict", "because"),
    [("agree", "“ice” / “frost”: said in like words"), ("compatible", "“ice” / “frost”: two doers")],
)
def test_the_reason_is_of_a_finding_with_the_relations_verdict(view, verdict, because):
    doubt = Finding("compatible", "actor", "“ice” / “frost”: two doers", 0.3)
    decided = Finding(verdict, "place", "“Vestholm” / “Vestholm”: the same place", 0.4)
    turned = relating._turning_on("actor", decided, [doubt, decided], view("ice"), view("frost"))
    assert (turned.verdict, turned.aspect, turned.because) == (verdict, "actor", because)
