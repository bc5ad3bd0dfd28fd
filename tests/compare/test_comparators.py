"""Written cases for each comparator: two claims about an invented event, and what must be found."""

import pytest

from variorum.compare.comparators import (
    COMPARATORS,
    action,
    actor,
    cause,
    certainty,
    number,
    place,
    polarity,
    quote,
    time,
)
from variorum.compare.relate import relate

NO = (None, None)


def dead(said, low, high, text="{} people died in the slide"):
    return {"text": text.format(said), "numbers": {said: (low, high, "people")}}


NUMBERS = [
    (dead("more than ten", 11, None), dead("at least 12", 12, None), ("compatible", "number")),
    (dead("12", 12, 12), dead("80", 80, 80), ("contradict", "number")),
    (dead("12", 12, 12), dead("twelve", 12, 12), ("agree", "number")),
    (dead("at least 60", 60, None), dead("77", 77, 77), ("contradict", "number")),
    (dead("at least 60", 60, None), dead("nearly 80", 76, 80), ("contradict", "number")),
    (dead("at least 60", 60, None), dead("66", 66, 66), ("compatible", "number")),
    (dead("dozens of", 24, None), dead("77", 77, 77), ("compatible", "number")),
    (dead("more than 270", 271, None), dead("276", 276, 276), ("compatible", "number")),
    (dead("10 to 12", 10, 12), dead("11", 11, 11), ("compatible", "number")),
    (dead("21", 21, 21), dead("more than 200", 201, None), ("compatible", "number")),
    (dead("5", 5, 5), dead("5", 5, 5, "{} people were injured in the slide"), NO),
    (dead("5", 5, 5), dead("9", 9, 9, "{} people were injured in the slide"), NO),
    (
        {"text": "21 of the pupils were freed", "numbers": {"21": (21, 21, "pupil")}},
        {"text": "the 40 pupils were freed", "numbers": {"40": (40, 40, "pupil")}},
        NO,
    ),
    (
        {"text": "10 guests and 2 guides died", "numbers": {"10": (10, 10, "guest"), "2": (2, 2, "guide")}},
        {"text": "all 12 people aboard died", "numbers": {"12": (12, 12, "people")}},
        ("compatible", "number"),
    ),
    (
        {
            "text": "a 3-year-old boy fell",
            "numbers": {"3-year-old": (3, 3, None)},
            "units": {"3-year-old": "year"},
        },
        {
            "text": "a 4-year-old boy slipped",
            "numbers": {"4-year-old": (4, 4, None)},
            "units": {"4-year-old": "year"},
        },
        ("contradict", "number"),
    ),
    (
        {"text": "a ship with 14 boats", "numbers": {"14": (14, 14, "boat")}},
        {"text": "a ship with 300 crates", "numbers": {"300": (300, 300, "crate")}},
        NO,
    ),
    (
        {"text": "four photos with the mayor", "numbers": {"four": (4, 4, "photo")}},
        {"text": "three photos of the mayor", "numbers": {"three": (3, 3, "photo")}},
        ("contradict", "number"),
    ),
    (
        {"text": "they sold 5 houses in spring", "numbers": {"5": (5, 5, "house")}},
        {"text": "the storm tore roofs off 9 houses", "numbers": {"9": (9, 9, "house")}},
        ("compatible", "number"),
    ),
    ({"text": "the slide buried a road"}, dead("12", 12, 12), ("compatible", "number")),
]

TIMES = [
    (
        {"text": "it sank on 3 May", "times": {"3 May": "2031-05-03"}},
        {"text": "it sank on 3 May", "times": {"3 May": "2031-05-03"}},
        ("agree", "time"),
    ),
    (
        {"text": "it sank on 3 May", "times": {"3 May": "2031-05-03"}},
        {"text": "it sank in May", "times": {"May": "2031-05"}},
        ("compatible", "time"),
    ),
    (
        {"text": "it sank on 3 May", "times": {"3 May": "XXXX-05-03"}},
        {"text": "it sank on 3 May 2031", "times": {"3 May 2031": "2031-05-03"}},
        ("compatible", "time"),
    ),
    (
        {"text": "the ferry sank on 3 May", "times": {"3 May": "2031-05-03"}},
        {"text": "the ferry sank on 4 May", "times": {"4 May": "2031-05-04"}},
        ("contradict", "time"),
    ),
    (
        {"text": "the ferry sank today", "times": {"today": "2031-05-03"}},
        {"text": "the ferry sank today", "times": {"today": "2031-05-04"}},
        ("compatible", "time"),
    ),
    (
        {"text": "the ferry sank on 3 May", "times": {"3 May": "2031-05-03"}},
        {"text": "the owner was arrested on 4 May", "times": {"4 May": "2031-05-04"}},
        ("compatible", "time"),
    ),
    (
        {"text": "the ferry sank in 2031", "times": {"2031": "2031"}},
        {"text": "the ferry sank", "times": {}},
        ("compatible", "time"),
    ),
    ({"text": "the ferry sank"}, {"text": "the ferry sank"}, NO),
]

SHOT = "the ferry ran aground near {}"
PLACE_CASES = [
    ("Vestholm", "Vestholm", ("agree", "place")),
    ("Vestholm", "Sandvik", ("compatible", "place")),
    ("Vestholm", "Vestland", ("compatible", "place")),
    ("Vestholm", "Nordby", ("contradict", "place")),
]
PLACES = [
    ({"text": SHOT.format(x), "places": (x,)}, {"text": SHOT.format(y), "places": (y,)}, found)
    for x, y, found in PLACE_CASES
] + [
    (
        {"text": "the ferry sailed to Vestholm", "places": ("Vestholm",)},
        {"text": "the ferry sailed from Nordby", "places": ("Nordby",)},
        ("compatible", "place"),
    ),
    (
        {"text": "the ferry sank off Vestholm", "places": ("Vestholm",)},
        {"text": "divers searched a wreck at Nordby", "places": ("Nordby",)},
        NO,
    ),
    (
        {"text": "the ferry sank off Vestholm", "places": ("Vestholm",)},
        {"text": "the ferry sank"},
        ("compatible", "place"),
    ),
    ({"text": "the ferry sank"}, {"text": "the ferry sank"}, NO),
]


def deed(agent, verb, patient, nations=None):
    return {
        "text": f"{agent} {verb} {patient}",
        "agent": agent,
        "verb": verb,
        "patient": patient,
        "nations": nations,
    }


ACTORS = [
    (deed("Smugglers", "shot", "guards"), deed("Guards", "shot", "smugglers"), ("contradict", "actor")),
    (deed("Smugglers", "shot", "guards"), deed("The smugglers", "shot", "two guards"), ("agree", "actor")),
    (
        deed("Borduria", "shelled", "the port", {"Borduria": "BO"}),
        deed("Syldavia", "shelled", "the port", {"Syldavia": "SY"}),
        ("contradict", "actor"),
    ),
    (
        deed("The police", "sealed", "the harbour"),
        deed("Officers", "sealed", "the harbour"),
        ("compatible", "actor"),
    ),
    (deed("Police", "sealed", "the harbour"), deed("Mourners", "left", "the church"), ("compatible", "actor")),
    (deed("They", "sealed", "the harbour"), deed("Officers", "sealed", "the harbour"), NO),
    ({"text": "sealed"}, {"text": "sealed"}, NO),
]


def said(words):
    return {"text": f"she said “{words}” to us", "quote": f"“{words}”"}


QUOTES = [
    (said("we lost everything in one night"), said("we lost everything in one night"), ("agree", "quote")),
    (said("we lost everything in one night"), said("We lost everything, in one night"), ("agree", "quote")),
    (
        said("we lost everything in one night"),
        said("we lost everything in one hour"),
        ("contradict", "quote"),
    ),
    (
        said("how many more do they want to drown"),
        said("how many more do we want to drown"),
        ("contradict", "quote"),
    ),
    (
        said("we honour every guest of the old harbour"),
        said("we honor every guest of the old harbor"),
        ("agree", "quote"),
    ),
    (
        said("a wilful and reckless crime"),
        said("the wilful and reckless crime of drunken sailors"),
        ("agree", "quote"),
    ),
    (said("we lost everything in one night"), said("the rescue came too late for many"), NO),
    (said("the sea took it"), said("the sea took them"), ("compatible", "quote")),
    ({"text": "she said nothing"}, said("we lost everything in one night"), NO),
]

POLARITIES = [
    (
        {"text": "the crew was trained", "verb": "trained"},
        {"text": "the crew was not trained", "verb": "trained", "negative": True},
        ("contradict", "polarity"),
    ),
    (
        {"text": "the owner bribed inspectors"},
        {"text": "the owner denied bribing inspectors", "verb": "denied"},
        ("contradict", "polarity"),
    ),
    (
        {"text": "the crew was not trained", "negative": True},
        {"text": "the crew was never trained", "negative": True},
        NO,
    ),
    ({"text": "the crew was trained"}, {"text": "the crew was trained"}, NO),
    (
        {"text": "divers found the anchor", "verb": "found"},
        {"text": "the mayor did not resign", "verb": "resign", "negative": True},
        NO,
    ),
    (
        {"text": "the ferry passed every inspection this spring", "verb": "passed"},
        {"text": "the ferry did not sail", "verb": "sail", "negative": True},
        NO,
    ),
    (
        {"text": "the mayor denied the delay", "verb": "denied"},
        {"text": "the mayor rejected the delay", "verb": "rejected"},
        NO,
    ),
    (
        {"text": "a delay of the alarm was claimed", "verb": "claimed"},
        {"text": "the delay of the alarm", "cue": "delay"},
        NO,
    ),
]

CERTAINTIES = [
    (
        {"text": "the hull seems cracked", "certainty": "probable", "hedge": "seems"},
        {"text": "the hull cracked"},
        ("compatible", "certainty"),
    ),
    (
        {"text": "the hull allegedly cracked", "certainty": "underspecified", "hedge": "allegedly"},
        {"text": "the hull cracked"},
        ("compatible", "certainty"),
    ),
    ({"text": "the hull cracked"}, {"text": "the hull cracked"}, NO),
    (
        {"text": "the hull may crack", "certainty": "possible"},
        {"text": "the hull seems cracked", "certainty": "probable"},
        NO,
    ),
]

CAUSES = [
    ({"text": "it sank because of ice"}, {"text": "ice caused it to sink"}, ("agree", "cause")),
    ({"text": "it sank because of ice"}, {"text": "it sank"}, NO),
    ({"text": "it sank"}, {"text": "it sank"}, NO),
]

ACTIONS = [
    ({"text": "it sank", "verb": "sank"}, {"text": "it sank", "verb": "sank"}, ("agree", "action")),
    (
        {"text": "they collided", "verb": "collided"},
        {"text": "the ships collide", "verb": "collide"},
        ("agree", "action"),
    ),
    ({"text": "it sank", "verb": "sank"}, {"text": "it went down", "verb": "went"}, ("compatible", "action")),
    ({"text": "the wreck"}, {"text": "it sank", "verb": "sank"}, NO),
]

CASES = [
    pytest.param(module, a, b, found, id=f"{module.__name__.rpartition('.')[2]}-{n}")
    for module, cases in (
        (number, NUMBERS),
        (time, TIMES),
        (place, PLACES),
        (actor, ACTORS),
        (quote, QUOTES),
        (polarity, POLARITIES),
        (certainty, CERTAINTIES),
        (cause, CAUSES),
        (action, ACTIONS),
    )
    for n, (a, b, found) in enumerate(cases)
]


def judged(finding):
    return (finding.verdict, finding.aspect) if finding else (None, None)


@pytest.mark.parametrize(("module", "a", "b", "found"), CASES)
def test_written_case(view, module, a, b, found):
    assert judged(module.compare(view(**a), view(**b, article="b"))) == found


@pytest.mark.parametrize(("module", "a", "b", "found"), CASES)
def test_swapping_the_claims_changes_no_judgement(view, module, a, b, found):
    assert judged(module.compare(view(**b, article="b"), view(**a))) == found


@pytest.mark.parametrize(("module", "a", "b", "found"), CASES)
def test_a_reason_is_one_line_and_names_words_of_the_accounts(view, module, a, b, found):
    finding = module.compare(view(**a), view(**b, article="b"))
    assert (finding is None) == (found == NO)
    if finding:
        assert "\n" not in finding.because
        assert 0 < finding.weight <= 1
        quoted = finding.because.partition("“")[2].partition("”")[0].lower()
        assert not quoted or quoted in (a["text"] + b["text"]).lower() or finding.aspect == "quote"


def test_every_comparator_is_registered_once():
    assert len(set(COMPARATORS)) == len(COMPARATORS) == 9


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
