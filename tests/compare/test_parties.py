import pytest

from variorum.compare.credits import credited_agency
from variorum.compare.parties import commonest, nation_words, party_key, same_person
from variorum.model import Annotation, Article

NATIONS = nation_words([])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The Norwegian Defence Ministry", "Norwegian ministry of defense"),
        ("the Danish Labour Party", "Denmark’s Labor party".replace("Denmark", "Danish")),
        ("a spokesperson for the Kenyan interior ministry", "the Kenyan Interior Ministry"),
        ("Minister Ida Holm", "Ida Holm"),
        ("the navy of South Africa", "South Africa’s navy"),
        ("US sailors", "American sailors"),
    ],
)
def test_names_of_one_party_share_a_key(a: str, b: str):
    assert party_key(a, NATIONS) == party_key(b, NATIONS)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("the Norwegian foreign ministry", "the Danish foreign ministry"),
        ("the foreign ministry", "the defence ministry"),
        ("Norwegian officials", "the Norwegian government"),
        ("the US coast guard", "the coast guard"),
    ],
)
def test_names_of_two_parties_do_not(a: str, b: str):
    assert party_key(a, NATIONS) != party_key(b, NATIONS)


@pytest.mark.parametrize("name", ["PM", "the IT firm", "TV crews", "the PR agency", "an MP"])
def test_capitals_alone_are_no_nation(name: str):
    assert not party_key(name, NATIONS) & set(NATIONS.values())


def test_a_name_of_empty_words_alone_keeps_them():
    assert party_key("the spokesman", NATIONS) == {"the", "spokesman"}


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Ida Holm", "Holm", True),
        ("President Oleksandr Marchenko", "Olexander Marčenko", True),
        ("Ida Holm", "Jonas Holm", False),
        ("Ida Holm", "Ida Berg", False),
        ("John Holm", "Jane Holm", False),
        ("J. Holm", "Jane Holm", True),
        ("Chris Holm", "Christopher Holm", True),
        ("Sergei Holm", "Serhiy Holm", True),
        ("", "Holm", False),
    ],
)
def test_persons_are_known_by_surname_unless_first_names_object(a: str, b: str, same: bool):
    assert same_person(a, b) is same_person(b, a) is same


def test_of_equally_common_forms_the_longest_is_shown():
    assert commonest(["Holm", "Ida Holm", "Ida Holm", "Holm", "I. Holm"]) == "Ida Holm"


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("LUND (Reuters) - A ferry sank on Friday, police said.", "Reuters"),
        ("A ferry sank\nBy Agencies\nIt sank on Friday.", "news agencies"),
        ("A ferry sank on Friday. " + "More of it. " * 60 + "\n(AFP)", "AFP"),
        ("A ferry sank, the Reuters news agency reported on Friday.", None),
        ("A ferry sank on Friday.", None),
        ("A ferry sank on Friday, police said. " + "More of it. " * 60 + "It was raised. (AFP)", "AFP"),
        ("A ferry sank.\n" + "More of it. " * 60 + "\n© 2031 The Associated Press", "AP"),
        ("LUND (Reuters) - Pictures of a sunken ferry appeared on Friday.", "Reuters"),
        ("A ferry sank\nBy Ada Holm, Associated Press\nIt sank on Friday.", "AP"),
        ("A ferry sank\nVia Reuters\nIt sank on Friday.", "Reuters"),
        ("A ferry sank off the northern cape Updated: 2031-05-03 09:53 (Xinhua)\nIt sank.", "Xinhua"),
        # whose a picture is
        ("A ferry sank\nPhoto credit: Reuters\nIt sank on Friday.", None),
        ("A ferry sank\nPhoto: Ada Holm (AP)\nIt sank on Friday.", None),
        ("A ferry sank\nImage source, Reuters\nIt sank on Friday.", None),
        ("A ferry sank\n© AP\nIt sank on Friday.", None),
        ("A ferry sank\nThe bow of the ferry at the quay. Ada Holm/Pool via AP\nIt sank.", None),
        ("A ferry sank\nThe bow of the ferry rises at the quay on Friday (AP)\nIt sank on Friday.", None),
        ("A ferry sank\nIt sank on Friday. " + "More. " * 90 + "\nPhoto by AP", None),
        # who looked at something
        ("A ferry sank, as footage seen by Reuters shows.\nIt sank on Friday.", None),
        ("A ferry sank on Friday, and its owner spoke of it with Reuters\nIt sank.", None),
    ],
)
def test_credits_are_told_from_mentions(text: str, agency: str | None):
    assert credited_agency(Annotation(Article(text))) == agency
