import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.document import load_pipeline, parse
from variorum.annotate.entities import find_entities
from variorum.annotate.gazetteer import gazetteer, normalise
from variorum.annotate.places import find_places
from variorum.model import Article, Place


def places(text: str, outlet: str | None = None) -> tuple[Place, ...]:
    document = parse(Article(text, outlet=outlet), load_pipeline())
    return find_places(document, find_entities(document))


def by_text(text: str, outlet: str | None = None) -> dict[str, Place]:
    return {p.span.of(text): p for p in places(text, outlet)}


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Kyiv", 703448),
        ("Kiev", 703448),
        ("Kharkov", 706483),
        ("Köln", 2886242),
        ("Ohio", 5165418),
        ("U.S.", 6252001),
        ("N.C.", 4482348),
        ("Laurel County", 4297480),
    ],
)
def test_the_gazetteer_knows_a_place_under_its_names(name: str, number: int) -> None:
    assert number in [m.entry.geonameid for m in gazetteer().find(name)]


def test_the_gazetteer_tells_areas() -> None:
    (region,) = [m.entry for m in gazetteer().find("Poltava region") if m.entry.kind == "area1"]
    assert (region.country, region.geonameid) == ("UA", 696634)
    assert gazetteer().area("UA.") is not None
    assert gazetteer().area("US.OH") == next(
        m.entry for m in gazetteer().find("Ohio") if m.entry.kind == "area1"
    )


def test_the_state_decides() -> None:
    georgia = by_text("A bakery burned down in Athens, Georgia, on Friday. Athens has seen three such fires.")
    greece = by_text(
        "Ministers from Rome and Berlin met in Athens on Friday. Athens wants more money, Greece said."
    )
    assert georgia["Athens"].country == "US"
    assert greece["Athens"].country == "GR"


def test_a_place_unknown_in_the_area_named_is_put_in_the_area() -> None:
    found = by_text(
        "Two men were hurt near the village of Plovovka in the western Poltava region of Ukraine."
    )
    place = found["Plovovka"]
    assert (place.precision, place.country, place.geonameid) == ("region", "UA", None)
    assert place.lat == pytest.approx(49.6, abs=1)
    assert place.lon == pytest.approx(33.8, abs=1)


def test_a_namesake_elsewhere_does_not_stand_for_the_one_in_the_area() -> None:
    found = by_text(
        "The shed stood near the village of Springfield in the northern Kharkiv region of Ukraine."
    )
    assert found["Springfield"].country == "UA"
    assert found["Springfield"].precision == "region"


def test_the_city_is_not_the_region_of_its_name() -> None:
    found = by_text("The market in the city of Poltava was closed, and The Kenyan consul left Ukraine.")
    assert found["Poltava"].precision == "settlement"
    assert "Kenyan" in found
    assert "The Kenyan" not in found


def test_peoples_are_associative() -> None:
    found = by_text("Kenyan officials met in Nairobi with their Ugandan guests.")
    assert found["Kenyan"].associative
    assert (found["Kenyan"].country, found["Kenyan"].precision) == ("KE", "country")
    assert not found["Nairobi"].associative


def test_persons_are_no_places() -> None:
    found = by_text("Paris Hilton and Jack London sang. Ms. Hilton left early, and Mr. London stayed.")
    assert not found


def test_regions_that_people_speak_of() -> None:
    found = by_text("Farmers across the Midwest and in Silicon Valley complained. The Balkans were calm.")
    assert found["Midwest"].precision == "region"
    assert found["Midwest"].country == "US"


def test_what_is_unknown_stays_unresolved() -> None:
    for place in places("They drove to the town of Qwertzhausenbach and slept there."):
        assert place.precision != "unresolved" or (place.lat is None and place.geonameid is None)


def test_names_are_filed_under_one_key() -> None:
    assert normalise("Saint-Étienne") == normalise("St. Etienne")
    assert normalise("the Gambia") == normalise("Gambia")
    assert normalise("N’Djamena") == normalise("N'Djamena")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "in",
                "near",
                "the",
                "village",
                "of",
                "Athens",
                ",",
                "Georgia",
                "Ohio",
                "County",
                "River",
                "U.S.",
                "-based",
                "Nairobi",
                "Kenyan",
                "troops",
                "(",
                ")",
                "\n",
                "“",
                "”",
                "'s",
                "Mr.",
                "Lake",
                "St.",
                "Paul",
                "Paris",
                "Washington",
                "Post",
                "said",
                "12",
                "é",
                "👍",
                "WASHINGTON",
                "--",
                "Springfield",
            ]
        ),
        max_size=40,
    )
)
def test_spans_are_exact_and_apart(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for place in places(text):
        assert place.span.of(text).strip() == place.span.of(text)
        assert place.span.start >= end
        end = place.span.end
        assert (place.lat is None) == (place.precision == "unresolved")
