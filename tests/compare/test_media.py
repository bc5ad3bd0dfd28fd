import pytest

from variorum.compare.media import passes_on


@pytest.mark.parametrize(
    "source",
    ["state television", "newspaper Nordlyset", "the Reuters", "local media", "journalists at the scene"],
)
def test_media_pass_on_what_others_say(source: str):
    assert passes_on(source)


@pytest.mark.parametrize(
    "source", ["press secretary Anna Berg", "the press secretary", "press officer Per Lund", "the mayor", ""]
)
def test_persons_who_speak_to_media_do_not(source: str):
    assert not passes_on(source)
