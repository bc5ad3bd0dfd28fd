import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.document import Document, load_pipeline, parse
from variorum.annotate.times import find_times
from variorum.model import Article

PUBLISHED = "2024-05-16"  # a Thursday
_BRACKETS = re.compile(r"\[\[(.+?)\]\]")


def document(text: str, published: str | None = PUBLISHED) -> Document:
    return parse(Article(text=text, published=published), load_pipeline())


def found(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str, str]]:
    return [(t.span.of(text), t.type, t.value) for t in find_times(document(text, published))]


# Sentences about invented events; the expected expressions stand in double brackets.
CASES = [
    ("The dam at Orlo burst on [[Friday]].", ["DATE 2024-05-10"]),
    ("The ferry [[Thursday]] struck a pier.", ["DATE 2024-05-16"]),
    ("The council will meet on [[Monday]].", ["DATE 2024-05-20"]),
    ("Voting is due to begin on [[Sunday]].", ["DATE 2024-05-19"]),
    ("The strike was postponed until [[Saturday]].", ["DATE 2024-05-18"]),
    ("The mayor resigned [[last Friday]].", ["DATE 2024-05-10"]),
    ("The court sits [[next Tuesday]].", ["DATE 2024-05-21"]),
    ("Shops closed [[Tuesday night]].", ["TIME 2024-05-14TNI"]),
    ("He was seen on [[Wednesday morning]] near the mill.", ["TIME 2024-05-15TMO"]),
    ("The mine reopened on [[24 February]].", ["DATE 2024-02-24"]),
    ("The mine reopened on [[February 24]].", ["DATE 2024-02-24"]),
    ("The mine reopened on [[Feb. 24, 2019]].", ["DATE 2019-02-24"]),
    ("The mine reopened on [[24th February 2019]].", ["DATE 2019-02-24"]),
    ("The mine reopened on [[the 24th of February]].", ["DATE 2024-02-24"]),
    ("The mine reopened on [[Friday, 24 May 2019]].", ["DATE 2019-05-24"]),
    ("The pact was signed on [[11 December]].", ["DATE 2023-12-11"]),
    ("The bridge will open on [[3 June]].", ["DATE 2024-06-03"]),
    ("Entries closed on [[2023-11-05]].", ["DATE 2023-11-05"]),
    ("Entries closed on [[25/12/2023]].", ["DATE 2023-12-25"]),
    ("Entries closed on [[12/25/2023]].", ["DATE 2023-12-25"]),
    ("Entries closed on [[04/05/2023]].", ["DATE 2023-XX-XX"]),
    ("The fair ran on [[12]]-[[14 March]].", ["DATE 2024-03-12", "DATE 2024-03-14"]),
    ("The fair ran from [[March 12]] to [[14]].", ["DATE 2024-03-12", "DATE 2024-03-14"]),
    ("In [[late March]], a lorry overturned.", ["DATE 2024-03"]),
    ("The school shut in [[October]].", ["DATE 2023-10"]),
    ("The school will shut in [[October]].", ["DATE 2024-10"]),
    ("The school shut in [[May 2010]].", ["DATE 2010-05"]),
    ("The school shut in [[the middle of May 2010]].", ["DATE 2010-05"]),
    ("The school shut [[last July]].", ["DATE 2023-07"]),
    ("The school shut in [[June last year]].", ["DATE 2023-06"]),
    ("The farm failed in [[2012]].", ["DATE 2012"]),
    ("The [[1998]] flood ruined the farm.", ["DATE 1998"]),
    ("The lease covered [[2009]]-[[10]].", ["DATE 2009", "DATE 2010"]),
    ("The tower dates from the [[1990s]].", ["DATE 199"]),
    ("It was built in [[the late 1970s]].", ["DATE 197"]),
    ("It is a [[19th century]] mill.", ["DATE 18"]),
    ("Profits rose in [[the third quarter of 2023]].", ["DATE 2023-Q3"]),
    ("Profits rose in [[the first quarter]].", ["DATE 2024-Q1"]),
    ("Profits rose in [[the second half of last year]].", ["DATE 2023-H2"]),
    ("The lake dried up [[last summer]].", ["DATE 2023-SU"]),
    ("The lake dried up in [[summer 2018]].", ["DATE 2018-SU"]),
    ("The rebels withdrew [[yesterday]].", ["DATE 2024-05-15"]),
    ("The rebels withdraw [[today]].", ["DATE 2024-05-16"]),
    ("The verdict comes [[tomorrow morning]].", ["TIME 2024-05-17TMO"]),
    ("A tram derailed [[last night]].", ["TIME 2024-05-15TNI"]),
    ("A tram derailed [[this morning]].", ["TIME 2024-05-16TMO"]),
    ("The curfew begins [[tonight]].", ["TIME 2024-05-16TNI"]),
    ("They met [[the day before yesterday]].", ["DATE 2024-05-14"]),
    ("Rents rose [[last week]].", ["DATE 2024-W19"]),
    ("Rents rose [[this week]].", ["DATE 2024-W20"]),
    ("Rents rose [[last month]].", ["DATE 2024-04"]),
    ("Rents rose [[earlier this year]].", ["DATE 2024"]),
    ("Rents will rise [[next year]].", ["DATE 2025"]),
    ("Rents will rise by [[the end of the year]].", ["DATE 2024"]),
    ("Rents rose [[last weekend]].", ["DATE 2024-W19-WE"]),
    ("The clinic closed [[four years ago]].", ["DATE 2020"]),
    ("The clinic closed [[three days ago]].", ["DATE 2024-05-13"]),
    ("The clinic closed [[two weeks ago]].", ["DATE 2024-W18"]),
    ("The clinic closed [[several years ago]].", ["DATE PAST_REF"]),
    ("The siege lasted [[three days]].", ["DURATION P3D"]),
    ("A [[four-week]] truce was agreed.", ["DURATION P4W"]),
    ("She served [[five years]] in prison.", ["DURATION P5Y"]),
    ("The repair took [[years]].", ["DURATION PXY"]),
    ("The repair took [[several months]].", ["DURATION PXM"]),
    ("The repair took [[an hour]].", ["DURATION PT1H"]),
    ("The repair took [[half an hour]].", ["DURATION PT30M"]),
    ("The repair took [[two and a half years]].", ["DURATION P2.5Y"]),
    ("Nothing grew there for [[the past two years]].", ["DURATION P2Y"]),
    ("Nothing grew there over [[the past decade]].", ["DURATION P10Y"]),
    ("The work takes between [[12]] and [[18 months]].", ["DURATION P12M", "DURATION P18M"]),
    ("She won the race in [[2:31:07]].", ["DURATION PT2H31M7S"]),
    ("The shelling began at [[15:30 GMT]].", ["TIME 2024-05-16T15:30Z"]),
    ("The shelling began at [[3.30pm]] on [[Friday]].", ["TIME 2024-05-10T15:30", "DATE 2024-05-10"]),
    ("The match starts at [[15:00 Saturday]].", ["TIME 2024-05-18T15:00"]),
    ("The doors open at [[8 p.m.]] sharp.", ["TIME 2024-05-16T20"]),
    ("The bells rang at [[noon]].", ["TIME 2024-05-16T12:00"]),
    ("The envoy left at [[0800 UTC]].", ["TIME 2024-05-16T08:00Z"]),
    ("She swims [[every morning]].", ["SET XXXX-XX-XXTMO"]),
    ("The market is held [[every Tuesday]].", ["SET XXXX-WXX-2"]),
    ("The committee reports [[annually]].", ["SET P1Y"]),
    ("The plant makes 300 tractors [[a year]].", ["SET P1Y"]),
    ("The road is [[now]] open.", ["DATE PRESENT_REF"]),
    ("The firm has [[recently]] moved.", ["DATE PAST_REF"]),
    ("They may return in [[the near future]].", ["DATE FUTURE_REF"]),
    ("He was alone [[at the time]].", ["DATE PAST_REF"]),
    ("It fell on [[Christmas Eve]].", ["DATE 2023-12-24"]),
    ("They agreed to talks on [[20 May]].", ["DATE 2024-05-20"]),
    ("The food will last [[22 days]].", ["DURATION P22D"]),
    ("A [[3 June]] hearing has been called.", ["DATE 2024-06-03"]),
    ("He wrote about the [[70s]] and [[80s]].", ["DATE 197", "DATE 198"]),
]


@pytest.mark.parametrize(("marked", "expected"), CASES, ids=[c[0] for c in CASES])
def test_expressions_and_values(marked: str, expected: list[str]) -> None:
    text = marked.replace("[[", "").replace("]]", "")
    times = found(text)
    assert [f"{kind} {value}" for _, kind, value in times] == expected
    assert [words for words, _, _ in times] == _BRACKETS.findall(marked)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The dam burst on Friday.", "XXXX-WXX-5"),
        ("The dam burst on 24 February.", "XXXX-02-24"),
        ("The dam burst in late March.", "XXXX-03"),
        ("The dam burst yesterday.", "XXXX-XX-XX"),
        ("The dam burst last week.", "XXXX-WXX"),
        ("The dam burst last month.", "XXXX-XX"),
        ("The dam burst last year.", "XXXX"),
        ("The dam burst last summer.", "XXXX-SU"),
        ("The dam burst this morning.", "XXXX-XX-XXTMO"),
        ("The dam burst at 15:30 GMT.", "XXXX-XX-XXT15:30Z"),
        ("The dam burst in May 2010.", "2010-05"),
        ("The dam burst in the third quarter.", "XXXX-Q3"),
    ],
)
def test_what_hangs_on_the_day_of_writing_stays_unknown_without_it(text: str, value: str) -> None:
    assert [v for _, _, v in found(text, None)] == [value]


@pytest.mark.parametrize("published", [None, "", "2024", "2024-05", "yesterday", "2024-13-45", "03-02-2009"])
def test_a_date_of_publication_that_is_no_day_is_none(published: str | None) -> None:
    assert [v for _, _, v in found("It fell on Friday.", published)] == ["XXXX-WXX-5"]


@pytest.mark.parametrize(
    "text",
    [
        "You may go.",
        "They march on the capital.",
        "Some 2000 troops crossed the river.",
        "A 33-year-old man was held.",
        "She is 12 years old.",
        "Children aged 6 months were seen.",
        "Black Friday sales rose.",
        "The second man fled.",
        "They lost 2-1 and then 3:2.",
        "He paid $2000.",
        "April Dunmore spoke.",
        "The call came from 555-0142.",
        "The Daily Trumpet reported it.",
        "A March 4C rocket rose.",
        "She wore a midnight blue coat.",
        "They met at the Winter Games.",
        "It does 60 miles per hour.",
        "The heat was in the high 90s.",
    ],
)
def test_no_times(text: str) -> None:
    assert found(text) == []


def test_a_line_end_parts_expressions() -> None:
    assert [w for w, _, _ in found("It opened in May\n2010 people came.")] == ["May"]


def test_a_time_of_day_takes_the_day_named_before_it() -> None:
    text = "Guards left on 3 April. At 14:15 the gate fell."
    assert [v for _, _, v in found(text)] == ["2024-04-03", "2024-04-03T14:15"]


WORDS = ["in", "on", "the", "of", "last", "next", "this", "early", "2012", "12", "24", "3rd", "May", "Friday"]
WORDS += [
    "week",
    "weeks",
    "year",
    "ago",
    "half",
    "an",
    "hour",
    "15",
    ":",
    "30",
    "pm",
    "GMT",
    "-",
    "–",
    "/",
    ".",
]
WORDS += [",", "\n", "'s", "every", "quarter", "decade", "1990s", "’", "twenty", "five", "hundred", "million"]
WORDS += ["٠", "é", "🙂", "9" * 30]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_spans_are_in_order_and_inside_the_text(words: list[str]) -> None:
    text = " ".join(words)
    times = find_times(document(text))
    for time in times:
        assert time.span.of(text).strip() == time.span.of(text) != ""
    assert all(a.span.end <= b.span.start for a, b in pairwise(times))
    assert find_times(document(text)) == times


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    find_times(document(text))
