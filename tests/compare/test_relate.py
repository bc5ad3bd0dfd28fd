"""The verdict on two claims when several comparators speak."""

from variorum.compare.relate import relate


def test_a_claim_agrees_with_itself(view):
    claim = view("12 people died at Vestholm on 3 May", numbers={"12": (12, 12, "people")}, verb="died")
    assert relate(claim, claim, 0.9).verdict == "agree"


def test_a_contradiction_outweighs_what_agrees(view):
    a = view("12 people died at Vestholm", numbers={"12": (12, 12, "people")}, places=("Vestholm",))
    b = view("80 people died at Vestholm", numbers={"80": (80, 80, "people")}, places=("Vestholm",))
    relation = relate(a, b, 0.9)
    assert (relation.verdict, relation.aspect) == ("contradict", "number")
    assert "“12” / “80”" in relation.because


def test_claims_in_quite_other_words_are_compatible_not_contradicting(view):
    assert relate(view("the hull gave way"), view("the vessel broke apart"), 0.5).verdict == "compatible"
