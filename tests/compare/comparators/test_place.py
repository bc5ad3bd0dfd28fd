"""Written cases of places: two claims about an invented event, and what must be found."""

import pytest

from variorum.compare.comparators import place

SHOT = "the ferry ran aground near {}"
PLACE_CASES = [
    ("Vestholm", "Vestholm", "agree"),
    ("Vestholm", "Sandvik", "compatible"),
    ("Vestholm", "Vestland", "compatible"),
    ("Vestholm", "Nordby", "contradict"),
]
PLACES = [
    ({"text": SHOT.format(x), "places": (x,)}, {"text": SHOT.format(y), "places": (y,)}, found)
    for x, y, found in PLACE_CASES
] + [
    (
        {"text": "the ferry sailed to Vestholm", "places": ("Vestholm",)},
        {"text": "the ferry sailed from Nordby", "places": ("Nordby",)},
        "compatible",
    ),
    (
        {"text": "the ferry sank off Vestholm", "places": ("Vestholm",)},
        {"text": "divers searched a wreck at Nordby", "places": ("Nordby",)},
        None,
    ),
    (
        {"text": "the ferry sank off Vestholm", "places": ("Vestholm",)},
        {"text": "the ferry sank"},
        "compatible",
    ),
    ({"text": "the ferry sank"}, {"text": "the ferry sank"}, None),
]


def at(place, text="the ferry ran aground near {}"):
    return {"text": text.format(place), "places": (place,)}


FURTHER = [
    (at("Osterby"), at("Sweden"), "compatible"),
    (at("Vestholm"), at("Osterby"), "contradict"),
    (at("Sandvik"), at("Nordby"), "contradict"),
    (at("Vestholm"), at("Nordby", "the owner lives in {}"), None),
    (
        {"text": "the ferry ran aground near Vestholm and Sandvik", "places": ("Vestholm", "Sandvik")},
        at("Sandvik"),
        "agree",
    ),
]


def test_two_continents_do_not_lie_in_one_another(view):
    finding = place.compare(view(**at("Europe")), view(**at("Asia")))
    assert finding.because == "“Europe” / “Asia”: not plainly one place"


def test_a_place_that_nobody_knows_is_said_to_be_such(view):
    finding = place.compare(view(**at("Grenholm")), view(**at("Vestholm")))
    assert finding.verdict == "compatible"
    assert "not known" in finding.because


@pytest.mark.parametrize(("a", "b", "found"), PLACES + FURTHER)
def test_written_case(judged, a, b, found):
    assert judged(place, a, b) == found
