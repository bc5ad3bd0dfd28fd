"""Written cases of accusations and their denials in accounts that share few words."""

from collections import Counter

import pytest

from variorum.annotate.pipeline import annotate
from variorum.compare.align import AlignOptions
from variorum.compare.denials import denied, read
from variorum.compare.pipeline import CompareOptions, compare_annotations
from variorum.compare.scored import score
from variorum.compare.scorer import load_scorer
from variorum.compare.sides import sides_of
from variorum.compare.views import views_of
from variorum.model import Article

SHELLED = "Dorland on Friday accused Veska of shelling the Orm dam. The dam supplies water to two towns."
SWAPPED = "Veska and Dorland exchanged forty prisoners on Monday. The men were flown home in two aircraft."
SOLD = "A paper in Norrholm says Veska sold oil to Dorland. It printed pictures of the ships."
SEIZED = "Dorland's navy seized the trawler Alma in Veskan waters. Its crew of nine is held in Norrholm."
MET = "Brandt and Holm met in secret in Norrholm in March. A waiter saw them."
YARD = "The union accused the yard of hiding cracks in the hull. The ferry sails on Sunday."
MURDER = "Ulf Stein was charged with murder on Friday. The court sits in Norrholm."

DENIED = [
    (SHELLED, "Veska's foreign ministry said the charges were false.", "accused", "the charges were false"),
    (SHELLED, "Veska's ministry called the reports nonexistent.", "accused", "nonexistent"),
    (SHELLED, "Veska denied shelling the dam. It offered talks.", "accused", "denied shelling the dam"),
    (SHELLED, "“We have never shelled the dam,” said Veska's minister.", "shelling", "never shelled"),
    (SHELLED, "There was no shelling, a spokesman for Veska's army said.", "shelling", "no shelling"),
    (SHELLED, "The attack never happened, said Veska's minister, Ola Brandt.", "shelling", "never happened"),
    (
        SHELLED,
        "Dorland says Veska shelled the Orm dam. Veska rejected the accusation.",
        "shelling the Orm dam",
        "rejected the accusation”, which is said of “Veska shelled the Orm dam”",
    ),
    (SWAPPED, "“This is not a swap,” Veska's minister Ola Brandt said.", "exchanged", "not a swap"),
    (SWAPPED, "Veska's minister denied that the prisoners were exchanged.", "exchanged", "denied that"),
    (SOLD, "Veska dismissed reports that it had sold oil to Dorland.", "sold oil", "dismissed reports"),
    (SEIZED, "Dorland denied seizing the trawler.", "seized", "denied seizing"),
    (SEIZED, "The seizure never took place, Dorland's navy said.", "seized", "never took place"),
    (MET, "Brandt denied meeting Holm.", "met in secret", "denied meeting Holm"),
    (MET, "There was no meeting, said a spokesman for Brandt.", "met in secret", "no meeting"),
    (YARD, "The yard denied the accusation.", "accused the yard", "denied the accusation"),
    (MURDER, "Stein pleaded not guilty. The hall was full.", "charged with murder", "not guilty"),
    (
        "Veska blamed Dorland for hacking its ministry.",
        "Dorland has dismissed the allegations as a fairy tale.",
        "blamed Dorland",
        "dismissed the allegations",
    ),
    (
        "The editor Ida Holm said Stein had harassed her for years. She left in May.",
        "Her claims of harassment are untrue, Stein said.",
        "Stein had harassed her",
        "Her claims of harassment are untrue",
    ),
    (
        "Prosecutors allege that Stein stole two paintings from the museum.",
        "Stein has denied any theft.",
        "stole two paintings",
        "denied any theft",
    ),
    ("Holm resigned on Friday, two papers reported.", "Holm denied that she had resigned.", "Holm", "denied"),
]

NOT_DENIED = [
    # nothing is denied of anybody, but something to somebody
    (SHELLED, "Veska denied bail to two men. Officials denied entry to the dam."),
    (SEIZED, "Dorland denied the crew access to a lawyer. The trawler's owner was denied a visa."),
    # another deed, or another's
    (SHELLED, "Veska denied blowing up a bridge in Norrholm."),
    (SHELLED, "Ostmark denied shelling a harbour."),
    (MURDER, "Stein denied lying to the police."),
    (SWAPPED, "Veska denied that soldiers were shot."),
    (SEIZED, "The ferry never sailed, a port official said. There was no storm."),
    (MET, "Lund denied meeting Aker."),
    # what is foreseen
    (SHELLED, "Veska was told of the accusations. The charges would be dismissed, a lawyer said."),
    # a report of something else, by somebody else
    (SHELLED, "The Norrholm club denied the reports that it will sell its striker."),
    (MURDER, "The minister, Ola Brandt, denied the charges."),
    (
        SHELLED,
        "Veska's Foreign Ministry offered talks. Ostmark's Foreign Ministry said the charges were false.",
    ),
    ("Ida Stein was charged with murder on Friday.", "Police asked Ida Stein. Ida Lund denied the charges."),
    (MET, "“This is not the result we hoped for,” said Brandt. Brandt told reporters so twice."),
    ("Anna Vik was accused of assault in Osterby.", "Her claims of an assault are untrue, Stein said."),
    # by the accuser
    (SHELLED, "Dorland accused Veska of shelling the dam. Dorland denied the reports."),
    # an account that recalls what it did not tell
    (SHELLED, "Veska dismissed those reports."),
    # an offer, a bill, a plan
    (SOLD, "Veska rejected an offer of talks from Dorland."),
    ("The firm charged Dorland twice the price for gas.", "Dorland denied the charges."),
    (SHELLED, "“We will not shell a dam,” said Veska's minister. “It's not going to happen.”"),
    # two denials
    ("Veska denied shelling the dam.", "“We have never shelled the dam,” said Veska's minister."),
    # told as denied by its own account
    ("Claims that Veska shelled the dam are untrue, Dorland said.", "Veska denied shelling the dam."),
]


def found(a, b):
    own, other = (views_of(annotate(Article(text, id=name))) for text, name in ((a, "a"), (b, "b")))
    scored = score(*sides_of((own, other)), load_scorer("align"))
    return own, other, denied(read(own), read(other), scored.chances, scored.cosine)


@pytest.mark.parametrize(("a", "b", "asserted", "denial"), DENIED)
def test_a_denial_is_set_against_what_it_denies(a, b, asserted, denial):
    relations = compare_annotations([annotate(Article(a, id="a")), annotate(Article(b, id="b"))]).relations
    because = [r.because for r in relations if (r.verdict, r.aspect) == ("contradict", "polarity")]
    assert any(asserted in why.partition(" is denied: ")[0] and denial in why for why in because), because


@pytest.mark.parametrize(("a", "b"), NOT_DENIED)
def test_a_denial_of_something_else_is_not(a, b):
    _, _, pairs = found(a, b)
    assert not pairs, [p.because for p in pairs]


def test_the_accounts_may_come_in_either_order():
    own, other, pairs = found(SHELLED, DENIED[0][1])
    _, _, turned = found(DENIED[0][1], SHELLED)
    assert [(p.a, p.b, p.because) for p in pairs] == [(p.b, p.a, p.because) for p in turned]
    assert "accused" in own[pairs[0].a].text
    assert "false" in other[pairs[0].b].text


def test_the_spokesperson_of_the_accused_denies_what_its_own_account_told_before():
    a = "Spies photographed Veskan tankers handing oil to Dorland's ships at night."
    b = (
        "Norrholm's paper printed pictures of Veskan tankers handing oil to ships of Dorland. “The situation "
        "you mention absolutely does not exist,” Veska's foreign ministry spokeswoman Ana Miro told them."
    )
    relations = compare_annotations([annotate(Article(a, id="a")), annotate(Article(b, id="b"))]).relations
    told = [r for r in relations if r.verdict == "contradict"]
    assert [r.a.span.of(a) for r in told] == ["Veskan tankers handing oil to Dorland's"]
    assert told[0].because.endswith("which is said of “handing oil to ships of Dorland”")


def test_a_denial_counts_as_a_pair_that_is_worth_a_look():
    accounts = [annotate(Article(SHELLED, id="a")), annotate(Article(DENIED[1][1], id="b"))]
    options = CompareOptions(align=AlignOptions(contested=0.21))
    (relation,) = (r for r in compare_annotations(accounts, options).relations if r.verdict == "contradict")
    assert relation.score >= 0.21


def test_one_denial_is_set_against_a_few_claims_at_most():
    towns = ("Orm", "Aa", "Bo", "Li", "Vik")
    a = " ".join(f"Dorland accused Veska of shelling the town of {town}." for town in towns)
    _, _, pairs = found(a, "Veska called the allegations baseless.")
    assert max(Counter(p.b for p in pairs).values()) == 2
