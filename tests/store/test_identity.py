import pytest

from variorum.model import Article
from variorum.store.identity import address_of, key_of


@pytest.mark.parametrize(
    "url",
    [
        "http://news.example/a",
        "https://NEWS.example:443/a#comments",
        "https://news.example/a?utm_source=feed&fbclid=7",
        "https://news.example/a?UTM_Medium=mail",
    ],
)
def test_one_page_has_one_address(url):
    assert address_of(url) == "news.example/a"


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/b",
        "https://news.example:8080/a",
        "https://other.example/a",
        "https://news.example/a?id=1",
    ],
)
def test_other_pages_have_other_addresses(url):
    assert address_of(url) != "news.example/a"


@pytest.mark.parametrize(
    "url", ["http://[broken", "no address", "mailto:x@y.example", "https://a.example:99999/"]
)
def test_what_cannot_be_taken_apart_stays(url):
    assert address_of(url) == url


def test_parameters_that_name_the_page_stay_in_their_order():
    assert address_of("https://n.example/?b=2&utm_id=1&a=&c=%20") == "n.example/?b=2&a=&c=+"
    assert address_of("https://n.example?b=2&a=%20") == "n.example/?b=2&a=%20"


def test_the_address_and_the_text_make_the_article():
    first = Article("Text.", title="A", outlet="O", url="http://n.example/a")
    assert key_of(first) == key_of(Article("Text.", title="B", outlet="P", url="https://n.example/a", id="7"))
    assert key_of(first) != key_of(Article("Text!", url="http://n.example/a"))
    assert key_of(first) != key_of(Article("Text.", title="A", outlet="O"))


def test_without_an_address_outlet_title_and_text_make_it():
    keys = {key_of(Article("T.", title=t, outlet=o)) for t in (None, "a", "b") for o in (None, "a", "b")}
    assert len(keys) == 9
    assert key_of(Article("T.", outlet="a", id="1")) == key_of(
        Article("T.", outlet="a", published="2031-01-01")
    )


def test_parts_cannot_run_into_one_another():
    assert key_of(Article("T.", title="b", outlet="a, ")) != key_of(Article("T.", title=", b", outlet="a"))
