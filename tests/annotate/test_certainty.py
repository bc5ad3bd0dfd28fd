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
    ("The guard told divers to shut the lock.", "shut the lock", "underspecified", ["told"]),
    ("If the river rises, the camp floods.", "the river rises", "underspecified", ["If"]),
    (
        "The court asked whether the seal was broken.",
        "the seal was broken",
        "underspecified",
        ["asked", "whether"],
    ),
    ("Did the pilot see the mast?", "see the mast", "underspecified", []),
    ("The guild called on the mayor to resign.", "to resign", "underspecified", []),
    ("The mast could be seen as a threat.", "be seen", "possible", ["could"]),
    ("The effects could be felt at sea.", "be felt", "possible", ["could"]),
    ("The guild could verify the claim.", "verify", "possible", ["could"]),
    ("The guild could not have verified the claim.", "verified", "possible", ["could"]),
]


@pytest.mark.parametrize(("text", "words", "certainty", "hedges"), HEDGED)
def test_hedged(text: str, words: str, certainty: str, hedges: list[str]):
    claim = claim_of(text, words)
    assert claim.certainty == certainty
    assert [h.of(text) for h in claim.hedges] == hedges


CERTAIN = [
    ("Smoke could be seen for miles.", "be seen"),
    ("Shots could still be heard at dawn.", "be heard"),
    ("The mayor said the dam had burst.", "the dam had burst"),
    ("The mayor said the dam had burst.", "The mayor said"),
    ("The mayor believes the bridge is safe.", "The mayor believes"),
    ("The mayor said he would resign.", "he would resign"),
    ("The guard told divers that the lock had burst.", "the lock had burst"),
    ("Residents were told that the lock was open.", "the lock was open"),
    ("The guard forgot that the lock had burst.", "the lock had burst"),
    ("The trial is set to begin on Monday.", "begin"),
    ("The ferry is scheduled to sail at noon.", "sail"),
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
    ("The fault was not reported by the crew.", "reported"),
    ("The harbour master did not comment on the situation.", "comment"),
    ("The attack did not take place.", "attack"),
    ("The guild could not stop the strike.", "stop"),
    ("No miners were hurt in the collapse.", "hurt"),
    ("Nobody was injured in the fire.", "injured"),
    ("The talks ended without an agreement.", "agreement"),
    ("The talks ended without agreement.", "agreement"),
    ("The ministry denied the attack.", "attack"),
    ("The ministry denied any involvement in the raid.", "involvement"),
    ("The ministry rejected the accusation that it had hidden the report.", "hidden"),
    ("The abbot refused to sign the treaty.", "sign"),
    ("The abbot's refusal to sign the treaty angered the guild.", "sign"),
    ("The company failed to pay its workers.", "pay"),
    ("Divers were unable to reach the wreck.", "reach"),
    ("The engineers prevented a second collapse.", "collapse"),
    ("The engineers prevented the dam from bursting.", "bursting"),
    ("The town avoided a flood.", "flood"),
    ("The airline cancelled the flight.", "flight"),
    ("The concert was called off.", "concert"),
    ("The launch was cancelled on Monday.", "launch"),
    ("The cancelled visit angered the guild.", "visit"),
    ("The ferry no longer runs on Sundays.", "runs"),
    ("The mine is no longer working.", "working"),
    ("Neither side accepted the plan.", "accepted"),
    ("Neither the guard nor the clerk saw the thief.", "saw"),
    ("The guard neither saw nor heard the thief.", "saw"),
    ("The guard neither saw nor heard the thief.", "heard"),
    ("There is no evidence that the bridge was mined.", "mined"),
    ("There was no sign of a struggle.", "struggle"),
    ("Police found no trace of an explosion.", "explosion"),
    ("The board ruled out a merger.", "merger"),
    ("The board ruled out selling the mine.", "selling"),
    ("He paid the fine rather than go to prison.", "go"),
    ("The pilot landed in Marn instead of flying on to Ostrano.", "flying"),
    ("The court hardly mentioned the theft.", "mentioned"),
    ("The judge did not say whether the trial would begin.", "say"),
    ("The minister did not know that the bridge had fallen.", "know"),
    ("The crew did not manage to close the hatch.", "close"),
    ("The crew did not bother to close the hatch.", "close"),
    ("The guard forgot to lock the gate.", "lock"),
    ("When the dam burst, the siren did not sound.", "sound"),
    ("The men who stole the boat were not caught.", "caught"),
    ("The mayor said that the bridge would not fall.", "fall"),
    ("The mayor did not say that the bridge had fallen.", "say"),
    ("The abbot cannot explain the theft.", "explain"),
    ("The treaty was signed by none of the parties.", "signed"),
    ("The river has not risen since the storm.", "risen"),
    ("The factory has stopped making bells.", "making"),
    ("The shop ceased trading in May.", "trading"),
    ("The army did nothing to stop the looting.", "stop"),
    ("The workers did not accept the offer and walked out.", "accept"),
    ("The trains are not running because of the strike.", "running"),
    ("Without help, the village would have starved.", "help"),
    ("The bishop abstained from voting.", "voting"),
    ("The accord fell short of ending the war.", "ending"),
    ("The pact stopped short of banning the guild.", "banning"),
    ("The suspect evaded arrest.", "arrest"),
    ("The driver escaped injury.", "injury"),
    ("It was not an accident.", "accident"),
    ("It is not true that the bank collapsed.", "collapsed"),
    ("It is untrue that the bank collapsed.", "collapsed"),
    ("He said it was false that the bank had collapsed.", "collapsed"),
    ("The bank was never in danger of collapsing.", "collapsing"),
    ("The queen did not attend the funeral.", "attend"),
    ("The queen declined to comment.", "comment"),
    ("The ship did not sink; it ran aground.", "sink"),
    ("Not a single vote was counted.", "counted"),
    ("Not all votes were counted.", "counted"),
    ("The plan to move the school failed.", "move"),
    ("The abandoned attempt to raise the wreck cost a fortune.", "raise"),
    ("The bank was barred from lending.", "lending"),
    ("The actor was banned from driving.", "driving"),
    ("The rebels were discouraged from crossing the river.", "crossing"),
    ("They had not been paid, workers said.", "paid"),
    ("He insisted that he had done nothing wrong.", "done"),
    ("The mayor did not think the bridge was safe.", "safe"),
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
    ("The fault was not reported by the crew.", "fault"),
    ("The harbour master did not comment on the situation.", "situation"),
    ("The explosion did not damage the bridge.", "explosion"),
    ("The council did not discuss the closure of the mine.", "closure"),
    ("The guild could not stop the strike.", "strike"),
    ("No miners were hurt in the collapse.", "collapse"),
    ("Nobody was injured in the fire.", "fire"),
    ("The talks ended without an agreement.", "ended"),
    ("The ministry denied the attack.", "denied"),
    ("The abbot refused to sign the treaty.", "refused"),
    ("The airline cancelled the flight.", "cancelled"),
    ("The launch was cancelled on Monday.", "cancelled"),
    ("The absence of guards surprised the thieves.", "absence"),
    ("The pilot landed in Marn instead of flying on to Ostrano.", "landed"),
    ("The minister did not know that the bridge had fallen.", "fallen"),
    ("The guard did not forget to lock the gate.", "lock"),
    ("The mayor did not resign because the dam burst.", "burst"),
    ("The mayor did not resign, although the dam had burst.", "burst"),
    ("When the dam burst, the siren did not sound.", "burst"),
    ("The siren did not sound when the dam burst.", "burst"),
    ("The men who stole the boat were not caught.", "stole"),
    ("The men who were not caught stole the boat.", "stole"),
    ("The mayor said that the bridge would not fall.", "said"),
    ("The abbot cannot explain the theft.", "theft"),
    ("The river has not risen since the storm.", "storm"),
    ("The court dismissed the claim.", "dismissed"),
    ("The army did nothing to stop the looting.", "looting"),
    ("The decision had nothing to do with the election.", "decision"),
    ("The decision had nothing to do with the election.", "election"),
    ("The mayor's resignation was not a surprise.", "resignation"),
    ("The flood is not the first this year.", "flood"),
    ("The workers did not accept the offer and walked out.", "walked"),
    ("The workers did not accept the offer and walked out.", "offer"),
    ("The trains are not running because of the strike.", "strike"),
    ("The team missed the final.", "missed"),
    ("The queen did not attend the funeral.", "funeral"),
    ("The ship did not sink; it ran aground.", "ran"),
    ("Only two miners survived.", "survived"),
    ("They had not been paid, workers said.", "said"),
    ("He insisted that he had done nothing wrong.", "insisted"),
]


@pytest.mark.parametrize(("text", "words"), POSITIVE)
def test_positive(text: str, words: str):
    assert claim_of(text, words).polarity == "positive"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Sandvik Herald could not independently verify the clip.", "verify"),
        ("The clip could not be authenticated.", "authenticated"),
    ],
)
def test_what_nobody_has_checked_is_denied_without_a_hedge(text: str, words: str):
    claim = claim_of(text, words)
    assert (claim.certainty, claim.polarity, claim.hedges) == ("certain", "negative", ())
