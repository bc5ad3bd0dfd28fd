import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.caveats import find_caveats
from variorum.annotate.claims import find_claims
from variorum.annotate.document import load_pipeline, parse
from variorum.model import Article, Attribution, Caveat, Span


def caveats(text: str, outlet: str | None = None, *attributions: Attribution) -> list[Caveat]:
    doc = parse(Article(text=text, outlet=outlet), load_pipeline())
    return list(find_caveats(doc, attributions, find_claims(doc, attributions)))


CASES = [
    ("The footage could not be independently verified.", "unverified"),
    ("The Kestrel was unable to independently confirm the claims.", "unverified"),
    ("We have not been able to verify the video.", "unverified"),
    ("There was no independent confirmation of the report.", "unverified"),
    ("The palace did not respond to a request for comment.", "no-comment"),
    ("A clerk at the mint declined to comment.", "no-comment"),
    ("The duke did not immediately return calls.", "no-comment"),
    ("The owner could not be reached for comment.", "no-comment"),
    ("It is unclear how the fire began.", "unclear"),
    ("It was not immediately known whether the miners were alive.", "unclear"),
    ("The cause of the fire was not known.", "unclear"),
    ("Details were scarce.", "unclear"),
    ("The raid failed, a source said.", "anonymous-source"),
    ("The raid failed, said a captain who asked not to be named.", "anonymous-source"),
    ("The raid failed, said a captain, speaking on condition of anonymity.", "anonymous-source"),
    ("Officials familiar with the talks said the deal was dead.", "anonymous-source"),
    ("State media reported that the dam had burst.", "secondhand"),
    ("The dam burst at noon, according to footage.", "secondhand"),
    ("Local reports say the dam burst.", "secondhand"),
    ("The dam burst, the paper wrote, citing police.", "secondhand"),
]


@pytest.mark.parametrize(("text", "kind"), CASES)
def test_found(text: str, kind: str):
    assert kind in [c.kind for c in caveats(text)]


NONE = [
    "Editors verify every photograph before it is printed.",
    "The course teaches pupils how to confirm a claim.",
    "The minister confirmed the report.",
    "The clerk could not verify the passport of the traveller.",
    "The rebels did not respond to the attack.",
    "The agreement could not be reached in time.",
    "The source of the leak was a broken pipe.",
    "The rules of the game are unclear.",
    "The water was clear.",
    "Readers may comment on the article.",
    "She knew the answer.",
    "He cited the high price of salt.",
    "The space agency said it would hire 40 engineers.",
    "Bags are forbidden, according to the guild's website.",
    "A paper on salt was published in May.",
]


@pytest.mark.parametrize("text", NONE)
def test_none(text: str):
    assert caveats(text) == []


def test_the_span_is_the_clause_with_the_question_it_leaves_open():
    text = "The fire was put out at noon, but it is unclear how it began."
    (caveat,) = caveats(text)
    assert caveat.span.of(text) == "it is unclear how it began"


def test_what_others_say_in_direct_speech_is_no_caveat():
    text = "“The footage could not be independently verified,” the judge said."
    content = Span(1, text.index("”"))
    direct = Attribution((), (), (content,), "direct")
    assert caveats(text, None, direct) == []
    assert [c.kind for c in caveats(text)] == ["unverified"]


def test_the_outlet_is_not_second_hand_to_itself():
    text = "The dam burst at noon, according to Reuters."
    assert [c.kind for c in caveats(text)] == ["secondhand"]
    assert caveats(text, "Reuters") == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([t for t, _ in CASES] + NONE + ["\n", " ", "“", "”", "?"]), max_size=5))
def test_spans_lie_inside_sentences(parts: list[str]):
    text = " ".join(parts)
    doc = parse(Article(text=text), load_pipeline())
    found = find_caveats(doc, (), find_claims(doc))
    assert list(found) == sorted(found, key=lambda c: (c.span, c.kind))
    for caveat in found:
        assert caveat.span.of(text).strip()
        assert any(s.holds(caveat.span) for s in doc.sentences)
