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
        {"text": "they collided", "verb": "collided"},
        {"text": "the ships collide", "verb": "collide"},
        "agree",
    ),
    ({"text": "it sank", "verb": "sank"}, {"text": "it went down", "verb": "went"}, "compatible"),
    ({"text": "the wreck"}, {"text": "it sank", "verb": "sank"}, None),
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
DEEDS = [
    (
        {"text": "they collided", "verb": "collided"},
        {"text": "the ships kept colliding", "verb": "colliding"},
        "agree",
    ),
]
CASES = [
    (module, *case)
    for module, cases in (
        (certainty, CERTAINTIES + VOICES),
        (cause, CAUSES + MORE_CAUSES),
        (action, ACTIONS + DEEDS),
    )
    for case in cases
]


@pytest.mark.parametrize(("module", "a", "b", "found"), CASES)
def test_written_case(judged, module, a, b, found):
    assert judged(module, a, b) == found


def test_every_comparator_is_registered_once():
    assert len(set(COMPARATORS)) == len(COMPARATORS) == 9
