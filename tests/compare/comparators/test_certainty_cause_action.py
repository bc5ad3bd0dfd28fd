"""Written cases of certainty, cause and deed: two claims about an invented event, and what must be found."""

import pytest

from variorum.compare.comparators import COMPARATORS, action, cause, certainty

CERTAINTIES = [
    (
        {"text": "the hull seems cracked", "certainty": "probable", "hedge": "seems"},
        {"text": "the hull cracked"},
        "compatible",
    ),
    (
        {"text": "the hull allegedly cracked", "certainty": "underspecified", "hedge": "allegedly"},
        {"text": "the hull cracked"},
        "compatible",
    ),
    ({"text": "the hull cracked"}, {"text": "the hull cracked"}, None),
    (
        {"text": "the hull may crack", "certainty": "possible"},
        {"text": "the hull seems cracked", "certainty": "probable"},
        None,
    ),
]

CAUSES = [
    ({"text": "it sank because of ice"}, {"text": "ice caused it to sink"}, "agree"),
    ({"text": "it sank because of ice"}, {"text": "it sank"}, None),
    ({"text": "it sank"}, {"text": "it sank"}, None),
]

ACTIONS = [
    ({"text": "it sank", "verb": "sank"}, {"text": "it sank", "verb": "sank"}, "agree"),
    (
        {"text": "they collided", "verb": "collided", "lemma": "collide"},
        {"text": "the ships collide", "verb": "collide", "lemma": "collide"},
        "agree",
    ),
    ({"text": "it sank", "verb": "sank"}, {"text": "it went down", "verb": "went"}, "compatible"),
    ({"text": "the wreck"}, {"text": "it sank", "verb": "sank"}, None),
    (
        {"text": "it sank", "verb": "sank", "lemma": "sink"},
        {"text": "a vessel sinks", "verb": "sinks", "lemma": "sink"},
        "agree",
    ),
    (
        {"text": "divers were held", "verb": "held", "lemma": "hold"},
        {"text": "divers said", "verb": "said", "lemma": "say"},
        None,
    ),
    (
        {"text": "ice caused it", "verb": "caused", "lemma": "cause"},
        {"text": "a leak was reported", "verb": "reported", "lemma": "report"},
        None,
    ),
    (
        {"text": "it sank", "verb": "sank", "lemma": "sink"},
        {"text": "a hole was in it", "verb": "was", "lemma": "be"},
        None,
    ),
    (
        {"text": "it sank", "verb": "sank", "lemma": "sink"},
        {"text": "it took on water", "verb": "took", "lemma": "take"},
        None,
    ),
    (
        {"text": "divers said", "verb": "said", "lemma": "say"},
        {"text": "divers told us", "verb": "told", "lemma": "tell"},
        "compatible",
    ),
]

VOICES = [
    (
        {"text": "the hull cracked"},
        {"text": "the hull cracked, divers said", "source": "divers", "cue": "said"},
        "compatible",
    ),
    (
        {"text": "the hull may have cracked", "certainty": "possible", "hedge": "may"},
        {"text": "the hull has cracked"},
        "compatible",
    ),
]
MORE_CAUSES = [
    ({"text": "the hull cracked because of ice"}, {"text": "the hull cracked because of rust"}, "compatible"),
    ({"text": "the fire led to panic on deck"}, {"text": "panic on deck followed the fire"}, "agree"),
    ({"text": "rust on the hull caused the crack"}, {"text": "a crack in the hull"}, "compatible"),
]
NO_CAUSES = [
    ({"text": "the toll is due on Friday"}, {"text": "the toll on the bridge on Friday"}, None),
    ({"text": "she led the search on the fjord"}, {"text": "the search on the fjord"}, None),
    ({"text": "the mayor spoke following the vote"}, {"text": "the mayor spoke after the vote"}, None),
    ({"text": "a storm followed the frost"}, {"text": "the frost came following the storm"}, None),
    ({"text": "ferries stopped due to ice"}, {"text": "ice led to ferries standing idle"}, "agree"),
    ({"text": "ferries stopped following the storm"}, {"text": "the storm caused it"}, "agree"),
]
LIKE_LETTERS = [
    (
        {"text": "the lawyer interviewed guards", "verb": "interviewed"},
        {"text": "the lawyer intervened", "verb": "intervened"},
        "compatible",
    ),
    (
        {"text": "ice confined the crew", "verb": "confined", "lemma": "confine"},
        {"text": "he confirmed it", "verb": "confirmed", "lemma": "confirm"},
        "compatible",
    ),
    (
        {"text": "he denied it", "verb": "denied", "lemma": "deny"},
        {"text": "his denying it", "verb": "denying", "lemma": "deny"},
        "agree",
    ),
    (
        {"text": "the shelling of the port", "verb": "shelling", "lemma": "shelling"},
        {"text": "they shelled the port", "verb": "shelled", "lemma": "shell"},
        "agree",
    ),
]
DEEDS = [
    (
        {"text": "they collided", "verb": "collided", "lemma": "collide"},
        {"text": "the ships kept colliding", "verb": "colliding", "lemma": "collide"},
        "agree",
    ),
]
CASES = [
    (module, *case)
    for module, cases in (
        (certainty, CERTAINTIES + VOICES),
        (cause, CAUSES + MORE_CAUSES + NO_CAUSES),
        (action, ACTIONS + DEEDS + LIKE_LETTERS),
    )
    for case in cases
]


@pytest.mark.parametrize(("module", "a", "b", "found"), CASES)
def test_written_case(judged, module, a, b, found):
    assert judged(module, a, b) == found


def test_a_cause_is_quoted_and_not_what_brings_it_in_alone(view):
    a, b = view("the hull cracked because of ice"), view("the hull cracked due to Rust")
    assert cause.compare(a, b).because == "“because of ice” / “due to Rust”: perhaps two causes of one thing"
    a, b = view("Ice was the cause"), view("the hull cracked because of ice")
    assert "“Ice was the cause” / “because of ice”" in cause.compare(a, b).because


def test_every_comparator_is_registered_once():
    assert len(set(COMPARATORS)) == len(COMPARATORS) == 9
