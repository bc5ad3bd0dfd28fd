"""Written cases of denials and opposites: two claims about an invented event, and what must be found."""

import pytest

from variorum.compare.comparators import polarity

POLARITIES = [
    (
        {"text": "the crew was trained", "verb": "trained"},
        {"text": "the crew was not trained", "verb": "trained", "negative": True},
        "contradict",
    ),
    (
        {"text": "the owner bribed inspectors"},
        {"text": "the owner denied bribing inspectors", "verb": "denied"},
        "contradict",
    ),
    (
        {"text": "the crew was not trained", "negative": True},
        {"text": "the crew was never trained", "negative": True},
        None,
    ),
    ({"text": "the crew was trained"}, {"text": "the crew was trained"}, None),
    (
        {"text": "divers found the anchor", "verb": "found"},
        {"text": "the mayor did not resign", "verb": "resign", "negative": True},
        None,
    ),
    (
        {"text": "the ferry passed every inspection this spring", "verb": "passed"},
        {"text": "the ferry did not sail", "verb": "sail", "negative": True},
        None,
    ),
    (
        {"text": "the mayor denied the delay", "verb": "denied"},
        {"text": "the mayor rejected the delay", "verb": "rejected"},
        None,
    ),
    (
        {"text": "a delay of the alarm was claimed", "verb": "claimed"},
        {"text": "the delay of the alarm", "cue": "delay"},
        None,
    ),
]

ACCUSED = "The union says the owner hid the cracks in the hull for years. "
DENIALS = [
    (
        {"text": "the owner hid the cracks in the hull"},
        {"text": "the company denied it", "verb": "denied", "before": ACCUSED},
        "contradict",
    ),
    (
        {"text": "the owner hid the cracks in the hull"},
        {"text": "he called the claims baseless", "before": ACCUSED},
        "contradict",
    ),
    (
        {"text": "the lifeboats were too old for the crossing"},
        {"text": "the company denied it", "verb": "denied", "before": ACCUSED},
        None,
    ),
    (
        {"text": "the pilot was drunk at the wheel"},
        {"text": "reports that the pilot was drunk are untrue"},
        "contradict",
    ),
    (
        {"text": "the pilot was drunk at the wheel"},
        {"text": "the lawyer dismissed claims that the pilot was drunk", "verb": "dismissed"},
        "contradict",
    ),
    (
        {"text": "the yard made an offer for the wreck"},
        {"text": "the owner rejected the offer", "verb": "rejected"},
        None,
    ),
    (
        {"text": "the pilot was not drunk", "negative": True},
        {"text": "the pilot denied he was drunk", "verb": "denied"},
        None,
    ),
    (
        {"text": "the inspector took bribes", "cue": "took"},
        {"text": "the inspector denied that he took bribes", "cue": "denied"},
        "contradict",
    ),
]
OPPOSITES = [
    ({"text": "the harbour bridge was closed"}, {"text": "the harbour bridge reopened"}, "contradict"),
    ({"text": "the harbour bridge was closed"}, {"text": "the harbour bridge was shut"}, None),
    (
        {"text": "the harbour bridge was closed"},
        {"text": "the harbour bridge was not reopened", "negative": True},
        "compatible",
    ),
    ({"text": "the pilot of the ferry survived"}, {"text": "the pilot of the ferry died"}, "contradict"),
    (
        {"text": "contact with the ferry was lost"},
        {"text": "contact with the ferry was restored"},
        "contradict",
    ),
    ({"text": "the vote of the harbour board was valid"}, {"text": "a dangerous reef lies near"}, None),
    (
        {"text": "the pilot did not drown until Friday", "verb": "drown", "negative": True},
        {"text": "the pilot drowned", "verb": "drowned"},
        None,
    ),
    (
        {"text": "the horn sounded", "verb": "sounded"},
        {"text": "the horn never sounded", "verb": "sounded", "negative": True},
        "contradict",
    ),
]


NOT_DENIED = [
    # told as a charge that is denied, by its own account
    (
        {"text": "the inspector took bribes", "before": "The lawyer denied that "},
        {"text": "claims that the inspector took bribes are untrue"},
        None,
    ),
    # what another denies is told with a name alone in common
    (
        {"text": "he denied Holmsen’s link", "verb": "denied", "people": ("Holmsen",)},
        {"text": "Holmsen left", "people": ("Holmsen",)},
        None,
    ),
    # a negation that does not reach the predicate
    (
        {"text": "the wreck serves as a reminder to guests not to sail", "verb": "serves", "negative": True},
        {"text": "the wreck serves as a reminder to guests", "verb": "serves"},
        None,
    ),
    (
        {"text": "he had no licence for the ferry", "verb": "had", "negative": True},
        {"text": "he had a licence for the ferry", "verb": "had"},
        "contradict",
    ),
    # what is open, or only planned
    (
        {"text": "the ferry will (or won’t) sail", "verb": "sail", "negative": True},
        {"text": "the ferry sails", "verb": "sails"},
        None,
    ),
    (
        {"text": "to sell the ferry", "verb": "sell"},
        {"text": "the owner will not sell the ferry", "verb": "sell", "negative": True},
        None,
    ),
    # a verb alone in common
    (
        {"text": "all that we know", "verb": "know"},
        {"text": "nobody knows", "verb": "knows", "negative": True},
        None,
    ),
]


@pytest.mark.parametrize(("a", "b", "found"), POLARITIES + DENIALS + OPPOSITES + NOT_DENIED)
def test_written_case(judged, a, b, found):
    assert judged(polarity, a, b) == found


def test_an_accusation_and_its_denial_are_both_shown(view):
    accusation, denial, _ = DENIALS[0]
    because = polarity.compare(view(**accusation), view(**denial, article="b")).because
    assert accusation["text"] in because
    assert denial["text"] in because


def _caught(text, verb="arrested", **more):
    return {"text": text, "verb": verb, **more}


NOBODY = [
    (_caught("police arrested divers"), _caught("no one has been arrested", negative=True), "contradict"),
    (_caught("police arrested divers"), _caught("no one else has been arrested", negative=True), None),
    (_caught("police arrested divers"), _caught("no one has been arrested yet", negative=True), None),
    (_caught("police arrested divers"), _caught("nobody was arrested at Vestholm", negative=True), None),
    (_caught("police arrested divers"), _caught("the mayor was not arrested", negative=True), None),
]


@pytest.mark.parametrize(("a", "b", "verdict"), NOBODY)
def test_nobody_denies_what_happened_to_anybody(judged, a, b, verdict):
    assert judged(polarity, a, b) == verdict
