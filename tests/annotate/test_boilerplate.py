import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.boilerplate import boilerplate, outside
from variorum.annotate.claims import find_claims
from variorum.annotate.document import load_pipeline, parse
from variorum.model import Article, Span

# Accounts of what happened in towns that do not exist.
FOUND = [
    (
        "PORT ELLA, West Arvia, Jan 1 (Reuters) - Divers searched the wreck.",
        "PORT ELLA, West Arvia, Jan 1 (Reuters) - ",
    ),
    ("MARN — A ship sank.", "MARN — "),
    ("TARN/ORLO (Kestrel News) - A ship sank.", "TARN/ORLO (Kestrel News) - "),
    ("(CNN) The mayor of Orlo has resigned.", "(CNN) "),
    ("Orlo, Arvia (CNN) The mayor has resigned.", "Orlo, Arvia (CNN) "),
    ("Marn – A ship sank off the pier on Friday.", "Marn – "),
    ("FILE - In this photo of 2 May the ferry leaves.", "FILE - "),
    ("By Ines Valk and Tomas Erdel", "By Ines Valk and Tomas Erdel"),
    ("The dam burst. Updated: 2031-07-15 13:14 By Agencies", "Updated: 2031-07-15 13:14 By Agencies"),
    (
        "The dam burst. (Reporting by Ines Valk; Editing by Tomas Erdel)",
        "(Reporting by Ines Valk; Editing by Tomas Erdel)",
    ),
    (
        "Copyright 2031 The Orlo Post. All rights reserved.",
        "Copyright 2031 The Orlo Post. All rights reserved.",
    ),
    ("The roof of the mill. (Photo: Ines Valk, Orlo Post)", "(Photo: Ines Valk, Orlo Post)"),
    ("The roof of the mill. [Photo/Agencies]", "[Photo/Agencies]"),
    ("The roof of the mill (Image: Getty)", "(Image: Getty)"),
    ("The roof of the mill. Photograph: Ines Valk for the Post", "Photograph: Ines Valk for the Post"),
    ("The roof of the mill ©Ines Valk (AFP/File)", "©Ines Valk (AFP/File)"),
    ("The mill has no roof left. Ines Valk/Getty Images", "Ines Valk/Getty Images"),
    (
        "The mill burns. (Ines Valk/Orlo Post via AP, File) (Associated Press)",
        "(Ines Valk/Orlo Post via AP, File) (Associated Press)",
    ),
    ("Image copyright AFP Image caption The mill lost its roof", "Image copyright AFP Image caption "),
    ("GETTY The mill lost its roof", "GETTY "),
    (
        "The dam has burst. https://t.co/Ab3dE — Ines Valk (@inesvalk) May 28, 2031",
        "https://t.co/Ab3dE — Ines Valk (@inesvalk) May 28, 2031",
    ),
    ("The dam has burstpic.twitter.com/Ab3dE", "pic.twitter.com/Ab3dE"),
    ("Dam bursts above Orlo (VIDEO)", "(VIDEO)"),
    ("Read more: Five mills that lost their roofs", "Read more: Five mills that lost their roofs"),
    ("The mill lost its roof. Read more", "Read more"),
    ("Advertisement Continue reading the main story", "Advertisement Continue reading the main story"),
    (
        "The mill is gone. Sign up to our newsletter for more. It burned.",
        "Sign up to our newsletter for more. ",
    ),
    ("The mill is gone. Follow the Orlo Post on Twitter!", "Follow the Orlo Post on Twitter!"),
    ("Like us on Facebook.", "Like us on Facebook."),
]

NOT_FOUND = [
    "The council (CNC) Chairman resigned on Friday.",
    "Ines Valk – the mayor of Orlo – has resigned over the dam – again.",
    "Police follow the rebels on Twitter.",
    "Share prices fell after a post on Facebook.",
    "Like many newsletters, it was sent on Monday.",
    "She told the AFP that the mill was gone.",
    "Photos of the mill were published in 2031.",
    "By Monday the water had reached the town of Marn.",
    "The help line is open 24/7 and nobody was hurt on 9/11.",
    "Readers can read more about the mill in the archive.",
    "The video shows a man on the roof, the (unnamed) guard said.",
    "He wrote on www.example.org that the dam was safe.",
    "The ship has a copyright notice of 2031 on its hull.",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_it_is_found_by_its_form(text: str, expected: str):
    assert [s.of(text) for s in boilerplate(text)] == [expected]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_told_is_none(text: str):
    assert boilerplate(text) == ()


GALLERY = (
    "Orlo after the flood 3 show all 1/3 The mill lost its roof Ines Valk/Getty Images 2/3 "
    "Guards closed the bridge PA 3/3 A ferry lies on its side"
)


def claims_of(text: str) -> list[str]:
    return [c.span.of(text) for c in find_claims(parse(Article(text), load_pipeline()))]


def test_captions_are_cut_at_counters_and_credits():
    assert claims_of(GALLERY)[-3:] == [
        "The mill lost its roof",
        "Guards closed the bridge",
        "A ferry lies on its side",
    ]


def test_counters_count_pictures_only_where_there_are_several():
    assert boilerplate(GALLERY)[0].of(GALLERY) == "1/3 "
    assert boilerplate("The bill passed after 9/11 Senators say.") == ()


def test_an_agency_alone_is_a_credit_before_a_counter():
    text = "1/2 The mill lost its roof EPA\n2/2 Guards closed the bridge"
    assert [s.of(text) for s in boilerplate(text)] == ["1/2 ", "EPA", "2/2 "]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_no_claim_holds_any_of_it(text: str, expected: str):
    at = text.index(expected)
    for claim in find_claims(parse(Article(text), load_pipeline())):
        assert not claim.span.overlaps(Span(at, at + len(expected)))


def test_the_first_claim_begins_behind_the_dateline():
    text = "PORT ELLA, West Arvia, Jan 1 (Reuters) - Divers searched the wreck on Monday."
    assert claims_of(text) == ["Divers searched the wreck on Monday"]


def test_outside_of_it():
    spans = (Span(2, 5), Span(8, 9))
    assert [outside(spans, *b) for b in ((0, 7), (2, 7), (3, 4), (5, 12), (9, 12))] == [
        (0, 2),
        (5, 7),
        (4, 4),
        (5, 8),
        (9, 12),
    ]


_PIECES = st.sampled_from(
    [text for text, _ in FOUND] + NOT_FOUND + ["\n", " ", "(", ")", "1/3 ", "2/3", "https://", "©"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=8).map("".join))
def test_it_is_in_order_disjoint_and_within_lines(text: str):
    found = boilerplate(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(len(s) and "\n" not in s.of(text) for s in found)


@pytest.mark.parametrize(
    "unit", ["https://", "(", "A/", "Read more ", "Writing by A. ", "— A (@", "! ", "By A, ", "1/2 ", "© "]
)
def test_hostile_lines_cost_no_more_than_their_length(unit: str):
    text = unit * (60_000 // len(unit)) + "x"
    start = time.perf_counter()
    boilerplate(text)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        'Follow her on Twitter, they said." The ferry sank off the coast.',
        "Reporting by Tern Radio found that the ferry was overloaded. Nine people died.",
        "More from the crew were found on Monday, and nine were dead.",
        "Read more widely, the minister told pupils.",
        "The 9/11 Commission met at the 7/11 Store in Marn.",
        "Add to that the email in which the minister denied it, and the case is clear.",
    ],
)
def test_what_only_begins_like_boilerplate_is_told(text):
    kept = set(range(len(text))).difference(*(range(s.start, s.end) for s in boilerplate(text)))
    told = "".join(text[n] for n in sorted(kept))
    assert text.rpartition('" ')[2] in told


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "Copyright 2031 Tern Post. All rights reserved. A ferry sank, and nine died.",
            "A ferry sank, and nine died.",
        ),
        ("Related: nine people died. The ferry sank.", "The ferry sank."),
    ],
)
def test_a_line_goes_on_behind_its_boilerplate(text, rest):
    assert [s.end for s in boilerplate(text)][-1] == text.index(rest)


def test_many_quotations_take_linear_time():
    start = time.perf_counter()
    boilerplate('A." ' * 50_000)
    assert time.perf_counter() - start < 5
