"""Namings and loaded words, end to end and word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.annotate.pipeline import annotate
from variorum.compare.loaded import is_loaded, loaded_words
from variorum.compare.namings import find_namings
from variorum.model import Annotation, Article

ACCOUNTS = {
    "courier": (
        "Prime Minister Jonas Vik opened the dam on Monday. The prime minister praised the builders. "
        "Vik said that the brutal regime of the past was gone. The Norwegian Ministry of Energy paid."
    ),
    "globe": (
        "Jonas Vik cut a ribbon. The ruthless prime minister left early. The energy ministry paid for it. "
        "The ministry will pay again. A former prime minister stayed away."
    ),
}


@pytest.fixture(scope="module")
def annotations() -> list[Annotation]:
    return [annotate(Article(text, id=name)) for name, text in ACCOUNTS.items()]


def forms(annotations: list[Annotation], name: str) -> dict[str, set[str]]:
    naming = next(n for n in find_namings(annotations) if name in n.name)
    found: dict[str, set[str]] = {}
    for form in naming.forms:
        found.setdefault(form.article, set()).add(form.text.casefold())
    return found


def test_a_person_is_named_by_name_surname_and_office(annotations: list[Annotation]):
    found = forms(annotations, "Vik")
    assert any("prime minister" in f for f in found["globe"])
    assert {"vik", "prime minister"} <= {f.removeprefix("the ") for f in found["courier"]}


def test_a_former_holder_is_not_the_holder(annotations: list[Annotation]):
    naming = next(n for n in find_namings(annotations) if "Vik" in n.name)
    globe = ACCOUNTS["globe"]
    spans = [s for f in naming.forms if f.article == "globe" for s in f.spans]
    assert all("former" not in globe[max(0, s.start - 8) : s.start] for s in spans)


def test_a_body_is_named_in_full_and_in_short(annotations: list[Annotation]):
    found = forms(annotations, "inistry")
    assert set(found) == {"courier", "globe"}


def test_spans_reproduce_their_forms(annotations: list[Annotation]):
    for naming in find_namings(annotations):
        for form in naming.forms:
            text = ACCOUNTS[form.article]
            assert all(" ".join(s.of(text).split()).casefold() == form.text.casefold() for s in form.spans)


def test_loaded_words_near_a_name_are_pointed_at(annotations: list[Annotation]):
    naming = next(n for n in find_namings(annotations) if "Vik" in n.name)
    near = {
        (f.article, w.span.of(ACCOUNTS[f.article]), w.attribution is None)
        for f in naming.forms
        for w in f.loaded
    }
    assert ("globe", "ruthless", True) in near
    assert not any(word == "brutal" and own for _, word, own in near)


@pytest.mark.parametrize(
    "word",
    ["slammed", "slams", "brazenly", "tyrannies", "bullied", "demonising", "bragging", "regime's", "lying"],
)
def test_inflected_forms_are_known(word: str):
    assert is_loaded(word)


@pytest.mark.parametrize("word", ["said", "killed", "bridge", "ministry", "is", "the", "red", "bed"])
def test_plain_words_are_not(word: str):
    assert not is_loaded(word)


@given(st.text(max_size=200))
def test_loaded_words_are_words_of_the_text(text: str):
    spans = list(loaded_words(text, 0, len(text)))
    assert spans == sorted(spans)
    assert all(is_loaded(s.of(text).casefold()) for s in spans)
