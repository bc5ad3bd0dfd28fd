import pytest

from variorum.annotate.claims import find_claims
from variorum.annotate.document import load_pipeline, parse
from variorum.model import Article, Claim


def claim_of(text: str, words: str) -> Claim:
    """The smallest claim that holds the words: what the scorers look at."""
    start = text.index(words)
    holding = [
        c
        for c in find_claims(parse(Article(text=text), load_pipeline()))
        if c.span.start <= start and start + len(words) <= c.span.end
    ]
    return min(holding, key=lambda c: len(c.span))


HEDGED = [
    ("The dam appears to have burst.", "burst", "probable", ["appears"]),
    ("The mast allegedly fell on Friday.", "fell", "possible", ["allegedly"]),
    ("Two divers are presumably dead.", "dead", "probable", ["presumably"]),
    ("The ferry may sink.", "sink", "possible", ["may"]),
    ("The raid was said to have taken place at dawn.", "taken place", "possible", ["said"]),
    ("The rebels are believed to have fled.", "fled", "probable", ["believed"]),
    ("The mayor believes the bridge is safe.", "is safe", "probable", ["believes"]),
    ("The mayor wants to close the mine.", "close the mine", "underspecified", ["wants"]),
    ("It is likely that the roof fell.", "the roof fell", "probable", ["likely"]),
    ("The clip purports to show the raid.", "show", "possible", ["purports"]),
    ("Stocks rose on hopes of a quick recovery.", "recovery", "possible", ["hopes"]),
    ("He sold the farm to pay the fine.", "pay the fine", "underspecified", []),
    ("Experts doubt that the wall will hold.", "the wall will hold", "probable", ["doubt"]),
    ("The clerk was chosen to lead the guild.", "lead the guild", "underspecified", []),
    ("If the river rises, the camp floods.", "the river rises", "underspecified", ["If"]),
    (
        "The court asked whether the seal was broken.",
        "the seal was broken",
        "underspecified",
        ["asked", "whether"],
    ),
    ("Did the pilot see the mast?", "see the mast", "underspecified", []),
]


@pytest.mark.parametrize(("text", "words", "certainty", "hedges"), HEDGED)
def test_hedged(text: str, words: str, certainty: str, hedges: list[str]):
    claim = claim_of(text, words)
    assert claim.certainty == certainty
    assert [h.of(text) for h in claim.hedges] == hedges


CERTAIN = [
    ("The mayor said the dam had burst.", "the dam had burst"),
    ("The mayor said the dam had burst.", "The mayor said"),
    ("The mayor believes the bridge is safe.", "The mayor believes"),
    ("The mayor said he would resign.", "he would resign"),
    ("The ferry will sail on Monday.", "will sail"),
    ("The prices fell to reach a low of four crowns.", "reach a low"),
    ("The miner was found to have drowned.", "drowned"),
    ("The ship can carry 90 people and has been named the Heron.", "has been named"),
    ("He managed to open the hatch.", "open the hatch"),
    ("The fact that the wall fell is known.", "the wall fell"),
]


@pytest.mark.parametrize(("text", "words"), CERTAIN)
def test_certain(text: str, words: str):
    claim = claim_of(text, words)
    assert (claim.certainty, claim.polarity) == ("certain", "positive")


NEGATIVE = [
    ("The bridge did not fall.", "fall"),
    ("Nobody saw the raid.", "saw"),
    ("None of the divers came back.", "came back"),
    ("The rebels never reached Marn.", "reached"),
    ("No guard left the gate.", "left"),
    ("The mayor failed to warn the miners.", "warn the miners"),
    ("The guard denied that he had opened the gate.", "he had opened the gate"),
    ("The wall stopped the river from flooding the town.", "flooding the town"),
    ("They left without paying the fine.", "paying the fine"),
    ("There is no evidence that the seal was broken.", "the seal was broken"),
    ("The ferry nearly sank.", "sank"),
    ("Neither the mayor nor the abbot signed the treaty.", "signed"),
]


@pytest.mark.parametrize(("text", "words"), NEGATIVE)
def test_negative(text: str, words: str):
    assert claim_of(text, words).polarity == "negative"


POSITIVE = [
    ("Not only the abbot signed the treaty.", "signed"),
    ("The mayor failed to warn the miners.", "The mayor failed"),
    ("Nearly 400 miners left the pit.", "left"),
    ("The guard denied the charge and left the town.", "left the town"),
    ("The mayor did not fail to warn the miners.", "warn the miners"),
]


@pytest.mark.parametrize(("text", "words"), POSITIVE)
def test_positive(text: str, words: str):
    assert claim_of(text, words).polarity == "positive"
