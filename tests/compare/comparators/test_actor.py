"""Written cases of actors: two claims about an invented event, and what must be found."""

import pytest

from variorum.compare.comparators import actor


def deed(agent, verb, patient, nations=None):
    return {
        "text": f"{agent} {verb} {patient}",
        "agent": agent,
        "verb": verb,
        "patient": patient,
        "nations": nations,
    }


ACTORS = [
    (deed("Smugglers", "shot", "guards"), deed("Guards", "shot", "smugglers"), "contradict"),
    (deed("Smugglers", "shot", "guards"), deed("The smugglers", "shot", "two guards"), "agree"),
    (
        deed("Borduria", "shelled", "the port", {"Borduria": "BO"}),
        deed("Syldavia", "shelled", "the port", {"Syldavia": "SY"}),
        "contradict",
    ),
    (
        deed("The police", "sealed", "the harbour"),
        deed("Officers", "sealed", "the harbour"),
        "compatible",
    ),
    (deed("Police", "sealed", "the harbour"), deed("Mourners", "left", "the church"), "compatible"),
    (deed("They", "sealed", "the harbour"), deed("Officers", "sealed", "the harbour"), None),
    ({"text": "sealed"}, {"text": "sealed"}, None),
]


def officer(name, text="harbour inspector {} spoke"):
    return {"text": text.format(name), "people": (name,)}


NAMED = [
    (officer("Per Lund"), officer("Ada Holm"), "contradict"),
    (officer("Per Lund"), officer("Lund"), None),
    (officer("Per Lund"), officer("Ada Holm", "former harbour inspector {} spoke"), None),
    (officer("Per Lund"), officer("Ada Holm", "deputy mayor {} spoke"), None),
    (
        {
            "text": "Per Lund, 31, drowned",
            "people": ("Per Lund",),
            "numbers": {"31": (31, 31, None)},
            "units": {"31": "year"},
        },
        {"text": "the victim's name was not released", "negative": True},
        "contradict",
    ),
    (
        {"text": "the victim was identified as Per Lund", "people": ("Per Lund",)},
        {"text": "police withheld the identity of the victim"},
        "contradict",
    ),
    (
        {"text": "Per Lund spoke", "people": ("Per Lund",)},
        {"text": "the victim's name was not released", "negative": True},
        None,
    ),
    (
        {"text": "Mohamad Karlen was found", "people": ("Mohamad Karlen",)},
        {"text": "divers found Mohamed Karlen", "people": ("Mohamed Karlen",)},
        "compatible",
    ),
    (
        {"text": "Per Lund was found", "people": ("Per Lund",)},
        {"text": "divers found Per Holm", "people": ("Per Holm",)},
        None,
    ),
    (
        deed("Per Lund", "sold", "the ferry") | {"people": ("Per Lund",)},
        deed("Ada Holm", "sold", "the ferry") | {"people": ("Ada Holm",)},
        "contradict",
    ),
    (
        deed("Per Lund", "sold", "the ferry") | {"people": ("Per Lund",)},
        deed("Lund", "sold", "the ferry") | {"people": ("Lund",)},
        "agree",
    ),
    (
        deed("Per Lund", "sold", "the ferry") | {"people": ("Per Lund",)},
        deed("The owner", "sold", "the ferry"),
        "compatible",
    ),
]


PORT = "the port of Lund"
TWO_PARTIES = [
    (
        deed("SYL", "closed", PORT) | {"bodies": ("SYL",)},
        deed("The SYL", "shut", PORT) | {"bodies": ("The SYL",)},
        "agree",
    ),
    (
        deed("Bordurian troops", "shelled", PORT, {"Bordurian troops": "BO"}),
        deed("Syldavian troops", "shelled", PORT, {"Syldavian troops": "SY"}),
        "contradict",
    ),
    (
        deed("Bordurian troops", "shelled", PORT, {"Bordurian troops": "BO"}),
        deed("Syldavian troops", "left", "the town", {"Syldavian troops": "SY"}),
        "compatible",
    ),
    (
        deed("Bordurian soldiers", "shot", "Syldavian soldiers")
        | {"nations": {"Bordurian soldiers": "BO", "Syldavian soldiers": "SY"}},
        deed("Syldavian soldiers", "shot", "Bordurian soldiers")
        | {"nations": {"Bordurian soldiers": "BO", "Syldavian soldiers": "SY"}},
        "contradict",
    ),
    (
        deed("Harbour Ministry", "closed", PORT) | {"bodies": ("Harbour Ministry",)},
        deed("Forest Ministry", "closed", PORT) | {"bodies": ("Forest Ministry",)},
        "compatible",
    ),
    (
        deed("Harbour Ministry", "closed", PORT) | {"bodies": ("Harbour Ministry",)},
        deed("Ministry", "closed", PORT) | {"bodies": ("Ministry",)},
        "agree",
    ),
    (
        deed("Per Lund", "sold", "the ferry") | {"people": ("Per Lund",)},
        deed("Ada Lund", "sold", "the ferry") | {"people": ("Ada Lund",)},
        "contradict",
    ),
    (
        deed("Ada Holm Lund", "sold", "the ferry") | {"people": ("Ada Holm Lund",)},
        deed("Ada Holm", "sold", "the ferry") | {"people": ("Ada Holm",)},
        "agree",
    ),
]


def test_the_people_before_a_noun_are_part_of_the_party(view):
    a = deed("rowers", "won", "the regatta") | {"text": "Danish rowers won the regatta"}
    b = deed("rowers", "won", "the regatta") | {"text": "Dutch rowers won the regatta"}
    found = actor.compare(view(**a | {"nations": {"Danish": "DK"}}), view(**b | {"nations": {"Dutch": "NL"}}))
    assert found.verdict == "contradict"
    assert found.because.startswith("“Danish rowers” / “Dutch rowers”")


@pytest.mark.parametrize(("a", "b", "found"), ACTORS + NAMED + TWO_PARTIES)
def test_written_case(judged, a, b, found):
    assert judged(actor, a, b) == found
