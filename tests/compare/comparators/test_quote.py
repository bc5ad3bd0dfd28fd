"""Written cases of quotations: two claims about an invented event, and what must be found."""

import pytest

from variorum.compare.comparators import quote


def said(words):
    return {"text": f"she said “{words}” to us", "quote": f"“{words}”"}


QUOTES = [
    (said("we lost everything in one night"), said("we lost everything in one night"), "agree"),
    (said("we lost everything in one night"), said("We lost everything, in one night"), "agree"),
    (
        said("we lost everything in one night"),
        said("we lost everything in one hour"),
        "contradict",
    ),
    (
        said("how many more do they want to drown"),
        said("how many more do we want to drown"),
        "contradict",
    ),
    (
        said("we honour every guest of the old harbour"),
        said("we honor every guest of the old harbor"),
        "agree",
    ),
    (
        said("a wilful and reckless crime"),
        said("the wilful and reckless crime of drunken sailors"),
        "agree",
    ),
    (said("we lost everything in one night"), said("the rescue came too late for many"), None),
    (said("the sea took it"), said("the sea took them"), "compatible"),
    ({"text": "she said nothing"}, said("we lost everything in one night"), None),
]

CHANGED = [
    (said("they told us to wait below deck"), said("they told us not to wait below deck"), "contradict"),
    (said("it was one of the worst nights"), said("it is one of the worst nights"), "contradict"),
    (said("it took two or three long hours"), said("it took two to three long hours"), "contradict"),
    (said("we analysed all the radar data"), said("we analyzed all the radar data"), "agree"),
    (said("we had no co-operation from them"), said("we had no cooperation from them"), "agree"),
    (said("modelling the drift took a day"), said("modeling the drift took a day"), "agree"),
    (
        said("we had an unbelievable stroke of luck"),
        said("we had an unbeleivable stroke of luck"),
        "contradict",
    ),
    (
        said("we had an unbelievable stroke of luck"),
        said("we had an unbellievable stroke of luck"),
        "compatible",
    ),
    (said("the Northern Palace"), said("the Northern Place"), "contradict"),
    (said("the captain left the bridge too early"), said("the captain left the bridge"), "agree"),
    (said("the captain left the bridge too early"), said("he left the bridge too early"), "compatible"),
    (
        said("the captain simply left the bridge early"),
        said("the captain left the bridge early"),
        "compatible",
    ),
    (said("the [ship’s] captain left the bridge"), said("the captain left the bridge"), "agree"),
    (
        said("nobody told the guests what they should do next"),
        said("nobody informed all of those guests what to do next"),
        None,
    ),
    (said("left early"), said("came late"), None),
]


@pytest.mark.parametrize(("a", "b", "found"), QUOTES + CHANGED)
def test_written_case(judged, a, b, found):
    assert judged(quote, a, b) == found
