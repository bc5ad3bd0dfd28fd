from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.errors import ReadError
from variorum.read.decode import decode, python_codec

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t"), min_size=1)
MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
PROSE = "The minister said “we won’t go” – and left the café in Besançon.\r\nAbout 300 people stayed…\n"


@given(TEXT, st.sampled_from(sorted(MARKED)))
def test_marked_text_comes_back_character_for_character(text: str, encoding: str) -> None:
    decoded = decode(MARKED[encoding] + text.encode(encoding), "a.txt")
    assert decoded.text == text
    assert not decoded.guessed


@given(TEXT)
def test_utf8_comes_back_character_for_character(text: str) -> None:
    # what happens to begin like another format or with a mark is not plain UTF-8
    assert decode(b"x" + text.encode(), "a.txt").text == "x" + text


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=4))
def test_utf16_of_plain_letters_needs_no_mark(text: str) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert decode(text.encode(encoding), "a.txt").text == text


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_reason(data: bytes) -> None:
    try:
        assert "\0" not in decode(data, "a.txt").text
    except ReadError as problem:
        told = problem
    else:
        return
    assert told.where == "a.txt"
    assert told.advice


@given(st.text(st.sampled_from("abcdefghij klmno pqrst.,\r\n"), min_size=60), st.sampled_from("“”‘’–—…é£€"))
def test_windows_1252_comes_back_character_for_character(text: str, mark: str) -> None:
    whole = f"{text[:30]}{mark}{text[30:]}{mark}"
    assert decode(whole.encode("cp1252"), "a.txt").text == whole


def test_a_guess_is_said_to_be_one() -> None:
    decoded = decode(PROSE.encode("cp1252"), "a.txt")
    assert decoded.text == PROSE
    assert decoded.guessed


def test_cyrillic_code_page() -> None:
    text = "Сегодня в городе прошли выборы, сообщает администрация города. Люди пришли рано утром."
    assert decode(text.encode("cp1251"), "a.txt").text == text


def test_one_broken_byte_does_not_mangle_the_rest() -> None:
    data = PROSE.encode() + b"\xff" + "café".encode()
    decoded = decode(data, "a.txt")
    assert decoded.text == PROSE + "�café"
    assert decoded.guessed


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x00\x01\x02\x03" * 50, "binary"),
        (b"\x01\x02\x03\x04abcd", "binary"),
        (b"text with a \0 in the middle of it", "binary"),
        (codecs.BOM_UTF16_LE + b"a\0\x00\xd8", "UTF-16"),
        (codecs.BOM_UTF8 + b"\xff\xff", "UTF-8"),
    ],
)
def test_what_is_not_text_is_named(data: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        (' "utf8" ', "utf-8"),
        ("Windows-1251", "cp1251"),
        ("klingon", None),
        ("rot13", None),
        ("zlib", None),
        ("idna", None),
        ("a\0b", None),
    ],
)
def test_labels(label: str, codec: str | None) -> None:
    assert python_codec(label) == codec
