import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.document import Document, load_pipeline, parse
from variorum.annotate.quantities import find_quantities
from variorum.annotate.quantities.bounds import Bounds, modified
from variorum.annotate.times import find_times
from variorum.model import Article, Quantity

_BRACKETS = re.compile(r"\[\[(.+?)\]\]")


def document(text: str) -> Document:
    return parse(Article(text=text, published="2024-05-16"), load_pipeline())


def found(text: str) -> tuple[Quantity, ...]:
    parsed = document(text)
    return find_quantities(parsed, find_times(parsed))


def shown(quantity: Quantity) -> str:
    low, high = ("" if b is None else f"{b:.12g}" for b in (quantity.min, quantity.max))
    words = [("~" if quantity.approximate else "") + f"{low}..{high}", quantity.unit or "", quantity.of or ""]
    return " ".join(w for w in words if w)


# Sentences about invented events; the expected amounts stand in double brackets.
CASES = [
    ("Rescuers found [[12]] bodies.", ["12..12 body"]),
    ("Rescuers found [[at least 12]] bodies.", ["12.. body"]),
    ("[[More than ten]] of the soldiers fled.", ["11.. soldier"]),
    ("[[More than ten]] soldiers fled.", ["11.. soldier"]),
    ("[[No fewer than 40]] houses burned.", ["40.. house"]),
    ("[[Over 80]] people were killed.", ["81.. people"]),
    ("[[Up to 80]] people were killed.", ["..80 people"]),
    ("[[As many as 200]] sheep drowned.", ["..200 sheep"]),
    ("[[Fewer than 50]] miners escaped.", ["..49 miner"]),
    ("[[No more than 50]] miners escaped.", ["..50 miner"]),
    ("[[About 30]] demonstrators gathered.", ["~27..33 demonstrator"]),
    ("[[Some 5,000]] troops crossed the river.", ["~4500..5500 troop"]),
    ("[[An estimated 200]] boats sank.", ["~180..220 boat"]),
    ("[[Nearly 400]] police officers came.", ["~360..400 officer"]),
    ("[[Almost 90]] trees fell.", ["~81..90 tree"]),
    ("[[Just over 100]] trees fell.", ["~101..110 tree"]),
    ("[[Just under 100]] trees fell.", ["~90..100 tree"]),
    ("[[10 to 12]] houses burned.", ["10..12 house"]),
    ("[[Between 10 and 12]] houses burned.", ["10..12 house"]),
    ("The fire took [[10-12]] houses.", ["10..12 house"]),
    ("The fire took [[two or three]] houses.", ["2..3 house"]),
    ("[[3 to 4 million]] people lost power.", ["3000000..4000000 people"]),
    ("[[Dozens]] of villagers fled.", ["~24.. villager"]),
    ("[[Scores]] of villagers fled.", ["~40.. villager"]),
    ("[[Hundreds]] of villagers fled.", ["~200.. villager"]),
    ("[[Tens of thousands]] of villagers fled.", ["~20000.. villager"]),
    ("[[Hundreds of thousands]] of villagers fled.", ["~200000.. villager"]),
    ("[[Several]] goats died.", ["~3.. goat"]),
    ("[[Several hundred]] goats died.", ["~300.. goat"]),
    ("[[A few dozen]] goats died.", ["~36.. goat"]),
    ("[[A dozen]] goats died.", ["12..12 goat"]),
    ("[[Half a dozen]] goats died.", ["6..6 goat"]),
    ("[[More than a dozen]] goats died.", ["13.. goat"]),
    ("[[Two dozen]] goats died.", ["24..24 goat"]),
    ("[[Half a million]] people marched.", ["500000..500000 people"]),
    ("[[Two]] people were held.", ["2..2 people"]),
    ("[[One]] person was held.", ["1..1 person"]),
    ("[[Twenty-five]] people were held.", ["25..25 people"]),
    ("[[Two hundred and fifty]] people were held.", ["250..250 people"]),
    ("[[5,000]] people were held.", ["5000..5000 people"]),
    ("[[3.5 million]] people were held.", ["3500000..3500000 people"]),
    ("[[12 or more]] ships sank.", ["12.. ship"]),
    ("[[20 or so]] ships sank.", ["~18..22 ship"]),
    ("[[80]] were injured.", ["80..80"]),
    ("The toll rose to [[81]].", ["81..81"]),
    ("[[No]] casualties were reported.", ["0..0 casualty"]),
    ("[[A third]] of the houses burned.", ["0.333333..0.333333 share house"]),
    ("[[Two-thirds]] of voters stayed at home.", ["0.666667..0.666667 share voter"]),
    ("[[Half]] of the crop was lost.", ["0.5..0.5 share crop"]),
    ("[[More than half]] of the crop was lost.", ["0.5.. share crop"]),
    ("[[One in five]] children went hungry.", ["0.2..0.2 share child"]),
    ("Turnout was [[70 per cent]].", ["70..70 %"]),
    ("[[70%]] of voters came.", ["70..70 % voter"]),
    ("[[Nearly 70 percent]] of voters came.", ["~63..70 % voter"]),
    ("Turnout rose by [[3 percentage points]].", ["3..3 percentage point"]),
    ("The firm paid [[$1.2m]] in damages.", ["1200000..1200000 USD damage"]),
    ("The firm paid [[£3.5 million]].", ["3500000..3500000 GBP"]),
    ("The firm paid [[more than €40bn]].", ["40000000000.. EUR"]),
    ("The firm paid [[C$40]].", ["40..40 CAD"]),
    ("The firm paid [[60 million euros]].", ["60000000..60000000 EUR"]),
    ("The firm paid [[20 Australian dollars]].", ["20..20 AUD"]),
    ("A [[£40,000]] grant was paid.", ["40000..40000 GBP grant"]),
    ("The rocket flew [[30km]].", ["30..30 km"]),
    ("The rocket flew [[about 10 miles]].", ["~14.4841..17.7028 km"]),
    ("The mast is [[300 feet]] tall.", ["91.44..91.44 m"]),
    ("They seized [[two tonnes]] of cocoa.", ["2..2 t cocoa"]),
    ("The park covers [[5 square miles]].", ["12.9499..12.9499 km²"]),
    ("Winds reached [[120 mph]].", ["193.121..193.121 km/h"]),
    ("It was [[40 degrees Celsius]] in the shade.", ["40..40 °C"]),
    ("It was [[104F]] in the shade.", ["40..40 °C"]),
    ("A [[magnitude 6.1]] quake shook Orlo.", ["6.1..6.1 magnitude quake"]),
    ("A [[12-year-old]] boy was hurt.", ["12..12 year boy"]),
    ("She is [[33 years old]].", ["33..33 year"]),
    ("The suspect is [[18 to 20 years old]].", ["18..20 year"]),
    ("A boy aged [[nine]] was hurt.", ["9..9 year"]),
    ("The lorry weighed [[400 pounds]].", ["181.437..181.437 kg"]),
    ("They stole [[400 pounds]].", ["400..400 pound"]),
    ("They stole [[thousands of dollars]].", ["~2000.. USD"]),
    ("They dug up [[70 metric tons]] of lead.", ["70..70 t lead"]),
    ("It is [[ten times]] as fast.", ["10..10 times"]),
    ("A [[12]]-member panel met.", ["12..12 member"]),
    ("It does [[60 miles per hour]].", ["96.5606..96.5606 km/h"]),
    ("[[Ten]] men and [[12]] women were held.", ["10..10 man", "12..12 woman"]),
    ("[[At least 80]] people died and [[200]] were hurt.", ["80.. people", "200..200"]),
]


@pytest.mark.parametrize(("marked", "expected"), CASES, ids=[c[0] for c in CASES])
def test_amounts(marked: str, expected: list[str]) -> None:
    text = marked.replace("[[", "").replace("]]", "")
    quantities = found(text)
    assert [shown(q) for q in quantities] == expected
    assert [q.span.of(text) for q in quantities] == _BRACKETS.findall(marked)


@pytest.mark.parametrize(
    "text",
    [
        "It happened in 2021.",
        "It happened on 24 February.",
        "It lasted three days.",
        "It began at 15:30 GMT.",
        "The second man fled to the 3rd floor.",
        "Flight 370 vanished.",
        "MH17 fell on the A4 road.",
        "Article 5 applies.",
        "She lives at 12 Baker Street.",
        "Call 555-0142.",
        "They won 3-1.",
        "The F-16 jets left.",
        "One of the men said so.",
        "One thing is clear.",
        "No one came.",
        "They opened 24/7 in the 1990s.",
        "Apollo 11 landed.",
        "The crew flew the Apollo 11 mission.",
        "It is No. 10 on the list.",
        "1. The council met.",
        "In the first half the home side led.",
    ],
)
def test_no_amounts(text: str) -> None:
    assert [q.span.of(text) for q in found(text)] == []


def test_age_in_apposition() -> None:
    assert [shown(q) for q in found("Maria Lopez, 34, said the dam had burst.")] == ["34..34 year"]


@pytest.mark.parametrize(
    ("effect", "count", "bounds"),
    [
        ("over", True, Bounds(11, None)),
        ("over", False, Bounds(10, None)),
        ("under", True, Bounds(None, 9)),
        ("under", False, Bounds(None, 10)),
        ("about", True, Bounds(9, 11, True)),
        ("nearly", True, Bounds(9, 10, True)),
        ("just_over", True, Bounds(11, 11, True)),
        ("at_least", True, Bounds(10, None)),
        ("at_most", True, Bounds(None, 10)),
    ],
)
def test_what_modifiers_do(effect: str, count: bool, bounds: Bounds) -> None:
    assert modified(effect, 10.0, 10.0, count) == bounds


def test_an_unknown_effect_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no such effect"):
        modified("sideways", 1.0, 1.0, True)


WORDS = ["about", "at", "least", "more", "than", "between", "and", "to", "-", "10", "12", "3.5", "million"]
WORDS += ["two", "hundred", "dozens", "of", "half", "a", "third", "$", "£", "m", "km", "%", "per", "cent"]
WORDS += ["people", "no", "none", "year", "old", "aged", ",", ".", "\n", "’", "½", "٣", "é", "🙂", "9" * 30]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_spans_are_in_order_and_bounds_are_bounds(words: list[str]) -> None:
    text = " ".join(words)
    quantities = found(text)
    for q in quantities:
        assert q.span.of(text).strip() == q.span.of(text) != ""
        assert q.min is None or q.max is None or q.min <= q.max
    assert all(a.span.end <= b.span.start for a, b in pairwise(quantities))
    assert found(text) == quantities


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    found(text)
