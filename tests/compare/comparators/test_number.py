"""Written cases of numbers: two claims about an invented event, and what must be found."""

import pytest

from variorum.compare.comparators import number


def dead(said, low, high, text="{} people died in the slide"):
    return {"text": text.format(said), "numbers": {said: (low, high, "people")}}


NUMBERS = [
    (dead("more than ten", 11, None), dead("at least 12", 12, None), "compatible"),
    (dead("12", 12, 12), dead("80", 80, 80), "contradict"),
    (dead("12", 12, 12), dead("twelve", 12, 12), "agree"),
    (dead("at least 60", 60, None), dead("77", 77, 77), "contradict"),
    (dead("at least 60", 60, None), dead("nearly 80", 76, 80), "contradict"),
    (dead("at least 60", 60, None), dead("66", 66, 66), "compatible"),
    (dead("dozens of", 24, None), dead("77", 77, 77), "compatible"),
    (dead("more than 270", 271, None), dead("276", 276, 276), "compatible"),
    (dead("10 to 12", 10, 12), dead("11", 11, 11), "compatible"),
    (dead("21", 21, 21), dead("more than 200", 201, None), "compatible"),
    (dead("5", 5, 5), dead("5", 5, 5, "{} people were injured in the slide"), None),
    (dead("5", 5, 5), dead("9", 9, 9, "{} people were injured in the slide"), None),
    (
        {"text": "21 of the pupils were freed", "numbers": {"21": (21, 21, "pupil")}},
        {"text": "the 40 pupils were freed", "numbers": {"40": (40, 40, "pupil")}},
        None,
    ),
    (
        {"text": "10 guests and 2 guides died", "numbers": {"10": (10, 10, "guest"), "2": (2, 2, "guide")}},
        {"text": "all 12 people aboard died", "numbers": {"12": (12, 12, "people")}},
        "compatible",
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
        "contradict",
    ),
    (
        {"text": "a ship with 14 boats", "numbers": {"14": (14, 14, "boat")}},
        {"text": "a ship with 300 crates", "numbers": {"300": (300, 300, "crate")}},
        None,
    ),
    (
        {"text": "four photos with the mayor", "numbers": {"four": (4, 4, "photo")}},
        {"text": "three photos of the mayor", "numbers": {"three": (3, 3, "photo")}},
        "contradict",
    ),
    (
        {"text": "they sold 5 houses in spring", "numbers": {"5": (5, 5, "house")}},
        {"text": "the storm tore roofs off 9 houses", "numbers": {"9": (9, 9, "house")}},
        "compatible",
    ),
    ({"text": "the slide buried a road"}, dead("12", 12, 12), "compatible"),
    (dead("No", 0, 0), dead("three", 3, 3), "contradict"),
    (dead("No", 0, 0), dead("50", 50, 50), "contradict"),
    (dead("up to 90", 0, 90), dead("at least 99", 99, None), "compatible"),
]

COUNTED = [
    # who met with what, however it is worded
    (
        {"text": "Four sailors killed off Vestholm", "numbers": {"Four": (4, 4, "sailor")}},
        {"text": "Six killed in the wreck", "numbers": {"Six": (6, 6, None)}},
        "contradict",
    ),
    (
        {"text": "the wreck killed four", "numbers": {"four": (4, 4, None)}},
        {"text": "six were killed", "numbers": {"six": (6, 6, None)}},
        "contradict",
    ),
    (
        {"text": "rescuers counted 9 dead", "numbers": {"9": (9, 9, None)}},
        {"text": "the death toll stood at 14 people", "numbers": {"14": (14, 14, "people")}},
        "contradict",
    ),
    (
        {"text": "nine deaths were confirmed", "numbers": {"nine": (9, 9, "death")}},
        {"text": "14 bodies were found", "numbers": {"14": (14, 14, "body")}},
        "contradict",
    ),
    (
        {"text": "27 people are injured", "numbers": {"27": (27, 27, "people")}},
        {"text": "25 people were hurt", "numbers": {"25": (25, 25, "people")}},
        "contradict",
    ),
    (
        {"text": "27 people are injured", "numbers": {"27": (27, 27, "people")}},
        {"text": "25 people are missing", "numbers": {"25": (25, 25, "people")}},
        None,
    ),
    (
        {"text": "police arrested 12 people", "numbers": {"12": (12, 12, "people")}},
        {"text": "police detained 30 people", "numbers": {"30": (30, 30, "people")}},
        "contradict",
    ),
    # parts, further ones, wholes
    (
        {"text": "two women died in the slide", "numbers": {"two": (2, 2, "woman")}},
        {"text": "seven people died in the slide", "numbers": {"seven": (7, 7, "people")}},
        "compatible",
    ),
    (
        {"text": "nine women died in the slide", "numbers": {"nine": (9, 9, "woman")}},
        {"text": "seven people died in the slide", "numbers": {"seven": (7, 7, "people")}},
        "contradict",
    ),
    (
        {"text": "three women died in the slide", "numbers": {"three": (3, 3, "woman")}},
        {"text": "five children died in the slide", "numbers": {"five": (5, 5, "child")}},
        "compatible",
    ),
    (
        {"text": "four members of the crew died", "numbers": {"four": (4, 4, "member")}},
        {"text": "six fishermen died", "numbers": {"six": (6, 6, "fisherman")}},
        "contradict",
    ),
    (
        {"text": "a further 12 people died", "numbers": {"12": (12, 12, "people")}},
        {"text": "20 people died", "numbers": {"20": (20, 20, "people")}},
        "compatible",
    ),
    (
        {"text": "people died, including 3 pilots", "numbers": {"3": (3, 3, "pilot")}},
        {"text": "20 people died", "numbers": {"20": (20, 20, "people")}},
        "compatible",
    ),
    (
        {"text": "another 5 people were injured", "numbers": {"5": (5, 5, "people")}},
        {"text": "12 people were injured", "numbers": {"12": (12, 12, "people")}},
        "compatible",
    ),
    (
        {
            "text": "103 passengers and 26 sailors were aboard",
            "numbers": {"103": (103, 103, "passenger"), "26": (26, 26, "sailor")},
        },
        {"text": "129 people were aboard", "numbers": {"129": (129, 129, "people")}},
        "compatible",
    ),
    (
        {"text": "several people died", "numbers": {"several": (3, None, "people")}},
        {"text": "two people died", "numbers": {"two": (2, 2, "people")}},
        "compatible",
    ),
    (
        {"text": "3 people died in the slide", "numbers": {"3": (3, 3, "people")}},
        {"text": "400 people died in the slides of the century", "numbers": {"400": (400, 400, "people")}},
        "compatible",
    ),
    # ages
    (
        {
            "text": "Ada Holm, 31, fell",
            "numbers": {"31": (31, 31, None)},
            "units": {"31": "year"},
            "people": ("Ada Holm",),
        },
        {
            "text": "the victim, Ada Holm, 37",
            "numbers": {"37": (37, 37, None)},
            "units": {"37": "year"},
            "people": ("Ada Holm",),
        },
        "contradict",
    ),
    (
        {
            "text": "Ada Holm, 31, fell",
            "numbers": {"31": (31, 31, None)},
            "units": {"31": "year"},
            "people": ("Ada Holm",),
        },
        {
            "text": "Per Lund, 37, slipped",
            "numbers": {"37": (37, 37, None)},
            "units": {"37": "year"},
            "people": ("Per Lund",),
        },
        "compatible",
    ),
]


def money(text, said, amount):
    return {"text": text.format(said), "numbers": {said: (amount, amount, None)}, "units": {said: "EUR"}}


OFFER = "the yard made an offer of {} for the wreck of the ferry"
MEASURES = [
    (money(OFFER, "€4 million", 4e6), money(OFFER, "€7 million", 7e6), "contradict"),
    (money(OFFER, "€4 million", 4e6), money(OFFER, "€4m", 4e6), "agree"),
    (
        money("the yard made an initial offer of {} for the ferry", "€4 million", 4e6),
        money("the yard made a final offer of {} for the ferry", "€7 million", 7e6),
        "compatible",
    ),
    (
        money("a ticket costs {}", "€40", 40),
        money("the town repaired the pier for {}", "€90", 90),
        "compatible",
    ),
    (
        {"text": "turnout rose by 4%", "numbers": {"4%": (4, 4, None)}, "units": {"4%": "%"}},
        {"text": "turnout rose by 9%", "numbers": {"9%": (9, 9, None)}, "units": {"9%": "%"}},
        "contradict",
    ),
    (
        {
            "text": "Holmbank shares rose 2%",
            "numbers": {"2%": (2, 2, None)},
            "units": {"2%": "%"},
            "bodies": ("Holmbank",),
        },
        {
            "text": "Holmbank stock fell 3% by noon",
            "numbers": {"3%": (3, 3, None)},
            "units": {"3%": "%"},
            "bodies": ("Holmbank",),
        },
        "contradict",
    ),
    (
        {
            "text": "Holmbank rose 2%",
            "numbers": {"2%": (2, 2, None)},
            "units": {"2%": "%"},
            "bodies": ("Holmbank",),
        },
        {
            "text": "Lundbank fell 3%",
            "numbers": {"3%": (3, 3, None)},
            "units": {"3%": "%"},
            "bodies": ("Lundbank",),
        },
        "compatible",
    ),
    (
        {"text": "the wreck lies 3 km offshore", "numbers": {"3 km": (3, 3, None)}, "units": {"3 km": "km"}},
        {
            "text": "the wreck lies 3,000 m offshore",
            "numbers": {"3,000 m": (3000, 3000, None)},
            "units": {"3,000 m": "m"},
        },
        "agree",
    ),
    (
        {
            "text": "he fell 60 m down the gully",
            "numbers": {"60 m": (60, 60, None)},
            "units": {"60 m": "m"},
            "verb": "fell",
        },
        {
            "text": "he fell 200 m down a gully",
            "numbers": {"200 m": (200, 200, None)},
            "units": {"200 m": "m"},
            "verb": "fell",
        },
        "contradict",
    ),
    (
        {"text": "it weighed 40 t", "numbers": {"40 t": (40, 40, None)}, "units": {"40 t": "t"}},
        {"text": "it lay 40 km out", "numbers": {"40 km": (40, 40, None)}, "units": {"40 km": "km"}},
        None,
    ),
    (
        {
            "text": "it burned 5,000 ha",
            "numbers": {"5,000 ha": (5000, 5000, None)},
            "units": {"5,000 ha": "ha"},
        },
        {
            "text": "it burned 5,100 ha",
            "numbers": {"5,100 ha": (5100, 5100, None)},
            "units": {"5,100 ha": "ha"},
        },
        "compatible",
    ),
]


@pytest.mark.parametrize(("a", "b", "found"), NUMBERS + COUNTED + MEASURES)
def test_written_case(judged, a, b, found):
    assert judged(number, a, b) == found


def test_accounts_of_two_days_may_have_been_updated(view):
    a = view(**dead("12", 12, 12), published="2031-05-03")
    b = view(**dead("30", 30, 30), published="2031-05-04T06:00:00")
    because = number.compare(a, b).because
    assert because.endswith("perhaps updated between 2031-05-03 and 2031-05-04")
    assert "“12” / “30”" in because


def test_counts_do_not_add_up_to_a_length(view):
    road = view("the 12 km road", numbers={"12 km": (12, 12, None)}, units={"12 km": "km"})
    parts = view(
        "a 9 km road with 10 lifts and 2 bridges",
        numbers={"9 km": (9, 9, None), "10": (10, 10, "lift"), "2": (2, 2, "bridge")},
        units={"9 km": "km"},
    )
    assert "add up" not in number.compare(road, parts).because


def _held(text, verb="arrested", **numbers):
    return {"text": text, "verb": verb, "numbers": numbers}


def _nobody(text, verb="arrested", **more):
    return {"text": text, "verb": verb, "negative": True, **more}


TWO_HELD = _held("police arrested two managers", two=(2, 2, "manager"))
NO_SURVIVORS = _nobody("there were no survivors", verb="survivors", numbers={"no": (0, 0, "survivor")})
NONE_OF_GUESTS = _nobody("none of the guests was hurt", verb="hurt", numbers={"none": (0, 0, "guest")})
NOUGHTS = [
    (TWO_HELD, _nobody("no one has been arrested"), "contradict"),
    (TWO_HELD, _nobody("nobody was detained", verb="detained"), "contradict"),
    (TWO_HELD, _nobody("no-one has yet been arrested"), "compatible"),
    (TWO_HELD, _nobody("no one else has been arrested"), "compatible"),
    (TWO_HELD, _nobody("no one has been arrested so far"), "compatible"),
    (TWO_HELD, _nobody("no one was arrested after the second fire"), "compatible"),
    (TWO_HELD, _nobody("no one may be arrested", certainty="possible"), "compatible"),
    (
        _held("two divers were hurt", "hurt", two=(2, 2, "diver")),
        _nobody("nobody died", "died"),
        None,
    ),
    (_held("two sailors survived", "survived", two=(2, 2, "sailor")), NO_SURVIVORS, "contradict"),
    (_held("two guests were hurt", "hurt", two=(2, 2, "guest")), NONE_OF_GUESTS, "contradict"),
    (_held("two people were hurt", "hurt", two=(2, 2, "people")), NONE_OF_GUESTS, "compatible"),
]


@pytest.mark.parametrize(("a", "b", "verdict"), NOUGHTS)
def test_nobody_is_nought_of_the_fate_that_is_denied(judged, a, b, verdict):
    assert judged(number, a, b) == verdict


def test_about_and_some_are_one_number(judged):
    a = _held("about 400 families left their homes", "left", **{"about 400": (360, 440, "family")})
    b = _held("some 400 families were moved to a school", "moved", **{"some 400": (360, 440, "family")})
    assert judged(number, a, b) == "agree"
