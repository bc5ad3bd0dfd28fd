import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotate.document import load_pipeline, parse
from variorum.annotate.entities import find_entities
from variorum.model import Article, Entity

ACCOUNT = (
    "The Kenyan Defense Ministry has accused Ugandan troops of crossing the border on Monday.\n"
    "A spokesperson for Kenya's ministry of defence said Kampala’s fighters had opened fire on "
    "Kenyan soldiers.\n"
    "The spokesperson said the ministry would ask the World Harvest Organization (WHO) for help.\n"
    "President Yoweri Okello, who leads the ruling party, denied it. Okello said the armed forces of Uganda "
    "were in their barracks. The council's head, Ada Berg, called for calm."
)


def entities(text: str) -> tuple[Entity, ...]:
    return find_entities(parse(Article(text), load_pipeline()))


def by_text(text: str) -> dict[str, Entity]:
    return {e.span.of(text): e for e in entities(text)}


@pytest.fixture(scope="module")
def found() -> dict[str, Entity]:
    return by_text(ACCOUNT)


def test_groups_have_a_nation_and_a_head(found: dict[str, Entity]) -> None:
    assert found["Ugandan troops"].label == "GROUP"
    assert (found["Ugandan troops"].nation, found["Ugandan troops"].head) == ("UG", "troop")
    assert (found["Kenyan soldiers"].nation, found["Kenyan soldiers"].head) == ("KE", "soldier")
    assert found["Kampala’s fighters"].nation == "UG"
    assert found["armed forces of Uganda"].nation == "UG"


def test_ministries_have_a_nation_and_no_article(found: dict[str, Entity]) -> None:
    assert found["Kenyan Defense Ministry"].label == "ORG"
    assert found["Kenyan Defense Ministry"].nation == "KE"
    assert found["Kenya's ministry of defence"].nation == "KE"


def test_bare_offices_take_the_full_name(found: dict[str, Entity]) -> None:
    assert found["spokesperson for Kenya's ministry of defence"].label == "ROLE"
    assert found["spokesperson"].name == "spokesperson for Kenya's ministry of defence"
    assert found["ministry"].name == "Kenya's ministry of defence"


def test_surnames_take_the_full_name_without_title(found: dict[str, Entity]) -> None:
    assert found["Yoweri Okello"].label == "PERSON"
    assert (found["Okello"].label, found["Okello"].name) == ("PERSON", "Yoweri Okello")


def test_an_office_beside_its_holder_is_the_holder(found: dict[str, Entity]) -> None:
    holder = found["Ada Berg"]
    assert holder.label == "PERSON"
    assert any(e.label == "ROLE" and e.name == "Ada Berg" for e in found.values())


def test_a_capital_that_lost_its_capital_letter_still_tells_the_nation() -> None:
    found = by_text("Witnesses said that kampala troops had left. They saw Ugandan troops at the bridge.")
    assert found["kampala troops"].nation == "UG"


def test_us_is_not_us() -> None:
    text = "They told us to leave. US officials said the road was closed."
    assert [e.nation for e in entities(text) if e.span.of(text).casefold() == "us"] == ["US"]


def test_acronyms_take_their_expansion() -> None:
    text = (
        "The World Harvest Organization sent seed. WHO trucks were late, the World Harvest Organization said."
    )
    names = {e.span.of(text): e.name for e in entities(text)}
    assert names.get("WHO", "World Harvest Organization") == "World Harvest Organization"


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *ACCOUNT.split(" "),
                "\n",
                "“",
                "”",
                "'s",
                "’s",
                "the",
                "The",
                "U.S.",
                "(",
                ")",
                "-",
                "Mr.",
                "\u00a0",
                "é",
                "👍",
            ]
        ),
        max_size=40,
    )
)
def test_spans_lie_in_the_text_and_are_trimmed(words: list[str]) -> None:
    text = " ".join(words)
    for e in entities(text):
        said = e.span.of(text)
        assert said == said.strip()
        assert said
        assert e.name.strip()
        assert "\n" not in said
        assert not said.endswith(("'s", "’s"))
